"""A part's introduction bounds the dates of a marking that settles which part it is."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from provenance.identify.answers import MarkingQuery
from provenance.identify.catalogue import CatalogueEntry
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge
from provenance.identify.names import MakerNames
from provenance.identify.rules import RuleBook, read_rules
from provenance.text.date_codes import DateBounds, DateReading, formats_of
from provenance.text.partial_dates import UNKNOWN, DateSpan, parse_partial_date
from tests.support.listed_parts import ListedParts

TODAY = date(2026, 6, 1)
SEED = Path(__file__).resolve().parents[2] / "seed"
KNOWLEDGE = Knowledge(RuleBook(read_rules(SEED / "marking_rule.csv")), MakerNames([]))
with (SEED / "date_code_format.csv").open(encoding="utf-8") as _file:
    FORMATS = formats_of(csv.DictReader(_file))
BY_2020 = DateBounds(latest=date(2020, 12, 31))


def part(mpn: str, introduced: str, maker: str = "analog-devices") -> CatalogueEntry:
    return CatalogueEntry(mpn, maker, parse_partial_date(introduced))


def dates(
    marking: str, *listed: CatalogueEntry, maker: str = "", part_known: bool = False
) -> list[DateReading]:
    reader = Identifier(KNOWLEDGE, ListedParts(listed), FORMATS, today=TODAY)
    asked = MarkingQuery(marking, BY_2020, maker, part_known)
    return list(next(iter(reader.identify_all([asked]))).dates)


def years(found: list[DateReading]) -> list[str]:
    return [str(each.span.earliest)[:4] for each in found]


def test_a_reading_before_the_introduction_is_left_out_and_the_reason_says_so() -> None:
    """#906 is week 6 of 2019, 2009, 1999, 1989 or 1979; of a part introduced in 2005, of 2019 or 2009."""
    found = dates("ADXL345 #906", part("ADXL345", "2005"))
    assert years(found) == ["2019", "2009"]
    assert all(each.reason.endswith("; not before ADXL345 was introduced, 2005") for each in found)
    assert "one of 2 readings" in found[0].reason
    assert years(dates("ADXL345 #906", part("ADXL345", ""))) == ["2019", "2009", "1999", "1989", "1979"]


def test_a_reading_that_straddles_the_introduction_is_cut() -> None:
    found = dates("ADXL345 #1510", part("ADXL345", "2015-03-04"))  # week 10 of 2015 is 2 to 8 March
    assert [each.span for each in found] == [DateSpan(date(2015, 3, 4), date(2015, 3, 8))]
    assert found[0].reason.endswith("; not before ADXL345 was introduced, 2015-03-04")


def test_the_reason_names_the_introduction_only_where_it_removed_something() -> None:
    found = dates("ADXL345 #1710", part("ADXL345", "2015"))
    assert years(found) == ["2017"]
    assert "introduced" not in found[0].reason


@pytest.mark.parametrize("introduced", ["", "until 2015"])
def test_an_introduction_without_a_first_day_bounds_nothing(introduced: str) -> None:
    assert years(dates("ADXL345 #1210", part("ADXL345", introduced))) == ["2012"]


def test_all_readings_before_it_leave_none() -> None:
    assert dates("ADXL345 #1210", part("ADXL345", "2015")) == []
    assert dates("ADXL345 #2010", part("ADXL345", "2021")) == []  # introduced after it was found


def test_a_base_part_settles_nothing_nor_do_two_parts_that_fit_as_well() -> None:
    assert years(dates("ADXL345 #1210", part("ADXL345BCCZ", "2015"))) == ["2012"]
    one, other = (
        part("SN74LVC14APWR", "2015", "texas-instruments"),
        part("SN74LVC14AD", "1995", "texas-instruments"),
    )
    assert years(dates("LVC14A #1210", one)) == []
    assert years(dates("LVC14A #1210", one, other)) == ["2012"]


def test_a_candidate_that_is_only_possible_bounds_nothing() -> None:
    shared = [part("QRZ7788AB", "2015", maker) for maker in ("maker-one", "maker-two")]
    found = Identifier(KNOWLEDGE, ListedParts([], {"A7W": shared}), FORMATS, today=TODAY).identify(
        "A7W #1210"
    )
    assert found.candidates[0].confidence == "possible"
    assert years(list(found.dates)) == ["2012"]


def test_a_part_on_record_or_another_maker_goes_before_the_marking() -> None:
    entry = part("ADXL345", "2015")
    assert years(dates("ADXL345 #1210", entry, part_known=True)) == ["2012"]
    assert years(dates("ADXL345 #1210", entry, maker="texas-instruments")) == ["2012"]
    assert years(dates("ADXL345 #1210", entry, maker="analog-devices")) == []


def test_a_part_by_its_top_code_bounds_as_any_other() -> None:
    entry = CatalogueEntry("TPS2051BDBV", "texas-instruments", parse_partial_date("2015"))
    reader = Identifier(KNOWLEDGE, ListedParts([entry], {"PLFI": [entry]}), FORMATS, today=TODAY)
    assert reader.identify("PLFI #1210").dates == ()
    assert years(list(reader.identify("PLFI #1710").dates)) == ["2017"]
    assert reader.identify("PLFI").candidates[0].introduced != UNKNOWN
