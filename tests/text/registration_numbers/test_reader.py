"""Numbers as lists, letters and customers write them, and the scheme, value and check digits of each."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provenance.text.registration_numbers import (
    RegistrationNumber,
    header_label,
    read_labelled_numbers,
    read_numbers,
    read_stored,
)

VALID, INVALID, OPEN = "valid", "invalid", "unverifiable"


def told(*numbers: RegistrationNumber) -> list[tuple[str | None, str, str | None, str]]:
    return [(one.scheme, one.value, one.place, one.validity.value) for one in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Russia: a lost zero, the KPP behind, labels in two scripts, several in a cell.
        ("INN 274051582", [("INN", "0274051582", "RU", VALID)]),
        ("ИНН: 7705034202", [("INN", "7705034202", "RU", VALID)]),
        ("ИНН ７７０５０３４２０２", [("INN", "7705034202", "RU", VALID)]),
        ("INN 7705034203", [("INN", "7705034203", "RU", INVALID)]),
        ("INN 7705034202/770501001", [("INN", "7705034202", "RU", VALID), ("KPP", "770501001", "RU", OPEN)]),
        ("ИНН/КПП 7705034202 / 770501001",
         [("INN", "7705034202", "RU", VALID), ("KPP", "770501001", "RU", OPEN)]),
        ("INN: 7705034202 KPP: 770501001 OGRN: 1027700132195",
         [("INN", "7705034202", "RU", VALID), ("KPP", "770501001", "RU", OPEN),
          ("OGRN", "1027700132195", "RU", VALID)]),
        ("INN 7705034202, OGRN 1027700132195",
         [("INN", "7705034202", "RU", VALID), ("OGRN", "1027700132195", "RU", VALID)]),
        ("7705034202, 1027700132195",
         [(None, "7705034202", None, OPEN), (None, "1027700132195", None, OPEN)]),
        ("7705034202 (Tax ID/INN)", [("INN", "7705034202", "RU", VALID)]),
        ("ОГРНИП 304500116000157", [("OGRNIP", "304500116000157", "RU", VALID)]),
        ("ОКПО 57972160", [("OKPO", "57972160", "RU", VALID)]),
        # Ukraine, Belarus, Kazakhstan.
        ("ЄДРПОУ 191158", [("EDRPOU", "00191158", "UA", VALID)]),
        ("Tax ID No. 32855961 (Ukraine)", [("EDRPOU", "32855961", "UA", VALID)]),
        ("РНОКПП 1759013776", [("RNTRC", "1759013776", "UA", VALID)]),
        ("УНП 190950895", [("UNP", "190950895", "BY", INVALID)]),
        ("190950894 (Belarus); 7704734000/770301001 (Russia)",
         [("UNP", "190950894", "BY", VALID), ("INN", "7704734000", "RU", VALID),
          ("KPP", "770301001", "RU", OPEN)]),
        # China and Hong Kong.
        ("统一社会信用代码：91110000600037341L", [("USCC", "91110000600037341L", "CN", VALID)]),
        ("USCC 91110000600037341L (China)", [("USCC", "91110000600037341L", "CN", VALID)]),
        ("BRN 12345678-000-01-23-4", [("BRN", "12345678", "HK", OPEN)]),
        ("12345678-000-01-23-4", [("BRN", "12345678", "HK", OPEN)]),
        ("CR 31814; BR 55667788-000", [("CR", "31814", "HK", OPEN), ("BRN", "55667788", "HK", OPEN)]),
        ("C.R. No. 66488 (United Arab Emirates)", [("CR", "66488", "AE", OPEN)]),
        # Türkiye, Iran, the Emirates.
        ("Vergi No 3880233673", [("VKN", "3880233673", "TR", VALID)]),
        ("Mersis No: 0388023367300019", [("MERSIS", "0388023367300019", "TR", VALID)]),
        ("National ID No. 10100722073 (Iran)", [("IR FIRM", "10100722073", "IR", VALID)]),
        ("Trade License No. 229172 (UAE)", [("LICENCE", "229172", "AE", OPEN)]),
        # Ships, their owners, and worldwide schemes.
        ("IMO9074729", [("IMO", "9074729", None, VALID)]),
        ("Vessel Registration Identification IMO 9187629", [("IMO", "9187629", None, VALID)]),
        ("Identification Number IMO 5342883", [("IMO COMPANY", "5342883", None, VALID)]),
        ("IMO 9187628", [("IMO", "9187628", None, INVALID)]),
        ("MMSI 636012345", [("MMSI", "636012345", None, OPEN)]),
        ("LEI 213800KUD8LAJWSQ9D15", [("LEI", "213800KUD8LAJWSQ9D15", None, VALID)]),
        ("213800KUD8LAJWSQ9D15", [("LEI", "213800KUD8LAJWSQ9D15", None, VALID)]),
        ("D-U-N-S Number 56-556-9269", [("DUNS", "565569269", None, OPEN)]),
        ("CAGE 1ABC5", [("CAGE", "1ABC5", None, OPEN)]),
        # The Americas and Europe.
        ("NIT # 890115794-3 (Colombia)", [("NIT", "8901157943", "CO", VALID)]),
        ("NIT # 4151952-3 (Guatemala)", [("NIT", "41519523", "GT", OPEN)]),
        ("RIF # J-31136071-9 (Venezuela)", [("RIF", "J311360719", "VE", VALID)]),
        ("Cedula No. 6068015 (Colombia)", [("CEDULA", "6068015", "CO", OPEN)]),
        ("Cedula No. 1714307103 (Ecuador)", [("CEDULA EC", "1714307103", "EC", VALID)]),
        ("UK Company Number 3632365", [("UK COMPANY", "03632365", "GB", OPEN)]),
        ("CHE-267.936.404 (Switzerland)", [("CH UID", "CHE267936404", "CH", VALID)]),
        ("V.A.T. Number BG 121024920 (Bulgaria)", [("VAT", "121024920", "BG", OPEN)]),
        # What no scheme is known for keeps its own label.
        ("Folio Mercantil No. 343997 (Mexico) issued 14 Dec 2005",
         [("FOLIO MERCANTIL", "343997", "MX", OPEN)]),
        ("Kennitala 5501692829", [("KENNITALA", "5501692829", None, OPEN)]),
        ("Reg. No. 12345678", [("REG", "12345678", None, OPEN)]),
        ("alt. Business Registration Number M99000000961 (Florida) (United States)",
         [("REG", "M99000000961", "US", OPEN)]),
        ("MP 3413113 and MP 2387911", [(None, "MP3413113", None, OPEN), (None, "MP2387911", None, OPEN)]),
        ("Passport D000000483, Diplomatic (Syria)", [("PASSPORT", "D000000483", "SY", OPEN)]),
        ("7705034202.0", [(None, "7705034202", None, OPEN)]),
    ],
)  # fmt: skip
def test_a_cell_gives_whole_numbers_with_their_schemes(
    text: str, expected: list[tuple[str | None, str, str | None, str]]
) -> None:
    read = read_numbers(text)
    assert told(*read.numbers) == expected
    assert read.unread == ()


@pytest.mark.parametrize(
    "text",
    ["n/a", "none", "-", "INN n/a 0", "ИНН нет", "INN 0000000000", "1234567890", "0123456789", "1111111111",
     "INN 7.70E+09", "INN", "н/д", "无", "REG 12", "Passport XXXXXX1", "unknown"],
)  # fmt: skip
def test_what_is_no_number_is_named_and_not_read(text: str) -> None:
    read = read_numbers(text)
    assert read.numbers == ()
    assert len(read.unread) == 1, read
    assert read.unread[0].why


def test_an_empty_cell_says_nothing() -> None:
    assert read_numbers("  ") == read_numbers("")
    assert read_numbers("").unread == ()


def test_the_status_that_a_list_states_is_kept() -> None:
    (number,) = read_numbers("Registration Number 1027700132195 (Russia) (expired)").numbers
    assert (number.scheme, number.status) == ("OGRN", "expired")


def test_a_header_names_the_scheme_of_bare_numbers_and_a_cell_may_say_otherwise() -> None:
    assert header_label("ИНН") == "ИНН"
    assert header_label("Identifiers") is None
    assert header_label("Customer number of our own") is None
    assert told(*read_numbers("7705034202; OGRN 1027700132195", "ИНН").numbers) == [
        ("INN", "7705034202", "RU", VALID), ("OGRN", "1027700132195", "RU", VALID),
    ]  # fmt: skip


def test_where_the_holder_is_settles_a_scheme_only_if_check_digits_agree() -> None:
    assert told(*read_numbers("7705034202", assumed_place="RU").numbers) == [
        ("INN", "7705034202", "RU", VALID)
    ]
    assert told(*read_numbers("7705034203", assumed_place="RU").numbers) == [(None, "7705034203", None, OPEN)]
    assert told(*read_numbers("Tax ID 7705034203", assumed_place="RU").numbers) == [
        ("TAX", "7705034203", None, OPEN)
    ]


def test_an_inn_of_another_country_is_not_the_russian_one() -> None:
    assert told(*read_numbers("INN 201053901 (Uzbekistan)").numbers) == [("INN", "201053901", "UZ", OPEN)]


def test_remarks_of_a_list_give_numbers_and_nothing_else() -> None:
    remarks = (
        "DOB 23 Mar 1971; Website www.example.com; Additional Sanctions Information - Subject to Secondary"
        " Sanctions; Organization Established Date 25 Sep 2018; Tax ID No. 7705034202 (Russia); alt."
        " Registration Number 1027700132195 (Russia); Vessel Registration Identification IMO 9187629;"
        " Executive Order 13662 Directive Determination - Subject to Directive 2; Italian Tax ID Number"
        " RSSMRA70A01H501S; MMSI 636013272; (Linked To: EXAMPLE 54 SHIPPING)."
    )
    assert [(one.scheme, one.value) for one in read_labelled_numbers(remarks)] == [
        ("INN", "7705034202"), ("OGRN", "1027700132195"), ("IMO", "9187629"), ("TAX", "RSSMRA70A01H501S"),
        ("MMSI", "636013272"),
    ]  # fmt: skip


LABELS = st.sampled_from(
    ["", "INN ", "ИНН: ", "OGRN ", "Reg. No. ", "Tax ID ", "IMO ", "Passport ", "BRN ", "LEI "]
)
PLACES = st.sampled_from(["", " (Russia)", " (Iran)", " (Hong Kong)", " (expired)", " Russia"])
VALUES = st.one_of(
    st.integers(1000, 10**15).map(str),
    st.text("0123456789ABCDEFGH-/. ", min_size=4, max_size=22),
)


@example("INN CC01")
@example("INN CC 0123")
@example("OGRN BIN1234")
@example("Reg. No. CC 0123")
@given(st.lists(st.tuples(LABELS, VALUES, PLACES).map("".join), min_size=1, max_size=4).map("; ".join))
def test_what_was_stored_is_read_again_as_the_same_numbers(text: str) -> None:
    for number in read_numbers(text).numbers:
        again = read_stored(number.as_written, number.scheme, number.place)
        assert (number.scheme, number.value, number.place) in {
            (one.scheme, one.value, one.place) for one in again
        }


@pytest.mark.parametrize(
    ("as_written", "scheme", "expected"),
    [
        # A value is that of the stated scheme, whatever its letters sound like.
        ("CC01", "INN", ("INN", "CC01")),
        ("CC 0123", "CAGE", ("CAGE", "CC0123")),
        ("BIN1234", "PASSPORT", ("PASSPORT", "BIN1234")),
        # The stated label may be repeated before it.
        ("INN 7705034202", "INN", ("INN", "7705034202")),
        ("ИНН: 7705034202", "INN", ("INN", "7705034202")),
        # A general label leaves the scheme open.
        ("OGRN 1027700132195", "TAX", ("OGRN", "1027700132195")),
    ],
)
def test_a_stored_value_has_the_scheme_that_is_stated(
    as_written: str, scheme: str, expected: tuple[str, str]
) -> None:
    assert [(one.scheme, one.value) for one in read_stored(as_written, scheme, None)] == [expected]


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_nothing_is_lost_without_a_word(text: str) -> None:
    read = read_numbers(text)
    assert bool(text.strip()) <= bool(read.numbers or read.unread)
    assert all(one.value and one.value.isalnum() for one in read.numbers)
