"""What people say of two records: recorded, refused where it contradicts, undone as if never said."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary import SameVerdict
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import (
    COMPARABLE,
    Statement,
    cluster_of,
    overruled,
    path,
    say,
    statements,
    undo,
)
from provenance.domain.sameness import clusters
from provenance.schema.session import Session
from tests.support.rows import Rows

SAME, NEVER = SameVerdict.SAME, SameVerdict.NEVER
RECORDS = 5

decisions = st.lists(
    st.tuples(
        st.sampled_from(list(combinations(range(RECORDS), 2))), st.booleans(), st.sampled_from([SAME, NEVER])
    ),
    max_size=7,
    unique_by=lambda decision: (decision[0], decision[2]),
)
"""Decisions about pairs of records, each side first or second; no two say the same."""

Decision = tuple[tuple[int, int], bool, SameVerdict]

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Told:
    """Some records of one kind, and what people say of them."""

    def __init__(self, session: Session, kind: RecordKind) -> None:
        self.session, self.kind = session, kind
        rows = Rows(session)
        self.records = [rows.add(kind.value) for _ in range(RECORDS)]

    def say(self, left: int, right: int, verdict: SameVerdict = SAME, *, confirmed: bool = False) -> bool:
        """Whether the decision about two records, by their places, is new."""
        pair = self.records[left], self.records[right]
        said = say(
            self.session, self.kind, pair, verdict, actor="olena", reason="looked at", confirmed=confirmed
        )
        return said.new

    def decide(self, decision: Decision) -> None:
        """Takes a decision, whatever it contradicts."""
        (left, right), turned, verdict = decision
        self.say(*((right, left) if turned else (left, right)), verdict, confirmed=True)

    def undo(self, left: int, right: int, verdict: SameVerdict | None = None) -> None:
        """Takes back what was said of two records."""
        pair = self.records[left], self.records[right]
        undo(self.session, self.kind, pair, verdict, actor="taras", reason="a slip")

    def state(self) -> tuple[dict[int, int], set[tuple[frozenset[int], int]]]:
        """What counts as one, and which pairs kept apart are overruled by how many statements."""
        place = {record: number for number, record in enumerate(self.records)}
        found = overruled(statements(self.session, self.kind))
        return (
            {place[one]: place[first] for one, first in clusters(self.session, self.kind).items()},
            {(frozenset(place[each] for each in one.never.pair), len(one.by)) for one in found},
        )

    def after(self, told: Iterable[Decision]) -> tuple[dict[int, int], set[tuple[frozenset[int], int]]]:
        """The state in which decisions leave the records; nothing of them is kept."""
        with self.session.begin_nested() as kept:
            for decision in told:
                self.decide(decision)
            found = self.state()
            kept.rollback()
        return found


@pytest.fixture(params=COMPARABLE)
def told(scratch: Session, request: pytest.FixtureRequest) -> Told:
    return Told(scratch, request.param)


class TestLaws:
    @few
    @given(decisions=decisions, data=st.data())
    def test_the_order_of_decisions_does_not_matter(
        self, told: Told, decisions: list[Decision], data: st.DataObject
    ) -> None:
        assert told.after(data.draw(st.permutations(decisions))) == told.after(decisions)

    @few
    @given(decisions=decisions)
    def test_nor_does_it_matter_which_record_is_named_first(
        self, told: Told, decisions: list[Decision]
    ) -> None:
        turned = [(pair, not side, verdict) for pair, side, verdict in decisions]
        assert told.after(turned) == told.after(decisions)

    @few
    @given(decisions=decisions, data=st.data())
    def test_undoing_any_in_any_order_is_as_if_they_had_never_been_made(
        self, told: Told, decisions: list[Decision], data: st.DataObject
    ) -> None:
        back = data.draw(st.lists(st.sampled_from(decisions), unique=True)) if decisions else []
        with told.session.begin_nested() as kept:
            for decision in decisions:
                told.decide(decision)
            for (left, right), _turned, verdict in back:
                told.undo(left, right, verdict)
            found = told.state()
            kept.rollback()
        assert found == told.after(each for each in decisions if each not in back)

    @few
    @given(decisions=decisions)
    def test_the_same_is_symmetric_and_transitive(self, told: Told, decisions: list[Decision]) -> None:
        with told.session.begin_nested() as kept:
            for decision in decisions:
                told.decide(decision)
            found = statements(told.session, told.kind)
            one = {(a, b) for a in told.records for b in told.records if a == b or path(found, a, b)}
            members = {each: cluster_of(told.session, told.kind, each) for each in told.records}
            kept.rollback()
        assert {(b, a) for a, b in one} == one
        assert {(a, d) for a, b in one for c, d in one if b == c} == one
        assert {(a, b) for a, of in members.items() for b in of} == one

    @few
    @given(decisions=decisions)
    def test_what_is_refused_is_what_would_overrule_a_person(
        self, told: Told, decisions: list[Decision]
    ) -> None:
        """Without confirmation nobody who keeps two apart is ever overruled by a later "the same"."""
        with told.session.begin_nested() as kept:
            for (left, right), _turned, verdict in decisions:
                before = told.state()[1]
                try:
                    told.say(left, right, verdict)
                except BadInput:
                    assert told.state()[1] == before
                else:
                    assert verdict is NEVER or {pair for pair, _by in told.state()[1]} == {
                        pair for pair, _by in before
                    }
            kept.rollback()


def test_what_is_said_twice_is_recorded_once(told: Told) -> None:
    assert told.say(0, 1)
    assert not told.say(1, 0)
    assert len(statements(told.session, told.kind)) == 1


def test_a_record_is_not_the_same_as_itself(told: Told) -> None:
    with pytest.raises(UsageError, match="one record"):
        told.say(2, 2)


def test_a_decision_without_a_reason_is_refused(told: Told) -> None:
    pair = told.records[0], told.records[1]
    with pytest.raises(UsageError, match="reason"):
        say(told.session, told.kind, pair, SAME, actor="olena", reason="  ")


def test_joining_what_is_kept_apart_is_refused_and_names_who_keeps_it(told: Told) -> None:
    told.say(0, 1)
    told.say(1, 2, NEVER)
    with pytest.raises(BadInput, match=r"recorded as different \(olena, .*: looked at\)"):
        told.say(0, 2)
    told.say(0, 2, confirmed=True)
    assert told.state() == (dict.fromkeys(range(3), 0), {(frozenset((1, 2)), 2)})


def test_keeping_apart_what_others_make_one_is_recorded_and_reported(told: Told) -> None:
    told.say(0, 1)
    told.say(1, 2)
    assert told.say(0, 2, NEVER)
    assert told.state() == (dict.fromkeys(range(3), 0), {(frozenset((0, 2)), 2)})


def test_calling_different_what_is_directly_the_same_is_refused(told: Told) -> None:
    told.say(0, 1)
    with pytest.raises(BadInput, match="recorded as the same"):
        told.say(0, 1, NEVER)


def test_undoing_one_of_two_chains_leaves_the_other(told: Told) -> None:
    for pair in ((0, 1), (1, 2), (0, 2)):
        told.say(*pair)
    told.undo(0, 2)
    assert told.state()[0] == dict.fromkeys(range(3), 0)
    with pytest.raises(NotFound, match="2 other statements"):
        told.undo(0, 2)
    told.undo(2, 1)
    assert told.state()[0] == {0: 0, 1: 0}


def test_the_shortest_chain_explains(told: Told) -> None:
    for pair in ((0, 1), (1, 2), (2, 3), (0, 3)):
        told.say(*pair)
    found = statements(told.session, told.kind)

    def told_of(chain: Iterable[Statement]) -> list[set[int]]:
        return [{told.records.index(number) for number in each.pair} for each in chain]

    assert told_of(path(found, told.records[0], told.records[2])) == [{0, 1}, {1, 2}]
    assert told_of(path(found, told.records[3], told.records[0])) == [{0, 3}]
    assert path(found, told.records[0], told.records[4]) == ()
