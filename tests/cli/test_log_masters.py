"""No door of a person makes a firm, a weapon or a unit type of a typing error."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.fields.entries import Kind
from provenance.fields.templates import row_column
from tests.importing.state import rows_of
from tests.support.commands import Outcome
from tests.support.field_log import component, recovery, say

TRANSFER = ("log", "transfer", "--source", "ours", "--part", "LM358")


def made(address: str) -> dict[str, list[str]]:
    """What is on record of firms, weapons and unit types that the reference data does not have."""
    return {
        "organization": [row.label for row in rows_of(address, "organization") if not row.from_seed],
        "weapon_system": [row.designation for row in rows_of(address, "weapon_system") if not row.from_seed],
        "unit_type": [row.designation for row in rows_of(address, "unit_type") if not row.from_seed],
    }


NOTHING: dict[str, list[str]] = {"organization": [], "weapon_system": [], "unit_type": []}


def filled_csv(kind: Kind, file: Path, rows: list[dict[str, str]]) -> Path:
    """A filled-in template of a kind of entry."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [row_column(kind), *rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return file


def refused(said: Outcome, *parts: str) -> None:
    """The command has failed, and says these things."""
    assert said.code in (3, 4), said
    for part in parts:
        assert part in said.err


class TestAMisspeltName:
    """Refused with the near names, and with the option that creates it."""

    def test_of_a_weapon(self, fresh: str) -> None:
        said = say(fresh, "log", "recovery", "--weapon", "Shahad-136")
        refused(said, "No weapon is called Shahad-136", "Shahed-136", "--new-weapon")
        assert made(fresh) == NOTHING
        assert rows_of(fresh, "recovery") == []

    def test_of_a_unit_type(self, fresh: str) -> None:
        said = say(fresh, "log", "recovery", "--unit-type", "Kometta")
        refused(said, "No unit type is called Kometta", "Kometa", "--new-unit-type")
        assert made(fresh) == NOTHING

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Texas Insturments", "Texas Instruments"),
            ("Analog Devises", "Analog Devices"),
            ("Техас Инструменс", "Texas Instruments"),
        ],
    )
    def test_of_a_maker(self, fresh: str, typed: str, meant: str) -> None:
        wreck = recovery(fresh)
        said = say(fresh, "log", "component", "--recovery", wreck, "--marking", "X1", "--maker", typed)
        refused(said, f"No maker is called {typed}", meant, "--new-maker")
        assert made(fresh) == NOTHING
        assert rows_of(fresh, "component") == []

    def test_of_a_maker_in_an_assessment(self, fresh: str) -> None:
        chip = component(fresh, recovery(fresh), "--marking", "X1")
        said = say(fresh, "log", "belief", chip, "--maker", "Texas Insturments", "--basis", "seen")
        refused(said, "No maker is called Texas Insturments", "Texas Instruments", "--new-maker")
        assert made(fresh) == NOTHING

    def test_of_a_party(self, fresh: str) -> None:
        said = say(fresh, *TRANSFER, "--from", "Texas Insturments", "--to", "OOO Vostok")
        refused(said, "looks like a misspelt Texas Instruments", "--new-party")
        assert made(fresh) == NOTHING
        assert rows_of(fresh, "transfer") == []

    def test_in_a_table(self, fresh: str, tmp_path: Path) -> None:
        rows = [{"weapon": "Kh-101", "serial": "1"}, {"weapon": "Shahad-136", "serial": "2"}]
        file = filled_csv(Kind.RECOVERY, tmp_path / "wrecks.csv", rows)
        said = say(fresh, "log", "file", file)
        refused(said, "wrecks.csv:3", "No weapon is called Shahad-136", "near: Shahed-136", "--new-weapon")
        assert made(fresh) == NOTHING
        assert say(fresh, "log", "file", file, "--new-weapon").code == 0
        assert made(fresh) == NOTHING | {"weapon_system": ["Shahad-136"]}


class TestANewName:
    """Created where it is declared, and said."""

    def test_of_a_weapon(self, fresh: str) -> None:
        said = say(fresh, "log", "recovery", "--weapon", "Xy-99 Zap", "--new-weapon")
        assert said.code == 0
        assert "no known weapon is called Xy-99 Zap: a new, unverified one was made" in said.err
        assert made(fresh) == NOTHING | {"weapon_system": ["Xy-99 Zap"]}

    def test_of_a_maker(self, fresh: str) -> None:
        component(fresh, recovery(fresh), "--marking", "X1", "--maker", "Acme Widgets GmbH", "--new-maker")
        assert made(fresh) == NOTHING | {"organization": ["Acme Widgets GmbH"]}

    def test_of_a_party_is_taken_and_said(self, fresh: str) -> None:
        said = say(fresh, *TRANSFER, "--from", "Zwqx Trading|broker|HK", "--to", "OOO Vostok")
        assert said.code == 0, said.err
        assert "no known organization is called Zwqx Trading: a new, unverified one was made" in said.err
        assert set(made(fresh)["organization"]) == {"Zwqx Trading", "OOO Vostok"}

    def test_of_a_party_like_a_known_one_has_to_be_declared(self, fresh: str) -> None:
        words = (*TRANSFER, "--from", "Texas Insturments", "--to", "OOO Vostok", "--new-party")
        assert say(fresh, *words).code == 0
        assert "Texas Insturments" in made(fresh)["organization"]


class TestWhatIsNoName:
    """Countries, things and kinds of weapons name nothing, whatever is declared."""

    @pytest.mark.parametrize(
        "maker", ["China", "Made in Taiwan", "Board", "микросхема", "芯片", "TI/National"]
    )
    def test_a_maker(self, fresh: str, maker: str) -> None:
        words = ("log", "component", "--recovery", recovery(fresh), "--marking", "X1", "--maker", maker)
        refused(say(fresh, *words, "--new-maker"), f"maker: {maker}")
        assert made(fresh) == NOTHING

    def test_a_maker_that_may_be_several_names_them(self, fresh: str) -> None:
        words = ("log", "component", "--recovery", recovery(fresh), "--marking", "X1", "--maker", "National")
        refused(say(fresh, *words), "more than one organization", "National Semiconductor", "Matsushita")

    @pytest.mark.parametrize("weapon", ["drone", "БпЛА", "ракета"])
    def test_a_weapon(self, fresh: str, weapon: str) -> None:
        refused(say(fresh, "log", "recovery", "--weapon", weapon, "--new-weapon"), "a kind of weapon")
        assert made(fresh) == NOTHING

    def test_a_party_is_kept_as_written(self, fresh: str) -> None:
        said = say(fresh, *TRANSFER, "--from", "China", "--to", "OOO Vostok")
        assert said.code == 0
        assert "China is kept as written" in said.err
        assert made(fresh)["organization"] == ["OOO Vostok"]


NAMES = st.text(st.characters(categories=("L", "N", "Zs"), max_codepoint=0x4FF), min_size=1, max_size=12)
NEAR = st.sampled_from(
    ("Texas Insturments", "Analog Devises", "Kh-101x", "Shahad-136", "Kometta", "Герань2x")
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES.map(lambda text: f"Zq {text}") | NEAR)
def test_no_door_makes_anything_without_being_told(fresh: str, tmp_path: Path, name: str) -> None:
    """Whatever the name: a maker, weapon or unit type needs its flag, on every door."""
    before = made(fresh)
    wreck = recovery(fresh)
    chip = component(fresh, wreck, "--marking", "X1")
    tables = {
        Kind.RECOVERY: {"weapon": name},
        Kind.UNIT: {"recovery": wreck, "label": "U1", "unit_type": name},
        Kind.COMPONENT: {"recovery": wreck, "marking": "X2", "maker": name},
    }
    for kind, row in tables.items():
        words = [word for cell, text in row.items() for word in (f"--{cell.replace('_', '-')}", text)]
        say(fresh, "log", str(kind), *words)
        say(fresh, "log", "file", filled_csv(kind, tmp_path / f"{kind}.csv", [row]))
    say(fresh, "log", "belief", chip, "--maker", name, "--basis", "seen")
    say(fresh, *TRANSFER, "--maker", name, "--goods", "chips")
    assert made(fresh) == before
