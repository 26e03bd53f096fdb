"""What identification knows of a database: rules with their prefixes as the seed has them."""

from __future__ import annotations

from sqlalchemy import update

from provenance.core.seed import seed_path
from provenance.identify.rules import read_rules
from provenance.identify.store.knowledge import load_rules
from provenance.schema.reference import MarkingRule
from provenance.schema.session import Session


def test_the_rules_have_the_prefixes_of_the_seed(reference: Session) -> None:
    seeded = {rule.key: rule.prefixes for rule in read_rules(seed_path() / "marking_rule.csv")}
    assert {rule.key: rule.prefixes for rule in load_rules(reference).rules} == seeded


def test_rules_of_a_database_without_prefixes_match_the_same(reference: Session) -> None:
    """As after an upgrade, before the seed is loaded again."""
    keys = ("ADM3202ARNZ", "SN74LVC14APW", "XC7A35T", "QZQ77", "1N4148")
    before = [[match.rule.key for match in load_rules(reference).matches(key)] for key in keys]
    reference.execute(update(MarkingRule).values(prefix=""))
    assert [[match.rule.key for match in load_rules(reference).matches(key)] for key in keys] == before
    assert all(before[:3])
