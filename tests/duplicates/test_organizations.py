"""Firms that may be one: by name across scripts and legal forms, by number, by address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from provenance.schema.engines import writing_engine
from provenance.schema.session import Session, writing
from provenance.text.firm_names import name_key
from provenance.text.folding import fold
from tests.support.databases import Databases, Level
from tests.support.field_log import say
from tests.support.rows import Rows


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def firm(session: Session, name: str, *, number: tuple[str, str] | None = None, address: str = "") -> int:
    """An organization that a list brought."""
    rows = Rows(session)
    made = rows.add("organization", label=name, from_seed=False)
    rows.add("organization_name", organization_id=made, name=name, name_key=name_key(name), folded=fold(name))
    if number:
        rows.add("organization_identifier", organization_id=made, scheme=number[0], value=number[1])
    if address:
        rows.add("organization_address", organization_id=made, as_written=address)
    return made


def told(address: str, *firms: tuple[str, tuple[str, str] | None, str]) -> None:
    """Firms in the database."""
    engine = writing_engine(address)
    with writing(engine) as session:
        for name, number, place in firms:
            firm(session, name, number=number, address=place)
    engine.dispose()


def proposed(address: str, noun: str = "organizations", *words: str) -> dict[frozenset[str], dict[str, int]]:
    """The pairs of firms that may be one, by name, with the weight of each kind of evidence."""
    found = say(address, "duplicates", noun, "--format", "json", "--limit", "0", *words)
    assert found.code == 0, found.err
    rows: list[Any] = found.json["rows"]
    return {
        frozenset((row["left"], row["right"])): {sign["kind"]: sign["weight"] for sign in row["signs"]}
        for row in rows
    }


def test_a_firm_in_two_scripts_is_proposed(fresh: str) -> None:
    told(fresh, ("SMT-iLogic LLC", None, ""), ("ООО «СМТ-Айлоджик»", None, ""))
    found = proposed(fresh)
    assert found[frozenset(("SMT-iLogic LLC", "ООО «СМТ-Айлоджик»"))]["name"] >= 3


def test_one_number_is_one_firm_and_other_numbers_are_two(fresh: str) -> None:
    told(
        fresh,
        ("Promtekhnika Severo-Zapad", ("INN", "7707083893"), ""),
        ("Quite Another Trading", ("INN", "7707083893"), ""),
        ("Vostok Elektronika LLC", ("INN", "7736050003"), ""),
        ("ООО «Восток Электроника»", ("INN", "7702070139"), ""),
    )
    found = proposed(fresh)
    assert found[frozenset(("Promtekhnika Severo-Zapad", "Quite Another Trading"))]["identifier"] == 10
    assert frozenset(("Vostok Elektronika LLC", "ООО «Восток Электроника»")) not in found


def test_one_room_is_a_lead_and_another_room_is_not(fresh: str) -> None:
    tower = "Room {room}, 14/F, Sun Hing Tower, 46-48 Des Voeux Road Central, Hong Kong"
    told(
        fresh,
        ("Azu Kvuks International", None, tower.format(room="1402")),
        ("Bordo Telecom", None, tower.format(room="1402")),
        ("Cirrolin Trading", None, tower.format(room="1409")),
    )
    found = proposed(fresh)
    assert found == {frozenset(("Azu Kvuks International", "Bordo Telecom")): {"address": 3}}


def test_two_firms_of_the_reference_data_are_not_asked_about(fresh: str) -> None:
    assert proposed(fresh) == {}


def test_parties_are_those_of_transfers(fresh: str) -> None:
    told(fresh, ("SMT-iLogic LLC", None, ""), ("ООО «СМТ-Айлоджик»", None, ""))
    assert proposed(fresh, "parties") == {}
    engine = writing_engine(fresh)
    with writing(engine) as session:
        rows = Rows(session)
        other = firm(session, "СМТ Айлоджик")
        rows.add("transfer_party", organization_id=other, as_written="СМТ Айлоджик", confidential=False)
        hidden = firm(session, "Айлоджик СМТ ООО")
        rows.add("transfer_party", organization_id=hidden, as_written="hidden", confidential=True)
    engine.dispose()
    found = proposed(fresh, "parties")
    assert found
    assert all("СМТ Айлоджик" in pair for pair in found)
