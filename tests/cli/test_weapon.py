"""`provenance weapon` and `unit-type`: what people state about them, through the users' door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.importing.state import content
from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import ref_of, say


@pytest.fixture
def ready_address(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database with the reference data."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address
    sqlite_databases.discard(address)


@pytest.fixture(scope="module")
def shared(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database for refusals, which change nothing."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address
    sqlite_databases.discard(address)


def done(address: str, *words: str) -> Any:
    """What a command that must succeed answers, as JSON."""
    outcome = say(address, *words, "--format", "json")
    assert outcome.code == 0, outcome.err
    return outcome.json


def logged(address: str, *words: str) -> Outcome:
    return say(address, "log", "recovery", *words, "--format", "jsonl")


def shown(address: str, text: str) -> Any:
    return say(address, "show", text, "--format", "json").rows[0]


def named(address: str, noun: str, text: str) -> set[str]:
    return {row["name"] for row in done(address, noun, "show", text)["rows"][0]["names"]}


def test_a_day_before_a_weapon_was_first_known_is_asked_about_with_its_source(ready_address: str) -> None:
    address = ready_address
    words = ("--weapon", "Klin", "--used", "2024-12-31")
    done(address, "weapon", "add", "Klin", "--kind", "drone", "--design", "Russia", "--source", "own")
    assert logged(address, *words).code == 0, "nothing is known of its beginning"
    source = "Defence Intelligence of Ukraine, Klin presented"
    stated = done(
        address, "weapon", "state", "Klin", "--first-known", "2025-03", "--source", source,
        "--reason", "the first that was shown",
    )  # fmt: skip
    assert {row["what"]: row["after"] for row in stated["rows"]} == {
        "first known earliest": "2025-03-01",
        "first known latest": "2025-03-31",
        "first known source": source,
    }
    asked = logged(address, *words, "--serial", "K-1")
    assert asked.code == 3
    assert f"used 2024-12-31 is before Klin was first known, 2025-03 ({source})" in asked.err
    assert logged(address, "--weapon", "Klin", "--used", "2025-03-15").code == 0
    # What may be in order is not asked about.
    assert logged(address, "--weapon", "Klin", "--used", "2025").code == 0
    review = say(address, "review", "--kind", "odd", "--limit", "0", "--format", "json").rows
    assert [row["text"] for row in review if "first known" in row["text"]] == [
        f"Klin, 2024-12-31: used 2024-12-31 is before Klin was first known, 2025-03 ({source})"
    ]
    done(address, "weapon", "undo", "Klin", "--reason", "another drone")
    assert logged(address, *words, "--serial", "K-2").code == 0
    record = done(address, "weapon", "show", "Klin")["rows"][0]
    assert (record["first_known"], record["design_country"]) == (None, "RU")


def test_a_weapon_becomes_a_name_of_another_and_comes_back_as_it_was(ready_address: str) -> None:
    address = ready_address
    added = done(address, "weapon", "add", "Moth", "--kind", "drone", "--source", "own")
    done(address, "weapon", "alias", "Moth", "Мотиль", "--language", "uk", "--source", "own")
    one = ref_of(logged(address, "--weapon", "Мотиль", "--used", "2025-01-02", "--serial", "M-1"))
    other = ref_of(logged(address, "--weapon", "Geran-2", "--used", "2025-01-02", "--serial", "G-1"))
    before = content(address)
    merged = done(address, "weapon", "merge", "Geran-2", "Moth", "--reason", "one drone")
    assert (merged["action"], merged["amended"]) == ("merge", 1)
    assert shown(address, one)["weapon"]["name"] == "Geran-2"
    assert {"Moth", "Мотиль"} <= named(address, "weapon", "Geran-2")
    assert shown(address, "Moth")["title"] == "Geran-2"
    found = say(address, "top", "--by", "weapon", "--country", "any", "--min-recoveries", "1")
    assert "Moth" not in found.out
    later = ref_of(logged(address, "--weapon", "Moth", "--used", "2025-02-02", "--serial", "M-2"))
    undone = done(address, "weapon", "undo", added["ref"], "--reason", "two drones after all")
    assert (undone["action"], undone["amended"]) == ("undo merge", 1)
    assert shown(address, one)["weapon"]["name"] == "Moth"
    assert shown(address, other)["weapon"]["name"] == "Geran-2"
    # What was logged meanwhile stays where it was put.
    assert shown(address, later)["weapon"]["name"] == "Geran-2"
    after = content(address)
    for table in ("weapon_system", "weapon_alias", "unit_type", "unit_type_alias"):
        assert after[table] == before[table]
    told = [row["action"] for row in say(address, "history", "Moth", "--format", "json").rows]
    assert told == ["stated", "stated", "stated", "stated", "undone"]
    assert {row["action"] for row in say(address, "history", one, "--format", "json").rows} >= {"amended"}


def test_a_merge_outlasts_newer_reference_data(ready_address: str) -> None:
    """`init` brings a weapon of the reference data back with its names; the decision stays."""
    from provenance.domain.registry.settle import settle_all
    from provenance.schema.engines import writing_engine
    from provenance.schema.session import session_scope
    from provenance.seeding.load import load_reference

    address = ready_address
    done(address, "weapon", "merge", "14Ts820", "14Ts821S", "--reason", "for the test")
    with session_scope(writing_engine(address)) as session:
        load_reference(session)
        settle_all(session)
    assert shown(address, "14Ts821S")["title"] == "14Ts820 Grot-N"
    back = done(address, "weapon", "undo", _ref(address), "--reason", "for the test")
    assert back["name"] == "14Ts821S"
    assert shown(address, "14Ts821S")["title"] == "14Ts821S"


def _ref(address: str) -> str:
    from provenance.core.identity import natural_uid, reference

    return reference("weapon_system", natural_uid("weapon_system", "14ts821s"))


def test_a_type_of_unit_is_added_named_merged_and_removed(ready_address: str) -> None:
    address = ready_address
    done(address, "unit-type", "add", "Kometa-R99", "--kind", "antenna", "--source", "own")
    done(address, "unit-type", "alias", "Kometa-R99", "Комета-Р99", "--language", "uk", "--source", "own")
    done(
        address, "unit-type", "rename", "Kometa-R99", "Kometa R-99 V", "--source", "own", "--reason", "plate"
    )
    assert named(address, "unit-type", "Комета-Р99") == {"Kometa-R99", "Комета-Р99", "Kometa R-99 V"}
    done(address, "unit-type", "kind", "Kometa-R99", "navigation", "--source", "own", "--reason", "it is")
    wreck = ref_of(logged(address, "--weapon", "Geran-2", "--serial", "G-7"))
    unit = say(
        address, "log", "unit", "--recovery", wreck, "--label", "antenna", "--unit-type", "Kometa-R99",
        "--format", "jsonl",
    ).rows[0]["ref"]  # fmt: skip
    used = say(address, "unit-type", "remove", "Kometa-R99", "--reason", "x")
    assert (used.code, "1 unit record" in used.err) == (3, True)
    merged = done(address, "unit-type", "merge", "Kometa-M", "Kometa-R99", "--reason", "one antenna")
    assert merged["amended"] == 1
    assert shown(address, unit)["unit_type"]["name"] == shown(address, "Kometa-M")["title"]
    back = done(address, "unit-type", "undo", merged["ref"], "--reason", "two")
    assert (back["amended"], shown(address, unit)["unit_type"]["name"]) == (1, "Kometa R-99 V")
    listed = done(address, "unit-type", "list", "--limit", "0")["rows"]
    assert [row["units"] for row in listed if row["name"] == "Kometa R-99 V"] == [1]


REFUSED = [
    (("weapon", "add", "Geran-2", "--source", "own"), 3, "is the name of Geran-2"),
    (("weapon", "add", "missile", "--source", "own"), 3, "missile is"),
    (("weapon", "add", "Iskandre-K", "--source", "own"), 3, "--new"),
    (("weapon", "add", "Klin"), 2, "--source"),
    (("weapon", "alias", "Geran-2", "Kh-101", "--source", "own"), 3, "merge them"),
    (("weapon", "alias", "Geran-2", "Nonsense", "--remove", "--reason", "x"), 3, "not one of its names"),
    (("weapon", "state", "Geran-2", "--source", "own"), 2, "--first-known"),
    (("weapon", "state", "Geran-2", "--first-known", "soon", "--source", "own"), 3, "first known"),
    (("weapon", "state", "Geran-2", "--kind", "missile", "--source", "own"), 2, "--reason"),
    (("weapon", "state", "Shahed-136", "--variant-of", "Geran-2", "--source", "own"), 3, "of itself"),
    (("weapon", "merge", "Geran-2", "Geran-2", "--reason", "x"), 2, "one record"),
    (("weapon", "merge", "Geran-2", "Kh-101"), 2, "--reason"),
    (("weapon", "merge", "Geran-2", "Shahed-136", "--reason", "x"), 3, "1 in weapon_system"),
    (("weapon", "remove", "Shahed-136", "--reason", "x"), 3, "Only what nothing uses"),
    (("weapon", "show", "Gerun-2"), 4, "Did you mean"),
    (("unit-type", "show", "Kometta"), 4, "No unit type"),
    (("unit-type", "add", "Kh-101", "--source", "own"), 3, "is the name of Kh-101"),
]


@pytest.mark.parametrize(("words", "code", "said"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_cannot_be_so_is_refused_with_what_to_do(
    shared: str, words: tuple[str, ...], code: int, said: str
) -> None:
    outcome = say(shared, *words)
    assert outcome.code == code, outcome.err
    assert said in outcome.err
    assert outcome.out == ""
