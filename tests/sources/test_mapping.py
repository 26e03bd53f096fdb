"""Which column is which field: guessed, overridden, saved and used again."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.core.errors import BadInput, UsageError
from provenance.sources import mapping
from provenance.sources.headers import headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import save_mapping

FIELDS = headers_of(SourceKind.COMPONENTS)


def guess_mapping(header: list[str]) -> dict[str, str]:
    return mapping.guess_mapping(header, FIELDS)


def parse_overrides(pairs: list[str]) -> dict[str, str]:
    return mapping.parse_overrides(pairs, FIELDS)


def settle_mapping(header: list[str], saved: dict[str, str], said: dict[str, str]) -> dict[str, str]:
    return mapping.settle_mapping(header, saved, said, FIELDS)


def load_mapping(file: Path) -> dict[str, str]:
    return mapping.load_mapping(file, FIELDS)


def test_headers_are_guessed_whatever_their_case_and_signs() -> None:
    assert guess_mapping(["Weapon_System", "TOP MARK", "Mfr.", "D/C", "Qty", "remarks"]) == {
        "Weapon_System": "weapon",
        "TOP MARK": "marking",
        "Mfr.": "maker",
        "D/C": "date_code",
        "Qty": "pieces",
        "remarks": "note",
    }


def test_headers_in_ukrainian_and_russian_are_guessed_too() -> None:
    header = [
        "№ з/п",
        "Озброєння",
        "Серійний номер",
        "Дата застосування",
        "Маркировка",
        "Изготовитель",
        "К-сть",
    ]
    fields = ["key", "weapon", "serial", "used", "marking", "maker", "pieces"]
    assert guess_mapping(header) == dict(zip(header, fields, strict=True))


def test_a_header_that_nobody_knows_is_left_alone() -> None:
    assert guess_mapping(["weapon", "colour", ""]) == {"weapon": "weapon"}


def test_two_headers_that_are_equally_sure_contradict_each_other() -> None:
    with pytest.raises(mapping.TwoColumns, match="2 columns mean maker: Manufacturer, Producer"):
        guess_mapping(["Weapon", "Manufacturer", "Producer"])
    with pytest.raises(mapping.TwoColumns, match="Serial, S/N"):
        guess_mapping(["Serial", "S/N"])


def test_the_surer_header_has_the_field_and_the_other_stays_in_the_raw_text() -> None:
    assert guess_mapping(["Part Number", "Manufacturer Part Number"]) == {"Manufacturer Part Number": "mpn"}
    assert guess_mapping(["MPN", "Part number", "Model"]) == {"MPN": "mpn"}
    assert guess_mapping(["Brand", "Manufacturer"]) == {"Manufacturer": "maker"}
    assert guess_mapping(["№", "ID"]) == {"ID": "key"}


def test_columns_that_are_one_text_are_joined() -> None:
    assert guess_mapping(["Weapon", "Marking", "Top mark"]) == {
        "Weapon": "weapon",
        "Marking": "marking",
        "Top mark": "marking",
    }
    assert mapping.joined(["TPS5430", "1834", "tps5430"], "\n") == "TPS5430\n1834"
    assert mapping.joined(["Memory", "", "Memory chip"], "; ") == "Memory chip"


def test_country_beside_a_maker_is_the_maker_s_unless_said_otherwise() -> None:
    assert guess_mapping(["country"]) == {"country": "maker_country"}
    assert guess_mapping(["country of recovery"]) == {"country of recovery": "country"}
    assert guess_mapping(["country", "maker_country"]) == {
        "country": "country",
        "maker_country": "maker_country",
    }


def test_an_override_wins_over_the_guess_and_may_leave_a_column_out() -> None:
    header = ["found", "name", "maker", "internal"]
    overrides = parse_overrides(["found=weapon", "name=marking", "maker=-"])
    assert settle_mapping(header, {}, overrides) == {"found": "weapon", "name": "marking"}


def test_an_override_takes_the_field_from_the_column_that_was_guessed_for_it() -> None:
    assert settle_mapping(["marking", "text"], {}, {"text": "marking"}) == {"text": "marking"}


def test_a_header_may_have_an_equals_sign() -> None:
    assert parse_overrides(["a=b=marking"]) == {"a=b": "marking"}


@pytest.mark.parametrize("pair", ["marking", "=marking", ""])
def test_an_override_names_header_and_field(pair: str) -> None:
    with pytest.raises(UsageError, match="HEADER=FIELD"):
        parse_overrides([pair])


def test_a_field_that_is_not_there_gets_the_list_of_fields() -> None:
    with pytest.raises(UsageError, match="no field 'colour'") as caught:
        parse_overrides(["paint=colour"])
    assert "marking" in caught.value.hint


def test_a_column_that_is_not_there_gets_the_list_of_columns() -> None:
    with pytest.raises(UsageError, match="no column Text") as caught:
        settle_mapping(["text", "weapon"], {}, {"Text": "marking"})
    assert "text, weapon" in caught.value.hint


def test_two_columns_cannot_be_one_field() -> None:
    with pytest.raises(UsageError, match="Two columns are mapped to maker: a, b"):
        settle_mapping(["a", "b"], {}, {"a": "maker", "b": "maker"})


def test_the_lines_of_a_marking_may_have_a_column_each() -> None:
    both = {"a": "marking", "b": "marking"}
    assert settle_mapping(["a", "b"], {}, both) == both


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Manufactuer", "maker"),
        ("Manufacturor name", "maker"),
        ("Weapn system", "weapon"),
        ("Виробнык", "maker"),
    ],
)
def test_a_misspelt_header_is_not_read_but_pointed_out(header: str, field: str) -> None:
    assert guess_mapping([header]) == {}
    assert mapping.resembling([header], {}, FIELDS) == {header: field}


def test_what_is_known_or_resembles_nothing_is_not_pointed_out() -> None:
    assert (
        mapping.resembling(["Vendor", "Colour", "Maker", "Inv", "Serial"], {"Serial": "serial"}, FIELDS) == {}
    )


def test_a_saved_mapping_is_used_again_and_overridden_again(tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    header = ["Waffe", "Aufdruck", "Hersteller"]
    said = parse_overrides(["Waffe=weapon", "Aufdruck=marking"])
    save_mapping(file, header, settle_mapping(header, {}, said))
    assert settle_mapping(header, load_mapping(file), {}) == {"Waffe": "weapon", "Aufdruck": "marking"}
    assert settle_mapping(header, load_mapping(file), {"Aufdruck": "mpn"})["Aufdruck"] == "mpn"


def test_a_saved_mapping_passes_over_columns_that_this_file_does_not_have(tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    save_mapping(file, ["gone", "text"], {"gone": "marking", "text": "description"})
    assert settle_mapping(["text", "weapon"], load_mapping(file), {}) == {
        "text": "description",
        "weapon": "weapon",
    }


def test_a_column_left_out_stays_left_out_when_the_mapping_is_used_again(tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    header = ["weapon", "marking", "maker"]
    save_mapping(file, header, settle_mapping(header, {}, {"maker": "-"}))
    assert "maker" not in settle_mapping(header, load_mapping(file), {})


@pytest.mark.parametrize("content", ["{", '["weapon"]', '{"a": 1}', "weapon=weapon"])
def test_what_is_no_mapping_is_refused_by_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ours.json"
    file.write_text(content)
    with pytest.raises(BadInput, match=r"ours\.json"):
        load_mapping(file)


def test_a_mapping_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.json"):
        load_mapping(tmp_path / "gone.json")


def test_a_mapping_that_cannot_be_written_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone.*ours\.json: cannot be written"):
        save_mapping(tmp_path / "gone" / "ours.json", ["weapon"], {"weapon": "weapon"})
