"""Any list of components with mapped headers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.errors import BadInput
from provenance.sources.formats import ReadOptions
from provenance.sources.records import ComponentRecord, Rejected
from provenance.sources.registry import COMPONENTS
from tests.sources.lists import Row, write_list, write_workbook
from tests.support.days import TODAY


def read(file: Path) -> list[ComponentRecord | Rejected]:
    return list(COMPONENTS.named("components").read(file, ReadOptions(TODAY)))


def record(tmp_path: Path, **cells: str) -> ComponentRecord:
    """The record of one row; a weapon and a marking are there unless given."""
    row = {"weapon": "Kh-101", "marking": "AD8572"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }
    (found,) = read(write_list(tmp_path / "list.csv", [row]))
    assert isinstance(found, ComponentRecord), found
    return found


def reason(tmp_path: Path, **cells: str) -> str:
    """Why a row is rejected."""
    row = {"weapon": "Kh-101", "marking": "AD8572"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }
    (found,) = read(write_list(tmp_path / "list.csv", [row]))
    assert isinstance(found, Rejected), found
    assert found.line == 2
    return found.reason


def odd(tmp_path: Path, **cells: str) -> tuple[ComponentRecord, list[str]]:
    """The record of one row, and what is said of cells that are no value."""
    row = {"weapon": "Kh-101", "marking": "AD8572"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }
    options = ReadOptions(TODAY)
    file = write_list(tmp_path / "list.csv", [row])
    (found,) = COMPONENTS.named("components").read(file, options)
    assert isinstance(found, ComponentRecord), found
    return found, list(map(str, options.cells))


def test_a_whole_row_is_read(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        key="X-1",
        serial="7701",
        unit="navigation board",
        used="2024-01-02",
        place="Kharkiv",
        country_of_recovery="Україна",
        maker="Linear Technology (Analog Devices)",
        maker_country="USA",
        mpn="AD8572ARZ",
        date_code="2235",
        lot="ZX12",
        pieces="3",
        category="analog",
        hs6="854233",
        condition="burnt",
        authenticity="suspect",
        credibility="2",
        published="2024-05",
        retrieved="2024-06-01",
        note="from the front",
    )
    assert (found.key, found.unit, found.lot, found.mpn) == ("X-1", "navigation board", "ZX12", "AD8572ARZ")
    assert found.maker is not None
    assert (found.maker.brand, found.maker.parentheses) == ("Linear Technology", ("Analog Devices",))
    assert (found.country_stated, found.recovery.country) == ("US", "UA")
    assert (found.pieces, found.credibility, found.hs6) == (3, 2, "854233")
    assert (found.category, found.authenticity) == ("analog", "suspect")
    assert (found.published_earliest, found.published_latest) == (date(2024, 5, 1), date(2024, 5, 31))
    assert found.retrieved == date(2024, 6, 1)
    assert found.recovery.place == "Kharkiv"


def test_what_a_row_does_not_say_stays_unknown(tmp_path: Path) -> None:
    found = record(tmp_path)
    for name in (
        "maker",
        "country_stated",
        "mpn",
        "date_code",
        "made_earliest",
        "pieces",
        "category",
        "credibility",
    ):
        assert getattr(found, name) is None, name
    assert found.recovery.dates == ()
    assert found.transfer is None


@pytest.mark.parametrize("said", ["unknown", "UNK", "n/a", "не встановлено", "-"])
def test_a_maker_or_country_said_to_be_unknown_is_not_a_firm(tmp_path: Path, said: str) -> None:
    found = record(tmp_path, maker=said, maker_country=said)
    assert found.maker is not None
    assert (found.maker.brand, found.country_stated) == (None, None)


class TestDates:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2024-01-02", date(2024, 1, 2), date(2024, 1, 2)),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
            ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
            ("2023", date(2023, 1, 1), date(2023, 12, 31)),
            ("not earlier than 2021", date(2021, 1, 1), None),
            ("2022-03..2022-05", date(2022, 3, 1), date(2022, 5, 31)),
        ],
    )
    def test_a_partial_date_is_an_interval(
        self, tmp_path: Path, text: str, first: date | None, last: date | None
    ) -> None:
        (fact,) = record(tmp_path, used=text).recovery.dates
        assert (fact.kind, fact.earliest, fact.latest, fact.as_written) == ("used", first, last, text)

    @pytest.mark.parametrize("kind", ["recovered", "used", "captured"])
    def test_each_date_keeps_its_kind(self, tmp_path: Path, kind: str) -> None:
        (fact,) = record(tmp_path, **{kind: "2024"}).recovery.dates
        assert fact.kind == kind

    @pytest.mark.parametrize("text", ["2024-13", "2024-02-30", "31.02.2024", "3035-01-01", "soon"])
    def test_a_date_that_cannot_be_is_never_another_day(self, tmp_path: Path, text: str) -> None:
        found, (said,) = odd(tmp_path, recovered=text)
        assert found.recovery.dates == ()
        assert said.startswith("line 2, recovered: ")
        assert text in said
        assert text in found.raw

    def test_one_cell_shows_which_of_day_and_month_comes_first(self, tmp_path: Path) -> None:
        rows = [{"weapon": "Kh-101", "marking": "A", "used": day} for day in ("05/12/2024", "25/12/2024")]
        used = [row.recovery.dates[0].earliest for row in read(write_list(tmp_path / "list.csv", rows))]
        assert used == [date(2024, 12, 5), date(2024, 12, 25)]

    def test_where_nothing_shows_it_the_line_is_named(self, tmp_path: Path) -> None:
        rows = [{"weapon": "Kh-101", "marking": "A", "used": day} for day in ("12.05.2024", "05/12/2024")]
        with pytest.raises(BadInput, match=r"list\.csv:3: used '05/12/2024'.*no other cell") as caught:
            read(write_list(tmp_path / "list.csv", rows))
        assert caught.value.code == "dates"

    def test_words_for_the_unknown_state_nothing_of_the_recovery(self, tmp_path: Path) -> None:
        unknown = {"serial": "б/н", "tail": "n/a", "used": "невідомо", "place": "unknown"}
        found = record(tmp_path, **unknown).recovery
        assert found == record(tmp_path).recovery
        assert "found in" in reason(tmp_path, weapon="невідомо", serial="n/a")


class TestDateCodes:
    def test_four_digits_are_year_and_week(self, tmp_path: Path) -> None:
        found = record(tmp_path, date_code="2235")
        assert (found.made_earliest, found.made_latest) == (date(2022, 8, 29), date(2022, 9, 4))
        assert found.made_from_code

    @pytest.mark.parametrize("code", ["2254", "2200", "22355", "834", "3418", "lot 7"])
    def test_what_is_no_week_is_no_date_and_no_mistake_either(self, tmp_path: Path, code: str) -> None:
        found = record(tmp_path, date_code=code)
        assert (found.date_code, found.made_earliest, found.made_latest) == (code, None, None)

    @pytest.mark.parametrize("code", ["A2235", "DC2235", "D/C 2235", "2022W35", "WW35 2022", "22/35"])
    def test_a_week_in_other_spellings(self, tmp_path: Path, code: str) -> None:
        found = record(tmp_path, date_code=code)
        assert (found.made_earliest, found.made_latest) == (date(2022, 8, 29), date(2022, 9, 4))

    def test_a_plain_year_may_be_a_week_as_well(self, tmp_path: Path) -> None:
        found = record(tmp_path, date_code="2022")
        assert (found.made_earliest, found.made_latest) == (date(2020, 5, 25), date(2022, 12, 31))

    def test_week_53_exists_in_some_years_only(self, tmp_path: Path) -> None:
        assert record(tmp_path, date_code="2053").made_earliest == date(2020, 12, 28)
        assert record(tmp_path, date_code="2153").made_earliest is None

    def test_the_day_of_reading_settles_the_century(self, tmp_path: Path) -> None:
        file = write_list(tmp_path / "list.csv", [{"weapon": "Kh-101", "marking": "X", "date code": "2235"}])
        read_on = {
            day: next(COMPONENTS.named("components").read(file, ReadOptions(day)))
            for day in (date(2022, 8, 28), date(2022, 8, 29))
        }
        assert [found.made_earliest and found.made_earliest.year for found in read_on.values()] == [
            None,
            2022,
        ]

    def test_a_stated_date_of_manufacture_wins_over_the_code(self, tmp_path: Path) -> None:
        found = record(tmp_path, date_code="2235", made="2021-06")
        assert (found.made_earliest, found.made_from_code) == (date(2021, 6, 1), False)
        assert found.date_code == "2235"


class TestWhatItWasFoundIn:
    @pytest.mark.parametrize(
        ("cells", "extent"),
        [
            ({"serial": "7701"}, "specimen"),
            ({"tail": "Ы-1276"}, "specimen"),
            ({"recovery": "wreck 4"}, "unstated"),
            ({}, "model"),
            ({"recovery": "wreck 4", "extent": "several"}, "several"),
            ({"serial": "7701", "extent": "Unit"}, "unit"),
        ],
    )
    def test_extent_is_as_much_as_the_row_lets_us_say(self, tmp_path: Path, cells: Row, extent: str) -> None:
        assert record(tmp_path, **cells).recovery.extent == extent

    def test_rows_of_one_wreck_are_one_recovery_and_rows_of_one_model_another(self, tmp_path: Path) -> None:
        rows = [
            {"weapon": "Kh-101", "serial": "7701", "marking": "A"},
            {"weapon": "Kh-101", "serial": "7701", "marking": "B"},
            {"weapon": "Kh-101", "serial": "7702", "marking": "A"},
            {"weapon": "Kh-101", "serial": "", "marking": "A"},
        ]
        keys = [
            found.recovery.key
            for found in read(write_list(tmp_path / "list.csv", rows))
            if isinstance(found, ComponentRecord)
        ]
        assert keys[0] == keys[1]
        assert len(set(keys)) == 3

    def test_a_seizure_is_a_seizure(self, tmp_path: Path) -> None:
        assert record(tmp_path, recovery_kind="Seizure").recovery.kind == "seizure"
        assert record(tmp_path).recovery.kind == "battlefield"


class TestRejections:
    def test_a_row_that_names_no_find_is_rejected(self, tmp_path: Path) -> None:
        assert "found in" in reason(tmp_path, weapon="")

    def test_a_row_that_says_nothing_about_the_component_is_rejected(self, tmp_path: Path) -> None:
        assert "nothing about the component" in reason(tmp_path, marking=" ")

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("category", "sausage"),
            ("authenticity", "maybe"),
            ("extent", "half"),
            ("recovery_kind", "gift"),
            ("weapon_kind", "balloon"),
            ("pieces", "many"),
            ("pieces", "0"),
            ("pieces", "2.5"),
            ("credibility", "7"),
            ("credibility", "good"),
            ("hs6", "8542"),
            ("hs6", "85423A"),
            ("maker_country", "Atlantis"),
            ("published", "last week"),
        ],
    )
    def test_a_value_that_cannot_be_is_unknown_and_listed_and_its_row_read(
        self, tmp_path: Path, column: str, value: str
    ) -> None:
        found, (said,) = odd(tmp_path, **{column: value})
        assert said.startswith(f"line 2, {column.replace('_', ' ')}: ")
        assert value in said
        assert value in found.raw
        stated = {"maker_country": "country_stated", "published": "published_latest"}.get(column, column)
        assert getattr(found, stated, None) is None
        assert found.marking == "AD8572"

    def test_equal_odd_values_are_each_listed_by_their_line(self, tmp_path: Path) -> None:
        rows = [{"weapon": "Kh-101", "marking": f"M{place}", "category": "gnss"} for place in range(2_500)]
        options = ReadOptions(TODAY)
        file = write_list(tmp_path / "list.csv", rows)
        found = list(COMPONENTS.named("components").read(file, options))
        assert len(found) == 2_500
        assert [cell.line for cell in options.cells] == list(range(2, 2_502))

    def test_columns_that_say_too_little_are_refused_with_what_was_understood(self, tmp_path: Path) -> None:
        file = write_list(tmp_path / "list.csv", [{"weapon": "Kh-101", "colour": "red"}])
        with pytest.raises(BadInput, match=r"list\.csv:1: .*understood: weapon as weapon") as caught:
            read(file)
        assert caught.value.code == "unknown_columns", "the command line adds how to name columns"


@pytest.mark.parametrize("written", ["8542.39", "8542 39", "85423990", "8542.39.00.90"])
def test_a_customs_code_is_read_however_it_is_parted_and_continued(tmp_path: Path, written: str) -> None:
    file = write_list(tmp_path / "list.csv", [{"weapon": "Kh-101", "maker": "TI", "hs6": written}])
    (found,) = read(file)
    assert isinstance(found, ComponentRecord)
    assert found.hs6 == "854239"
    assert written in found.raw


def test_dates_and_numbers_of_a_workbook_are_read_as_typed(tmp_path: Path) -> None:
    rows = [
        {
            "weapon": "Kh-101",
            "serial": 3152638829015.0,
            "used": date(2024, 1, 2),
            "marking": "AD8572",
            "pieces": 2.0,
        }
    ]
    (found,) = read(write_workbook(tmp_path / "list.xlsx", rows))
    assert isinstance(found, ComponentRecord)
    assert found.recovery.serials[0].value == "3152638829015"
    assert found.recovery.dates[0].earliest == date(2024, 1, 2)
    assert found.pieces == 2


def told(found: ComponentRecord | Rejected) -> object:
    """A record but for its line; of a rejection the reason and the row."""
    return (found.reason, found.row) if isinstance(found, Rejected) else found._replace(line=0)


_USABLE_OR_NOT = st.fixed_dictionaries(
    {
        "weapon": st.sampled_from(["Kh-101", "Geran-2", "Kh-101", ""]),
        "serial": st.sampled_from(["7701", "7702", ""]),
        "marking": st.sampled_from(["AD8572", 'two\nlines, "quoted"', "ЕС12\\", " ", "nul\0"]),
        "maker": st.sampled_from(["Analog Devices", "Linear (Analog Devices)", ""]),
        "maker country": st.sampled_from(["USA", "", "", "Atlantis"]),
        "date code": st.sampled_from(["2235", "A17", ""]),
        "made": st.sampled_from(["", "", "2021-05", "2021-13"]),
        "pieces": st.sampled_from(["1", "", "", "0", "many"]),
        "credibility": st.sampled_from(["2", "", "", "7"]),
        "published": st.sampled_from(["2024-01-02", "", "last week"]),
    }
)


@given(rows=st.lists(_USABLE_OR_NOT, min_size=1, max_size=12))
def test_a_row_is_read_alike_whatever_stands_beside_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row]
) -> None:
    folder = tmp_path_factory.mktemp("beside")
    rows = [{name: row[name] for name in rows[0]} for row in rows]
    together = read(write_list(folder / "list.csv", rows))
    alone = [read(write_list(folder / "one.csv", [row])) for row in rows]
    assert [told(found) for found in together] == [told(found) for (found,) in alone]


def test_every_odd_value_of_a_row_is_listed(tmp_path: Path) -> None:
    found, said = odd(tmp_path, pieces="0", credibility="7")
    assert len(said) == 2
    assert any("0 is not a number of pieces" in each for each in said)
    assert (found.pieces, found.credibility) == (None, None)


class TestSeveralInACell:
    """A plain list is several components; what may be alternatives is one, and is listed."""

    def parts(self, tmp_path: Path, **cells: str) -> list[tuple[str | None, str | None, int | None]]:
        row = {"weapon": "Kh-101"} | cells
        self.options = ReadOptions(TODAY)
        found = list(
            COMPONENTS.named("components").read(write_list(tmp_path / "list.csv", [row]), self.options)
        )
        assert all(isinstance(one, ComponentRecord) for one in found)
        return [(one.mpn, one.maker and one.maker.as_written, one.pieces) for one in found]

    def said(self) -> list[str]:
        return list(map(str, self.options.cells))

    def test_a_list_of_part_numbers_is_a_component_each(self, tmp_path: Path) -> None:
        found = self.parts(tmp_path, maker="Texas Instruments", mpn="TPS5430DDA, LM2596S")
        assert found == [("TPS5430DDA", "Texas Instruments", None), ("LM2596S", "Texas Instruments", None)]
        assert self.said() == []

    def test_pairs_of_makers_and_parts_stay_together(self, tmp_path: Path) -> None:
        for between in (" / ", "\n", "; "):
            maker = f"Texas Instruments{between}Analog Devices"
            found = self.parts(tmp_path, maker=maker, mpn=f"TPS5430DDA{between}LT8645S")
            assert found == [("TPS5430DDA", "Texas Instruments", None), ("LT8645S", "Analog Devices", None)]

    @pytest.mark.parametrize(
        "mpn", ["2x TPS5430DDA", "TPS5430DDA x2", "TPS5430DDA (2 pcs)", "2 шт TPS5430DDA"]
    )
    def test_pieces_beside_a_part_number_are_pieces(self, tmp_path: Path, mpn: str) -> None:
        assert self.parts(tmp_path, mpn=mpn) == [("TPS5430DDA", None, 2)]
        assert self.parts(tmp_path, mpn=mpn, pieces="2") == [("TPS5430DDA", None, 2)]

    def test_pieces_that_contradict_each_other_are_unknown_and_listed(self, tmp_path: Path) -> None:
        assert self.parts(tmp_path, mpn="2x TPS5430DDA", pieces="1") == [("TPS5430DDA", None, None)]
        assert self.said() == ["line 2, pieces: the cell of the part numbers states 2 pieces"]

    def test_as_many_pieces_as_parts_are_one_each(self, tmp_path: Path) -> None:
        found = self.parts(tmp_path, mpn="TPS5430DDA, LM2596S", pieces="2")
        assert found == [("TPS5430DDA", None, 1), ("LM2596S", None, 1)]

    @pytest.mark.parametrize(
        "cells",
        [
            {"mpn": "TPS5430DDA or LM2596S"},
            {"mpn": "TPS5430DDA/LM2596S"},
            {"mpn": "TPS5430DDA, LM2596S", "pieces": "1"},
            {"mpn": "TPS5430DDA, LM2596S", "marking": "TPS5430"},
            {"mpn": "LM2596S, TO-263"},
        ],
    )
    def test_what_may_be_alternatives_is_one_component_without_a_part(
        self, tmp_path: Path, cells: dict[str, str]
    ) -> None:
        ((mpn, maker, _pieces),) = self.parts(tmp_path, maker="Texas Instruments", **cells)
        assert (mpn, maker) == (None, "Texas Instruments")
        (said,) = self.said()
        assert said.startswith("line 2, mpn: names ")

    def test_several_firms_for_one_part_are_no_firm(self, tmp_path: Path) -> None:
        assert self.parts(tmp_path, maker="Texas Instruments / Analog Devices", mpn="LT8645S") == [
            ("LT8645S", None, None)
        ]
        assert self.said() == ["line 2, maker: names several firms; whose part it is, is not stated"]

    def test_a_name_with_a_slash_is_one_firm(self, tmp_path: Path) -> None:
        assert self.parts(tmp_path, maker="M/A-COM", mpn="MAAP011289") == [("MAAP011289", "M/A-COM", None)]

    def test_a_maker_s_own_ordering_code_is_one_part(self, tmp_path: Path) -> None:
        assert self.parts(tmp_path, maker="Nexperia", mpn="BAT54H,115") == [("BAT54H,115", "Nexperia", None)]

    def test_alternatives_in_further_columns_are_listed_and_not_counted(self, tmp_path: Path) -> None:
        more = {"Manufacturer 2": "Analog Devices", "MPN 2": "LT8645S"}
        assert self.parts(tmp_path, maker="Texas Instruments", mpn="TPS5430DDA", **more) == [
            ("TPS5430DDA", "Texas Instruments", None)
        ]
        assert self.said() == [
            "line 2, Manufacturer 2: an alternative to the part that was found",
            "line 2, MPN 2: an alternative to the part that was found",
        ]

    def test_an_array_of_weapons_is_a_component_in_each(self, tmp_path: Path) -> None:
        row = {"found in": '["geran-2-uav", "geran-4-uav"]', "mpn": "TPS5430DDA", "id": "C-1"}
        found = read(
            write_list(tmp_path / "list.csv", [row, row | {"found in": '["geran-2-uav"]', "id": "C-2"}])
        )
        assert [(one.key, one.recovery.label) for one in found if isinstance(one, ComponentRecord)] == [
            ("C-1", "geran-2-uav"),
            ("C-1#2", "geran-4-uav"),
            ("C-2", "geran-2-uav"),
        ]

    def test_the_lines_of_a_marking_may_have_columns_of_their_own(self, tmp_path: Path) -> None:
        row = {"weapon": "Kh-101", "Marking": "TPS5430", "Top mark": "34K AGQ0"}
        (found,) = read(write_list(tmp_path / "list.csv", [row]))
        assert isinstance(found, ComponentRecord)
        assert found.marking == "TPS5430\n34K AGQ0"

    def test_two_columns_for_one_field_are_refused_by_name(self, tmp_path: Path) -> None:
        row = {"weapon": "Kh-101", "Serial": "7701", "S/N": "7702", "mpn": "TPS5430DDA"}
        with pytest.raises(BadInput, match=r"list\.csv:1: 2 columns mean serial: Serial, S/N"):
            read(write_list(tmp_path / "list.csv", [row]))


_CELL = st.sampled_from(
    ["", "AD8572", "С8051F120", "2235", "Analog Devices", "Kh-101", "7701", "[red]", "=1+1"]
)


class TestKeys:
    def test_a_column_of_its_own_is_the_key(self, tmp_path: Path) -> None:
        assert record(tmp_path, record_id="OSINT-7").key == "OSINT-7"
        assert record(tmp_path).key == "", "the import makes one of what does not change"

    @pytest.mark.parametrize(
        ("header", "cells"),
        [
            ("№", ("1", "2", "3")),
            ("No.", ("10", "20", "30")),
            ("ID", ("1001", "1002", "1003")),
            ("id", ("№ 1", "№ 2", "№ 3")),
            ("record", ("row 1", "row 2", "row 3")),
            ("number", ("1.", "2.", "3.")),
            ("id", ("U1", "U2", "C14")),
            ("id", ("NAV", "NAV", "NAV")),
            ("id", ("n/a", "-", "unknown")),
        ],
    )
    def test_a_column_that_numbers_rows_or_positions_is_not_one_of_keys(
        self, tmp_path: Path, header: str, cells: tuple[str, ...]
    ) -> None:
        rows = [
            {header: cell, "weapon": "Kh-101", "marking": f"A{place}"} for place, cell in enumerate(cells)
        ]
        found = read(write_list(tmp_path / "list.csv", rows))
        assert [each.key for each in found if isinstance(each, ComponentRecord)] == ["", "", ""]

    @pytest.mark.parametrize(
        "cells",
        [
            ("OSINT-7", "OSINT-8", "OSINT-19"),
            ("C0001", "C0002", "C0003"),
            ("https://e.org/1", "https://e.org/2", "https://e.org/3"),
            ("5d0c5a66-1c0e-4d43-a3a4-37c9e6c4c0aa", "8d0c5a66-1c0e-4d43-a3a4-37c9e6c4c0ab", "x-3"),
            ("88412", "104233", "970001"),
        ],
    )
    def test_a_column_of_the_lists_own_numbers_is(self, tmp_path: Path, cells: tuple[str, ...]) -> None:
        rows = [{"id": cell, "weapon": "Kh-101", "marking": f"A{place}"} for place, cell in enumerate(cells)]
        found = read(write_list(tmp_path / "list.csv", rows))
        assert tuple(each.key for each in found if isinstance(each, ComponentRecord)) == cells


class TestErrorValues:
    """A formula that failed says that somebody listed a component, and nothing of what it is."""

    @pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#Н/Д", "#ССЫЛКА!", "9.55E+12"])
    def test_a_row_with_nothing_else_is_a_component_of_which_nothing_is_known(
        self, tmp_path: Path, error: str
    ) -> None:
        found, said = odd(tmp_path, marking=error, mpn=error, pieces="4")
        assert (found.marking, found.mpn, found.maker, found.pieces) == (None, None, None, 4)
        assert [error in each for each in said] == [True, True]
        assert error in found.raw

    def test_the_other_rows_are_what_they_are(self, tmp_path: Path) -> None:
        rows = [
            {"weapon": "Kh-101", "marking": marking, "maker": maker}
            for marking, maker in (("#N/A", "#REF!"), ("AD8572", "#REF!"), ("#N/A", "Analog Devices"))
        ]
        found = read(write_list(tmp_path / "list.csv", rows))
        assert [
            (each.marking, each.maker and each.maker.brand)
            for each in found
            if isinstance(each, ComponentRecord)
        ] == [(None, None), ("AD8572", None), (None, "Analog Devices")]

    def test_a_refusal_names_the_cells_and_keeps_the_row_as_it_was(self, tmp_path: Path) -> None:
        row = {"weapon": "#N/A", "serial": "#REF!", "marking": "AD8572"}
        (found,) = read(write_list(tmp_path / "list.csv", [row]))
        assert isinstance(found, Rejected)
        assert "nothing says what it was found in" in found.reason
        assert "weapon: #N/A is an error" in found.reason
        assert "serial: #REF! is an error" in found.reason
        assert found.row == row

    def test_without_any_cell_about_it_a_row_is_refused(self, tmp_path: Path) -> None:
        assert reason(tmp_path, marking="", pieces="4").startswith("nothing about the component")
