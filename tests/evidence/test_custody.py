"""Custody: entries in order, and whatever does not follow from the one before in a row of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from provenance.core.errors import UsageError
from provenance.evidence.custody import (
    Handover,
    Link,
    LinkKind,
    chain,
    current_entries,
    log_custody,
    parse_moment,
)
from provenance.schema.audit import AuditEntry
from provenance.schema.evidence import CustodyEvent
from provenance.schema.session import session_scope, writing
from tests.evidence.conftest import Hangar

Hand = tuple[str, str | None, str | None]
"""When, from whom, to whom."""


def logged(hangar: Hangar, *hands: Hand, **said: Any) -> list[Link]:
    """The log of the wreck after these hands, logged in this order."""
    with writing(hangar.engine) as session:
        for at, released_by, received_by in hands:
            entry = Handover(parse_moment(at), released_by, received_by, **said)
            log_custody(session, hangar.wreck, entry, actor="tester")
    return shown(hangar)


def shown(hangar: Hangar) -> list[Link]:
    """The log of the wreck."""
    with session_scope(hangar.engine) as session:
        return chain(current_entries(session, hangar.wreck))


def kinds(links: list[Link]) -> list[str]:
    """What each row is."""
    return [link.kind.value for link in links]


SQUAD, LAB, MUSEUM, CUSTOMS = "Squad 7", "Лабораторія", "Museum", "Customs"


HANDS = st.tuples(st.integers(1, 28), st.sampled_from([SQUAD, LAB, None]), st.sampled_from([LAB, CUSTOMS]))
"""A day and two holders, in any order and independent of one another."""


class TestMoments:
    @pytest.mark.parametrize(
        ("text", "earliest", "latest"),
        [
            ("2024-05-03 14:20+03:00", "2024-05-03 11:20:00", "2024-05-03 11:20:59"),
            ("2024-05-03T14:20:05+03:00", "2024-05-03 11:20:05", "2024-05-03 11:20:05"),
            ("2024-05-03 11:20Z", "2024-05-03 11:20:00", "2024-05-03 11:20:59"),
        ],
    )
    def test_a_time_with_its_offset(self, text: str, earliest: str, latest: str) -> None:
        moment = parse_moment(text)
        assert moment.earliest == datetime.fromisoformat(earliest).replace(tzinfo=UTC)
        assert moment.latest == datetime.fromisoformat(latest).replace(tzinfo=UTC)
        assert moment.as_written == text

    @pytest.mark.parametrize(("text", "days"), [("2024-05-03", 1), ("2024-05", 31), ("2024", 366)])
    def test_a_date_is_all_of_it(self, text: str, days: int) -> None:
        moment = parse_moment(text)
        whole = moment.latest - moment.earliest + timedelta(seconds=1)
        assert abs(whole - timedelta(days=days)) <= timedelta(hours=1)  # clocks are put forward and back

    @pytest.mark.parametrize("text", ["", "since 2024", "yesterday", "2024-13-01", "14:20"])
    def test_what_is_no_moment(self, text: str) -> None:
        with pytest.raises(ValueError):
            parse_moment(text)


class TestChain:
    def test_hands_that_follow_from_one_another(self, hangar: Hangar) -> None:
        links = logged(
            hangar, ("2024-05-03", None, SQUAD), ("2024-05-04", SQUAD, LAB), ("2024-06", LAB, MUSEUM)
        )
        assert kinds(links) == ["entry"] * 3
        assert [link.to_holder for link in links] == [SQUAD, LAB, MUSEUM]

    def test_a_gap_between_two_who_never_met(self, hangar: Hangar) -> None:
        links = logged(hangar, ("2024-05-03", None, SQUAD), ("2024-05-09", CUSTOMS, LAB))
        assert kinds(links) == ["entry", "gap", "entry"]
        assert links[1].at == "2024-05-03 to 2024-05-09"
        assert links[1].finding == (
            "with Squad 7 since 2024-05-03; how it came from Squad 7 to Customs is not recorded"
        )

    def test_an_unnamed_holder_is_a_gap(self, hangar: Hangar) -> None:
        links = logged(
            hangar,
            ("2024-05-03", SQUAD, None),
            ("2024-05-04", None, LAB),
            ("2024-05-05", None, MUSEUM),
            ("2024-05-06", MUSEUM, None),
        )
        assert kinds(links) == ["entry", "gap", "entry", "gap", "entry", "entry", "gap"]
        assert links[1].finding == "no holder is recorded"
        assert "who handed it over next is not recorded" in (links[3].finding or "")
        assert (links[6].at, links[6].finding) == ("since 2024-05-06", "who received it is not recorded")

    def test_two_holders_at_once(self, hangar: Hangar) -> None:
        links = logged(hangar, ("2024-05-03", SQUAD, LAB), ("2024-05-04", SQUAD, MUSEUM))
        assert kinds(links) == ["entry", "overlap", "entry"]
        assert (
            links[1].finding
            == "two holders at once: Squad 7 handed it over to Лабораторія, and again to Museum"
        )

    def test_another_seal_is_asked_about(self, hangar: Hangar) -> None:
        logged(hangar, ("2024-05-03", None, SQUAD), seal="0041")
        links = logged(hangar, ("2024-05-04", SQUAD, LAB), seal="0042")
        assert kinds(links) == ["entry", "question", "entry"]
        assert "the seal was 0041 and is now 0042" in (links[1].finding or "")

    def test_a_name_in_capitals_is_the_same_holder(self, hangar: Hangar) -> None:
        links = logged(hangar, ("2024-05-03", None, "Музей"), ("2024-05-04", "МУЗЕЙ ", LAB))
        assert kinds(links) == ["entry", "entry"]

    @given(st.permutations(range(4)))
    def test_on_one_day_the_hands_tell_the_order(self, order: list[int]) -> None:
        hands = [(None, SQUAD), (SQUAD, LAB), (LAB, CUSTOMS), (CUSTOMS, MUSEUM)]
        entries = [entry_row(number, *hands[number]) for number in order]
        links = chain(entries)
        assert kinds(links) == ["entry"] * 4
        assert [link.to_holder for link in links] == [SQUAD, LAB, CUSTOMS, MUSEUM]

    @given(st.lists(HANDS, max_size=7))
    def test_every_entry_is_shown_once_and_time_never_runs_back(
        self, hands: list[tuple[int, str | None, str]]
    ) -> None:
        entries = [
            entry_row(number, released_by, received_by, day=day)
            for number, (day, released_by, received_by) in enumerate(hands)
        ]
        links = [link for link in chain(entries) if link.kind is LinkKind.ENTRY]
        assert len(links) == len(hands)
        assert [link.at for link in links] == sorted(link.at for link in links)

    def test_of_nothing(self) -> None:
        assert chain([]) == []


class Row:
    """A row of the table, without a table."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


def entry_row(number: int, released_by: str | None, received_by: str | None, *, day: int = 3) -> Any:
    """An entry of some day in May 2024."""
    moment = parse_moment(f"2024-05-{day:02d}")
    return Row(
        uid=f"00000000-0000-7000-8000-{number:012d}",
        at_earliest=moment.earliest,
        at_latest=moment.latest,
        at_as_written=moment.as_written,
        from_holder=released_by,
        to_holder=received_by,
        reason=None,
        seal=None,
        state=None,
        tlp=None,
        note=None,
        recorded_by="tester",
    )


class TestWriting:
    def test_somebody_must_be_named(self, hangar: Hangar) -> None:
        with pytest.raises(UsageError, match="Who handed it over"):
            logged(hangar, ("2024-05-03", None, None))

    def test_a_correction_stands_in_the_place_of_what_it_corrects_which_stays(self, hangar: Hangar) -> None:
        logged(hangar, ("2024-05-03", None, "Sqad 7"), ("2024-05-04", SQUAD, LAB))
        with writing(hangar.engine) as session:
            wrong = current_entries(session, hangar.wreck)[0]
            entry = Handover(parse_moment("2024-05-03"), None, SQUAD)
            log_custody(session, hangar.wreck, entry, actor="tester", corrects=wrong)
        assert kinds(shown(hangar)) == ["entry", "entry"]
        with session_scope(hangar.engine) as session:
            assert session.execute(select(func.count()).select_from(CustodyEvent)).scalar_one() == 3
        with pytest.raises(UsageError, match="not a current entry"), writing(hangar.engine) as session:
            entry = Handover(parse_moment("2024-05-03"), None, MUSEUM)
            log_custody(session, hangar.wreck, entry, actor="tester", corrects=wrong)

    def test_each_entry_leaves_a_link_in_the_audit_chain(self, hangar: Hangar) -> None:
        logged(hangar, ("2024-05-03", None, SQUAD), ("2024-05-04", SQUAD, LAB))
        with session_scope(hangar.engine) as session:
            actions = session.execute(select(AuditEntry.action).order_by(AuditEntry.id)).scalars().all()
        assert actions == ["log custody", "log custody"]
