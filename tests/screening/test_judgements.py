"""Judgements: what a verdict does to the next run, when it is reopened, and that only one is current."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from provenance.core.errors import UsageError
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import Verdict
from provenance.domain.audit import entries
from provenance.schema.session import Session
from provenance.schema.watchlists import Judgement
from provenance.screening.hits import ScreenedCustomer
from provenance.screening.judgements import (
    Decision,
    apply_judgements,
    current_judgements,
    read_verdict,
    save_judgements,
    without_judgements,
)
from provenance.sources.customers import Customer
from provenance.text.registration_numbers import read_numbers
from tests.support.imported_lists import ACTOR, Lists

REEF = {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}
CUSTOMER = Customer(1, "Marble Reef", id="C-2")


@pytest.fixture
def found(lists: Lists) -> ScreenedCustomer:
    """A customer with one hit."""
    lists.add("2024-01-01", REEF)
    return lists.screen(CUSTOMER)


def decision(
    row: ScreenedCustomer, verdict: Verdict = Verdict.NEGATIVE, reason: str = "another firm"
) -> Decision:
    return Decision(None, row, row.hits[0], verdict, reason)


def save(session: Session, *decisions: Decision, tlp: Tlp | None = None) -> tuple[list[str], int]:
    return save_judgements(session, decisions, actor=ACTOR, tlp=tlp)


class TestApplied:
    def test_a_negative_verdict_dismisses_the_hit(self, scratch: Session, found: ScreenedCustomer) -> None:
        ((ref,), known) = save(scratch, decision(found))
        (row,) = apply_judgements([found], current_judgements(scratch))
        assert known == 0
        assert (row.hits, [hit.key for hit in row.dismissed]) == ((), ["A2"])
        judgement = row.dismissed[0].judgement
        assert judgement is not None
        assert (judgement.ref, judgement.actor, judgement.reason) == (ref, ACTOR, "another firm")

    def test_a_positive_verdict_brings_back_what_a_number_set_aside(
        self, scratch: Session, lists: Lists
    ) -> None:
        lists.add("2024-01-01", {**REEF, "identifiers": "INN 7709998889"})
        numbers = read_numbers("INN 7705034202").numbers
        row = lists.screen(replace(CUSTOMER, identifiers=numbers))
        assert (row.hits, [hit.key for hit in row.set_aside]) == ((), ["A2"])
        save(scratch, Decision(None, row, row.set_aside[0], Verdict.POSITIVE, "two numbers of one firm"))
        (judged,) = apply_judgements([row], current_judgements(scratch))
        assert ([hit.key for hit in judged.hits], judged.set_aside) == (["A2"], ())
        assert without_judgements([judged]) == [row]

    @pytest.mark.parametrize("verdict", [Verdict.POSITIVE, Verdict.UNSURE])
    def test_any_other_verdict_stays_with_the_hit(
        self, scratch: Session, found: ScreenedCustomer, verdict: Verdict
    ) -> None:
        save(scratch, decision(found, verdict))
        (row,) = apply_judgements([found], current_judgements(scratch))
        assert row.hits[0].judgement is not None
        assert (row.hits[0].judgement.verdict, row.dismissed) == (verdict, ())

    @pytest.mark.parametrize(
        ("entry", "customer", "words"),
        [
            ("x", None, "the entry has changed since"),
            (None, "x", "the customer has changed since"),
            ("x", "x", "the entry and the customer have changed since"),
        ],
    )
    def test_a_change_reopens_it(
        self, scratch: Session, found: ScreenedCustomer, entry: str | None, customer: str | None, words: str
    ) -> None:
        save(scratch, decision(found))
        hit = found.hits[0]
        later = replace(
            found,
            customer_digest=customer or found.customer_digest,
            hits=(replace(hit, entry_digest=entry or hit.entry_digest),),
        )
        (row,) = apply_judgements([later], current_judgements(scratch))
        assert row.dismissed == ()
        assert row.hits[0].judgement is not None
        assert row.hits[0].judgement.reopened == words

    def test_without_judgements_the_rows_are_what_the_lists_gave(
        self, scratch: Session, found: ScreenedCustomer
    ) -> None:
        save(scratch, decision(found))
        assert without_judgements(apply_judgements([found], current_judgements(scratch))) == [found]

    def test_it_applies_to_the_same_party_of_the_same_customer_only(
        self, scratch: Session, found: ScreenedCustomer
    ) -> None:
        save(scratch, decision(found))
        other = replace(found, id="C-3")
        assert apply_judgements([other], current_judgements(scratch)) == [other]


class TestSaved:
    def count(self, session: Session) -> int:
        number: int = session.execute(select(func.count(Judgement.id))).scalar_one()
        return number

    def test_the_same_again_is_known(self, scratch: Session, found: ScreenedCustomer) -> None:
        first, known_first = save(scratch, decision(found))
        again, known_again = save(scratch, decision(found), decision(found))
        assert (known_first, known_again, self.count(scratch)) == (0, 2, 1)
        assert again == first * 2

    def test_the_next_supersedes_it_and_nothing_is_deleted(
        self, scratch: Session, found: ScreenedCustomer
    ) -> None:
        save(scratch, decision(found))
        (ref,), _known = save(scratch, decision(found, Verdict.POSITIVE, "the owner is the same"))
        assert self.count(scratch) == 2
        (current,) = current_judgements(scratch).values()
        assert (current.judgement.ref, current.judgement.verdict) == (ref, "positive")

    def test_each_is_in_the_audit_trail_with_the_one_before(
        self, scratch: Session, found: ScreenedCustomer
    ) -> None:
        save(scratch, decision(found), decision(found, Verdict.UNSURE, "asked the customer"))
        judged = [entry for entry in entries(scratch) if entry.action == "judge"]
        assert [entry.before and json.loads(entry.before) for entry in judged] == [
            None, {"verdict": "negative", "reason": "another firm"},
        ]  # fmt: skip
        assert json.loads(judged[1].after or "")["verdict"] == "unsure"

    def test_it_happens_at_the_moment_of_its_transaction(
        self, scratch: Session, found: ScreenedCustomer
    ) -> None:
        save(scratch, decision(found), tlp=Tlp.RED)
        (current,) = current_judgements(scratch).values()
        assert current.judgement.at == scratch.moment.isoformat(timespec="seconds")
        assert current.tlp == "RED"


@pytest.mark.parametrize(
    ("verdict", "reason", "problem"),
    [("perhaps", "x", "not a verdict"), ("", "x", "not a verdict"), ("positive", " ", "needs a reason")],
)
def test_what_a_person_wrote_is_checked(verdict: str, reason: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read_verdict(verdict, reason)


def test_what_a_person_wrote_is_read_with_its_blanks_and_capitals() -> None:
    assert read_verdict(" Negative ", " another\n firm ") == (Verdict.NEGATIVE, "another firm")
