"""What holds of statements about firms, whatever is stated: undone in any order, never made, no circles."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.identity import new_uid
from provenance.core.vocabulary import Control, NameKind, SameVerdict, SeatKind, Verification
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry import firms
from provenance.domain.registry.firms import Stake
from provenance.domain.registry.forms import NAME, NUMBER, OWNED, SEAT, Uids, live
from provenance.domain.registry.log import RecordChange, seal_change
from provenance.domain.registry.periods import Period
from provenance.domain.registry.settle import settle, settle_all
from provenance.domain.registry.usage import uses_of
from provenance.domain.registry.writer import Terms, Writer, undo_change
from provenance.domain.same_statements import say, undo
from provenance.schema.audit import Installation
from provenance.schema.organizations import Organization, OrganizationSeat, Ownership
from provenance.schema.row_values import by_name
from provenance.schema.session import Session
from provenance.seeding.load import load_reference
from provenance.text.partial_dates import UNKNOWN, parse_partial_date
from provenance.text.registration_numbers import read_numbers
from tests.support.firms import Firms
from tests.support.rows import Rows

FIRM = RecordKind.ORGANIZATION
LABELS = ("Alpha", "Beta", "Gamma", "Delta")
YEARS = (None, "2019", "2021-06", "2023-01-02")


class World:
    """Four firms, one of them with a seat and an owner on record before anybody states anything."""

    def __init__(self, session: Session) -> None:
        self.session = session
        if session.execute(select(Installation.id)).first() is None:
            Rows(session).add("installation", id=1)
        self.firms = Firms(session)
        self.firms.are("operating", *LABELS)
        self.firms.sits("Alpha", "US")
        self.firms.bought("Beta", "Alpha", "2015", "2018")
        self.source = Rows(session).add("source")

    def writer(self, label: str, reason: str = "because") -> Writer:
        terms = Terms("olena", self.source, reason, Verification.UNVERIFIED)
        return Writer(self.session, FIRM, self.firms[label], terms)

    def stands(self) -> dict[str, Any]:
        """Everything that stands about the four, whatever the row numbers and the order of the rows."""
        uids = Uids(self.session)
        labels = self.session.execute(select(Organization.id, Organization.label)).all()
        return {
            label: [
                sorted(
                    str({**by_name(content), "uid": None})
                    for _row, content in live(self.session, form, number, uids)
                )
                for form in (NAME, NUMBER, SEAT, OWNED)
            ]
            for number, label in sorted((row.id, row.label) for row in labels)
        }


def period(since: str | None, until: str | None) -> Period:
    spans = [None if text is None else parse_partial_date(text) for text in (since, until)]
    if all(spans) and spans[1].latest < spans[0].earliest:  # type: ignore[union-attr,operator]  # all are known
        spans.reverse()
    return Period(*spans)


STEPS = st.one_of(
    st.tuples(
        st.just("seat"), st.sampled_from(LABELS), st.sampled_from(("US", "CN")), st.sampled_from(YEARS)
    ),
    st.tuples(st.just("own"), st.sampled_from(LABELS), st.sampled_from(LABELS), st.sampled_from(YEARS)),
    st.tuples(st.just("name"), st.sampled_from(LABELS), st.sampled_from(("Омега", "Omega Works"))),
    st.tuples(
        st.just("rename"),
        st.sampled_from(LABELS),
        st.sampled_from(("Kappa", "Lambda")),
        st.sampled_from(YEARS),
    ),
    st.tuples(st.just("number"), st.sampled_from(LABELS), st.sampled_from(("7707083893", "7736050003"))),
)


def carry_out(world: World, step: tuple[Any, ...]) -> RecordChange | None:
    """One statement; None where it was refused or is on record."""
    what, label, value, *rest = step
    writer = world.writer(label)
    try:
        if what == "seat":
            kind = SeatKind.HEADQUARTERS
            return firms.seat_firm(writer, kind, value, period(rest[0], None)).change
        if what == "own":
            stake = Stake(60.0, period=period(rest[0], None), control=Control.ECONOMIC)
            return firms.own_firm(writer, world.firms[value], stake).change
        if what == "name":
            return firms.name_firm(writer, value, NameKind.ALIAS, UNKNOWN, UNKNOWN, shared=True).change
        if what == "rename":
            since = parse_partial_date(rest[0] or "")
            return firms.rename(writer, value, NameKind.LEGAL, since, shared=True).change
        return firms.number_firm(writer, read_numbers(value, "INN").numbers[0]).change
    except BadInput:
        return None


@given(steps=st.lists(STEPS, min_size=1, max_size=7), seed=st.integers(0, 999))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_any_changes_in_any_order_is_never_having_made_them(
    scratch: Session, steps: list[tuple[Any, ...]], seed: int
) -> None:
    with scratch.begin_nested() as savepoint:
        world = World(scratch)
        before = world.stands()
        made = [change for step in steps if (change := carry_out(world, step)) is not None]
        chosen = random.Random(seed)
        gone = chosen.sample(made, chosen.randint(0, len(made)))
        for change in gone:
            try:
                undo_change(scratch, FIRM, change.record_uid, change.uid, actor="petro", reason="wrong")
            except BadInput:
                savepoint.rollback()
                return
        after = world.stands()
        undone = {change.uid for change in gone}
        _never_made(world, before, [change for change in made if change.uid not in undone], after)
        for change in made:
            if change.uid not in undone:
                undo_change(scratch, FIRM, change.record_uid, change.uid, actor="petro", reason="wrong")
        assert world.stands() == before
        savepoint.rollback()


def _never_made(
    world: World, before: dict[str, Any], kept: list[RecordChange], after: dict[str, Any]
) -> None:
    """The changes that were kept, made alone where the others never were, give the same."""
    session = world.session
    with session.begin_nested() as savepoint:
        for label in LABELS:
            with suppress(NotFound):
                while True:
                    undo_change(session, FIRM, world.writer(label).uid, None, actor="petro", reason="all")
        assert world.stands() == before
        for change in kept:
            seal_change(session, replace(change, uid=new_uid()))
            settle(session, FIRM, change.record_uid)
        assert world.stands() == after
        savepoint.rollback()


def test_firms_that_would_own_each_other_on_one_day_are_refused(scratch: Session) -> None:
    world = World(scratch)
    firms.own_firm(world.writer("Alpha"), world.firms["Beta"], Stake(period=period("2019", None)))
    firms.own_firm(world.writer("Beta"), world.firms["Gamma"], Stake(60.0, period=period("2020", None)))
    for percent in (None, 51.0):
        with pytest.raises(BadInput, match="circle") as refused:
            firms.own_firm(
                world.writer("Gamma"), world.firms["Alpha"], Stake(percent, period=period("2021", None))
            )
        assert refused.value.code == "circle"
    with pytest.raises(BadInput, match="does not own itself"):
        firms.own_firm(world.writer("Alpha"), world.firms["Alpha"], Stake())
    # A minority, a product line, and what ended before the others began are no control at one time.
    for stake in (
        Stake(10.0, period=period("2021", None)),
        Stake(product_line="diodes", period=period("2021", None)),
        Stake(period=period("2010", "2015-06-01")),
    ):
        assert firms.own_firm(world.writer("Gamma"), world.firms["Alpha"], stake).change is not None


def test_firms_are_not_merged_into_a_circle_of_owners(scratch: Session) -> None:
    world = World(scratch)
    world.firms.bought("Alpha", "Beta", "2020")
    world.firms.bought("Beta", "Gamma", "2020")
    with pytest.raises(BadInput, match="circle"):
        _same(world, "Alpha", "Gamma")
    # Owner and owned may turn out to be one; of what they own nothing is a circle.
    before = world.stands()
    _same(world, "Alpha", "Beta")
    undo(
        scratch,
        FIRM,
        (world.firms["Alpha"], world.firms["Beta"]),
        None,
        actor="olena",
        reason="two after all",
    )
    assert world.stands() == before


def _same(world: World, one: str, other: str) -> None:
    pair = world.firms[one], world.firms[other]
    say(world.session, FIRM, pair, SameVerdict.SAME, actor="olena", reason="one register number")


def test_legal_control_alone_moves_no_brand_to_another_owner(scratch: Session) -> None:
    world = World(scratch)
    own = firms.own_firm
    own(world.writer("Gamma"), world.firms["Beta"], Stake(100.0, period=period("2019", None)))
    assert world.firms.owner("Gamma", "2026-01-01") == "Beta"
    custody = Stake(control=Control.LEGAL, period=period("2025-10-07", None))
    own(world.writer("Gamma"), world.firms["Delta"], custody)
    assert world.firms.owner("Gamma", "2026-01-01") == "Beta"
    own(world.writer("Gamma"), world.firms["Delta"], replace(custody, control=Control.BOTH))
    assert world.firms.owner("Gamma", "2026-01-01") == "Delta"


def test_what_is_left_unsaid_is_kept_of_the_statement_that_is_replaced(scratch: Session) -> None:
    world = World(scratch)
    writer = world.writer("Alpha")
    firms.own_firm(writer, world.firms["Gamma"], Stake(60.0, period=period("2019", None), note="by tender"))
    firms.own_firm(writer, world.firms["Gamma"], Stake(period=Period(until=parse_partial_date("2024-05"))))
    stakes = [each for each in writer.live(OWNED) if each[Ownership.share_percent] == 60.0]
    (stake,) = stakes
    bounds = (Ownership.since_earliest, Ownership.until_earliest, Ownership.until_latest)
    assert [stake[column] for column in bounds] == ["2019-01-01", "2024-05-01", "2024-05-31"]
    assert stake[Ownership.note] == "by tender"
    # A later period is another statement.
    firms.own_firm(writer, world.firms["Gamma"], Stake(70.0, period=period("2025", None)))
    assert len([each for each in writer.live(OWNED) if (each[Ownership.share_percent] or 0) >= 60]) == 2


def test_a_change_of_what_stood_needs_its_reason_and_an_addition_does_not(scratch: Session) -> None:
    world = World(scratch)
    added = firms.seat_firm(world.writer("Beta", ""), SeatKind.LEGAL, "KY", Period())
    assert added.change is not None
    again = firms.seat_firm(world.writer("Beta", ""), SeatKind.LEGAL, "KY", Period())
    assert again.change is None
    with pytest.raises(UsageError, match="reason"):
        firms.seat_firm(world.writer("Beta", ""), SeatKind.LEGAL, "KY", period("2020", None))


def test_what_nothing_uses_is_removed_and_comes_back_as_it_was(scratch: Session) -> None:
    world = World(scratch)
    firms.name_firm(world.writer("Delta"), "Дельта", NameKind.ALIAS, UNKNOWN, UNKNOWN)
    before = world.stands()
    number = world.firms["Beta"]
    uses = uses_of(scratch, FIRM, [number, world.firms["Delta"]])
    assert [(use.table, use.column, use.records) for use in uses[number]] == [("ownership", "owner_id", 1)]
    assert world.firms["Delta"] not in uses
    removed = world.writer("Delta").remove().change
    assert removed is not None
    assert "Delta" not in world.stands()
    undo_change(scratch, FIRM, removed.record_uid, removed.uid, actor="olena", reason="it is a firm")
    assert world.stands() == before


def test_the_reference_data_loaded_again_leaves_what_people_state(reference: Session) -> None:
    source = Rows(reference).add("source")
    number, uid = reference.execute(
        select(Organization.id, Organization.uid).where(Organization.label == "Nexperia")
    ).one()
    writer = Writer(reference, FIRM, number, Terms("olena", source, "a court decided"))
    (seat,) = [each for each in writer.live(SEAT) if each[OrganizationSeat.kind] == SeatKind.LEGAL]
    firms.withdraw_statement(
        writer, "withdraw seat", SEAT, {OrganizationSeat.kind: SeatKind.LEGAL}, "legal seat"
    )
    firms.rename(writer, "Nexperia Works", NameKind.LEGAL, UNKNOWN)
    stated = {form.name: writer.live(form) for form in (NAME, SEAT, OWNED)}
    load_reference(reference)
    after = Writer(reference, FIRM, number, Terms("olena", source))
    assert after.row()[Organization.label] == "Nexperia Works"
    for form in (NAME, SEAT, OWNED):
        assert sorted(map(str, after.live(form))) == sorted(map(str, stated[form.name]))
    for _ in range(2):
        undo_change(reference, FIRM, uid, None, actor="olena", reason="not so")
    assert after.row()[Organization.label] == "Nexperia"
    assert seat in after.live(SEAT)
    settle_all(reference)
    assert seat in after.live(SEAT)
