"""What is hardly true: dates out of order, positions in another country, absurd numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary import RecoveryDateKind, RecoveryKind
from provenance.domain.plausibility import (
    MOST_PIECES,
    Dated,
    odd_future,
    odd_making,
    odd_order,
    odd_pieces,
    odd_position,
)
from provenance.fields.places import read_position
from provenance.text.country_extents import lies_in
from provenance.text.partial_dates import parse_partial_date
from tests.support.days import TODAY

USED, RECOVERED = RecoveryDateKind.USED, RecoveryDateKind.RECOVERED
CAPTURED, PRODUCED, EXAMINED = (
    RecoveryDateKind.CAPTURED,
    RecoveryDateKind.PRODUCED,
    RecoveryDateKind.EXAMINED,
)


def dated(kind: RecoveryDateKind, words: str) -> Dated:
    """A date of a recovery, as a list writes it."""
    return Dated(kind, parse_partial_date(words), words)


@pytest.mark.parametrize(
    ("first", "later", "said"),
    [
        ((USED, "2024-05-03"), (RECOVERED, "2024-05-01"), "used 2024-05-03 is after recovered 2024-05-01"),
        ((PRODUCED, "2024"), (CAPTURED, "2023-11"), "produced 2024 is after captured 2023-11"),
        ((PRODUCED, "2023-Q3"), (USED, "2023-06-30"), "produced 2023-Q3 is after used 2023-06-30"),
        ((RECOVERED, "2024-05-03"), (EXAMINED, "2024-04"), "recovered 2024-05-03 is after examined 2024-04"),
    ],
)
def test_dates_out_of_order(
    first: tuple[RecoveryDateKind, str], later: tuple[RecoveryDateKind, str], said: str
) -> None:
    assert list(map(str, odd_order([dated(*later), dated(*first)]))) == [said]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((USED, "2024-05"), (RECOVERED, "2024-05-01")),
        ((USED, "2024"), (RECOVERED, "2024-05-01")),
        ((PRODUCED, "2024"), (CAPTURED, "2024-01")),
        # A captured drone may be flown afterwards, and one that fell may be taken much later.
        ((USED, "2024-05-03"), (CAPTURED, "2024-05-01")),
    ],
)
def test_dates_that_may_be_in_order(
    one: tuple[RecoveryDateKind, str], other: tuple[RecoveryDateKind, str]
) -> None:
    assert odd_order([dated(*one), dated(*other)]) == []


@given(st.permutations([dated(PRODUCED, "2023"), dated(USED, "2024-01-02"), dated(EXAMINED, "2024-03")]))
def test_what_is_in_order_is_so_in_any_sequence(dates: list[Dated]) -> None:
    assert odd_order(dates) == []


def test_a_chip_made_after_its_weapon_fell() -> None:
    (odd,) = odd_making(parse_partial_date("2024-06"), "2024-06", [dated(RECOVERED, "2024-05-01")])
    assert str(odd) == "made 2024-06 is after recovered 2024-05-01"
    assert odd_making(parse_partial_date("2024"), "2024", [dated(RECOVERED, "2024-05-01")]) == []


def test_the_future() -> None:
    (odd,) = odd_future("used", parse_partial_date("3035"), "3035", TODAY)
    assert str(odd) == "used 3035 is in the future"
    assert odd_future("used", parse_partial_date(str(TODAY.year)), str(TODAY.year), TODAY) == []


@pytest.mark.parametrize(
    ("position", "country"),
    [
        ("49.9935, 36.2304", "UA"),  # Kharkiv
        ("44.61, 33.52", "UA"),  # Sevastopol
        ("46.2, 30.9", "UA"),  # off Odesa
        ("50.6, 36.6", "RU"),  # Belgorod
        ("66.0, -172.0", "RU"),  # Chukotka
        ("21.3, -157.9", "US"),  # Honolulu
        ("4.9, -52.3", "FR"),  # Cayenne
        ("-17.7, 178.0", "FJ"),
        ("42.66, 21.16", "XK"),  # Pristina
        ("49.9935, 36.2304", "QQ"),  # a code without an extent
    ],
)
def test_a_position_in_its_country(position: str, country: str) -> None:
    assert odd_position(read_position(position), country) == []


@pytest.mark.parametrize(
    ("position", "country", "said"),
    [
        ("36.2304, 49.9935", "UA", "with latitude and longitude exchanged it lies inside"),
        ("30.52, 50.45", "UA", "exchanged"),
        ("59.93, 30.31", "UA", "the position 59.93, 30.31 lies outside the country given, UA"),
        ("0, 0", "UA", "outside"),
        ("55.95, -3.19", "FR", "outside"),
        ("37.6, 55.75", "RU", "exchanged"),
    ],
)
def test_a_position_elsewhere(position: str, country: str, said: str) -> None:
    (odd,) = odd_position(read_position(position), country)
    assert said in str(odd)
    assert ("exchanged" in str(odd)) == ("exchanged" in said)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_no_position_is_in_a_country_without_an_extent(latitude: float, longitude: float) -> None:
    assert lies_in("QQ", latitude, longitude) is None


def test_absurdly_many_pieces() -> None:
    most = MOST_PIECES[RecoveryKind.BATTLEFIELD]
    assert odd_pieces(most, RecoveryKind.BATTLEFIELD) == []
    assert str(odd_pieces(2_134, RecoveryKind.BATTLEFIELD)[0]) == "2,134 identical pieces are very many"
    # A seized consignment of a hundred thousand is nothing odd.
    assert odd_pieces(100_000, RecoveryKind.SEIZURE) == []
    assert odd_pieces(99_000_000, RecoveryKind.SEIZURE) != []
