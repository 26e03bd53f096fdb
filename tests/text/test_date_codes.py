"""Reading date codes: intervals, doubt, and what is no date."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.date_codes import DateBounds, DateReading, formats_of, read_date_codes
from provenance.text.markings import read_marking
from provenance.text.partial_dates import DateSpan

TODAY = date(2026, 6, 1)
with (Path(__file__).resolve().parents[2] / "seed" / "date_code_format.csv").open(encoding="utf-8") as _file:
    SHIPPED_ROWS = list(csv.DictReader(_file))
SHIPPED = formats_of(SHIPPED_ROWS)


def read(
    marking: str, *makers: str, parts: tuple[str, ...] = (), bounds: DateBounds | None = None
) -> tuple[DateReading, ...]:
    return read_date_codes(read_marking(marking), SHIPPED, makers, bounds, parts, today=TODAY)


def spans(readings: tuple[DateReading, ...]) -> list[tuple[str, str]]:
    return [(str(each.span.earliest), str(each.span.latest)) for each in readings]


def test_number_sign_year_and_week() -> None:
    readings = read("ADM3202 ARNZ #2135", "analog-devices", parts=("ADM3202ARNZ",))
    assert spans(readings) == [("2021-08-30", "2021-09-05")]
    assert readings[0].doubt == 0
    assert "#2135" in readings[0].reason


def test_a_one_digit_year_has_a_reading_each_decade_newest_first() -> None:
    found = spans(read("AD22100STZ #906", "analog-devices"))
    assert found[:2] == [("2019-02-04", "2019-02-10"), ("2009-02-02", "2009-02-08")]


def test_digits_on_a_part_numbered_in_cyrillic_may_also_be_month_and_year() -> None:
    # 0501 on a Russian connector: week 1 of 2005, or May 2001; neither is believed over the other.
    readings = read("РП15-50ШВ-В / 0501")
    assert spans(readings) == [("2005-01-03", "2005-01-09"), ("2001-05-01", "2001-05-31")]
    assert [each.doubt for each in readings] == [2, 2]
    assert "month and year" in readings[1].reason
    # Look-alike letters make no Russian part, and there is no month 22.
    assert spans(read("С8051F120 0501")) == [("2005-01-03", "2005-01-09")]
    assert spans(read("РП15-50ШВ-В 2213")) == [("2022-03-28", "2022-04-03")]


def test_bounds_take_readings_away_and_cut_what_straddles_them() -> None:
    bounds = DateBounds(date(2005, 1, 1), date(2019, 2, 6))
    assert spans(read("AD22100STZ #906", bounds=bounds)) == [
        ("2019-02-04", "2019-02-06"),
        ("2009-02-02", "2009-02-08"),
    ]
    assert read("#2135", bounds=DateBounds(latest=date(2020, 1, 1))) == ()


@pytest.mark.parametrize("code", ["2100", "2154", "2153", "2199"])
def test_a_week_that_the_year_does_not_have_is_not_a_date(code: str) -> None:
    assert read(f"ADM3202ARNZ {code}", parts=("ADM3202ARNZ",)) == ()


def test_week_53_is_read_where_the_year_has_it() -> None:
    assert spans(read("ADM3202ARNZ 2053")) == [("2020-12-28", "2021-01-03")]


@pytest.mark.parametrize(
    ("marking", "parts"),
    [("TEN 20-2412", ("TEN20-2412",)), ("DS2431", ("DS2431",)), ("SX 1212", ("SX1212",)), ("SX 1212", ())],
)
def test_a_part_number_that_looks_like_a_date_is_none(marking: str, parts: tuple[str, ...]) -> None:
    assert read(marking, parts=parts) == ()


@pytest.mark.parametrize(
    ("marking", "maker", "first", "last"),
    [
        ("PIC16F877 1727B81", "microchip", "2017-07-03", "2017-07-09"),
        ("XC2V500 FG256AFT1441", "xilinx", "2014-10-06", "2014-10-12"),
        ("EP4CGX110DF31I7N CAAAF2043E", "altera", "2020-10-19", "2020-10-25"),
        ("74ABT125D FnG1740B", "nxp", "2017-10-02", "2017-10-08"),
        ("MAX3160EAP 1612", "maxim-integrated", "2016-03-21", "2016-03-27"),
        ("EPC2LI20N U HAF481813A", "altera", "2018-03-26", "2018-04-01"),
        ("ACT244 PXW1834G", "onsemi", "2018-08-20", "2018-08-26"),
        ("HX5006NL 1841-H CHINA", "pulse-electronics", "2018-10-08", "2018-10-14"),
        ("88E1111-BAB1 2025 B2P TW", "marvell", "2020-06-15", "2020-06-21"),
        ("STM32F405 RGT6 7B29N VG PHL 7B 233", "stmicroelectronics", "2022-08-15", "2022-08-21"),
        ("TMS320F28335PGFA G4A-22AXTXW", "texas-instruments", "2022-02-01", "2022-02-28"),
    ],
)
def test_traces_of_the_makers(marking: str, maker: str, first: str, last: str) -> None:
    assert (first, last) in spans(read(marking, maker))


def test_texas_instruments_months_come_back_every_ten_years() -> None:
    found = read("LVC245 33K G4", "texas-instruments", parts=("LVC245",))
    assert spans(found)[:2] == [("2023-03-01", "2023-03-31"), ("2013-03-01", "2013-03-31")]
    assert "ten years" in found[0].reason


def test_a_makers_own_format_outweighs_bare_digits() -> None:
    found = read("ADXL357B #2207 1612", "analog-devices")
    assert {each.mark for each in found} == {"#2207"}


def test_four_bare_digits_say_that_they_are_in_doubt() -> None:
    assert "can also be something else" in read("NVP2441H 1612")[0].reason


def test_digits_after_package_letters_are_a_date_and_after_a_short_prefix_a_part() -> None:
    behind = read("MAX1715 EEI 1936", "maxim-integrated", parts=("MAX1715EEI", "MAX1715"))
    assert (spans(behind)[0][0], behind[0].doubt) == ("2019-09-02", 1)
    assert read("Radio SX 1276 1212", "semtech", parts=("SX1276",))[0].mark == "1212"


@pytest.mark.parametrize(
    ("marking", "maker", "doubt"),
    [
        ("CTS23CB3 2226", "cts", 1),
        ("CTS23CB3 2226", "", 2),
        ("2226 CTS23CB3", "cts", 2),
        ("CTS23CB3 8843", "cts", 2),
        ("CTS23CB3 2226", "stmicroelectronics", 2),
    ],
)
def test_year_and_week_of_a_maker_without_a_way_of_its_own(marking: str, maker: str, doubt: int) -> None:
    """Believed behind its part number, from 2000 on, of a known maker who is not known to write otherwise."""
    found = read(marking, *filter(None, [maker]), parts=("CTS23CB3",))
    assert {each.doubt for each in found} == {doubt}


def test_without_formats_no_mark_is_a_date() -> None:
    assert read_date_codes(read_marking("ADM3202 #2135"), (), today=TODAY) == ()


@pytest.mark.parametrize("row", SHIPPED_ROWS, ids=lambda row: row["key"])
def test_a_shipped_formats_example_shows_its_pattern(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"])


def test_codes_that_are_not_dates_are_not_formats() -> None:
    assert "micron-fbga" not in {form.key for form in SHIPPED}


def test_a_format_without_a_year_is_refused_by_name() -> None:
    row = {"key": "odd", "organization": "", "pattern": r"(?P<week>\d{2})", "name": "week", "reading": "yyww"}
    with pytest.raises(ValueError, match="date-code format odd"):
        formats_of([row])


@given(st.text(max_size=200), st.sampled_from(["", "texas-instruments", "stmicroelectronics", "nxp"]))
def test_no_text_fails_and_no_reading_lies_in_the_future(text: str, maker: str) -> None:
    for each in read(text, maker):
        assert each.span.earliest and each.span.latest
        assert date(1970, 1, 1) <= each.span.earliest <= each.span.latest <= TODAY


@pytest.mark.parametrize(
    ("marking", "maker", "parts", "first"),
    [
        ("12F683 I/SN1914 CRG", "microchip", ("12F683",), "2019-04-01"),
        ("Si8410AB 1503DF", "silicon-labs", ("SI8410AB",), "2015-01-12"),
        ("02ARV3KG4 ABT16245A", "texas-instruments", ("ABT16245A",), "2020-02-01"),
        ("D9LRB 9FX27", "micron", (), "2019-03-11"),
        ("MAX788AEWE 1545", "maxim-integrated", ("MAX788AEWE",), "2015-11-02"),
    ],
)
def test_codes_joined_to_package_lot_or_trace(
    marking: str, maker: str, parts: tuple[str, ...], first: str
) -> None:
    found = read(marking, maker, parts=parts)
    assert spans(found)[0][0] == first
    assert {each.doubt for each in found} == {1}


@pytest.mark.parametrize(
    "marking", ["32K x 16 flash memory", "8CH driver", "74HT541", "106 16K 315", "ADUC831BS 0054"]
)
def test_what_only_looks_like_a_trace_is_not_a_date(marking: str) -> None:
    assert read(marking, "texas-instruments") == ()


def test_bare_digits_are_believed_after_the_part_number_of_a_maker_that_writes_so() -> None:
    before = read("1907 ADM211", "analog-devices", parts=("ADM211",))
    assert [each.doubt for each in before] == [2]
    assert [each.doubt for each in read("ADM211 1907", "analog-devices", parts=("ADM211",))] == [1]
    assert [each.doubt for each in read("ADM211 1907", "texas-instruments", parts=("ADM211",))] == [2]


def test_bare_digits_older_than_surface_mount_are_not_believed() -> None:
    assert [each.doubt for each in read("ADUC831 8052", "analog-devices", parts=("ADUC831",))] == [2]


@given(st.dates(date(1975, 1, 1), date(2026, 1, 1)), st.sampled_from(["#906", "#2135", "#0001", "#1510"]))
def test_an_introduction_takes_away_and_never_adds(first: date, code: str) -> None:
    free = [each.span for each in read(f"AD22100STZ {code}", "analog-devices")]
    introduced = DateBounds(part="AD22100STZ", introduced=DateSpan(first, None))
    bounded = read(f"AD22100STZ {code}", "analog-devices", bounds=introduced)
    assert [each.span for each in bounded] == [
        DateSpan(max(span.earliest, first), span.latest)
        for span in free
        if span.earliest and span.latest and span.latest >= first
    ]
    changed = [each.span for each in bounded] != free
    assert all(("not before AD22100STZ was introduced" in each.reason) is changed for each in bounded)


def test_where_the_part_came_after_the_last_possible_day_there_is_no_date() -> None:
    day = date(2021, 9, 3)
    bounds = DateBounds(latest=date(2021, 9, 2), part="AD22100STZ", introduced=DateSpan(day, day))
    assert read("AD22100STZ #2135", "analog-devices", bounds=bounds) == ()
