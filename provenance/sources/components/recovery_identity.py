"""What a list says a recovery is known by: its name, its number, the occasion, or nothing but its weapon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from provenance.core.vocabulary import Extent
from provenance.sources.records import DatedFact, SerialRecord
from provenance.text.folding import fold_marking
from provenance.text.recovery_labels import recovery_label
from provenance.text.serial_numbers import is_ordinal, serial_key


class RecoveryIdentity(NamedTuple):
    """The key of a recovery, the key that earlier versions gave it, a label, and how much it stands for."""

    key: str
    former_key: str | None
    by_number: bool
    label: str
    extent: Extent


def recovery_identity(
    name: str | None,
    weapon: str | None,
    numbers: Sequence[SerialRecord],
    dates: Sequence[DatedFact],
    place: str | None,
) -> RecoveryIdentity:
    """The identity of a recovery of which at least a name, a weapon or a number is stated.

    A name is the source's own for a wreck or an incident, which may cover several specimens; a mere number in
    its place ("3") names nothing beyond the list, so that weapon, dates and place belong to the key as well.
    Without a name a number of the specimen identifies it, the first one stated. Without a number rows with
    the same weapon, dates and place are one recovery, and rows with nothing but the weapon are its model.
    """
    if name and not is_ordinal(name):
        named = f"{weapon or ''} {name}".strip()
        own = f"recovery:{serial_key(name) or name}"
        return RecoveryIdentity(own, f"recovery:{name}", False, named, _named(numbers))
    label = recovery_label(
        weapon, [each.value for each in numbers], place, [(each.kind, each.as_written) for each in dates]
    )
    # The keys of old began with these words; they are compared, not shown.
    words = " ".join((weapon or "", *(number.value for number in numbers))).strip()
    former, model = f"recovery:{name or words}", fold_marking(weapon or "")
    if numbers and not name:
        first = numbers[0]
        key = f"number:{model} {first.kind} {serial_key(first.value) or first.value}"
        return RecoveryIdentity(key, former, True, label, Extent.SPECIMEN)
    occasion = " ".join(filter(None, (*sorted(map(_moment, dates)), serial_key(place or ""))))
    if name:
        own = " ".join([serial_key(name), *(serial_key(number.value) for number in numbers)])
        named = f"{weapon or ''} {name}".strip()
        # A number of old stood for the wrecks of all lists that numbered theirs.
        return RecoveryIdentity(f"recovery:{own}@{model} {occasion}", None, False, named, _named(numbers))
    if not occasion:
        return RecoveryIdentity(f"model:{model}", former, False, label, Extent.MODEL)
    # The key of old stood for all of the weapon's recoveries without a number.
    return RecoveryIdentity(f"occasion:{model} {occasion}", None, False, label, Extent.UNSTATED)


def _named(numbers: Sequence[SerialRecord]) -> Extent:
    # A wreck's or an incident's name may cover several specimens; only a number identifies one.
    return Extent.SPECIMEN if numbers else Extent.UNSTATED


def _moment(fact: DatedFact) -> str:
    return f"{fact.kind}={fact.earliest or ''}..{fact.latest or ''}"
