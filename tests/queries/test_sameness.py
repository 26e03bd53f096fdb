"""What people say is one thing counts once; taking it back restores every count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from provenance.core.identity import new_uid
from provenance.schema.engines import writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification, MakerAttribution
from provenance.schema.reference import Part
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, writing
from provenance.schema.sources import Citation, SameAs
from tests.queries.world import KEYED, World, row, write_world

OTHER = (
    row("x1", "W1", "Analog Devices", "AD8572", published="2024-02-01") | {"recovery": "X1"},
    row("x2", "W1", "Kvuks Group", "QX-1") | {"recovery": "X1"},
)
"""Another publication of the missile W1: it calls the wreck X1 and one maker by another name."""


@pytest.fixture
def twice_told(own_world: World, tmp_path: Path) -> World:
    """The small world with the other publication in it; nobody has said yet what is the same."""
    file = write_world(tmp_path, OTHER, "other.csv")
    done = own_world.says("import", "components", *KEYED, "--no-read", str(file), "--source", "other-notes")
    assert done.code == 0, done.err
    return own_world


@contextmanager
def changing(world: World) -> Iterator[Session]:
    engine = writing_engine(world.address)
    with writing(engine) as session:
        yield session
    engine.dispose()


def numbers(session: Session, kind: str, *keys: str) -> tuple[int, int]:
    """Row numbers of two records by their sources' keys, or of two firms by name."""
    if kind == "organization":
        rows = session.execute(select(Organization.label, Organization.id))
    else:
        target = Citation.__table__.c[f"{kind}_id"]
        rows = session.execute(select(Citation.record_key, target).where(target.is_not(None)))
    known = {row[0]: row[1] for row in rows}
    return known[keys[0]], known[keys[1]]


def say_same(world: World, kind: str, left: str, right: str, verdict: str = "same") -> None:
    with changing(world) as session:
        one, other = numbers(session, kind, left, right)
        session.execute(
            insert(SameAs).values(
                **{f"left_{kind}_id": one, f"right_{kind}_id": other},
                uid=new_uid(),
                verdict=verdict,
                actor="olena",
                decided_at=datetime.now(UTC),
                reason="seen side by side",
            )
        )


def take_back(world: World) -> None:
    with changing(world) as session:
        session.execute(
            update(SameAs).values(undone_at=datetime.now(UTC), undone_by="olena", undone_reason="a slip")
        )


def figures(world: World, firm: str, *words: str) -> tuple[int, int]:
    """Recoveries and components of a firm by brand, wherever it sits."""
    said = world.says(
        "top", "--basis", "brand", "--country", "any", "--min-recoveries", "1", *words, "--format", "json"
    )
    found = [(line["recoveries"], line["components"]) for line in said.json["rows"] if line["firm"] == firm]
    return found[0] if found else (0, 0)


def test_until_somebody_says_so_two_publications_are_two_recoveries(twice_told: World) -> None:
    assert figures(twice_told, "Analog Devices") == (4, 5)
    assert figures(twice_told, "Quuxtronics") == (2, 2)
    assert figures(twice_told, "Kvuks Group") == (1, 1)


def test_one_wreck_under_two_names_is_one_recovery(twice_told: World) -> None:
    say_same(twice_told, "recovery", "recovery:W1", "recovery:X1")
    assert figures(twice_told, "Analog Devices") == (3, 5)
    take_back(twice_told)
    assert figures(twice_told, "Analog Devices") == (4, 5)


def test_one_chip_in_two_publications_is_one_component_and_is_accounted_for(twice_told: World) -> None:
    say_same(twice_told, "recovery", "recovery:W1", "recovery:X1")
    say_same(twice_told, "component", "x1", "c1")
    assert figures(twice_told, "Analog Devices") == (3, 4)
    basis = twice_told.says("top", "--format", "json").json["basis"]
    assert {
        "reason": "that repeat a component already counted",
        "components": 1,
        "recoveries": 1,
        "unjudged": False,
    } in basis["left_out"]
    take_back(twice_told)
    assert figures(twice_told, "Analog Devices") == (4, 5)


def test_one_firm_under_two_labels_is_one_line(twice_told: World) -> None:
    say_same(twice_told, "organization", "Kvuks Group", "Quuxtronics")
    assert figures(twice_told, "Quuxtronics") == (3, 3)
    assert figures(twice_told, "Kvuks Group") == (0, 0)
    take_back(twice_told)
    assert figures(twice_told, "Quuxtronics") == (2, 2)
    assert figures(twice_told, "Kvuks Group") == (1, 1)


def test_a_firm_that_was_merged_is_found_by_either_name_and_by_either_reference(twice_told: World) -> None:
    refs = [
        twice_told.says("exposure", name, "--format", "json").json["firm_ref"]
        for name in ("Quuxtronics", "Kvuks Group")
    ]
    say_same(twice_told, "organization", "Kvuks Group", "Quuxtronics")
    for asked in ("Quuxtronics", "Kvuks Group", *refs):
        found = twice_told.says("exposure", asked, "--format", "json").json
        assert found["figures"]["components"] == 3, asked


def test_what_is_said_never_to_be_the_same_changes_no_count(twice_told: World) -> None:
    say_same(twice_told, "recovery", "recovery:W1", "recovery:X1", verdict="never")
    assert figures(twice_told, "Analog Devices") == (4, 5)


def test_a_chain_of_three_is_one(twice_told: World) -> None:
    say_same(twice_told, "recovery", "recovery:W1", "recovery:X1")
    say_same(twice_told, "recovery", "recovery:X1", "recovery:W2")
    assert figures(twice_told, "Analog Devices") == (2, 5)


def test_show_names_what_a_record_is_the_same_as(twice_told: World) -> None:
    say_same(twice_told, "recovery", "recovery:W1", "recovery:X1")
    first, shown = (
        twice_told.says("show", key, "--format", "json").json["rows"][0]
        for key in ("recovery:W1", "recovery:X1")
    )
    assert shown["same_as"] == [first["ref"]]


def test_the_representative_does_not_depend_on_who_was_named_first(twice_told: World) -> None:
    say_same(twice_told, "component", "c1", "x1")
    one = twice_told.says("top", "--format", "json").json["rows"]
    take_back(twice_told)
    say_same(twice_told, "component", "x1", "c1")
    assert twice_told.says("top", "--format", "json").json["rows"] == one


class TestWhatAProgramGuesses:
    @pytest.fixture
    def guessed(self, own_world: World) -> World:
        """A program takes the part that nobody identified for one of Texas Instruments'."""
        with changing(own_world) as session:
            component, _other = numbers(session, "component", "c22", "c22")
            firm, _other = numbers(session, "organization", "Texas Instruments", "Texas Instruments")
            values: dict[str, Any] = {
                "uid": new_uid(),
                "component_id": component,
                "organization_id": firm,
                "as_written": "",
                "status": "tentative",
                "basis": "marking",
            }
            insert_row(session, MakerAttribution(**values))
            part = session.execute(select(Part.id).where(Part.mpn == "LM1117")).scalar_one()
            values = {
                "uid": new_uid(),
                "component_id": component,
                "part_id": part,
                "as_written": "LM1117",
                "status": "tentative",
                "method": "marking",
            }
            insert_row(session, Identification(**values))
        return own_world

    def test_a_guess_is_not_counted(self, guessed: World) -> None:
        assert figures(guessed, "Texas Instruments") == (3, 3)
        assert guessed.left_out("top")["? whose maker is not identified"] == (1, 1)

    def test_a_guess_counts_on_request_and_the_basis_says_so(self, guessed: World) -> None:
        assert figures(guessed, "Texas Instruments", "--include-tentative") == (3, 4)
        stated = guessed.answer("top", "--include-tentative")["basis"]["filters"]
        assert (stated["read_makers"], stated["read_parts"]) == ("counted", "counted")
        assert "? whose maker is not identified" not in guessed.left_out("top", "--include-tentative")

    def test_a_guessed_maker_and_a_guessed_part_number_count_each_for_itself(self, guessed: World) -> None:
        assert figures(guessed, "Texas Instruments", "--include-read-makers") == (3, 4)
        assert figures(guessed, "Texas Instruments", "--include-read-parts") == (3, 3)
        marked = [
            (item["brand_read"], item["part_read"], item["part"])
            for words in (("--include-read-makers",), ("--include-read-makers", "--include-read-parts"))
            for row in guessed.answer("top", "--evidence", "Texas Instruments", *words)["rows"]
            for item in row["components"]
            if item["brand_read"]
        ]
        assert marked == [(True, False, None), (True, True, "LM1117")]

    def test_a_guessed_part_number_is_never_shown_as_stated(self, guessed: World) -> None:
        found = guessed.answer("exposure", "Texas Instruments", "--include-tentative")
        lines = [(line["stated"], line["guessed"], line["components"]) for line in found["rows"]]
        assert [line for line, row in zip(lines, found["rows"], strict=True) if row["part"] == "LM1117"] == [
            (True, False, 2),
            (False, True, 1),
        ]

    def test_what_the_source_wrote_is_never_what_the_program_guesses(self, guessed: World) -> None:
        found = guessed.answer("top", "--evidence", "Texas Instruments", "--include-tentative")
        components = [item for row in found["rows"] for item in row["components"]]
        assert [item["maker_as_written"] for item in components if item["marking"]] == ["Not identified"]

    def test_a_guess_never_outweighs_what_was_published(self, guessed: World) -> None:
        with changing(guessed) as session:
            component, _other = numbers(session, "component", "c1", "c1")
            firm, _other = numbers(session, "organization", "Texas Instruments", "Texas Instruments")
            session.execute(
                insert(MakerAttribution).values(
                    uid=new_uid(),
                    component_id=component,
                    organization_id=firm,
                    as_written="",
                    status="tentative",
                    basis="marking",
                )
            )
        assert figures(guessed, "Analog Devices", "--include-tentative") == (3, 4)
