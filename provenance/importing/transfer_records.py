"""What is on record of a source's transfers, by their keys, and whether a key stands for another one now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from provenance.schema.chunks import chunks
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer, TransferParty
from provenance.sources.cells import CONTENT_KEY
from provenance.sources.records import ShipmentRecord
from provenance.text.firm_names import name_key
from provenance.text.folding import fold_marking

_KEYS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class KnownTransfer:
    """The newest statement of a record key, and the import that it is from."""

    transfer_id: int
    uid: str
    raw: str
    version: int
    withdrawn: bool
    run_id: int | None


def has_no_key(record: ShipmentRecord) -> bool:
    """Whether a row is known by all that it says, its list having no key for it."""
    return record.key.startswith(CONTENT_KEY)


def called(record: ShipmentRecord) -> str:
    """How a row is named to a person; without the names given in confidence."""
    parties = [party.as_written for party in record.parties if not party.confidential]
    what = record.mpn or record.goods or record.lot or record.part_family or record.hs6
    return ": ".join(filter(None, (", ".join(parties), what)))


def known_transfers(session: Session, source_id: int, keys: Sequence[str]) -> dict[str, KnownTransfer]:
    """The newest statement of each of some record keys of a source."""
    found: dict[str, KnownTransfer] = {}
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        found |= _statements(session, source_id, keys[start : start + _KEYS_AT_ONCE], 1)
    # A statement that was withdrawn may have been stated again, under its key and a number.
    for key, there in list(found.items()):
        while there.withdrawn:
            version = there.version + 1
            later = _statements(session, source_id, [f"{key}~{version}"], version)
            if not later:
                break
            there = found[key] = later[f"{key}~{version}"]
    return found


def _statements(
    session: Session, source_id: int, keys: Sequence[str], version: int
) -> dict[str, KnownTransfer]:
    rows = session.execute(
        select(
            Transfer.id,
            Transfer.uid,
            Transfer.withdrawn_at,
            Citation.record_key,
            Citation.raw_text,
            Citation.import_run_id,
        )
        .join(Transfer, Transfer.id == Citation.transfer_id)
        .where(Citation.source_id == source_id, Citation.record_key.in_(keys))
    )
    return {
        row.record_key: KnownTransfer(
            row.id, row.uid, row.raw_text, version, row.withdrawn_at is not None, row.import_run_id
        )
        for row in rows
    }


def other_transfers(session: Session, changed: Iterable[tuple[ShipmentRecord, KnownTransfer]]) -> set[str]:
    """The keys of those changed rows whose parties and goods are all others than on record.

    Such a row is about another transfer, and the one on record would be lost. Goods are compared by the most
    precise statement that both have; where they have none in common, they are others.
    """
    rows = list(changed)
    ids = [there.transfer_id for _record, there in rows]
    parties: defaultdict[int, set[str]] = defaultdict(set)
    goods: dict[int, tuple[str, ...]] = {}
    for part in chunks(ids):
        for number, name in session.execute(
            select(TransferParty.transfer_id, TransferParty.as_written).where(
                TransferParty.transfer_id.in_(part)
            )
        ):
            parties[number].add(name_key(name))
        for number, *stated in session.execute(
            select(
                Transfer.id,
                Transfer.lot,
                Part.mpn,
                Transfer.part_family,
                Transfer.goods_as_written,
                Transfer.hs6,
            )
            .outerjoin(Part, Part.id == Transfer.part_id)
            .where(Transfer.id.in_(part))
        ):
            goods[number] = tuple(map(_folded, stated))
    return {
        record.key
        for record, there in rows
        if not parties[there.transfer_id] & {name_key(party.as_written) for party in record.parties}
        and not _same_goods(_goods(record), goods[there.transfer_id])
    }


def _goods(record: ShipmentRecord) -> tuple[str, ...]:
    stated = record.lot, record.mpn, record.part_family, record.goods or record.mpn, record.hs6
    return tuple(map(_folded, stated))


def _folded(text: str | None) -> str:
    return fold_marking(text) if text else ""


def _same_goods(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    compared = ((one, other) for one, other in zip(ours, theirs, strict=True) if one and other)
    one, other = next(compared, ("", "other"))
    return one == other
