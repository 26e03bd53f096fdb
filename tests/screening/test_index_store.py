"""The stored index: used where it fits, bypassed where it does not, stored again when asked."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, text, update

from provenance.schema.session import Session
from provenance.schema.watchlists import ListedIdentifier, ListedName, ScreeningIndex
from provenance.screening.index_store import load_matcher, refresh_index
from provenance.sources.customers import Customer
from provenance.text.registration_numbers import read_numbers
from tests.support.imported_lists import Lists
from tests.support.rows import Rows

ENTRY = {"id": "A2", "name": "Marble Reef GmbH", "address": "Room 5, 610 Cedar Road, Riga"}


def found(lists: Lists, customer: Customer, *, addresses: bool = True) -> tuple[int, int]:
    matcher = load_matcher(lists.session, addresses=addresses)
    return len(matcher.by_name([customer])[0]), len(matcher.by_address([customer])[0])


REEF = Customer(1, "Marble Reef", addresses=("Room 5, 610 Cedar Road, Riga",))


def test_an_import_stores_all_indexes(lists: Lists) -> None:
    lists.add("2024-01-01", ENTRY)
    names = lists.session.execute(select(ScreeningIndex.name).order_by(ScreeningIndex.name)).scalars().all()
    assert names == ["addresses", "names", "numbers"]
    assert found(lists, REEF) == (1, 1)


def test_without_addresses_nothing_is_found_by_address(lists: Lists) -> None:
    lists.add("2024-01-01", ENTRY)
    assert found(lists, REEF, addresses=False) == (1, 0)


def test_an_index_of_another_layout_is_not_used(lists: Lists) -> None:
    lists.add("2024-01-01", ENTRY)
    lists.session.execute(update(ScreeningIndex).values(layout="another", payload=b""))
    assert found(lists, REEF) == (1, 1)
    assert refresh_index(lists.session)
    assert not refresh_index(lists.session)
    assert lists.session.execute(select(func.min(func.length(ScreeningIndex.payload)))).scalar_one() > 0


def test_a_name_that_another_program_added_is_found(lists: Lists) -> None:
    lists.add("2024-01-01", ENTRY)
    record = lists.session.execute(select(func.max(ListedName.record_id))).scalar_one()
    Rows(lists.session).add("listed_name", record_id=record, name="Zircon Bay", kind="alias")
    assert found(lists, Customer(1, "Zircon Bay")) == (1, 0)


def test_a_name_that_another_program_removed_is_not_found(lists: Lists) -> None:
    lists.add("2024-01-01", ENTRY, {"id": "A3", "name": "Zircon Bay"})
    first = lists.session.execute(select(func.min(ListedName.id))).scalar_one()
    lists.session.execute(delete(ListedName).where(ListedName.id == first))
    rows = lists.screening(Customer(1, "Marble Reef"), Customer(2, "Zircon Bay")).answers
    assert [len(row.hits) for row in rows] == [0, 1]


PLAIN = {
    "a name is written otherwise": "UPDATE listed_name SET name = 'Zircon Bay' WHERE name LIKE 'Marble%'",
    "a name goes and another comes": "UPDATE listed_name SET id = id + 1000, name = 'Zircon Bay'",
    "a record is of another party": "UPDATE listed_record SET party_id = (SELECT max(id) FROM listed_party)",
    "an address is written otherwise": "UPDATE listed_address SET as_written = '7 Birch Lane, Oslo'",
    "an address goes": "DELETE FROM listed_address",
}


@pytest.mark.parametrize("statement", PLAIN.values(), ids=PLAIN)
def test_whatever_another_program_does_is_seen(lists: Lists, statement: str) -> None:
    lists.add("2024-01-01", ENTRY, {"id": "A4", "name": "Quartz Hill"})
    asked = [REEF, Customer(2, "Zircon Bay"), Customer(3, "Nobody", addresses=("7 Birch Lane, Oslo",))]

    def answers() -> list[list[list[int]]]:
        matcher = load_matcher(lists.session)
        by_name, by_address = matcher.by_name(asked), matcher.by_address(asked)
        return [[sorted(one.party for one in row) for row in side] for side in (by_name, by_address)]

    before = answers()
    lists.session.execute(text(statement))
    after = answers()
    assert after != before
    assert refresh_index(lists.session)
    assert answers() == after


def test_without_lists_there_is_nothing_to_store(scratch: Session) -> None:
    assert not refresh_index(scratch)


def test_numbers_that_an_older_version_stored_are_read_again(lists: Lists) -> None:
    """It kept "IMO 9074729" as the value IMO9074729, by which a vessel with its own number was set aside."""
    lists.add("2024-01-01", {"id": "V", "name": "PETREL STAR", "identifiers": "IMO 9074729"})
    stale = update(ListedIdentifier).values(value="IMO9074729", as_written="IMO 9074729")
    lists.session.execute(stale)
    lists.session.execute(update(ScreeningIndex).values(layout="another"))
    numbers = read_numbers("IMO 9074729").numbers
    for _before_and_after_init in range(2):
        (hit,) = lists.screen(Customer(1, "PETREL STAR", identifiers=numbers)).hits
        assert (hit.key, hit.score, hit.number) == ("V", 1.0, "same")
        refresh_index(lists.session)
