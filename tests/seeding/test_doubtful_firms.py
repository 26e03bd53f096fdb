"""Firms that imports made of words which the reference data has since come to doubt."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, update

from provenance.schema.recoveries import MakerAttribution
from provenance.schema.session import session_scope
from provenance.seeding import doubtful_firms
from tests.importing.state import assert_chain_holds, assert_facts_are_current
from tests.seeding.test_load import everything, load
from tests.support.lists import component, take_in
from tests.support.rows import Rows
from tests.support.seeds import Seed

DOUBTED = "Dub or the town of Dub; the number on the part decides"


@pytest.fixture
def dub_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference data has learnt that "Dub" is no one firm's name."""
    monkeypatch.setattr(doubtful_firms, "ambiguity_of", {"Dub": DOUBTED}.get)


def renew(engine: Engine, seed: Seed) -> None:
    """Loads reference data that have changed."""
    seed.change("source", "editors-memory", title="What the editors remember")
    assert load(engine)


def makers(engine: Engine) -> list[tuple[str, bool]]:
    """What was written of each maker, and whether a firm is known by it."""
    return [
        (written, number is not None)
        for written, number in everything(engine, "maker_attribution", "as_written", "organization_id")
    ]


@pytest.mark.usefixtures("dub_is_doubted")
class TestDoubtedSince:
    """An import made a firm of a name; the reference data says now that the name is no one firm's."""

    def test_its_components_have_an_unknown_maker_as_written(
        self, migrated: str, engine: Engine, seed: Seed
    ) -> None:
        take_in(engine, component("1", "Dub"), component("2", "Dub"), component("3", "Texas Instruments"))
        renew(engine, seed)
        assert makers(engine) == [("Dub", False), ("Dub", False), ("Texas Instruments", True)]
        assert everything(engine, "organization", "id", label="Dub") == []
        assert everything(engine, "organization_name", "id", name="Dub") == []
        [(told,)] = everything(engine, "audit_entry", "before", action="name of no one firm")
        assert json.loads(told) == {"label": "Dub", "components": 2}
        assert_chain_holds(migrated)
        assert_facts_are_current(migrated)

    def test_what_a_person_has_confirmed_stays(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Dub"), component("2", "Dub"))
        first = min(everything(engine, "maker_attribution", "id"))[0]
        with session_scope(engine) as session:
            session.execute(
                update(MakerAttribution).where(MakerAttribution.id == first).values(status="confirmed")
            )
        renew(engine, seed)
        assert makers(engine) == [("Dub", True), ("Dub", True)]

    @pytest.mark.parametrize(
        ("table", "values"),
        [
            ("organization_seat", {"country": "SG"}),
            ("organization_name", {"name": "Dub Electronics", "kind": "legal"}),
        ],
    )
    def test_a_firm_of_which_somebody_has_said_more_stays(
        self, engine: Engine, seed: Seed, table: str, values: dict[str, str]
    ) -> None:
        take_in(engine, component("1", "Dub"))
        [(firm,)] = everything(engine, "organization", "id", label="Dub")
        with session_scope(engine) as session:
            Rows(session).add(table, organization_id=firm, from_seed=False, **values)
        renew(engine, seed)
        assert makers(engine) == [("Dub", True)]

    def test_a_firm_that_the_trail_tells_of_stays(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Dub"))
        [(uid,)] = everything(engine, "organization", "uid", label="Dub")
        with session_scope(engine) as session:
            Rows(session).add("audit_entry", record_table="organization", record_uid=uid, action="amend")
        renew(engine, seed)
        assert makers(engine) == [("Dub", True)]

    def test_other_firms_stay(self, engine: Engine, seed: Seed) -> None:
        take_in(engine, component("1", "Oak"))
        renew(engine, seed)
        assert makers(engine) == [("Oak", True)]
