"""Ownership joined in: a distributor that a listed party owns, the way up, and the rule by its days."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from provenance.schema.engines import writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.session import writing
from provenance.text.firm_names import name_key
from tests.sources.lists import write_list
from tests.support.chains import fill_world
from tests.support.commands import Outcome
from tests.support.rows import Rows

Run = Callable[..., Outcome]


@pytest.fixture
def own(ready: str, run: Run, tmp_path: Path) -> str:
    """The small world, in which Red Holding (listed since 1 March 2024) owns 60 % of Birch by way of Pink."""
    fill_world(run, ready, tmp_path)
    engine = writing_engine(ready)
    with writing(engine) as session:
        rows = Rows(session)
        birch = session.execute(select(Organization.id).where(Organization.label == "Birch Ltd")).scalar_one()
        pink, red = (rows.add("organization", label=label) for label in ("Pink Ltd", "Red Holding"))
        rows.add(
            "organization_name", organization_id=red, name="Red Holding", name_key=name_key("Red Holding")
        )
        for owner, owned, share in ((pink, birch, 60), (red, pink, 100)):
            rows.add(
                "ownership", owner_id=owner, owned_id=owned, share_percent=share, scope="all",
                status="completed", verification="verified",
            )  # fmt: skip
    engine.dispose()
    listed = write_list(tmp_path / "list.csv", [{"id": "1", "name": "RED HOLDING LLC"}])
    done = run(ready, "watchlist", "import", "csv", listed, "--name", "reds", "--as-of", "2024-03-01")
    assert done.code == 0, done.err
    return ready


def owners(run: Run, own: str, *words: str) -> Any:
    done = run(own, "trace", "owners", "Birch Ltd", *words, "--format", "json")
    assert done.code == 0, done.err
    return done.json["rows"][0]


def test_the_way_up_to_a_listed_owner(own: str, run: Run) -> None:
    found = owners(run, own, "--on", "2025-10-15")
    (owner,) = found["listed_owners"]
    assert (owner["owner"], owner["lists"], owner["least_percent"]) == ("Red Holding", ["reds"], 60)
    assert [(stake["owner"], stake["percent"]) for stake in owner["stakes"]] == [
        ("Pink Ltd", 60), ("Red Holding", 100),
    ]  # fmt: skip
    shown = run(own, "trace", "owners", "Birch Ltd", "--on", "2025-10-15").out
    assert "Pink Ltd (60 %) ← Red Holding (100 %)" in shown
    assert found["listed_on"] == []


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-09-28", "not_yet_in_force"),
        ("2025-10-15", "in_force"),
        ("2026-01-15", "suspended"),
        ("2026-12-01", "not_known_whether_in_force"),
    ],
)
def test_the_rule_holds_by_its_days(own: str, run: Run, day: str, state: str) -> None:
    (rule,) = owners(run, own, "--on", day, "--rule", "us-bis-affiliates")["treatments"]
    assert (rule["state"], rule["percent"], rule["verification"]) == (state, 60, "partly")


def test_it_can_be_switched_off_and_an_unknown_rule_is_named(own: str, run: Run) -> None:
    assert owners(run, own, "--on", "2025-10-15", "--rule", "off")["treatments"] == []
    done = run(own, "trace", "owners", "Birch Ltd", "--rule", "none-such")
    assert done.code == 4
    assert "us-bis-affiliates" in done.err


def test_before_the_list_nobody_was_listed(own: str, run: Run) -> None:
    assert owners(run, own, "--on", "2020-01-01")["listed_owners"] == []


def test_a_chokepoint_is_shown_with_its_listed_owner(own: str, run: Run) -> None:
    rows = run(own, "trace", "chokepoints", "--format", "json").json["rows"]
    assert {row["firm"]: [item["owner"] for item in row["ownership"]["listed_owners"]] for row in rows} == {
        "Alder AG": [], "Birch Ltd": ["Red Holding"],
    }  # fmt: skip
    assert "Birch Ltd: owned by Red Holding (name on reds)" in run(own, "trace", "chokepoints").out
