"""What several rows say of one recovery, brought together."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary import Extent, RecoveryDateKind, SerialKind
from provenance.domain.consolidation import complete, prefer, read_recovery, recovery_text, renew
from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord

MAY = DatedFact(
    kind=RecoveryDateKind.RECOVERED,
    earliest=date(2024, 5, 1),
    latest=date(2024, 5, 31),
    as_written="2024-05",
)
FIRST_OF_MAY = MAY.model_copy(update={"latest": date(2024, 5, 1), "as_written": "2024-05-01"})
JUNE = DatedFact(
    kind=RecoveryDateKind.RECOVERED,
    earliest=date(2024, 6, 1),
    latest=date(2024, 6, 30),
    as_written="2024-06",
)
USED = DatedFact(
    kind=RecoveryDateKind.USED, earliest=date(2024, 4, 30), latest=date(2024, 4, 30), as_written="30.04.2024"
)
NUMBER = SerialRecord(kind=SerialKind.SERIAL, value="7701")
OTHER_NUMBER = SerialRecord(kind=SerialKind.SERIAL, value="7702")


def wreck(**said: object) -> RecoveryRecord:
    return RecoveryRecord(key="recovery:W1", label="W1", **said)


FACTS = st.lists(st.sampled_from([MAY, FIRST_OF_MAY, JUNE, USED]), unique=True).map(tuple)
RECORDS = st.builds(
    wreck,
    place=st.sampled_from([None, "Kyiv", "Lviv"]),
    extent=st.sampled_from([Extent.UNSTATED, Extent.SPECIMEN]),
    designation=st.sampled_from([None, "Kh-101"]),
    serials=st.lists(st.sampled_from([NUMBER, OTHER_NUMBER]), unique=True).map(tuple),
    dates=FACTS,
)


class TestGaps:
    def test_what_one_row_leaves_open_another_fills(self) -> None:
        bare = wreck()
        full = wreck(place="Kyiv", extent=Extent.SPECIMEN, serials=(NUMBER,), dates=(MAY,))
        assert complete(bare, full) == (full, {})
        assert complete(full, bare) == (full, {})

    def test_the_name_of_a_weapon_comes_with_all_its_spellings(self) -> None:
        named = wreck(designation="Kh-101", weapon_names=("Kh-101", "X-101"), host_named=False)
        merged, against = complete(wreck(place="Kyiv"), named)
        assert (merged.designation, merged.weapon_names) == ("Kh-101", ("Kh-101", "X-101"))
        assert (merged.host_named, merged.place, against) == (False, "Kyiv", {})

    def test_the_longer_of_two_labels_says_more(self) -> None:
        longer = wreck().model_copy(update={"label": "Kh-101 W1"})
        assert complete(wreck(), longer)[0].label == complete(longer, wreck())[0].label == "Kh-101 W1"


class TestContradictions:
    def test_the_first_stands_and_the_other_is_told(self) -> None:
        merged, against = complete(wreck(place="Kyiv"), wreck(place="Lviv"))
        assert (merged.place, against) == ("Kyiv", {"place": ("Lviv",)})

    def test_two_numbers_of_a_kind_are_kept_and_told(self) -> None:
        merged, against = complete(wreck(serials=(NUMBER,)), wreck(serials=(OTHER_NUMBER,)))
        assert (merged.serials, against) == ((NUMBER, OTHER_NUMBER), {"serial": ("7702",)})

    def test_dates_contradict_each_other_only_without_a_day_in_common(self) -> None:
        assert complete(wreck(dates=(MAY,)), wreck(dates=(FIRST_OF_MAY,)))[1] == {}
        assert complete(wreck(dates=(MAY,)), wreck(dates=(USED,)))[1] == {}
        merged, against = complete(wreck(dates=(MAY,)), wreck(dates=(JUNE,)))
        assert (merged.dates, against) == ((MAY, JUNE), {"recovered": ("2024-06",)})

    def test_what_stood_before_stands_on_while_a_row_says_so(self) -> None:
        merged, against = complete(wreck(place="Lviv"), wreck(place="Kyiv"))
        assert prefer(merged, wreck(place="Kyiv"), against).place == "Kyiv"
        assert prefer(merged, wreck(place="Odesa"), against).place == "Lviv"


class TestRenewal:
    def test_a_new_date_takes_the_place_of_the_old_one_of_its_kind(self) -> None:
        renewed = renew(wreck(dates=(MAY, USED), place="Kyiv"), wreck(dates=(JUNE,)))
        assert (set(renewed.dates), renewed.place) == ({JUNE, USED}, "Kyiv")

    def test_a_number_that_was_mended_is_not_kept_beside_the_wrong_one(self) -> None:
        assert renew(wreck(serials=(NUMBER,)), wreck(serials=(OTHER_NUMBER,))).serials == (OTHER_NUMBER,)


@given(RECORDS)
def test_the_text_of_a_record_gives_the_record_back(record: RecoveryRecord) -> None:
    again = read_recovery(recovery_text(record))
    assert again is not None
    assert recovery_text(again) == recovery_text(record)
    assert set(again.dates) == set(record.dates)


def test_any_other_text_is_no_record() -> None:
    assert read_recovery('{"label": "Kh-101"}') is None
    assert read_recovery("Kh-101") is None


@given(RECORDS, RECORDS)
def test_completing_again_adds_nothing(one: RecoveryRecord, other: RecoveryRecord) -> None:
    merged, _against = complete(one, other)
    assert complete(merged, one)[0] == merged
    assert recovery_text(complete(merged, other)[0]) == recovery_text(merged)


@given(RECORDS, RECORDS)
def test_order_does_not_matter_where_nothing_contradicts(one: RecoveryRecord, other: RecoveryRecord) -> None:
    merged, against = complete(one, other)
    turned, against_turned = complete(other, one)
    assert bool(against) == bool(against_turned)
    if not against:
        assert recovery_text(merged) == recovery_text(turned)
