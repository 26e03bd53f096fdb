"""What holds of corrections, whatever is corrected: there and back, in any order, counted again by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.vocabulary.field import NewName
from provenance.domain.amendments.amend import Amended, Terms, amend
from provenance.domain.amendments.present import present
from provenance.domain.component_entries import log_component
from provenance.domain.journal import Author, author_of, entry_of
from provenance.domain.readings import Derivation
from provenance.domain.record_kinds import RecordKind, id_column, tables
from provenance.domain.recovery_entries import log_recovery, log_seizure
from provenance.domain.units import log_unit
from provenance.domain.withdrawals import restore, withdraw
from provenance.fields.entries import Faults, Kind
from provenance.importing.marking_reader import MarkingDesk
from provenance.queries.facts.upkeep import pack_changes
from provenance.schema.assessments import Assessment, RecoveryPosition, Seizure
from provenance.schema.engines import reading_engine, writing_engine
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    RecoveryDate,
    RecoverySerial,
    Unit,
)
from provenance.schema.reference import Part
from provenance.schema.session import Session, session_scope
from provenance.schema.sources import Citation
from tests.queries.recount import Recount
from tests.support.commands import run
from tests.support.databases import Databases, Level

ACTOR = "olena"

RECOVERY_TEXTS: Mapping[str, tuple[str, ...]] = {
    "weapon": ("Kh-101", "Kh-55", "Герань-2"),
    "variant": ("A", "B", ""),
    "extent": ("specimen", "several", ""),
    "serial": ("77", "78", "77; 78", ""),
    "tail": ("Ы-12", ""),
    "used": ("2024-01-02", "2024-01", "2024-01-02; 2024-01-03", ""),
    "recovered": ("2024-02", "2024-03-01", ""),
    "place": ("Kharkiv", "Куп'янськ", ""),
    "position": ("49.9, 36.2", "50.1, 36.3", "37U CR 01497 41584"),
    "precision": ("30", "100", ""),
    "country": ("UA", "Україна", ""),
    "credibility": ("2", "3", ""),
    "tlp": ("GREEN", "RED", ""),
    "note": ("found in a field", ""),
}
COMPONENT_TEXTS: Mapping[str, tuple[str, ...]] = {
    "unit": ("Board 1", "Board 2", ""),
    "marking": ("AD7606BSTZ // #2135", "MAX3232ECD", "LM358N // 2140", "illegible"),
    "description": ("converter", "chip", ""),
    "pieces": ("1", "2", "40", ""),
    "laboratory": ("KNIISE", ""),
    "date_code": ("2135", "2140", ""),
    "lot": ("L1", ""),
    "made": ("2020", "2021-05", ""),
    "category": ("analog", "memory", ""),
    "hs": ("854231", "854239", ""),
    "condition": ("burnt", ""),
    "credibility": ("2", ""),
    "tlp": ("GREEN", ""),
    "note": ("near the edge", ""),
}
IDENTITY_TEXTS: Mapping[str, tuple[str, ...]] = {
    "maker": ("Analog Devices", "Texas Instruments", ""),
    "mpn": ("AD7606BSTZ", "MAX3232ECD", ""),
    "basis": ("microscope", "X-ray"),
    "said_by": ("Laboratory", "Second laboratory"),
}
UNIT_TEXTS: Mapping[str, tuple[str, ...]] = {
    "label": ("Navigation", "Board 9"),
    "serial": ("0417", "0418", ""),
    "note": ("burnt", ""),
}


def amendments(texts: Mapping[str, tuple[str, ...]]) -> st.SearchStrategy[dict[str, str]]:
    """Some fields with texts of theirs."""
    fields = {name: st.sampled_from(values) for name, values in texts.items()}
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


class World:
    """Two recoveries, a seizure, a unit and two components; what is done to them is rolled back."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.engine = writing_engine(address)
        self.desk = MarkingDesk(reading_engine(address))
        with session_scope(self.engine) as session:
            self._log(session)
            # What is forgotten and read again is as if it had been read once.
            pack_changes(session)

    def _log(self, session: Session) -> None:
        author = self.author(session)
        cells = {
            "weapon": "Kh-101",
            "serial": "75",
            "used": "2024-01-01",
            "place": "Kharkiv",
            "position": "49.5, 36.1",
        }
        first = log_recovery(session, author, entry_of(Kind.RECOVERY, cells))
        other = log_recovery(session, author, entry_of(Kind.RECOVERY, {"weapon": "Kh-55", "label": "Two"}))
        seized = {"authority": "Lithuanian Customs", "from_country": "CN", "label": "Boxes"}
        seizure = log_seizure(session, author, entry_of(Kind.SEIZURE, seized))
        unit = log_unit(session, author, entry_of(Kind.UNIT, {"recovery": first.ref, "label": "Board 1"}))
        read = {"recovery": first.ref, "unit": "Board 1", "marking": "AD7606BSTZ // #2136", "pieces": "3"}
        said = {**read, "maker": "Analog Devices", "mpn": "AD7606BSTZ-RL", "basis": "as read"}
        self.recovery = RecordKind.RECOVERY, first.number
        self.other, self.refs = (RecordKind.RECOVERY, other.number), (first.ref, other.ref)
        self.seizure = RecordKind.RECOVERY, seizure.number
        self.unit = RecordKind.UNIT, unit.number
        self.read, self.said = (
            (RecordKind.COMPONENT, self._component(session, author, cells)) for cells in (read, said)
        )

    def _component(self, session: Session, author: Author, cells: dict[str, str]) -> int:
        entry = entry_of(Kind.COMPONENT, cells)
        return log_component(session, author, entry, reader=self.desk.reader(session)).number

    @staticmethod
    def author(session: Session) -> Author:
        """Who corrects."""
        return author_of(session, ACTOR, NewName)

    def amend(self, session: Session, target: tuple[RecordKind, int], given: Mapping[str, str]) -> Amended:
        """Corrects a record, whatever is unlikely."""
        terms = Terms("as found", accept_future=True, accept_odd=True)
        reader = self.desk.reader(session)
        return amend(session, self.author(session), target, given, terms, reader=lambda: reader)

    @staticmethod
    def _components(session: Session) -> list[Any]:
        """The components with the labels of their units: a server gives no row number twice."""
        labels = {row.id: row.label for row in session.execute(select(Unit.id, Unit.label))}
        found = session.execute(select(Component).order_by(Component.id)).all()
        rows = [{**row._mapping, "unit_id": labels.get(row.unit_id)} for row in found]
        return [tuple(map(str, row.values())) for row in rows]

    def state(self, session: Session) -> dict[str, Any]:
        """All that stands on record, but by whom, when and under which row number of a statement."""
        whole = {}
        for kind in (RecordKind.RECOVERY, RecordKind.UNIT):
            whole[kind.value] = _rows(session, select(tables()[kind]).order_by(id_column(kind)))
        whole["component"] = self._components(session)
        whole["units named"] = _rows(session, select(Unit.recovery_id, Unit.label, Unit.serial))
        maker, part = MakerAttribution, Identification
        whole["makers"] = _rows(
            session,
            select(
                *(maker.component_id, maker.as_written, maker.status, maker.said_by),
                *(maker.organization_id, maker.basis),
            ).where(maker.superseded_by.is_(None)),
        )
        whole["parts"] = _rows(
            session,
            select(*(part.component_id, part.as_written, part.status, part.said_by, Part.uid, part.method))
            .join(Part, Part.id == part.part_id)
            .where(part.superseded_by.is_(None)),
        )
        serial, dated, lay = RecoverySerial, RecoveryDate, RecoveryPosition
        statements = (
            select(serial.recovery_id, serial.kind, serial.value, serial.value_key),
            select(
                dated.recovery_id, dated.kind, dated.earliest, dated.latest, dated.as_written, dated.source_id
            ),
            select(lay.recovery_id, lay.latitude, lay.longitude, lay.precision_m, lay.as_written).where(
                lay.superseded_by.is_(None)
            ),
            select(Seizure),
            select(Citation),
            select(Assessment.component_id, Assessment.aspect, Assessment.value).where(
                Assessment.superseded_by.is_(None)
            ),
        )
        return whole | {str(place): _rows(session, each) for place, each in enumerate(statements)}


def _rows(session: Session, statement: Any) -> list[Any]:
    return sorted((tuple(map(str, row)) for row in session.execute(statement)), key=str)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The world, on each backend."""
    yield from _world(request.getfixturevalue(f"{request.param}_databases"))


@pytest.fixture(params=["sqlite", "postgres"])
def own_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world in which what is done stays."""
    yield from _world(request.getfixturevalue(f"{request.param}_databases"))


def _world(databases: Databases) -> Iterator[World]:
    address = databases.filled(Level.REFERENCE)
    made = World(address)
    yield made
    made.engine.dispose()
    databases.discard(address)


SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
laws = settings(max_examples=20, suppress_health_check=SLOW, deadline=None)


@contextmanager
def rolled_back(world: World) -> Iterator[Session]:
    """A transaction of which nothing stays."""
    with Session(world.engine) as session:
        try:
            yield session
        finally:
            session.rollback()


@laws
@given(given_=amendments(RECOVERY_TEXTS))
def test_a_recovery_there_and_back_is_as_it_was(world: World, given_: dict[str, str]) -> None:
    assert_back(world, world.recovery, given_)


@laws
@given(given_=amendments({**COMPONENT_TEXTS, **IDENTITY_TEXTS}), said=st.booleans())
def test_a_component_there_and_back_is_as_it_was(world: World, given_: dict[str, str], said: bool) -> None:
    assert_back(world, world.said if said else world.read, given_)


@laws
@given(given_=amendments(UNIT_TEXTS))
def test_a_unit_there_and_back_is_as_it_was(world: World, given_: dict[str, str]) -> None:
    assert_back(world, world.unit, given_)


def assert_back(world: World, target: tuple[RecordKind, int], given_: dict[str, str]) -> None:
    """What is amended and amended back leaves nothing but history, and no unit that nobody named."""
    with rolled_back(world) as session:
        before, texts = world.state(session), present(session, *target).entry.texts
        units = set(session.execute(select(Unit.id)).scalars())
        done = possible(world, session, target, given_)
        changed = [each.field for each in done.changes]
        if not changed:
            assert world.state(session) == before
        back = {name: texts.get(name, "") for name in changed if name != "label" or target == world.unit}
        # A name that was made of what is amended is made again of what is amended back.
        world.amend(session, target, back)
        after = world.state(session)
        made = session.execute(select(Unit.uid).where(Unit.id.not_in(units))).scalars().all()
        for name in ("unit", "units named"):
            after[name] = [row for row in after[name] if not set(row) & {*made, "Board 2"}]
        assert after == before


def possible(
    world: World, session: Session, target: tuple[RecordKind, int], given_: Mapping[str, str]
) -> Amended:
    """A correction, if its fields do not contradict each other."""
    try:
        return world.amend(session, target, given_)
    except (BadInput, Faults):
        assume(False)
        raise


@laws
@given(given_=amendments(RECOVERY_TEXTS), dice=st.randoms(use_true_random=False))
def test_recoveries_in_any_order(world: World, given_: dict[str, str], dice: random.Random) -> None:
    assert_any_order(world, world.recovery, given_, dice)


@laws
@given(given_=amendments(COMPONENT_TEXTS), dice=st.randoms(use_true_random=False), said=st.booleans())
def test_components_in_any_order(
    world: World, given_: dict[str, str], dice: random.Random, said: bool
) -> None:
    assert_any_order(world, world.said if said else world.read, given_, dice)


def assert_any_order(
    world: World, target: tuple[RecordKind, int], given_: dict[str, str], dice: random.Random
) -> None:
    """Fields amended one by one, in any order, give what they give amended at once."""
    with rolled_back(world) as session:
        possible(world, session, target, given_)
        at_once = world.state(session)
    names = list(given_)
    dice.shuffle(names)
    with rolled_back(world) as session:
        for name in names:
            possible(world, session, target, {name: given_[name]})
        one_by_one = world.state(session)
    for state in (at_once, one_by_one):
        # Units that a component was put on in passing have a number of their own.
        state.pop("unit")
    assert one_by_one == at_once


def test_moved_and_moved_back_is_as_it_was(world: World) -> None:
    with rolled_back(world) as session:
        before = world.state(session)
        for target in (world.read, world.said):
            world.amend(session, target, {"recovery": world.refs[1]})
        for target in (world.read, world.said):
            world.amend(session, target, {"recovery": world.refs[0]})
        after = world.state(session)
        for name in ("unit", "units named"):
            # The other recovery has had a unit of that label since.
            after[name] = [row for row in after[name] if row in before[name]]
        assert after == before


@laws
@given(dice=st.randoms(use_true_random=False))
def test_withdrawn_and_restored_in_any_order_is_as_it_was(world: World, dice: random.Random) -> None:
    targets = [world.recovery, world.unit, world.read, world.said]
    dice.shuffle(targets)
    with rolled_back(world) as session:
        before, author = world.state(session), world.author(session)
        for target in targets:
            withdraw(session, author, target, "exercise")
        open_ = list(targets)
        while open_:
            target = open_.pop(0)
            try:
                done = restore(session, author, target, "it was real")
            except BadInput:
                open_.append(target)  # What it is in is still withdrawn.
                continue
            Derivation(session, world.desk.reader(session)).derive(done.components)
        assert world.state(session) == before


STEPS = 14


@pytest.mark.parametrize("seed", range(2))
def test_counts_equal_a_recount_by_hand_after_any_corrections(own_world: World, seed: int) -> None:
    """Confirmed parts, amended, moved, withdrawn and restored at random; every figure is counted again."""
    dice, world = random.Random(seed), own_world
    with session_scope(world.engine) as session:
        for target in (world.read, world.said):
            firm = {"maker": "Analog Devices", "mpn": "AD7606BSTZ", "identification": "confirmed"}
            world.amend(session, target, firm | {"basis": "microscope"})
    for _step in range(STEPS):
        with session_scope(world.engine) as session:
            _one_correction(world, session, world.author(session), dice)
        _assert_counted(world)


CORRECTIONS: Mapping[RecordKind, Mapping[str, tuple[str, ...]]] = {
    RecordKind.RECOVERY: {"weapon": ("Kh-101", "Kh-55", "Герань-2")},
    RecordKind.UNIT: {"serial": ("1", "2")},
    RecordKind.COMPONENT: {
        "maker": ("Analog Devices", "Texas Instruments"),
        "mpn": ("AD7606BSTZ", "MAX3232ECD"),
        "authenticity": ("suspect", ""),
    },
}


def _one_correction(world: World, session: Session, author: Author, dice: random.Random) -> None:
    target = dice.choice([world.recovery, world.other, world.unit, world.read, world.said])
    deed = dice.choice(["amend", "move", "withdraw", "restore", "restore"])
    try:
        if deed == "withdraw":
            withdraw(session, author, target, "exercise")
        elif deed == "restore":
            done = restore(session, author, target, "no")
            Derivation(session, world.desk.reader(session)).derive(done.components)
        elif deed == "move" and target[0] is not RecordKind.RECOVERY:
            world.amend(session, target, {"recovery": dice.choice(world.refs)})
        else:
            texts = CORRECTIONS[target[0]]
            name = dice.choice(list(texts))
            world.amend(session, target, {name: dice.choice(texts[name]), **_basis(name)})
    except BadInput:
        pass  # Something is withdrawn, or two units would have one name.


def _basis(name: str) -> dict[str, str]:
    return {"basis": "X-ray"} if name == "authenticity" else {}


def _assert_counted(world: World) -> None:
    with world.engine.connect() as connection:
        truth = Recount(connection)
    words = ("--country", "any", "--basis", "brand", "--min-recoveries", "1", "--limit", "0")
    for by in ("firm", "part", "weapon"):
        said = run(world.address, "top", "--by", by, *words, "--weapon-kind", "any", "--format", "json")
        assert said.code == 0, said.err
        counted = {row[by]: (row["recoveries"], row["components"]) for row in said.rows}
        assert counted == _recounted(truth, by), by


def _recounted(truth: Recount, by: str) -> dict[str, tuple[int, int]]:
    found: dict[str, list[Any]] = {}
    for row in truth.counted(flying=False):
        withdrawn = truth.recovery[row["recovery_id"]]["withdrawn_at"]
        if withdrawn is None and (name := truth.group(row, by)) is not None:
            found.setdefault(name, []).append(row)
    return {name: (len({row["recovery_id"] for row in some}), len(some)) for name, some in found.items()}
