"""What makes two rows one component or one recovery, and what does not: lists as people keep them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.importing.state import content, difference, rows_of
from tests.sources.lists import Row, write_list
from tests.support.commands import Outcome

Run = Callable[..., Outcome]
Import = Callable[..., Any]

NAMES = ("read", "new", "known", "changed", "repeated", "rejected")
SHAHED, KH = {"weapon": "Shahed-136", "serial": "M-101"}, {"weapon": "Kh-101", "serial": "77"}
TI, AD = {"manufacturer": "Texas Instruments"}, {"manufacturer": "Analog Devices"}


@pytest.fixture
def take(fresh: str, run: Run, tmp_path: Path) -> Import:
    """Imports rows as one list of one source; gives the six figures, or the whole summary."""

    def take(rows: list[Row], *, name: str = "list.csv", whole: bool = False) -> Any:
        file = write_list(tmp_path / name, rows)
        done = run(fresh, "import", "components", file, "--source", "s", "--no-read", "--format", "json")
        assert done.code == 0, done.err
        summary = done.json["rows"][0]
        return summary if whole else [summary[each] for each in NAMES]

    return take


def recoveries(address: str) -> list[tuple[str, str]]:
    return [(row.label, row.extent) for row in rows_of(address, "recovery")]


class TestRowsWithoutAKey:
    A: ClassVar[list[Row]] = [
        {"№": "1", **SHAHED, "marking": "TPS5430DDA", **TI},
        {"№": "2", **SHAHED, "marking": "ADXL357B", **AD},
        {"№": "3", **SHAHED, "marking": "MAX3232", **TI},
    ]
    B: ClassVar[list[Row]] = [
        {"№": "1", **KH, "marking": "AD7606BSTZ", **AD},
        {"№": "2", **KH, "marking": "XC3S250E", **TI},
        {"№": "3", **KH, "marking": "MT41K128M16", **TI},
    ]

    def test_the_numbers_of_two_lists_are_not_keys(self, fresh: str, take: Import) -> None:
        assert take(self.A, name="a.csv") == [3, 3, 0, 0, 0, 0]
        assert take(self.B, name="b.csv") == [3, 3, 0, 0, 0, 0]
        assert take(self.A, name="a.csv") == [3, 0, 3, 0, 0, 0]
        assert len(rows_of(fresh, "component")) == 6

    def test_a_row_put_in_between_renumbers_the_others_and_changes_none(self, take: Import) -> None:
        take(self.A)
        rows = [self.A[0], {"№": "2", **SHAHED, "marking": "LM358", **TI}]
        rows += [self.A[1] | {"№": "3"}, self.A[2] | {"№": "4"}]
        assert take(rows) == [4, 1, 3, 0, 0, 0]

    def test_a_corrected_cell_is_a_change(self, fresh: str, take: Import) -> None:
        dated = [row | {"date code": "2235", "note": ""} for row in self.A]
        take(dated, name="first.csv")
        corrected = [dated[0], dated[1] | {"date code": "2236"}, dated[2]]
        assert take(corrected, name="second.csv") == [3, 0, 2, 1, 0, 0]
        assert take(corrected[::-1], name="third.csv") == [3, 0, 3, 0, 0, 0]
        assert sorted(row.date_code for row in rows_of(fresh, "component")) == ["2235", "2235", "2236"]

    def test_a_corrected_list_of_one_row_is_known_by_its_name(self, take: Import) -> None:
        row = {**SHAHED, "marking": "LM358", **TI}
        take([row | {"lot": "A1"}], name="wreck.csv")
        assert take([row | {"lot": "A2"}], name="wreck.csv") == [1, 0, 0, 1, 0, 0]

    def test_another_list_with_a_like_row_adds_a_piece_and_says_so(self, fresh: str, take: Import) -> None:
        row = {**SHAHED, "marking": "LM358", **TI}
        take([row | {"lot": "A1"}], name="board a.csv")
        summary = take([row | {"lot": "B7"}], name="board b.csv", whole=True)
        assert (summary["new"], summary["changed"]) == (1, 0)
        assert [item["text"] for item in summary["review"]] == ["Shahed-136 M-101: LM358"]
        assert {component.lot for component in rows_of(fresh, "component")} == {"A1", "B7"}

    def test_equal_rows_are_as_many_pieces(self, fresh: str, take: Import) -> None:
        ram = {**SHAHED, "marking": "K4B2G1646F", **TI}
        summary = take([ram] * 4, whole=True)
        assert (summary["new"], summary["repeated"]) == (4, 0)
        assert [(item["text"], item["components"]) for item in summary["review"]] == [
            ("Shahed-136 M-101: K4B2G1646F", 3)
        ]
        assert take([ram] * 4) == [4, 0, 4, 0, 0, 0]
        assert take([ram] * 5) == [5, 1, 4, 0, 0, 0]

    def test_a_row_that_comes_twice_with_its_number_is_repeated(self, take: Import) -> None:
        assert take([*self.A, self.A[2]]) == [4, 3, 0, 0, 1, 0]

    def test_columns_in_another_order_change_nothing(self, fresh: str, take: Import) -> None:
        take(self.A)
        before = content(fresh)
        turned = [dict(reversed(row.items())) for row in reversed(self.A)]
        assert take(turned) == [3, 0, 3, 0, 0, 0]
        assert difference(before, content(fresh)) == {}

    def test_what_an_earlier_version_loaded_by_content_is_known(self, fresh: str, take: Import) -> None:
        """Records under the keys that rows had before: they get their own, and nothing is loaded twice."""
        import json

        from sqlalchemy import update

        from provenance.schema.engines import writing_engine
        from provenance.schema.session import session_scope
        from provenance.schema.sources import Citation
        from provenance.sources.cells import content_key

        rows = [{**SHAHED, "marking": "LM358", **TI}, {**KH, "marking": "LM317", **TI}]
        take(rows)
        engine = writing_engine(fresh)
        with session_scope(engine) as session:
            for cited in rows_of(fresh, "citation"):
                if cited.component_id is not None:
                    former = content_key(json.loads(cited.raw_text))
                    session.execute(update(Citation).where(Citation.id == cited.id).values(record_key=former))
        engine.dispose()
        assert take(rows) == [2, 0, 2, 0, 0, 0]
        assert take([rows[0] | {"lot": "Z"}, rows[1]]) == [2, 0, 1, 1, 0, 0]


class TestDesignators:
    ROWS: ClassVar[list[Row]] = [
        {**SHAHED, "ref": "U1", **TI, "mpn": "TPS5430DDA"},
        {**SHAHED, "ref": "U2", **AD, "mpn": "ADXL357B"},
        {"weapon": "Shahed-136", "serial": "M-102", "ref": "U1", **TI, "mpn": "STM32F407VGT6"},
        {"weapon": "Shahed-136", "serial": "M-102", "ref": "U2", **AD, "mpn": "MAX3232ECD"},
    ]

    @pytest.mark.parametrize("header", ["ref", "id", "№", "Designator"])
    def test_u1_of_another_wreck_is_another_component(self, fresh: str, take: Import, header: str) -> None:
        rows = [{header if name == "ref" else name: cell for name, cell in row.items()} for row in self.ROWS]
        assert take(rows) == [4, 4, 0, 0, 0, 0]
        assert (len(rows_of(fresh, "component")), len(rows_of(fresh, "recovery"))) == (4, 2)
        assert take(rows[:2], name="one.csv") == [2, 0, 2, 0, 0, 0]
        assert take(rows[2:], name="other.csv") == [2, 0, 2, 0, 0, 0]

    def test_a_corrected_part_number_at_its_position_is_a_change(self, take: Import) -> None:
        take(self.ROWS)
        corrected = [self.ROWS[0] | {"mpn": "TPS5430DDAR"}, *self.ROWS[1:]]
        assert take(corrected) == [4, 0, 3, 1, 0, 0]


class TestRecoveries:
    def test_spellings_of_one_number_are_one_specimen(self, fresh: str, take: Import) -> None:
        spellings = (
            ("Shahed-136", "M-101"), ("Shahed-136", "M\u2011101"), ("Shahed-136", "\u041c-101"),
            ("Shahed-136", "M\u200b-101"), ("Shahed -136", "M-101"), ("Shahed 136", "M 101"),
            ("Shahed-136", "m-101"), ("Shahed-136", "M–101"), ("Shahed-136", "№ M-101"),
            ("Шахед-136", "S/N M101"),
        )  # fmt: skip
        rows = [
            {"weapon": weapon, "serial": serial, "marking": f"A{place}", **TI}
            for place, (weapon, serial) in enumerate(spellings)
        ]
        summary = take(rows, whole=True)
        assert summary["new"] == 10
        assert [row.value for row in rows_of(fresh, "recovery_serial")] == ["M-101"]
        (recovery,) = rows_of(fresh, "recovery")
        assert {component.recovery_id for component in rows_of(fresh, "component")} == {recovery.id}
        assert take(rows[::-1]) == [10, 0, 10, 0, 0, 0]

    @pytest.mark.parametrize(("one", "other"), [("10-1", "101"), ("1.5", "15"), ("12/3", "123")])
    def test_numbers_that_differ_by_what_stands_between_digits(
        self, fresh: str, take: Import, one: str, other: str
    ) -> None:
        take([KH | {"serial": number, "marking": "LM358", **TI} for number in (one, other)])
        assert len(rows_of(fresh, "recovery")) == 2

    def test_one_number_on_two_weapons_is_two_wrecks(self, fresh: str, take: Import) -> None:
        take([{"weapon": weapon, "serial": "77", "marking": "LM358"} for weapon in ("Kh-101", "Orlan-10")])
        assert len(rows_of(fresh, "recovery")) == 2

    def test_without_a_number_the_occasion_tells_wrecks_apart(self, fresh: str, take: Import) -> None:
        rows = [
            {"weapon": "Kh-101", "serial": number, "recovered": day, "place": place, "marking": marking, **TI}
            for number, day, place, marking in (
                ("unknown", "2024-01-02", "Kyiv", "TPS5430DDA"),
                ("unknown", "2024-01-02", "Kyiv", "LM358"),
                ("n/a", "2024-03-21", "Kharkiv", "ADXL357B"),
                ("н/д", "2024-05-08", "Odesa", "MAX3232"),
                ("-", "", "", "LM317"),
                ("", "", "", "LM393"),
            )
        ]
        take(rows)
        assert recoveries(fresh) == [
            ("Kh-101, Kyiv, 2024-01-02", "unstated"),
            ("Kh-101, Kharkiv, 2024-03-21", "unstated"),
            ("Kh-101, Odesa, 2024-05-08", "unstated"),
            ("Kh-101", "model"),
        ]

    def test_what_a_spreadsheet_left_of_a_number_matches_nothing(self, fresh: str, take: Import) -> None:
        rows = [
            {"weapon": "Kh-101", "serial": number, "recovered": day, "marking": "LM358", **TI}
            for number, day in (("3.15264E+12", "2024-01-02"), ("3.15264E+12", "2024-01-09"))
        ]
        take(rows)
        assert rows_of(fresh, "recovery_serial") == []
        assert len(rows_of(fresh, "recovery")) == 2

    def test_wrecks_that_a_list_only_numbers_are_not_those_of_another_list(
        self, fresh: str, take: Import
    ) -> None:
        for name, weapon in (("a.csv", "Kh-101"), ("b.csv", "Shahed-136")):
            take([{"wreck": "1", "weapon": weapon, "marking": "LM358", **TI}], name=name)
        assert [label for label, _extent in recoveries(fresh)] == ["Kh-101 1", "Shahed-136 1"]
