"""Cells as typed: what they say, what they leave open, and what is no answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary import MarkingState, Tlp
from provenance.core.vocabulary.field import Movement
from provenance.fields import values
from provenance.fields.entries import CELLS, Faults, Kind, read_entry
from provenance.fields.places import Position
from provenance.text.partial_dates import DateSpan

UNKNOWN = ("", "?", "-", "unknown", "невідомо", "неизвестно", "n/a")


@pytest.mark.parametrize("word", UNKNOWN)
@pytest.mark.parametrize("kind", list(Kind))
def test_unknown_is_none_in_every_cell_of_every_kind(kind: Kind, word: str) -> None:
    for cell in CELLS[kind]:
        if cell.read is not values.words or word in ("", "?"):
            assert cell.read(word) is None, cell.name


def test_a_date_may_be_partial_or_written_day_first() -> None:
    assert values.days("12.05.2024") == DateSpan(date(2024, 5, 12), date(2024, 5, 12))
    assert values.days("2024-05") == DateSpan(date(2024, 5, 1), date(2024, 5, 31))
    with pytest.raises(ValueError, match="there is no month 13"):
        values.days("05.13.2024")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "two", "²"])
def test_no_number_of_pieces(text: str) -> None:
    with pytest.raises(ValueError, match="pieces"):
        values.pieces(text)


def test_pieces_and_metres() -> None:
    assert values.pieces(" 12 ") == 12
    assert values.metres("30 м") == values.metres("30m") == 30.0
    assert values.metres("2,5") == 2.5


def test_the_lines_of_a_marking() -> None:
    assert values.marking("AD7606BSTZ // #2135 //") == "AD7606BSTZ\n#2135"
    assert values.marking(r"AD7606\n2135") == "AD7606\n2135"
    assert values.marking("NA") is None
    assert values.marking("2N2222A") == "2N2222A"


def test_a_place_is_a_position_where_it_is_one_and_else_a_name() -> None:
    assert isinstance(values.place("50.45 30.52"), Position)
    assert values.place("Куп'янськ, вул. 1 Травня 12") == "Куп'янськ, вул. 1 Травня 12"
    assert values.place("95-й квартал") == "95-й квартал"
    for broken in ("95.2, 36", "49.99", "37U CR 123"):
        with pytest.raises(ValueError, match=r"off the globe|not a position|not an MGRS"):
            values.place(broken)


def test_vocabularies_in_any_spelling() -> None:
    assert values.one_of(Tlp)("TLP:amber+strict") is Tlp.AMBER_STRICT
    assert values.one_of(Movement)("Export") is Movement.EXPORT
    # "none" is a member here, and elsewhere a way to say that nothing is known.
    assert values.one_of(MarkingState)("none") is MarkingState.NONE
    assert values.one_of(Movement)("none") is None
    assert values.one_of(Tlp)("not-assessed") is None
    with pytest.raises(ValueError, match="export, import, transit"):
        values.one_of(Movement)("sideways")


def test_customs_codes_keep_their_digits() -> None:
    assert values.hs("8542.31 90") == "85423190"
    with pytest.raises(ValueError, match="six digits"):
        values.hs("8542")


def test_every_fault_of_an_entry_is_named() -> None:
    with pytest.raises(Faults) as told:
        read_entry(Kind.COMPONENT, {"pieces": "0", "made": "20x", "note": "a\0b"})
    assert set(told.value.faults) == {"recovery", "pieces", "made", "note"}


@given(st.dictionaries(st.sampled_from([cell.name for cell in CELLS[Kind.COMPONENT]]), st.text()))
def test_no_text_at_all_breaks_the_reading(texts: dict[str, str]) -> None:
    try:
        read = read_entry(Kind.COMPONENT, texts)
    except Faults:
        return
    assert set(read) == {cell.name for cell in CELLS[Kind.COMPONENT]}


@pytest.mark.parametrize("cell", ["б/н", "Без номера", "no number", "n/a", "-", "н/д"])
def test_a_word_for_no_number_is_not_a_number(cell: str) -> None:
    assert values.number(cell) is None


@pytest.mark.parametrize("cell", ["77", "БН-12", "N 4", "0"])
def test_any_other_number_is_kept_as_written(cell: str) -> None:
    assert values.number(f" {cell} ") == cell
