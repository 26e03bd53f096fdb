from __future__ import annotations

import pytest

from provenance.text.entry_facts import (
    EntrySerial,
    read_aside,
    take_airframe_numbers,
    take_dates,
    take_serials,
)


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("Kh-22 No. 14662", EntrySerial("serial", "14662")),
        ("Kh-22 №14662", EntrySerial("serial", "14662")),
        ("radio, S/N 77-A12", EntrySerial("serial", "77-A12")),
        ("tail number 20385", EntrySerial("tail", "20385")),
        ("chassis number 123АВ45", EntrySerial("chassis", "123АВ45")),
        ("sample No. 2", EntrySerial("sample", "2")),
    ],
)
def test_a_number_is_taken_out_with_the_word_that_calls_it_one(text: str, serial: EntrySerial) -> None:
    rest, serials = take_serials(text)
    assert serials == (serial,)
    assert serial.value not in rest
    assert len(rest) == len(text)


@pytest.mark.parametrize(
    "text", ["9-S-7760", "type No. 5", "lot No. 12", "157 components", "no smoking", "14Ц822"]
)
def test_what_is_not_a_serial_number_stays(text: str) -> None:
    assert take_serials(text) == (text, ())


def test_serial_numbers_keep_their_order() -> None:
    _, serials = take_serials("No. 3, tail number 1 and No. 2")
    assert [serial.value for serial in serials] == ["3", "1", "2"]


def test_a_series_letter_with_its_number_is_a_tail_number() -> None:
    assert take_airframe_numbers("Ы-1276")[1] == (EntrySerial("tail", "Ы-1276"),)
    assert take_airframe_numbers("R-60")[1] == ()


def test_a_date_is_taken_out_with_the_words_that_belong_to_it() -> None:
    rest, dates, place = take_dates("Kh-22 captured near Izium in September 2022", day_first=True)
    assert rest.strip() == "Kh-22"
    assert [found.as_written for found in dates] == ["captured near Izium in September 2022"]
    assert place == "Izium"


def test_an_aside_is_sorted_by_what_it_says() -> None:
    aside = read_aside("index 14Ц899, No. 7527, Chernihiv, used on 19.08.2023", day_first=True)
    assert aside.names == ("14Ц899",)
    assert aside.serials == (EntrySerial("serial", "7527"),)
    assert aside.place == "Chernihiv"
    assert [found.kind for found in aside.dates] == ["used"]


def test_an_explanation_after_a_colon_is_ignored() -> None:
    aside = read_aside("provides: protocols of R-168-25U-2, R-168-5UV", day_first=True)
    assert (aside.names, aside.variant, aside.serials) == ((), None, ())
