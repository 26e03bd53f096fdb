"""Which records are one thing, from what people said about them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters, joined
from provenance.schema.session import Session
from provenance.schema.sources import SameAs
from tests.support.rows import Rows

KINDS = ("recovery", "component", "organization")

numbers = st.integers(1, 12)
pairs = st.lists(st.tuples(numbers, numbers))


def as_sets(groups: list[set[int]]) -> set[frozenset[int]]:
    """Groups without an order."""
    return {frozenset(group) for group in groups}


def reached(start: int, said: list[tuple[int, int]]) -> frozenset[int]:
    """Everyone who can be reached from somebody along the pairs: what a group is, told plainly."""
    found = {start}
    while more := {b for pair in said for a, b in (pair, pair[::-1]) if a in found} - found:
        found |= more
    return frozenset(found)


class TestJoined:
    """The groups that pairs hang together in."""

    @given(pairs)
    def test_a_group_is_whoever_can_be_reached(self, said: list[tuple[int, int]]) -> None:
        assert as_sets(joined(said)) == {reached(left, said) for left, _right in said}

    @given(pairs, st.data())
    def test_the_order_does_not_matter(self, said: list[tuple[int, int]], data: st.DataObject) -> None:
        assert as_sets(joined(data.draw(st.permutations(said)))) == as_sets(joined(said))

    @given(pairs)
    def test_nor_does_the_side(self, said: list[tuple[int, int]]) -> None:
        assert as_sets(joined((right, left) for left, right in said)) == as_sets(joined(said))

    @given(pairs)
    def test_saying_it_twice_changes_nothing(self, said: list[tuple[int, int]]) -> None:
        assert as_sets(joined(said + said)) == as_sets(joined(said))

    @given(pairs)
    def test_nobody_is_in_two_groups(self, said: list[tuple[int, int]]) -> None:
        members = [member for group in joined(said) for member in group]
        assert len(members) == len(set(members))


class Statements:
    """What people say about some records of one kind."""

    def __init__(self, session: Session, kind: str, records: int) -> None:
        self._session, self._kind, self._rows = session, kind, Rows(session)
        self.records = [self._rows.add(kind) for _ in range(records)]

    def say(self, left: int, right: int, verdict: str = "same", undone: bool = False) -> int:
        """A statement about two of the records, by their places."""
        nobody = {f"{side}_organization_id": None for side in ("left", "right")}
        return self._rows.add(
            "same_as",
            **nobody
            | {
                f"left_{self._kind}_id": self.records[left],
                f"right_{self._kind}_id": self.records[right],
                "verdict": verdict,
                "undone_at": datetime(2026, 1, 1, tzinfo=UTC) if undone else None,
            },
        )

    def clusters(self) -> dict[int, int]:
        """The representative of each merged record, by their places."""
        place = {record: number for number, record in enumerate(self.records)}
        return {
            place[one]: place[first] for one, first in clusters(self._session, RecordKind(self._kind)).items()
        }


@pytest.mark.parametrize("kind", KINDS)
class TestClusters:
    """Statements in the database, over each kind of record that can be merged."""

    def test_nothing_said_nothing_merged(self, scratch: Session, kind: str) -> None:
        assert Statements(scratch, kind, 2).clusters() == {}

    def test_two_that_are_the_same_have_one_representative(self, scratch: Session, kind: str) -> None:
        told = Statements(scratch, kind, 3)
        told.say(2, 1)
        assert told.clusters() == {1: 1, 2: 1}

    def test_a_chain_is_one_thing(self, scratch: Session, kind: str) -> None:
        told = Statements(scratch, kind, 4)
        told.say(2, 3)
        told.say(0, 1)
        told.say(3, 0)
        assert told.clusters() == dict.fromkeys(range(4), 0)

    def test_what_is_undone_is_undone(self, scratch: Session, kind: str) -> None:
        told = Statements(scratch, kind, 3)
        told.say(0, 1)
        second = told.say(1, 2)
        undone = {"undone_at": datetime(2026, 1, 1, tzinfo=UTC), "undone_by": "tester"}
        scratch.execute(update(SameAs).where(SameAs.id == second).values(**undone))
        assert told.clusters() == {0: 0, 1: 0}

    def test_never_the_same_joins_nobody(self, scratch: Session, kind: str) -> None:
        told = Statements(scratch, kind, 3)
        told.say(0, 1)
        told.say(1, 2, verdict="never")
        assert told.clusters() == {0: 0, 1: 0}

    def test_other_kinds_are_not_mixed_in(self, scratch: Session, kind: str) -> None:
        for other in KINDS:
            if other != kind:
                Statements(scratch, other, 2).say(0, 1)
        assert Statements(scratch, kind, 2).clusters() == {}

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        said=st.lists(
            st.tuples(*[st.integers(0, 5)] * 2, st.sampled_from(["same", "never", "undone"])).filter(
                lambda one: one[0] != one[1]
            ),
            max_size=8,
        )
    )
    def test_as_if_only_standing_sameness_had_been_said(
        self, scratch: Session, kind: str, said: list[tuple[int, int, str]]
    ) -> None:
        with scratch.begin_nested() as kept:
            told = Statements(scratch, kind, 6)
            for left, right, how in said:
                told.say(left, right, "never" if how == "never" else "same", undone=how == "undone")
            found = told.clusters()
            kept.rollback()
        standing = [(left, right) for left, right, how in said if how == "same"]
        assert found == {one: min(reached(one, standing)) for pair in standing for one in pair}


def test_a_firm_of_the_reference_data_stands_for_the_others(scratch: Session) -> None:
    rows = Rows(scratch)
    met_first = rows.add("organization", from_seed=False)
    known = rows.add("organization", from_seed=True)
    rows.add("same_as", left_organization_id=met_first, right_organization_id=known)
    assert clusters(scratch, RecordKind.ORGANIZATION) == {met_first: known, known: known}
