"""`find`: anything by a piece of any of its names, in any script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.queries.world import World, row, write_world


def hits(world: World, *words: str) -> dict[str, list[str]]:
    """Names found, by kind."""
    found: dict[str, list[str]] = {}
    for hit in world.answer("find", *words)["rows"]:
        found.setdefault(hit["kind"], []).append(hit["name"])
    return found


def test_a_piece_of_a_part_number_finds_part_and_components(world: World) -> None:
    found = world.answer("find", "D857")
    assert found["totals"] == {"part": 1, "component": 3}
    assert [hit["name"] for hit in found["rows"] if hit["kind"] == "part"] == ["AD8572"]


def test_a_component_without_a_marking_says_so(world: World) -> None:
    components = [hit["name"] for hit in world.answer("find", "D857")["rows"] if hit["kind"] == "component"]
    assert components == [None] * 3
    assert world.says("find", "D857").out.count("no marking published") == 3


def test_two_characters_are_enough(world: World) -> None:
    assert hits(world, "QX")["part"] == ["QX-1"]


@pytest.mark.parametrize("text", ["Kh-101", "Х-101", "KH101", "kh 101", "Х 101"])
def test_one_weapon_by_its_latin_and_cyrillic_spellings(world: World, text: str) -> None:
    assert "Kh-101" in hits(world, text)["weapon"]


def test_a_piece_of_a_cyrillic_name_finds_the_family_and_its_variants(world: World) -> None:
    found = hits(world, "ланц")
    assert {"Lancet-1", "Lancet-3", "Lancet, variant not determined"} <= set(found["weapon"])
    assert found["recovery"] == ["Ланцет W4"]


@pytest.mark.parametrize("text", ["Ы-1276", "ы1276", "ЬІ-1276", "ьi 1276", "1276", "7001"])
def test_a_number_on_the_specimen(world: World, text: str) -> None:
    assert len(hits(world, text)["recovery"]) == 1


def test_a_firm_by_any_of_its_names_shows_the_one_that_matched(world: World) -> None:
    (hit,) = [hit for hit in world.answer("find", "英飞")["rows"] if hit["kind"] == "firm"]
    assert (hit["name"], hit["matched"]) == ("Infineon Technologies", "英飞凌")


def test_a_whole_name_stands_before_the_many_that_have_it_inside(world: World) -> None:
    first = world.answer("find", "TI")["rows"][0]
    assert (first["kind"], first["name"], first["matched"]) == ("firm", "Texas Instruments", "TI")


def test_of_several_names_the_one_in_the_letters_of_the_question_is_shown(world: World) -> None:
    matched = {hit["name"]: hit["matched"] for hit in world.answer("find", "Герань")["rows"]}
    assert matched["Geran-2"] == "Герань-2"


class TestMarkingsInAnyScript:
    @pytest.fixture
    def marked(self, own_world: World, tmp_path: Path) -> World:
        rows = [
            row(f"m{place}", "W4", "Kvuks", "", marking=marking)
            for place, marking in enumerate(
                (
                    "深圳科技有限公司 QX9",
                    "С8051F120-ЗОR",
                    "ИНТЕГРАЛ 588ВА1",
                    "100%_real",
                    "[bold]=HYPERLINK(1)",
                    "a\x1b[31mb",
                )
            )
        ]
        assert (
            own_world.says(
                "import",
                "components",
                "--no-read",
                str(write_world(tmp_path, tuple(rows), "m.csv")),
                "--source",
                "m",
            ).code
            == 0
        )
        return own_world

    def found(self, world: World, text: str) -> list[Any]:
        said = world.says("find", text, "--format", "json")
        return (
            [] if said.code == 4 else [hit["name"] for hit in said.json["rows"] if hit["kind"] == "component"]
        )

    def test_every_script_and_every_sign(self, marked: World) -> None:
        """One database for all of these: making one costs more than asking."""
        assert self.found(marked, "科技") == ["深圳科技有限公司 QX9"]
        assert self.found(marked, "C8051F12") == self.found(marked, "С8051F12") == ["С8051F120-ЗОR"]
        assert self.found(marked, "интеграл") == self.found(marked, "integral") == ["ИНТЕГРАЛ 588ВА1"]
        assert self.found(marked, "588BA1") == ["ИНТЕГРАЛ 588ВА1"]
        assert self.found(marked, "100_real") == ["100%_real"], (
            "a wildcard of the database's is a sign like others"
        )
        assert self.found(marked, "%real") == ["100%_real"]
        assert self.found(marked, "hyperlink") == ["[bold]=HYPERLINK(1)"]
        said = marked.says("find", "hyperlink").out
        assert "[bold]=HYPERLINK(1)" in said
        said = marked.says("find", "31mb").out
        assert "\x1b" not in said
        assert r"a\x1b[31mb" in said


def test_a_limit_holds_for_each_kind_and_the_rest_is_counted(world: World) -> None:
    found = world.answer("find", "AD", "--limit", "2")
    shown = [hit for hit in found["rows"] if hit["kind"] == "firm"]
    assert len(shown) == 2
    assert found["totals"]["firm"] > 2
    assert f"… and {found['totals']['firm'] - 2:,} more" in world.says("find", "AD", "--limit", "2").out
    everything = world.answer("find", "AD", "--limit", "0")["rows"]
    assert len([hit for hit in everything if hit["kind"] == "firm"]) == found["totals"]["firm"]


def test_several_words_are_one_text(world: World) -> None:
    assert world.answer("find", "Analog", "Devices")["rows"] == world.answer("find", "analogdevices")["rows"]


def test_nothing_found_is_no_clearance_and_exit_4(world: World) -> None:
    said = world.says("find", "XQZ7734")
    assert (said.code, said.out) == (4, "")
    assert "Nothing contains XQZ7734" in said.err
    assert "not a clearance" in said.err


@pytest.mark.parametrize("text", ["---", "%", "?!"])
def test_a_text_without_letters_and_digits_is_refused(world: World, text: str) -> None:
    assert world.says("find", "--", text).code == 2


@pytest.mark.parametrize("width", ["60", "200"])
def test_what_a_component_was_found_in_is_never_hidden(
    world: World, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    said = world.says("find", "D857").out
    component = said[said.index("component (3)") :]
    assert "found in" in component
    assert "Kh-101 W1" in component
    assert "Columns hidden (narrow terminal): ." not in said
