"""Customs declarations as they are: the part, its maker and the firms stand in words and numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Outcome, run

HEADER = (
    "Номер декларации;Дата регистрации;Отправитель;Получатель;ИНН получателя;Код ТН ВЭД;Описание товара;"
    "Торговая марка\n"
)
ONE, OTHER = "7707083893", "7728168971"
"""Two tax numbers whose check digits are right."""


def line(number: int, goods: str, *, maker: str = "", inn: str = "", buyer: str = "ООО ПРИМЕР") -> str:
    return (
        f"10013160/150323/3123456/{number};15.03.2023;LOTUS CO LTD;{buyer};{inn};8542399010;{goods};{maker}\n"
    )


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    def do(*lines: str) -> tuple[str, Outcome]:
        database, file = str(tmp_path / "a.db"), tmp_path / "d.csv"
        file.write_text(HEADER + "".join(lines), encoding="utf-8")
        assert run(database, "init").code == 0
        done = run(database, "import", "transfers", file, "--source", "d", "--publisher", "P", "--title", "T")
        assert done.code == 0, done.err
        return database, done

    return do


def parts(database: str) -> dict[str, tuple[str | None, str]]:
    rows = run(database, "list", "transfers", "--format", "json").rows
    return {row["goods"]: (row["part"], row["evidence_class"]) for row in rows}


SAME_PART, SAME_CODE = "trade_record_same_part", "trade_record_same_hs"


def test_a_line_that_names_its_part_in_words_is_of_that_part(imported: Any) -> None:
    stated = {
        "МИКРОСХЕМЫ, АРТ. AD9361BBCZ, 20 ШТ": ("AD9361BBCZ", SAME_PART),
        # Typed with Cyrillic letters that look like Latin ones.
        "ИМС, АРТИКУЛ: АD9361ВВСZ": ("AD9361BBCZ", SAME_PART),
        # A part on record by now; the other numbers are a package and a standard.
        "ИМС AD9361BBCZ BGA-144 RS-485": ("AD9361BBCZ", SAME_PART),
        # Two parts: whose the quantity is, is not stated.
        "АРТ. AD9361BBCZ, АРТ. LM358DR": (None, SAME_CODE),
        "ИМС LM358DR И AD9361BBCZ": (None, SAME_CODE),
        # Nothing says that this is a part number.
        "БЛОК ПИТАНИЯ KX7734DD": (None, SAME_CODE),
        "КОНДЕНСАТОРЫ 100V 10UF SOT-23": (None, SAME_CODE),
    }
    database, done = imported(*(line(place, goods) for place, goods in enumerate(stated, start=1)))
    assert parts(database) == stated
    assert "part number read in the words" in done.out
    assert "several part numbers" in done.out


def test_a_maker_beside_it_makes_the_only_number_a_part(imported: Any) -> None:
    database, _done = imported(line(1, "МИКРОСХЕМЫ ADM3202ARNZ - 1200 ШТ", maker="ANALOG DEVICES"))
    assert parts(database) == {"МИКРОСХЕМЫ ADM3202ARNZ - 1200 ШТ": ("ADM3202ARNZ", SAME_PART)}
    (row,) = run(database, "exposure", "Analog Devices", "--format", "json").json["transfers"]
    assert row["found_by"] == ["part"]


def test_the_goods_lines_of_a_declaration_are_one_document(imported: Any) -> None:
    database, _done = imported(*(line(number, f"КОНДЕНСАТОРЫ {number}") for number in (1, 2, 3)))
    (document,) = run(database, "list", "documents", "--format", "json").rows
    assert (document["reference"], document["transfers"]) == ("10013160/150323/3123456", 3)


def test_a_tax_number_joins_two_names_and_parts_two_firms_of_one(imported: Any) -> None:
    database, done = imported(
        line(1, "А", inn=ONE),
        line(2, "Б", inn=ONE, buyer="PRIMER TRADING HOUSE"),
        line(3, "В", inn=OTHER),
    )
    rows = run(database, "exposure", "ООО ПРИМЕР", "--format", "json").json
    assert len(rows["transfers"]) == 2
    assert {"PRIMER TRADING HOUSE", "ООО ПРИМЕР"} <= {name["name"] for name in rows["names"]}
    assert "another number of the same kind" in done.out
