"""Lots and date codes that were found in several recoveries, the rarest first: leads to one delivery.

A batch in several recoveries proves no common path: makers sell a batch to many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from provenance.core.basis import NO_CLEARANCE, Basis
from provenance.core.identity import reference
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.leads.finds import Find, Finds, handling_of, load_finds, load_recoveries, load_units
from provenance.schema.session import Session

ONE_BATCH = (
    "One batch in several recoveries is a lead, not a common path: makers sell a batch to many buyers."
)

BatchKind = Literal["lot", "date_code"]
_Key = tuple[BatchKind, int, str, str]


@dataclass(frozen=True, slots=True)
class BatchMember:
    """An item of a batch: where it was found."""

    component_ref: str
    recovery_ref: str
    recovery: str
    unit: str | None
    weapon_id: int | None
    pieces: int | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A lot, or a date code of one part, in several recoveries.

    ``code`` is as it is written first. ``recoveries`` have it, of ``of_recoveries`` that have the same goods:
    anything of that maker with a known lot, or that part with a known date. ``part`` is None for a lot and
    for goods known by their marking alone; ``part_read`` says that only the program names the part.
    """

    kind: BatchKind
    code: str
    maker: str | None
    maker_ref: str | None
    part: str | None
    part_read: bool
    marking: str | None
    recoveries: int
    of_recoveries: int
    components: int
    members: tuple[BatchMember, ...]


@dataclass(frozen=True, slots=True)
class LotQuestion:
    """Which batches: of one maker (None: any), in at least so many recoveries."""

    maker: int | None = None
    min_recoveries: int = 2
    limit: int = 0
    read_parts: bool = False
    clearance: Tlp | None = None


@dataclass(frozen=True, slots=True)
class Lots:
    """The batches that are shown, how many there are, and how they were counted."""

    rows: tuple[BatchRow, ...]
    total: int
    basis: Basis


def fetch_lots(session: Session, question: LotQuestion) -> Lots:
    """Batches in several recoveries, those in the fewest first, then those of the rarest goods."""
    loaded = load_finds(session, question.clearance, read_parts=question.read_parts)
    basis = Basis("lots", "batches in several recoveries", data_fingerprint(session), _filters(question))
    loaded.account(basis, question.clearance)
    batches, goods = _batches(loaded.finds)
    _say_unjudged(loaded, basis, question)
    wanted = [key for key in batches if question.maker in (None, key[1])]
    several = [key for key in wanted if len(_recoveries(batches[key])) >= question.min_recoveries]
    several.sort(key=lambda key: _order(key, batches, goods, loaded))
    shown = several[: question.limit or None]
    members = [find for key in shown for find in batches[key]]
    named = _Named(session, members)
    rows = tuple(_row(key, batches[key], goods[_goods(key)], loaded, named) for key in shown)
    every = [find for key in several for find in batches[key]]
    basis.counted = {
        "components": len({find.number for find in every}),
        "recoveries": len(_recoveries(every)),
    }
    if len(shown) < len(several):
        basis.notes.append(f"{len(shown):,} of {len(several):,} batches are shown.")
    basis.cautions.append(ONE_BATCH if rows else NO_CLEARANCE)
    basis.handling = handling_of(session, members)
    return Lots(rows, len(several), basis)


def _filters(question: LotQuestion) -> dict[str, str]:
    found = {"read_parts": "counted" if question.read_parts else "left out"}
    found["at_least_recoveries"] = str(question.min_recoveries)
    if question.clearance is not None:
        found["at_most_tlp"] = str(question.clearance)
    return found


def _batches(finds: Sequence[Find]) -> tuple[Mapping[_Key, list[Find]], Mapping[_Key, set[int]]]:
    """The finds of each batch; and the recoveries that have any batch of the same goods."""
    batches: dict[_Key, list[Find]] = defaultdict(list)
    goods: dict[_Key, set[int]] = defaultdict(set)
    for find in finds:
        for key in _keys(find):
            batches[key].append(find)
            goods[_goods(key)].add(find.recovery)
    return batches, goods


def _keys(find: Find) -> Iterator[_Key]:
    """The batches that a find is of. A maker numbers its lots by itself; of which goods a date is has to be
    known as well, since every part was made every week.
    """
    if find.lot and (find.maker or find.part):
        yield ("lot", find.maker, "" if find.maker else find.part, find.lot)
    if find.batch and (goods := find.goods) is not None:
        yield ("date_code", find.maker, f"{goods[1]} {goods[2]}", find.batch)


def _goods(key: _Key) -> _Key:
    return (*key[:3], "")


def _recoveries(finds: Sequence[Find]) -> set[int]:
    return {find.recovery for find in finds}


def _order(
    key: _Key, batches: Mapping[_Key, list[Find]], goods: Mapping[_Key, set[int]], loaded: Finds
) -> tuple[Any, ...]:
    recoveries = len(_recoveries(batches[key]))
    maker = loaded.makers.get(key[1], "")
    return recoveries, len(goods[_goods(key)]), key[0] != "lot", maker, key[2], key[3], key[1]


def _say_unjudged(loaded: Finds, basis: Basis, question: LotQuestion) -> None:
    silent = [find for find in loaded.finds if not (find.lot or find.batch)]
    basis.leave_out(
        "without a lot and without a date code of one week or month",
        len(silent), len(_recoveries(silent)), unjudged=True,
    )  # fmt: skip
    vague = [find for find in loaded.finds if (find.lot or find.batch) and not any(_keys(find))]
    without = "of which neither maker nor part is known, nor a marking that could stand for it"
    if not question.read_parts:
        without += " (parts that only the program reads are not used)"
    basis.leave_out(without, len(vague), len(_recoveries(vague)), unjudged=True)


class _Named:
    """What the recoveries and units of some finds are called."""

    def __init__(self, session: Session, finds: Sequence[Find]) -> None:
        self._recoveries, self._units = load_recoveries(session, finds), load_units(session)

    def member(self, find: Find) -> BatchMember:
        """Where a find was found."""
        recovery, unit = self._recoveries[find.named_by], self._units.get(find.unit or 0)
        return BatchMember(
            component_ref=find.ref,
            recovery_ref=reference(RecordKind.RECOVERY, recovery.uid),
            recovery=recovery.label,
            unit=unit.label if unit is not None else None,
            weapon_id=recovery.weapon_system_id,
            pieces=find.pieces,
        )


def _row(key: _Key, finds: list[Find], goods: set[int], loaded: Finds, named: _Named) -> BatchRow:
    kind, maker, _part, _code = key
    first = finds[0]
    written = first.lot_written if kind == "lot" else first.batch_written
    is_dated = kind == "date_code"
    return BatchRow(
        kind=kind,
        code=written or "",
        maker=loaded.makers.get(maker),
        maker_ref=loaded.maker_refs.get(maker),
        part=first.mpn if is_dated or not maker else None,
        part_read=is_dated and any(find.part_read for find in finds),
        marking=first.marking_written if is_dated and not first.part else None,
        recoveries=len(_recoveries(finds)),
        of_recoveries=len(goods),
        components=len(finds),
        members=tuple(named.member(find) for find in finds),
    )
