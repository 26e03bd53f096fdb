"""What several rows say of one recovery, brought together; pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from provenance.sources.records import DatedFact, RecoveryRecord, SerialRecord
from provenance.text.serial_numbers import plainest, serial_key

_TOGETHER = (
    ("designation", "weapon_names", "host_named"),
    ("unit_designation", "unit_names", "unit_kind"),
    ("weapon_kind",),
    ("kind",),
    ("extent",),
    ("variant",),
    ("place",),
    ("country",),
)
"""Fields that are stated together, the one that decides first; each a group of its own."""

_UNSAID = {name: field.default for name, field in RecoveryRecord.model_fields.items()}

Contradictions = dict[str, tuple[Any, ...]]
"""Field, and the statements about it that were not kept."""


def recovery_text(record: RecoveryRecord) -> str:
    """A recovery's own record as its citation keeps it, the same whatever the order of its facts."""
    if len(record.serials) > 1 or len(record.dates) > 1:
        ordered = {
            "serials": tuple(sorted(set(record.serials), key=lambda serial: (serial.kind, serial.value))),
            "dates": tuple(sorted(set(record.dates), key=lambda fact: (fact.kind, fact.as_written))),
        }
        record = record.model_copy(update=ordered)
    return record.model_dump_json(exclude_defaults=True)


def read_recovery(text: str) -> RecoveryRecord | None:
    """The record that `recovery_text` has kept; None for anything else."""
    try:
        return RecoveryRecord.model_validate_json(text)
    except ValidationError:
        return None


def complete(first: RecoveryRecord, other: RecoveryRecord) -> tuple[RecoveryRecord, Contradictions]:
    """The first record with its gaps filled from the other, and the contradictions between the two.

    What is stated first stands; serials and dates of both are kept side by side.
    """
    if other == first:
        return first, {}
    values: dict[str, Any] = {}
    against: Contradictions = {}
    for group in _TOGETHER:
        mine, theirs = getattr(first, group[0]), getattr(other, group[0])
        if theirs == _UNSAID[group[0]] or mine == theirs:
            continue
        if mine == _UNSAID[group[0]] or (_one_name(mine, theirs) and plainest(mine, theirs) == theirs):
            values |= {name: getattr(other, name) for name in group}
        elif _one_name(mine, theirs):
            continue
        else:
            against[group[0]] = (theirs,)
    values |= _label(first.label, other.label, against)
    values["serials"] = one_spelling_each((*first.serials, *other.serials))
    values["dates"] = _union(first.dates, other.dates)
    values["more"] = _more(first, other, against)
    for kind, written in (*_strange_serials(first, other), *_strange_dates(first, other)):
        against = together(against, {kind: (written,)})
    return first.model_copy(update=values), against


def _more(first: RecoveryRecord, other: RecoveryRecord, against: Contradictions) -> tuple[Any, ...]:
    """The declared fields of both; what is stated first stands."""
    mine, theirs = dict(first.more), dict(other.more)
    for name in mine.keys() & theirs.keys():
        if not (mine[name] == theirs[name] or _one_name(mine[name], theirs[name])):
            against[name] = (theirs[name],)
    return tuple(sorted((theirs | mine).items()))


def one_spelling_each(serials: Iterable[SerialRecord]) -> tuple[SerialRecord, ...]:
    """The numbers, each once: of several spellings of one the plainest, see `plainest`."""
    found: dict[tuple[str, str], SerialRecord] = {}
    for serial in serials:
        number = _number(serial)
        known = found.get(number)
        if known is None or plainest(known.value, serial.value) != known.value:
            found[number] = serial
    return tuple(found.values())


def _one_name(mine: Any, theirs: Any) -> bool:
    """Whether two texts are spellings of one name or number."""
    if not isinstance(mine, str) or not isinstance(theirs, str) or isinstance(mine, StrEnum):
        return False
    return serial_key(mine) == serial_key(theirs) != ""


def together(one: Contradictions, other: Contradictions) -> Contradictions:
    """The contradictions of both, each once."""
    return one | {name: _union(one.get(name, ()), values) for name, values in other.items()}


def renew(stored: RecoveryRecord, current: RecoveryRecord) -> RecoveryRecord:
    """What a source says now, and for what it no longer states what it stated before."""
    numbered, dated = {serial.kind for serial in current.serials}, {fact.kind for fact in current.dates}
    rest = stored.model_copy(
        update={
            "label": current.label,
            "serials": tuple(serial for serial in stored.serials if serial.kind not in numbered),
            "dates": tuple(fact for fact in stored.dates if fact.kind not in dated),
        }
    )
    return complete(current, rest)[0]


def prefer(record: RecoveryRecord, stored: RecoveryRecord, against: Contradictions) -> RecoveryRecord:
    """Where rows contradict each other, the earlier value is kept if one of them states it."""
    kept: dict[str, Any] = {
        name: getattr(stored, name)
        for group in (*_TOGETHER, ("label",))
        if getattr(stored, group[0]) in against.get(group[0], ())
        for name in group
    }
    more = {name: value for name, value in stored.more if value in against.get(name, ())}
    if more:
        kept["more"] = tuple(sorted((dict(record.more) | more).items()))
    return record.model_copy(update=kept) if kept else record


def _label(mine: str, theirs: str, against: Contradictions) -> dict[str, str]:
    if _one_name(mine, theirs):
        return {"label": plainest(mine, theirs)}
    if mine in theirs:
        return {"label": theirs}
    if theirs not in mine:
        against["label"] = (theirs,)
    return {}


def _union(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*mine, *theirs)))


def _strange_serials(mine: RecoveryRecord, theirs: RecoveryRecord) -> Iterable[tuple[str, str]]:
    """Kind and number where each of the two names a number of a kind that the other does not."""
    own, others = set(map(_number, mine.serials)), set(map(_number, theirs.serials))
    kinds = {kind for kind, _key in own - others}
    return (
        (serial.kind.value, serial.value)
        for serial in theirs.serials
        if serial.kind in kinds and _number(serial) not in own
    )


def _number(serial: SerialRecord) -> tuple[str, str]:
    return serial.kind, serial_key(serial.value) or serial.value


def _strange_dates(mine: RecoveryRecord, theirs: RecoveryRecord) -> Iterable[tuple[str, str]]:
    """Kind and wording of dates that cannot both hold: of one kind, and without a day in common."""
    own = [fact for fact in mine.dates if fact not in theirs.dates]
    return (
        (fact.kind.value, fact.as_written)
        for fact in theirs.dates
        if fact not in mine.dates and any(fact.kind == other.kind and not _meet(fact, other) for other in own)
    )


def _meet(one: DatedFact, other: DatedFact) -> bool:
    starts = [day for day in (one.earliest, other.earliest) if day]
    ends = [day for day in (one.latest, other.latest) if day]
    return not starts or not ends or max(starts) <= min(ends)
