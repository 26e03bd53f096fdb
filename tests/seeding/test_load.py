"""Loading the reference data, and loading it again where it has changed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from provenance.core.clock import system_clock
from provenance.core.errors import BadInput
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.engines import writing_engine
from provenance.schema.reference import WeaponAlias
from provenance.schema.session import Database, Session, session_scope
from provenance.schema.sources import SameAs, Source
from provenance.seeding import files
from provenance.seeding.initialise import initialise
from tests.support.databases import ACTOR, Databases, Level, SqliteDatabases
from tests.support.lists import component, recovery, take_in
from tests.support.rows import Rows
from tests.support.seeds import FILLED_BY_SEED, Seed
from tests.support.tables import table


def load(engine: Engine) -> int | None:
    """Loads the seed as it is now; says how many rows, None where nothing had changed."""
    return initialise(Database(engine, ACTOR, system_clock)).reference_rows


def everything(engine: Engine, name: str, /, *columns: str, **values: Any) -> list[tuple[Any, ...]]:
    """Some columns of the rows with these values, sorted."""
    found = table(name)
    statement = select(*(found.c[column] for column in columns)).where(
        *(found.c[column] == value for column, value in values.items())
    )
    with session_scope(engine) as session:
        return sorted(tuple(row) for row in session.execute(statement))


def size(engine: Engine, name: str) -> int:
    """How many rows a table has."""
    with session_scope(engine) as session:
        return session.execute(select(func.count()).select_from(table(name))).scalar_one()


class TestWholeSeed:
    """The program's own seed, as the reference database holds it."""

    def test_every_row_of_every_file_is_in(self, reference: Session) -> None:
        for name in FILLED_BY_SEED:
            held = reference.execute(select(func.count()).select_from(table(name))).scalar_one()
            assert held == len(files.SeedFile(f"{name}.csv").rows), name

    def test_names_can_be_searched_as_they_sound(self, reference: Session) -> None:
        folded = reference.execute(
            select(WeaponAlias.folded).where(WeaponAlias.alias == "Герань-2")
        ).scalar_one()
        assert "geran2" in folded

    def test_what_is_loaded_is_the_seeds(self, reference: Session) -> None:
        for name in ("organization", "organization_name", "ownership", "weapon_system", "weapon_alias"):
            assert reference.execute(select(table(name).c.from_seed).distinct()).scalars().all() == [True]


class TestSecondLoad:
    """A database that has the seed already."""

    def test_an_unchanged_seed_changes_nothing(self, engine: Engine, seed: Seed) -> None:
        before = size(engine, "audit_entry")
        assert load(engine) is None
        assert size(engine, "audit_entry") == before

    def test_a_changed_row_is_renewed_in_place(self, engine: Engine, seed: Seed) -> None:
        [(number, uid)] = everything(engine, "organization", "id", "uid", label="Texas Instruments")
        seed.change("organization", "texas-instruments", label="Texas Instruments Incorporated")
        seed.change("source", "editors-memory", title="What the editors remember")
        assert load(engine)
        assert everything(engine, "organization", "id", "label", uid=uid) == [
            (number, "Texas Instruments Incorporated")
        ]
        assert everything(engine, "source", "title", key="editors-memory") == [("What the editors remember",)]

    def test_loading_is_told_in_the_chain(self, engine: Engine, seed: Seed) -> None:
        before = size(engine, "audit_entry")
        seed.change("source", "editors-memory", title="What the editors remember")
        load(engine)
        assert size(engine, "audit_entry") == before + 1

    def test_a_statement_that_is_gone_from_the_seed_is_gone(self, engine: Engine, seed: Seed) -> None:
        seed.drop("organization_name", organization="analog-devices", name="ADI")
        seed.drop("ownership", owned="maxim-integrated")
        seed.drop("weapon_alias", alias="Герань-2")
        seed.drop("hs_code", hs6="854231")
        seed.drop("control_date", key="us-2022-02-24")
        counts = {name: size(engine, name) for name in FILLED_BY_SEED}
        load(engine)
        gone = {name: counts[name] - size(engine, name) for name in FILLED_BY_SEED}
        assert gone["ownership"] and gone["weapon_alias"] and gone["hs_code"] and gone["control_date"]
        for name in FILLED_BY_SEED:
            assert size(engine, name) == len(files.SeedFile(f"{name}.csv").rows), name

    def test_what_is_not_the_seeds_stays(self, engine: Engine, seed: Seed) -> None:
        [(firm,)] = everything(engine, "organization", "id", label="Texas Instruments")
        [(weapon,)] = everything(engine, "weapon_alias", "weapon_system_id", alias="Герань-2")
        with session_scope(engine) as session:
            rows = Rows(session)
            rows.add("organization_name", organization_id=firm, name="Texas Instr.", from_seed=False)
            rows.add("organization_seat", organization_id=firm, country="SG", from_seed=False)
            rows.add("ownership", owned_id=firm, scope="all", from_seed=False, note="a rumour")
            rows.add(
                "weapon_alias", weapon_system_id=weapon, alias="Moped", alias_key="MOPED", from_seed=False
            )
        seed.change("source", "editors-memory", title="What the editors remember")
        load(engine)
        assert everything(engine, "organization_name", "organization_id", name="Texas Instr.") == [(firm,)]
        assert everything(engine, "organization_seat", "country", organization_id=firm, from_seed=False)
        assert everything(engine, "ownership", "owned_id", note="a rumour") == [(firm,)]
        assert everything(engine, "weapon_alias", "weapon_system_id", alias="Moped") == [(weapon,)]

    def test_what_somebody_has_assessed_stays(self, engine: Engine, seed: Seed) -> None:
        with session_scope(engine) as session:
            session.execute(update(Source).where(Source.key == "gur-war-sanctions").values(reliability="B"))
        seed.change("source", "gur-war-sanctions", title="Another title")
        load(engine)
        assert everything(engine, "source", "title", "reliability", key="gur-war-sanctions") == [
            ("Another title", "B")
        ]

    def test_an_import_in_between_stays_and_still_finds_its_firms(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Texas Instruments"))
        seed.change("source", "editors-memory", title="What the editors remember")
        load(engine)
        assert take_in(engine, component("2", "TEXAS INSTRUMENTS")).made["organization"] == 0
        assert len(set(everything(engine, "maker_attribution", "organization_id"))) == 1


class TestMetBefore:
    """An import met a name first; the seed learnt it later."""

    def test_a_firm_is_joined_to_the_seeds_by_a_statement(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Дуб Електронікс"))
        [(stranger,)] = everything(engine, "maker_attribution", "organization_id")
        seed.add_firm("dub", "Dub Elektroniks Ltd.")
        load(engine)
        [(known,)] = everything(engine, "organization", "id", label="Dub Elektroniks Ltd.")
        assert known != stranger
        assert everything(engine, "maker_attribution", "organization_id") == [(stranger,)]
        with session_scope(engine) as session:
            assert clusters(session, RecordKind.ORGANIZATION) == {stranger: known, known: known}

    def test_it_is_said_once(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Dub"))
        seed.add_firm("dub", "Dub")
        load(engine)
        seed.change("source", "editors-memory", title="What the editors remember")
        load(engine)
        assert size(engine, "same_as") == 1

    def test_what_somebody_has_undone_is_not_said_again(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Dub"))
        seed.add_firm("dub", "Dub")
        load(engine)
        [(moment,)] = everything(engine, "same_as", "decided_at")
        with session_scope(engine) as session:
            session.execute(update(SameAs).values(undone_at=moment, undone_by="tester"))
        seed.change("source", "editors-memory", title="What the editors remember")
        load(engine)
        with session_scope(engine) as session:
            assert clusters(session, RecordKind.ORGANIZATION) == {}

    @pytest.mark.parametrize("met_as", ["Kh-999", "Х-999", "Perun"])
    def test_a_weapon_becomes_the_seeds(self, engine: Engine, seed: Seed, met_as: str) -> None:
        take_in(engine, component("1", recovery=recovery("wreck", designation=met_as)))
        seed.add_weapon("kh-999", "Kh-999", "Х-999", "Perun")
        load(engine)
        # Once more, or the second load would take the seed's own weapon for another one.
        seed.change("source", "editors-memory", title="What the editors remember")
        load(engine)
        take_in(engine, component("2", recovery=recovery("wreck 2", designation="KH 999")))
        found = everything(engine, "weapon_system", "id", "kind", "from_seed", designation="Kh-999")
        assert [row[1:] for row in found] == [("missile", True)]
        assert set(everything(engine, "recovery", "weapon_system_id")) == {(found[0][0],)}

    def test_two_laptops_agree_on_it_whatever_came_first(self, databases: Databases, seed: Seed) -> None:
        known = set()
        for import_first in (True, False):
            address = databases.filled(Level.SCHEMA)
            laptop = writing_engine(address)
            load(laptop)
            if not import_first:
                seed.add_weapon("kh-999", "Kh-999")
                load(laptop)
            take_in(laptop, component("1", recovery=recovery("wreck", designation="Kh-999")))
            if import_first:
                seed.add_weapon("kh-999", "Kh-999")
                load(laptop)
                seed.drop("weapon_alias", weapon_system="kh-999")
                seed.drop("weapon_system", key="kh-999")
            known |= set(everything(laptop, "weapon_system", "uid", designation="Kh-999"))
            laptop.dispose()
            databases.discard(address)
        assert len(known) == 1


class TestBrokenSeed:
    """Somebody edits the seed and slips: file, line and reason are named, and nothing is half loaded."""

    @pytest.mark.parametrize(
        ("name", "cells", "reason"),
        [
            ("organization", "key=x label=X kind=shop", "kind: 'shop' is not"),
            ("organization", "key=x kind=operating", "label is empty"),
            ("organization", "key=x label=X kind=operating source=hearsay", "source: there is no source"),
            (
                "organization",
                "key=x label=X kind=operating further_sources=hearsay",
                "further_sources: there",
            ),
            ("organization", "key=x label=X kind=operating verification=sure", "verification: 'sure' is not"),
            (
                "organization_name",
                "organization=no name=N kind=brand",
                "organization: there is no organization",
            ),
            ("organization_name", "organization=actel name=N kind=nick", "kind: 'nick' is not"),
            ("organization_seat", "organization=actel kind=legal country=US since=soon", "since: "),
            ("organization_seat", "organization=actel kind=villa country=US", "kind: 'villa' is not"),
            ("ownership", "owned=actel owner=intel scope=half status=completed", "scope: 'half' is not"),
            ("ownership", "owned=actel owner=intel scope=all status=done", "status: 'done' is not"),
            (
                "ownership",
                "owned=actel owner=intel scope=all status=lapsed share_percent=most",
                "share_percent: ",
            ),
            ("weapon_system", "key=x designation=X-1 kind=slingshot", "kind: 'slingshot' is not"),
            (
                "weapon_alias",
                "weapon_system=no alias=N language=en",
                "weapon_system: there is no weapon_system",
            ),
            ("weapon_alias", "weapon_system=kh-101 alias=N language=xx", "language: 'xx' is not"),
            ("unit_type", "key=x designation=X-1 kind=gizmo", "kind: 'gizmo' is not"),
            (
                "control_date",
                "key=x date=2022-02 jurisdiction=US measure=m controlled=c",
                "date must be a day",
            ),
            ("date_code_format", "key=x name=n pattern=p reading=yes example=e", "reading: 'yes' is not"),
            ("source", "key=x publisher=P title=T origin_group=o tlp=PINK", "tlp: 'PINK' is not"),
            ("source", "key=x publisher=P title=T origin_group=o reliability=G", "reliability: 'G' is not"),
            ("hs_code", "hs6=999999 description=d", "tier is empty"),
        ],
    )
    def test_file_line_and_reason_are_named(
        self, sqlite_databases: SqliteDatabases, seed: Seed, name: str, cells: str, reason: str
    ) -> None:
        said = {"verification": "unverified", "source": "editors-memory"} if name != "source" else {}
        if name == "hs_code":
            del said["verification"]
        line = seed.add(name, **said | dict(cell.split("=") for cell in cells.split()))
        address = sqlite_databases.filled(Level.SCHEMA)
        with pytest.raises(BadInput) as told:
            load(writing_engine(address))
        assert told.value.message.startswith(f"{name}.csv:{line}: {reason}")
        sqlite_databases.discard(address)

    def test_a_missing_column_is_named(self, migrated: str, seed: Seed) -> None:
        seed.write("hs_code", "hs6,description,source\n854231,Processors,bis-chpl\n")
        with pytest.raises(BadInput, match=r"hs_code\.csv:2: there is no column tier"):
            load(writing_engine(migrated))

    def test_nothing_of_a_broken_seed_is_kept(self, migrated: str, seed: Seed) -> None:
        seed.add("coalition_member", country="XX", source="hearsay", verification="unverified")
        engine = writing_engine(migrated)
        with pytest.raises(BadInput):
            load(engine)
        assert {name: size(engine, name) for name in FILLED_BY_SEED} == dict.fromkeys(FILLED_BY_SEED, 0)
        seed.drop("coalition_member", country="XX")
        assert load(engine)

    def test_the_old_seed_stays_where_the_new_one_is_broken(self, engine: Engine, seed: Seed) -> None:
        before = {name: size(engine, name) for name in FILLED_BY_SEED}
        seed.change("source", "editors-memory", title="What the editors remember")
        seed.add("coalition_member", country="XX", source="hearsay", verification="unverified")
        with pytest.raises(BadInput):
            load(engine)
        assert {name: size(engine, name) for name in FILLED_BY_SEED} == before
        assert everything(engine, "source", "key", title="What the editors remember") == []
