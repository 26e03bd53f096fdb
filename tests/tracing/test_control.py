"""Economic against legal control, by date: who has what, and what a rule asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provenance.schema.session import Session
from provenance.tracing.listed_owners import Holding, Rule, treated_as_listed
from provenance.tracing.owners import fetch_ownership, former_owners
from tests.support.commands import run
from tests.tracing.records import Records

RULE = Rule("half", "half", 50, True, None, None, None, None, "unverified", None)


@pytest.mark.parametrize(
    ("control", "treated"), [(None, True), ("both", True), ("economic", True), ("legal", False)]
)
def test_a_rule_about_ownership_asks_for_ownership(control: str | None, treated: bool) -> None:
    found = treated_as_listed([Holding(9, 1, 100, True, control)], {9: ("list",)}, RULE)
    assert (1 in found) == treated


def test_legal_control_adds_nothing_to_a_share() -> None:
    stakes = [Holding(9, 1, 30, True, "economic"), Holding(8, 1, 70, True, "legal")]
    assert treated_as_listed(stakes, {9: ("list",), 8: ("list",)}, RULE) == {}


def test_who_has_what_before_and_after_the_votes_were_taken(scratch: Session) -> None:
    records = Records(scratch)
    firm, owner, court = (records.firm(name) for name in ("Chips BV", "Red Holding", "Court"))
    taken = date(2025, 10, 7)
    before = {"since_earliest": date(2019, 1, 1), "until_earliest": taken, "until_latest": taken}
    records.stake(owner, firm, 100, control="both", note="the votes were taken", **before)
    records.stake(owner, firm, 100, control="economic", since_earliest=taken)
    records.stake(court, firm, None, control="legal", since_earliest=taken)

    def on(day: date) -> list[tuple[str, str | None]]:
        return [(item.owner, item.control) for item in fetch_ownership(scratch, [firm], day)[firm].owners]

    assert on(date(2025, 10, 6)) == [("Red Holding", "both")]
    assert on(taken) == [("Red Holding", "economic"), ("Court", "legal")]
    assert former_owners(scratch, firm, date(2025, 10, 6)) == ()
    assert [(item.owner, item.until, item.note) for item in former_owners(scratch, firm, taken)] == [
        ("Red Holding", taken, "the votes were taken")
    ]


def test_nexperia_in_october_2025(tmp_path: Path) -> None:
    database = str(tmp_path / "a.db")
    run(database, "init")
    before = " ".join(run(database, "trace", "owners", "Nexperia", "--on", "2025-10-06").out.split())
    after = " ".join(run(database, "trace", "owners", "Nexperia", "--on", "2025-10-15").out.split())
    assert "Direct owner on record that day: Wingtech" in before
    assert "Owner until 2025-10-07: Wingtech. Ends in the sense of control" in after
    assert "Wingtech remains the economic owner" in after
    assert "asks for 50 % or more of the firm owned by listed owners together" in after
