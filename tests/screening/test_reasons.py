"""The words for why a party is a hit, and when it was listed."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.core.vocabulary.watched import ListedOn, ListingBasis
from provenance.screening import reasons
from provenance.screening.listed_parties import ListedText
from provenance.screening.matcher import Candidate
from provenance.text.registration_numbers import compare, difference, read_numbers
from provenance.watchlists.intervals import Listing

JAN, FEB, MAR, APR = (date(2024, month, 1) for month in (1, 2, 3, 4))


def listing(
    began: tuple[date | None, date], ended: tuple[date | None, date | None] = (None, None)
) -> Listing:
    basis = ListingBasis.VERSIONS
    return Listing(*began, basis, *ended, basis if ended[1] else None)


@pytest.mark.parametrize(
    ("began", "words"),
    [
        ((JAN, JAN), "2024-01-01"),
        ((JAN, FEB), "2024-01-01..2024-02-01"),
        ((None, FEB), "..2024-02-01"),
    ],
)
def test_the_first_day(began: tuple[date | None, date], words: str) -> None:
    assert reasons.first_day(listing(began)) == words


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ((None, None), None),
        ((MAR, MAR), "2024-02-29"),
        ((MAR, APR), "2024-02-29..2024-03-31"),
        ((None, APR), "2024-03-31"),
    ],
)
def test_the_last_day_is_the_one_before_the_first_without_the_listing(
    ended: tuple[date | None, date | None], words: str | None
) -> None:
    assert reasons.last_day(listing((JAN, JAN), ended)) == words


def test_a_name_that_is_identical() -> None:
    candidate = Candidate(1, 1, 0.97, "Marble Reef", shared=("marble", "reef"), exact=True)
    assert reasons.name_reason(candidate, ListedText("MARBLE REEF", 1, "former")) == (
        "name: identical to a former name of the entry"
    )


def test_a_name_with_words_on_both_sides_missing() -> None:
    candidate = Candidate(
        1, 1, 0.6, "Marble Reef Nord", shared=("marble",), missing=("nord",), missing_in_query=("bay", "inn")
    )
    assert reasons.name_reason(candidate, ListedText("Marble Bay Inn", 1, "weak")) == (
        "name: a weak alias of the entry, matching in marble; not in the entry: nord;"
        " only in the entry: bay, inn"
    )


def test_an_equal_number_names_its_scheme_and_what_is_in_doubt() -> None:
    def reason(given: str, listed: str) -> str:
        (ours,), (theirs,) = read_numbers(given).numbers, read_numbers(listed).numbers
        return reasons.number_reason(compare(ours, theirs))

    assert reason("INN 7705034202", "ИНН 7705034202") == "same INN 7705034202 (decisive)"
    assert reason("INN 7709998887", "INN 7709998887") == (
        "same INN 7709998887 (decisive; its check digit does not hold)"
    )
    assert reason("7705034202", "INN 7705034202") == (
        "same digits as the entry's INN 7705034202: 7705034202, of no stated scheme; the entry's is INN"
    )
    assert reason("OKPO 57972160", "BRN 57972160") == (
        "same digits as the entry's BRN 57972160: OKPO 57972160, issued in RU, the entry's in HK"
    )


def test_a_different_number_names_both() -> None:
    found = difference(read_numbers("INN 7705034202").numbers, read_numbers("INN 7704730655").numbers)
    assert found is not None
    assert reasons.different_number_reason(found, decides=True) == (
        "INN differs (7705034202; the entry has 7704730655; check digits hold), which decides"
    )


def test_countries() -> None:
    assert reasons.country_reason("MT", {"MT"}) == "same country (MT)"
    assert reasons.country_reason("JP", {"MT", "LV"}) == "country JP is not one of the entry's (LV, MT)"


def test_only_a_listing_that_needs_it_is_explained() -> None:
    assert reasons.listing_reasons(ListedOn.LISTED, JAN) == []
    assert reasons.listing_reasons(ListedOn.NOT_YET, JAN) == ["not yet listed on 2024-01-01"]
    assert reasons.listing_reasons(ListedOn.NO_LONGER, None) == ["no longer listed today"]
    assert reasons.listing_reasons(ListedOn.POSSIBLY, JAN) == [
        "possibly listed on 2024-01-01: the versions loaded do not settle it"
    ]


@pytest.mark.parametrize(
    ("asks", "text", "words"),
    [
        ("licence", "a licence is needed", "licence: a licence is needed"),
        ("licence", None, "licence"),
        (None, "as the letter says", "as the letter says"),
        (None, None, None),
    ],
)
def test_what_a_list_asks_is_none_where_it_is_unknown(
    asks: str | None, text: str | None, words: str | None
) -> None:
    assert reasons.asks_words(asks, text) == words
