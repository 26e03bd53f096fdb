"""Recoveries of weapons that the reference data has come to know since they were imported."""

from __future__ import annotations

import json

from sqlalchemy import Engine, select, update

from provenance.schema.recoveries import Recovery
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import session_scope
from provenance.schema.sources import Citation
from tests.importing.state import assert_chain_holds, assert_facts_are_current
from tests.seeding.test_load import everything, load, size
from tests.support.lists import component, recovery, take_in
from tests.support.seeds import Seed

SAID = {"verification": "unverified", "source": "editors-memory"}


def weapons_of_recoveries(engine: Engine) -> dict[str, str | None]:
    """The designation behind each recovery, by its label."""
    statement = select(Recovery.label, WeaponSystem.designation).outerjoin(
        WeaponSystem, WeaponSystem.id == Recovery.weapon_system_id
    )
    with session_scope(engine) as session:
        return {row.label: row.designation for row in session.execute(statement)}


def adoptions(engine: Engine) -> list[tuple[dict[str, str | None], dict[str, str | None]]]:
    """Before and after of each adoption in the audit trail."""
    rows = everything(engine, "audit_entry", "before", "after", action="weapon known now")
    return [(json.loads(before), json.loads(after)) for before, after in rows]


def test_an_alias_learnt_later_takes_the_recoveries_of_the_nameless_weapon_over(
    engine: Engine, seed: Seed
) -> None:
    seed.add_weapon("kh-999", "Kh-999")
    load(engine)
    take_in(
        engine,
        component("1", recovery=recovery("wreck 1", designation="Перун")),
        component("2", recovery=recovery("wreck 2", designation="Kh-999")),
        component("3", recovery=recovery("wreck 3", designation="Striker X")),
    )
    assert weapons_of_recoveries(engine)["wreck 1"] == "Перун"
    seed.add("weapon_alias", weapon_system="kh-999", alias="Перун", language="uk", **SAID)
    load(engine)
    assert weapons_of_recoveries(engine) == {
        "wreck 1": "Kh-999",
        "wreck 2": "Kh-999",
        "wreck 3": "Striker X",
    }
    assert adoptions(engine) == [
        (
            {"weapon_system": "Перун", "unit_type": None},
            {"weapon_system": "Kh-999", "unit_type": None},
        )
    ]
    assert everything(engine, "weapon_system", "id", designation="Перун") == []
    take_in(engine, component("4", recovery=recovery("wreck 4", designation="ПЕРУН")))
    assert weapons_of_recoveries(engine)["wreck 4"] == "Kh-999"
    address = engine.url.render_as_string(hide_password=False)
    assert_facts_are_current(address)
    assert_chain_holds(address)


def test_a_recovery_of_no_weapon_gets_the_one_that_its_source_names(engine: Engine, seed: Seed) -> None:
    take_in(
        engine,
        component("1", recovery=recovery("wreck 1", weapon_names=("Perun",), designation=None)),
    )
    assert weapons_of_recoveries(engine) == {"wreck 1": None}
    seed.add_weapon("kh-999", "Kh-999", "Perun")
    load(engine)
    assert weapons_of_recoveries(engine) == {"wreck 1": "Kh-999"}


def test_what_was_taken_for_a_weapon_and_is_a_unit_becomes_one_of_a_unit(engine: Engine, seed: Seed) -> None:
    take_in(engine, component("1", recovery=recovery("wreck 1", designation="Beacon-9")))
    seed.add("unit_type", key="beacon-9", designation="Beacon-9", kind="antenna", **SAID)
    seed.add("unit_type_alias", unit_type="beacon-9", alias="Beacon-9", language="en", **SAID)
    load(engine)
    assert everything(engine, "recovery", "weapon_system_id", "extent") == [(None, "unit")]
    assert everything(engine, "unit_type", "id", designation="Beacon-9") == everything(
        engine, "recovery", "unit_type_id"
    )


def test_what_somebody_entered_by_hand_is_left_alone(engine: Engine, seed: Seed) -> None:
    take_in(engine, component("1", recovery=recovery("wreck 1", designation="Perun")))
    with session_scope(engine) as session:
        session.execute(
            update(Citation).where(Citation.recovery_id.is_not(None)).values(raw_text="seen by hand")
        )
    [(before,)] = everything(engine, "recovery", "weapon_system_id")
    seed.add_weapon("kh-999", "Kh-999")
    seed.add("weapon_alias", weapon_system="kh-999", alias="Striker", language="en", **SAID)
    load(engine)
    assert everything(engine, "recovery", "weapon_system_id") == [(before,)]
    assert adoptions(engine) == []


def test_loading_again_adopts_nothing_twice(engine: Engine, seed: Seed) -> None:
    seed.add_weapon("kh-999", "Kh-999")
    load(engine)
    take_in(engine, component("1", recovery=recovery("wreck 1", designation="Perun")))
    seed.add("weapon_alias", weapon_system="kh-999", alias="Perun", language="en", **SAID)
    load(engine)
    seed.change("source", "editors-memory", title="What the editors remember")
    entries = size(engine, "audit_entry")
    load(engine)
    assert size(engine, "audit_entry") == entries + 1
    assert len(adoptions(engine)) == 1
