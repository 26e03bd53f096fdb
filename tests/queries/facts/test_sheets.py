"""Fact sheets: packed columns that say what the tables say, or are not believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from provenance.core import vocabulary as vocab
from provenance.queries.facts import sheets, upkeep
from provenance.queries.facts.layout import COMPONENTS as COMPONENT_SHEET
from provenance.queries.facts.layout import SHEETS, code, country_number, country_text
from provenance.queries.facts.packing import pack
from provenance.schema import changes
from provenance.schema.derived import FactChange, FactColumn
from provenance.schema.engines import writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component
from provenance.schema.session import Session, session_scope, writing
from tests.sources.lists import write_list
from tests.support.chains import TRANSFERS
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level
from tests.support.lists import COMPONENTS, component, dated, recovery, take_in
from tests.support.rows import Rows
from tests.support.tables import table

Facts = dict[str, list[int]]


def packed(session: Session, name: str) -> Facts:
    """A whole sheet as the program loads it."""
    sheet = SHEETS[name]
    found = sheets.load(session, sheet, sheet.names())
    return {column: numbers.whole().tolist() for column, numbers in found.items()}


def rows_of(session: Session, name: str, **values: Any) -> list[Any]:
    """The rows of a table in their order, those with these values."""
    found = table(name)
    condition = [found.c[column] == value for column, value in values.items()]
    return list(session.execute(select(found).where(*condition).order_by(found.c.id)))


def day(found: date | None) -> int:
    """A day as a number."""
    return found.toordinal() if found else 0


def told_of_component(session: Session, row: Any) -> dict[str, int]:
    """What the tables say of a component, read the slow and plain way."""

    def standing(name: str, tentative: bool) -> Any:
        for statement in rows_of(session, name, component_id=row.id):
            if statement.superseded_by is None and (statement.status == "tentative") == tentative:
                return statement
        return None

    said, guessed = (standing("maker_attribution", tentative) for tentative in (False, True))
    part, guess = (standing("identification", tentative) for tentative in (False, True))
    citations = rows_of(session, "citation", component_id=row.id)
    reported = [found for cited in citations if (found := cited.published_latest or cited.retrieved)]
    return {
        "id": row.id,
        "recovery": row.recovery_id,
        "organization": said.organization_id or 0 if said else 0,
        "guessed_organization": guessed.organization_id or 0 if guessed else 0,
        "country_stated": country_number(said.country_stated) if said else 0,
        "part": part.part_id if part else 0,
        "guessed_part": guess.part_id if guess else 0,
        "category": code(vocab.ComponentCategory, row.category),
        "category_read": int(row.category_basis not in (None, "published")),
        "hs6": int(row.hs6 or 0),
        "hs6_read": int(row.hs6_basis not in (None, "published")),
        "made_earliest": day(row.made_earliest),
        "made_latest": day(row.made_latest),
        "pieces": row.pieces or 0,
        "authenticity": code(vocab.Authenticity, row.authenticity),
        "reported": min(map(day, reported), default=0),
        "published_earliest": min(
            (day(cited.published_earliest) for cited in citations if cited.published_earliest), default=0
        ),
        "published_latest": min(
            (day(cited.published_latest) for cited in citations if cited.published_latest), default=0
        ),
        "credibility": min((cited.credibility for cited in citations if cited.credibility), default=0),
    }


def told_of_recovery(session: Session, row: Any) -> dict[str, int]:
    """What the tables say of a recovery, read the slow and plain way."""
    dates = rows_of(session, "recovery_date", recovery_id=row.id)

    def bounds(kind: str) -> tuple[list[int], list[int]]:
        mine = [found for found in dates if found.kind == kind]
        return [day(found.earliest) for found in mine], [day(found.latest) for found in mine]

    told = {
        "id": row.id,
        "kind": code(vocab.RecoveryKind, row.kind),
        "extent": code(vocab.Extent, row.extent),
        "weapon": row.weapon_system_id or 0,
        "unit_type": row.unit_type_id or 0,
        "produced_latest": max(bounds("produced")[1], default=0),
        "unstated_earliest": min(bounds("unstated")[0], default=0),
    }
    for kind in ("recovered", "captured", "used"):
        earliest, latest = bounds(kind)
        told |= {f"{kind}_earliest": min(earliest, default=0), f"{kind}_latest": max(latest, default=0)}
    return told


def told_of_transfer(session: Session, row: Any) -> dict[str, int]:
    """What the table says of a transfer."""
    return {
        "id": row.id,
        "evidence_class": code(vocab.EvidenceClass, row.evidence_class),
        "document": row.document_id or 0,
        "earliest": day(row.earliest),
        "latest": day(row.latest),
        "part": row.part_id or 0,
        "component": row.component_id or 0,
        "hs6": int(row.hs6 or 0),
    }


def told_of_party(session: Session, row: Any) -> dict[str, int]:
    """What the table says of a party to a transfer."""
    return {
        "id": row.id,
        "transfer": row.transfer_id,
        "organization": row.organization_id or 0,
        "side": code(vocab.Side, row.side),
        "role": code(vocab.PartyRole, row.role),
        "confidential": int(row.confidential),
    }


TELLERS = {
    "component": told_of_component,
    "recovery": told_of_recovery,
    "transfer": told_of_transfer,
    "transfer_party": told_of_party,
}


def told(session: Session, name: str) -> Facts:
    """A whole sheet as the tables have it."""
    found = [TELLERS[name](session, row) for row in rows_of(session, name)]
    return {column: [one[column] for one in found] for column in SHEETS[name].names()}


def assert_true(session: Session) -> None:
    """Every sheet says what the tables say: before it is packed, and packed and believed."""
    for name in SHEETS:
        assert packed(session, name) == told(session, name)
    upkeep.pack_changes(session)
    for name in SHEETS:
        assert sheets.is_current(session, name), name
        assert packed(session, name) == told(session, name)


class TestTruth:
    """Whatever was imported, changed and merged, packed columns and tables agree."""

    @settings(
        max_examples=10, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        lists=st.lists(
            st.tuples(st.sampled_from(["Bench", "Desk"]), st.lists(COMPONENTS, max_size=8)), max_size=3
        )
    )
    def test_after_imports_and_changes(
        self, databases: Databases, lists: list[tuple[str, list[Any]]]
    ) -> None:
        address = stock(databases.filled(Level.SCHEMA))
        engine = writing_engine(address)
        for publisher, records in lists:
            take_in(engine, *records, publisher=publisher)
        with session_scope(engine) as session:
            assert_true(session)
        engine.dispose()
        databases.discard(address)

    def test_in_several_segments(self, stocked: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in (changes, sheets):
            monkeypatch.setattr(module, "SEGMENT_BITS", 2)
        engine = writing_engine(stocked)
        with session_scope(engine) as session:
            # As a migration would that makes segments smaller.
            changes.install(session.connection())
            session.execute(delete(FactChange))
        for first in (1, 6, 11):
            # The last of one list and the first of the next are in one segment.
            take_in(engine, *(component(str(number), "Acorn") for number in range(first, first + 5)))
            with session_scope(engine) as session:
                assert_true(session)
        take_in(engine, component("3", "Beech"))
        with session_scope(engine) as session:
            assert_true(session)
            segments = session.execute(select(FactColumn.segment).distinct()).scalars().all()
            assert len(segments) > 3

    def test_two_records_said_to_be_one_stay_two_rows(self, stocked: str) -> None:
        engine = writing_engine(stocked)
        take_in(engine, component("1", "Acorn"), component("2", "Acorn"))
        with session_scope(engine) as session:
            left, right = (row.id for row in rows_of(session, "component"))
            merged = {"left_component_id": left, "right_component_id": right}
            nobody = {"left_organization_id": None, "right_organization_id": None}
            Rows(session).add("same_as", verdict="same", **merged, **nobody)
        with session_scope(engine) as session:
            assert_true(session)
            assert packed(session, "component")["id"] == [left, right]

    def test_a_guess_stands_beside_what_is_published(self, stocked: str) -> None:
        engine = writing_engine(stocked)
        take_in(engine, component("1", "Acorn", mpn="AB123"), component("2"))
        with writing(engine) as session:
            rows = Rows(session)
            guessed = rows.add("organization")
            part = rows.add("part")
            for row in rows_of(session, "component"):
                rows.add(
                    "maker_attribution", component_id=row.id, organization_id=guessed, status="tentative"
                )
                rows.add("identification", component_id=row.id, part_id=part, status="tentative")
        with session_scope(engine) as session:
            assert_true(session)
            facts = packed(session, "component")
            assert facts["guessed_organization"] == [guessed] * 2
            assert facts["guessed_part"] == [part] * 2
            assert facts["organization"][0] not in (0, guessed)
            assert facts["organization"][1] == 0

    def test_what_is_superseded_no_longer_counts(self, stocked: str) -> None:
        engine = writing_engine(stocked)
        take_in(engine, component("1", "Acorn", mpn="AB123"))
        take_in(engine, component("1", "Beech"))
        with session_scope(engine) as session:
            assert_true(session)
            facts = packed(session, "component")
            label = select(Organization.label).where(Organization.id == facts["organization"][0])
            assert session.execute(label).scalar_one() == "Beech"
            assert facts["part"] == [0]

    def test_several_dates_of_a_kind_bound_each_other(self, stocked: str) -> None:
        engine = writing_engine(stocked)
        days = [date(2023, 5, 1), date(2023, 3, 1), date(2023, 4, 1)]
        take_in(engine, component(recovery=recovery(dates=tuple(dated("used", when) for when in days))))
        with session_scope(engine) as session:
            facts = packed(session, "recovery")
            assert facts["used_earliest"] == [date(2023, 3, 1).toordinal()]
            assert facts["used_latest"] == [date(2023, 5, 1).toordinal()]
            assert facts["recovered_earliest"] == [0]

    def test_of_the_sample(self, sampled: str) -> None:
        engine = writing_engine(sampled)
        with session_scope(engine) as session:
            assert_true(session)

    def test_of_transfers_imported_logged_and_stated_anew(
        self, ready: str, run: Callable[..., Outcome], tmp_path: Path
    ) -> None:
        first, *others = TRANSFERS
        source = ("--source", "trade")
        for rows in (TRANSFERS, [first | {"quantity": "7"}, *others]):
            file = write_list(tmp_path / "transfers.csv", rows)
            assert run(ready, "import", "transfers", file, *source).code == 0
        said = ("--from", "Somebody", "--to", "Someone else", "--hs", "854231", "--date", "2021", *source)
        for words in ((), ("--in-confidence", "Somebody")):
            done = run(ready, "log", "transfer", *said, *words)
            assert done.code == 0, done.err
        engine = writing_engine(ready)
        with session_scope(engine) as session:
            assert len(rows_of(session, "transfer")) == len(TRANSFERS) + 3
            assert_true(session)
        engine.dispose()


@pytest.fixture
def stocked(migrated: str) -> str:
    """A database with an installation and nothing else."""
    return stock(migrated)


def stock(address: str) -> str:
    """Gives a database its installation."""
    engine = writing_engine(address)
    with session_scope(engine) as session:
        Rows(session).add("installation", id=1)
    engine.dispose()
    return address


class TestDoubt:
    """A sheet that may be wrong is not believed; the tables are read instead."""

    @pytest.fixture
    def session(self, stocked: str) -> Iterator[Session]:
        """A session on a database with a list of three components."""
        engine = writing_engine(stocked)
        take_in(engine, *(component(str(number), "Acorn", pieces=number) for number in (1, 2, 3)))
        with session_scope(engine) as opened:
            upkeep.pack_changes(opened)
            yield opened
        engine.dispose()

    def assert_doubted_but_right(self, session: Session, name: str = "component") -> None:
        assert not sheets.is_current(session, name)
        assert packed(session, name) == told(session, name)

    def test_an_undoubted_one_is_read_from_the_packed_columns(self, session: Session) -> None:
        pieces = FactColumn.column_name == "pieces"
        session.execute(update(FactColumn).where(pieces).values(payload=pack(np.array([7, 7, 7]))))
        assert packed(session, "component")["pieces"] == [7, 7, 7]

    def test_one_that_stops_short(self, session: Session) -> None:
        Rows(session).add("component", pieces=4)
        self.assert_doubted_but_right(session)

    def test_one_that_reaches_too_far(self, session: Session) -> None:
        last = rows_of(session, "component")[-1].id
        for name in ("maker_attribution", "citation"):
            found = table(name)
            session.execute(delete(found).where(found.c.component_id == last))
        session.execute(delete(Component).where(Component.id == last))
        self.assert_doubted_but_right(session)

    def test_one_of_another_layout(self, session: Session) -> None:
        session.execute(update(FactColumn).values(layout="of another program"))
        self.assert_doubted_but_right(session)
        self.assert_doubted_but_right(session, "recovery")

    def test_one_of_two_layouts(self, session: Session) -> None:
        session.execute(update(FactColumn).where(FactColumn.column_name == "pieces").values(layout="another"))
        self.assert_doubted_but_right(session)

    def test_one_that_is_gone(self, session: Session) -> None:
        session.execute(delete(FactColumn))
        self.assert_doubted_but_right(session)

    def test_one_that_is_empty(self, session: Session) -> None:
        session.execute(update(FactColumn).values(payload=b""))
        self.assert_doubted_but_right(session)

    def test_one_of_a_table_that_is_empty(self, scratch: Session) -> None:
        fact = {"sheet": "component", "segment": 0, "column_name": "id", "layout": COMPONENT_SHEET.layout}
        assert sheets.is_current(scratch, "component")
        scratch.execute(insert(FactColumn).values(**fact, made_from=0, payload=pack(np.array([1]))))
        assert packed(scratch, "component") == told(scratch, "component")
        upkeep.pack_changes(scratch)
        assert scratch.execute(select(FactColumn.segment)).all() == []

    def test_one_made_from_fewer_or_more_changes(self, session: Session) -> None:
        for made_from in (0, 1_000_000):
            session.execute(update(FactColumn).values(made_from=made_from))
            self.assert_doubted_but_right(session)
            upkeep.pack_changes(session)
            assert_true(session)

    def test_one_of_which_columns_are_missing(self, session: Session) -> None:
        session.execute(delete(FactColumn).where(FactColumn.column_name == "pieces"))
        self.assert_doubted_but_right(session)
        upkeep.pack_changes(session)
        assert_true(session)

    def test_packing_anew_settles_it(self, session: Session) -> None:
        Rows(session).add("component", pieces=4)
        session.execute(update(FactColumn).values(layout="of another program"))
        upkeep.rebuild(session)
        assert_true(session)


class TestCodes:
    """How values become numbers."""

    def test_unknown_is_nought_and_nothing_else_is(self) -> None:
        assert code(vocab.Extent, None) == 0
        assert 0 not in [code(vocab.Extent, member) for member in vocab.Extent]

    def test_members_have_different_numbers(self) -> None:
        for vocabulary in (vocab.ComponentCategory, vocab.Authenticity, vocab.Extent, vocab.RecoveryKind):
            assert len({code(vocabulary, member) for member in vocabulary}) == len(vocabulary)

    @given(st.from_regex(r"[A-Z]{2}", fullmatch=True))
    def test_a_country_comes_back(self, country: str) -> None:
        assert country_text(country_number(country)) == country

    def test_no_country_comes_back_as_none(self) -> None:
        assert country_text(country_number(None)) is None

    def test_another_vocabulary_makes_another_layout(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = COMPONENT_SHEET.layout
        longer = vocab.StrEnum("ComponentCategory", [*vocab.ComponentCategory, "lens"])
        monkeypatch.setattr("provenance.queries.facts.layout.ComponentCategory", longer)
        assert COMPONENT_SHEET.layout != before
