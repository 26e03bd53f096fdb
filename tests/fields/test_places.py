"""Places as people write them at a wreck."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.fields.places import Position, read_position

KHARKIV = (49.9935, 36.2304)


def metres_apart(one: Position, latitude: float, longitude: float) -> float:
    """How far a position lies from a point, on a sphere; good enough for some kilometres."""
    north = math.radians(one.latitude - latitude)
    east = math.radians(one.longitude - longitude) * math.cos(math.radians(latitude))
    return 6_371_000 * math.hypot(north, east)


@pytest.mark.parametrize(
    "text",
    [
        "49.9935, 36.2304",
        "49.9935 36.2304",
        "49,9935; 36,2304",
        "49,9935 36,2304",
        "49.9935N, 36.2304E",
        "N49.9935 E36.2304",
        "49°59'36.6\"N 36°13'49.4\"E",
        "49 59 36.6 N, 36 13 49.4 E",
        "49°59′36.6″ пн.ш. 36°13′49.4″ сх.д.",
        "37U CR 01497 41584",
        "37ucr0149741584",
        "37U СR 01497 41584",  # the first letter of the square is Cyrillic
    ],
)
def test_one_point_in_many_hands(text: str) -> None:
    found = read_position(text)
    assert metres_apart(found, *KHARKIV) < 2
    assert found.as_written == text


def test_south_and_west_are_below_nothing() -> None:
    assert read_position("33.9 S 18.4 W") == Position(-33.9, -18.4, None, "33.9 S 18.4 W")
    assert read_position("33.9 пд.ш. 18.4 зх.д.").latitude == -33.9


@pytest.mark.parametrize(
    ("text", "metres"),
    [("37U CR 01497 41584", 1), ("37U CR 0149 4158", 10), ("37U CR 0 4", 10_000), ("37UCR", 100_000)],
)
def test_a_square_is_as_precise_as_it_is_wide_and_stands_for_its_middle(text: str, metres: float) -> None:
    found = read_position(text)
    assert found.precision_m == metres
    # From the middle no corner of a square is farther than its half diagonal; Kharkiv lies in all of them.
    assert metres_apart(found, *KHARKIV) <= metres * math.sqrt(2) / 2 + 2


def test_degrees_claim_no_precision() -> None:
    assert read_position("49.9935, 36.2304").precision_m is None


@pytest.mark.parametrize(
    "text",
    ["95, 36", "-90.0001, 0", "49, 190", "N95 E10", "61U CR 1234 1234", "37U ZZ 1 1"],
)
def test_nothing_lies_off_the_globe(text: str) -> None:
    with pytest.raises(ValueError, match=r"off the globe|not a position"):
        read_position(text)


@pytest.mark.parametrize("text", ["37U CR 123", "49°60'00\"N 36°13'49.4\"E", "Kharkiv", "", "-49 N 36 E"])
def test_what_is_no_position_is_refused_with_a_way_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a position|not an MGRS"):
        read_position(text)


@given(st.floats(-79, 83), st.floats(-179.9, 179.9))
def test_mgrs_there_and_back_is_the_same_metre(latitude: float, longitude: float) -> None:
    import mgrs

    # A hair south of the equator the library writes an edge of its southern zone that it cannot read.
    assume(not -1e-5 < latitude < 0)
    square = mgrs.MGRS().toMGRS(latitude, longitude)
    assert metres_apart(read_position(square), latitude, longitude) < 5


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_decimal_degrees_are_kept_to_a_centimetre(latitude: float, longitude: float) -> None:
    found = read_position(f"{latitude:.7f}, {longitude:.7f}")
    assert abs(found.latitude - latitude) < 1e-6
    assert abs(found.longitude - longitude) < 1e-6
