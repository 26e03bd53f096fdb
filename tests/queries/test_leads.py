"""Lots in several recoveries and recoveries that share rare parts, counted by hand and by brute force."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from math import isclose, log
from typing import Any

import pytest

from provenance.core.errors import BadInput
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.leads.lots import BatchRow, LotQuestion, fetch_lots
from provenance.queries.leads.similar import SimilarQuestion, SimilarRow, fetch_similar
from provenance.schema.session import Session
from tests.tracing.records import Records

R = RecordKind.RECOVERY


@pytest.fixture
def records(scratch: Session) -> Records:
    """Makes records in an empty database."""
    return Records(scratch)


def batches(session: Session, **asked: Any) -> list[tuple[Any, ...]]:
    """Each batch in short."""
    rows = fetch_lots(session, LotQuestion(**asked)).rows
    return [
        (row.kind, row.code, row.maker, row.recoveries, row.of_recoveries, row.components) for row in rows
    ]


class TestLots:
    def test_the_rarest_come_first_and_ties_are_in_order(self, scratch: Session, records: Records) -> None:
        maker, other = records.firm("North Semi"), records.firm("South Semi")
        wrecks = [records.recovery(f"W{place}") for place in range(5)]
        for wreck in wrecks[:3]:
            records.component(wreck, maker=maker, lot="L-7")
        for wreck in wrecks[:2]:
            records.component(wreck, maker=maker, lot="l 8")
            records.component(wreck, maker=other, lot="L 8")
        records.component(wrecks[1], maker=maker, lot="L-8")
        records.component(wrecks[4], maker=maker, lot="alone")
        assert batches(scratch) == [
            ("lot", "L 8", "South Semi", 2, 2, 2),
            ("lot", "l 8", "North Semi", 2, 4, 3),
            ("lot", "L-7", "North Semi", 3, 4, 3),
        ]
        assert [row[1] for row in batches(scratch, min_recoveries=3)] == ["L-7"]
        assert [row[2] for row in batches(scratch, maker=other)] == ["South Semi"]
        found = fetch_lots(scratch, LotQuestion(limit=1))
        assert (len(found.rows), found.total) == (1, 3)

    def test_a_week_of_one_part_is_a_batch_and_a_year_is_not(
        self, scratch: Session, records: Records
    ) -> None:
        maker = records.firm("North Semi")
        part, rare = records.part("N-1", maker), records.part("N-2", maker)
        week = {"made_earliest": date(2022, 6, 27), "made_latest": date(2022, 7, 3)}
        year = {"made_earliest": date(2022, 1, 1), "made_latest": date(2022, 12, 31)}
        one, other, third = (records.recovery(f"W{place}") for place in range(3))
        records.component(one, maker=maker, part=part, date_code="2226", **week)
        records.component(other, maker=maker, part=part, **week)
        records.component(third, maker=maker, part=rare, **week)
        records.component(third, maker=maker, part=part, **year)
        records.component(one, maker=maker, part=part, **year)
        assert batches(scratch) == [("date_code", "2226", "North Semi", 2, 2, 2)]

    def test_what_was_merged_or_withdrawn_or_is_too_strict_is_not_counted_twice(
        self, scratch: Session, records: Records
    ) -> None:
        maker = records.firm("North Semi")
        one, again, other = (records.recovery(f"W{place}", tlp="GREEN") for place in range(3))
        chips = [records.component(wreck, maker=maker, lot="L7") for wreck in (one, again)]
        assert [row[3] for row in batches(scratch)] == [2]
        records.same("recovery", one, again)
        assert batches(scratch) == []
        records.component(other, maker=maker, lot="L7", tlp="RED")
        assert batches(scratch) == [("lot", "L7", "North Semi", 2, 2, 3)]
        records.same("component", *chips)
        assert batches(scratch) == [("lot", "L7", "North Semi", 2, 2, 2)]
        assert batches(scratch, clearance=Tlp.GREEN) == []
        found = fetch_lots(scratch, LotQuestion())
        assert found.basis.handling is not None
        assert found.basis.handling.tlp == Tlp.RED

    def test_parts_that_are_only_read_count_on_request(self, scratch: Session, records: Records) -> None:
        maker = records.firm("North Semi")
        part = records.part("N-1", maker)
        for place in range(2):
            chip = records.component(records.recovery(f"W{place}"), maker=maker, date_code="2226")
            records.rows.add("identification", component_id=chip, part_id=part, status="tentative")
        assert batches(scratch) == []
        (row,) = fetch_lots(scratch, LotQuestion(read_parts=True)).rows
        assert (row.part, row.part_read, row.recoveries) == ("N-1", True, 2)


class TestSimilar:
    def test_weights_by_hand(self, scratch: Session, records: Records) -> None:
        maker = records.firm("North Semi")
        common, rare = records.part("N-1", maker), records.part("N-2", maker)
        wrecks = [records.recovery(f"W{place}") for place in range(4)]
        for wreck in wrecks[:3]:
            records.component(wreck, maker=maker, part=common)
        for wreck in (wrecks[0], wrecks[1]):
            records.component(wreck, maker=maker, part=rare)
        records.component(wrecks[3], maker=maker, part=records.part("N-3", maker))
        found = fetch_similar(scratch, SimilarQuestion((R, wrecks[0])))
        assert [(row.label, row.weight, row.likeness) for row in found.rows] == [
            ("W1", round(log(4 / 3) + log(2), 3), 1.0),
            ("W2", round(log(4 / 3), 3), round(log(4 / 3) / (log(4 / 3) + log(2)), 3)),
        ]
        assert [(goods.name, goods.recoveries) for goods in found.rows[0].shared] == [("N-2", 2), ("N-1", 3)]

    def test_what_was_swapped_since_the_earlier_one(self, scratch: Session, records: Records) -> None:
        maker = records.firm("North Semi")
        weapon = records.rows.add("weapon_system", designation="Kh-101")
        old, new = (
            records.recovery(f"W{day.year}", recovered=day, weapon_system_id=weapon)
            for day in (date(2022, 1, 1), date(2024, 1, 1))
        )
        boards = [records.rows.add("unit", recovery_id=wreck, label="Board 1") for wreck in (old, new)]
        for number in ("N-1", "N-2"):
            part = records.part(number, maker)
            for wreck, unit in zip((old, new), boards, strict=True):
                records.component(wreck, maker=maker, part=part, unit_id=unit, category="memory")
        for wreck, unit, number in ((old, boards[0], "A-1"), (new, boards[1], "B-1")):
            part = records.part(number, maker)
            records.component(wreck, maker=maker, part=part, unit_id=unit, category="fpga")
        records.component(records.recovery("alone"), maker=maker, part=records.part("Z-9", maker))
        found = fetch_similar(scratch, SimilarQuestion((R, new), swapped=True))
        assert found.rows[0].earlier is True
        (change,) = found.changes
        assert (change.unit, change.category, change.swapped) == ("Board 1", "fpga", True)
        assert (change.gone, change.come) == (("North Semi A-1",), ("North Semi B-1",))
        assert fetch_similar(scratch, SimilarQuestion((R, old), swapped=True)).compared_with is None
        back = fetch_similar(scratch, SimilarQuestion((R, old), against=(R, new)))
        assert back.changes[0].come == ("North Semi A-1",)
        units = fetch_similar(scratch, SimilarQuestion((RecordKind.UNIT, boards[1]), swapped=True))
        assert [row.label for row in units.rows] == ["Board 1 in W2022"]
        assert units.changes[0].swapped

    def test_of_merged_wrecks_only_the_one_that_may_be_shown_is_named(
        self, scratch: Session, records: Records
    ) -> None:
        maker = records.firm("North Semi")
        part = records.part("N-1", maker)
        secret, known, other = (
            records.recovery(label, tlp=mark)
            for label, mark in (("secret", "RED"), ("known", "GREEN"), ("other", "GREEN"))
        )
        records.same("recovery", secret, known)
        for wreck in (secret, known, other):
            records.component(wreck, maker=maker, part=part, lot="L7")
        records.component(records.recovery("alone", tlp="GREEN"), maker=maker, part=records.part("Z", maker))
        found = fetch_similar(scratch, SimilarQuestion((R, other), clearance=Tlp.GREEN))
        assert [row.label for row in found.rows] == ["known"]
        (lot,) = fetch_lots(scratch, LotQuestion(clearance=Tlp.GREEN)).rows
        assert [(member.recovery, lot.components) for member in lot.members] == [("known", 2), ("other", 2)]

    def test_a_recovery_without_anything_to_compare_is_refused(
        self, scratch: Session, records: Records
    ) -> None:
        with pytest.raises(BadInput, match="nothing that could be compared"):
            fetch_similar(scratch, SimilarQuestion((R, records.recovery("empty"))))


@dataclass(frozen=True)
class Chip:
    """A component of a random world; records of one ``item`` are merged."""

    item: int
    wreck: int
    maker: int
    part: str | None
    lot: str | None
    week: int | None


class RandomWorld:
    """A few wrecks with few makers, parts and lots, so that much is shared; some records are merged."""

    def __init__(self, session: Session, seed: int) -> None:
        chosen, records = random.Random(seed), Records(session)
        makers = [records.firm(f"maker {number}") for number in range(2)]
        parts = {(name, maker): records.part(name, maker) for name in "ABC" for maker in makers}
        wrecks = [records.recovery(f"W{number}") for number in range(7)]
        self.wreck_of = {number: number for number in range(7)} | {6: 5}
        records.same("recovery", wrecks[5], wrecks[6])
        self.wrecks, self.chips = wrecks, list[Chip]()
        numbers: dict[int, int] = {}
        for item in range(30):
            maker = chosen.randrange(2)
            chip = Chip(
                item, chosen.randrange(7), maker, chosen.choice(["A", "B", "C", None]),
                chosen.choice(["L1", "L2", None]), chosen.choice([1, 2, None]),
            )  # fmt: skip
            self.chips.append(chip)
            dates: dict[str, Any] = {}
            if chip.week is not None:
                first = date(2022, 1, 3) + timedelta(weeks=chip.week)
                dates = {"made_earliest": first, "made_latest": first + timedelta(days=6)}
            part = parts[chip.part, makers[maker]] if chip.part else None
            numbers[item] = records.component(
                wrecks[chip.wreck], maker=makers[maker], part=part, lot=chip.lot, **dates
            )
            if chip.wreck == 5 and item % 2:
                twin = records.component(wrecks[6], maker=makers[maker], part=part, lot=chip.lot, **dates)
                records.same("component", numbers[item], twin)

    def lots(self) -> set[tuple[Any, ...]]:
        """Every batch in two recoveries or more, by looking at all chips again and again."""
        keys: dict[tuple[Any, ...], list[Chip]] = defaultdict(list)
        for chip in self.chips:
            if chip.lot:
                keys["lot", chip.maker, "", chip.lot].append(chip)
            if chip.week is not None and chip.part:
                keys["date_code", chip.maker, chip.part, chip.week].append(chip)
        found = set()
        for (kind, maker, part, _code), chips in keys.items():
            wrecks = {self.wreck_of[chip.wreck] for chip in chips}
            comparable = {
                self.wreck_of[chip.wreck]
                for chip in self.chips
                if chip.maker == maker
                and (chip.lot if kind == "lot" else chip.week is not None and chip.part == part)
            }
            if len(wrecks) > 1:
                found.add((kind, f"maker {maker}", part, len(wrecks), len(comparable), len(chips)))
        return found

    def features(self) -> dict[int, set[tuple[Any, ...]]]:
        """What each wreck has, merged wrecks as one."""
        found: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
        for chip in self.chips:
            mine = found[self.wreck_of[chip.wreck]]
            if chip.part:
                mine.add(("part", chip.maker, chip.part))
            if chip.lot:
                mine.add(("lot", chip.maker, chip.lot))
        return {wreck: each for wreck, each in found.items() if each}

    def similar(self, wreck: int) -> dict[str, tuple[float, float]]:
        """Weight and likeness of every other wreck that shares anything which not all have."""
        features = self.features()

        def weight(those: set[tuple[Any, ...]]) -> float:
            return sum(log(len(features) / sum(one in each for each in features.values())) for one in those)

        found = {}
        for other, theirs in features.items():
            shared = weight(features[wreck] & theirs)
            if other != wreck and shared > 1e-9:
                found[f"W{other}"] = (shared, shared / weight(features[wreck] | theirs))
        return found


def _in_short(row: BatchRow) -> tuple[Any, ...]:
    return row.kind, row.maker, row.part or "", row.recoveries, row.of_recoveries, row.components


@pytest.mark.parametrize("seed", range(4))
def test_everything_equals_a_brute_force_recount(scratch: Session, seed: int) -> None:
    world = RandomWorld(scratch, seed)
    rows = fetch_lots(scratch, LotQuestion()).rows
    assert {_in_short(row) for row in rows} == world.lots()
    order = [(row.recoveries, row.of_recoveries) for row in rows]
    assert order == sorted(order)
    for wreck in world.features():
        found = fetch_similar(scratch, SimilarQuestion((R, world.wrecks[wreck]))).rows
        _equal(found, world.similar(wreck))


def _equal(rows: tuple[SimilarRow, ...], expected: dict[str, tuple[float, float]]) -> None:
    assert {row.label for row in rows} == set(expected)
    for row in rows:
        weight, likeness = expected[row.label]
        assert isclose(row.weight, weight, abs_tol=6e-4)
        assert isclose(row.likeness, likeness, abs_tol=6e-4)
    assert [row.weight for row in rows] == sorted((row.weight for row in rows), reverse=True)
