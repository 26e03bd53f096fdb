"""Records of a source that a new issue of their list does not have any more: kept, listed, never removed.

A file is an issue of the list that an earlier import brought if it has one of that import's records. What the
earlier import brought and the file lacks may have been withdrawn by its source, or corrected so that it is
another record now: then a new one resembles it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import exists, func, select

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.importing.contents import cells_of
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion
from provenance.schema.transfers import Transfer, TransferParty

_COMPARED = 2_000
"""Records that are compared with new ones: nobody looks through more."""

_FEWEST_EQUAL = 0.5
_LIKENESS = 60
"""A correction leaves half of the cells as they were, and what it changes is alike in most letters (in
percent, as rapidfuzz counts): "AD7606B5TZ" and "AD7606BSTZ" are, two parts of one maker are not."""

_FILLED_IN = 75
"""The likeness of a cell that was empty, or is now."""

_COMMON = 200
"""A cell that more new rows have tells nothing of which of them it is."""


class NearRecord(NamedTuple):
    """A new record that may be the correction of a vanished one."""

    ref: str
    title: str


class Vanished(NamedTuple):
    """A record on which its list is silent now, and the new one that resembles it; None where none does."""

    ref: str
    title: str
    near: NearRecord | None


class _Row(NamedTuple):
    uid: str
    title: str
    cells: dict[str, str]


class Issues:
    """The imports whose records a file has: it is another issue of their lists."""

    def __init__(self, session: Session, source_id: int, run_id: int) -> None:
        self._session = session
        self._source_id = source_id
        self._run_id = run_id
        self._earlier: set[int] = set()

    def note(self, run_ids: Iterable[int | None]) -> None:
        """Adds the imports that brought records which the file has."""
        self._earlier.update(number for number in run_ids if number is not None)
        self._earlier.discard(self._run_id)

    def vanished_components(
        self, is_in_file: Callable[[int], bool], apart: Collection[str]
    ) -> list[Vanished]:
        """The components that came with the earlier issues and are not in the file.

        The columns ``apart`` number the rows or hold their keys: they do not tell how alike two rows are.
        """
        gone = [number for number in self._brought(Component, self._earlier) if not is_in_file(number)]
        if not gone:
            return []
        old = list(self._components(gone))
        return _with_near(RecordKind.COMPONENT, old, lambda: self._components(self._new()), apart)

    def vanished_transfers(self, in_file: Collection[int], apart: Collection[str]) -> list[Vanished]:
        """As `vanished_components`, of transfers; ``in_file`` are those whose records were known."""
        gone = [number for number in self._brought(Transfer, self._earlier) if number not in in_file]
        if not gone:
            return []
        new = [number for number in self._brought(Transfer, [self._run_id]) if number not in in_file]
        old = list(self._transfers(gone))
        return _with_near(RecordKind.TRANSFER, old, lambda: self._transfers(new), apart)

    def _brought(self, noun: type[Component] | type[Transfer], runs: Collection[int]) -> list[int]:
        """What some imports brought or changed last, without what was withdrawn since."""
        if not runs:
            return []
        target = Citation.component_id if noun is Component else Citation.transfer_id
        found = self._session.execute(
            select(noun.id)
            .join(Citation, target == noun.id)
            .where(Citation.import_run_id.in_(runs), noun.withdrawn_at.is_(None))
            .order_by(noun.id)
        )
        return list(dict.fromkeys(found.scalars()))

    def _new(self) -> list[int]:
        """The components that this import brought and that were not on record before."""
        changed = exists().where(CitationVersion.citation_id == Citation.id)
        found = self._session.execute(
            select(Citation.component_id)
            .where(Citation.import_run_id == self._run_id, Citation.component_id.is_not(None), ~changed)
            .order_by(Citation.component_id)
        )
        return [number for number in found.scalars() if number is not None]

    def _components(self, numbers: Sequence[int]) -> Iterator[_Row]:
        for part in chunks(numbers):
            rows = self._session.execute(
                select(
                    Component.uid,
                    Recovery.label,
                    func.coalesce(Component.marking, Component.description),
                    Citation.raw_text,
                )
                .join(Recovery, Recovery.id == Component.recovery_id)
                .join(Citation, Citation.component_id == Component.id)
                .where(Component.id.in_(part), Citation.source_id == self._source_id)
                .order_by(Component.id)
            )
            for uid, label, what, raw in rows:
                yield _Row(uid, ": ".join(filter(None, (label, what))), cells_of(raw))

    def _transfers(self, numbers: Sequence[int]) -> Iterator[_Row]:
        for part in chunks(numbers):
            names: defaultdict[int, list[str]] = defaultdict(list)
            parties = self._session.execute(
                select(TransferParty.transfer_id, TransferParty.as_written)
                .where(TransferParty.transfer_id.in_(part), TransferParty.confidential.is_(False))
                .order_by(TransferParty.id)
            )
            for number, name in parties:
                names[number].append(name)
            rows = self._session.execute(
                select(Transfer.id, Transfer.uid, Transfer.goods_as_written, Citation.raw_text)
                .join(Citation, Citation.transfer_id == Transfer.id)
                .where(Transfer.id.in_(part), Citation.source_id == self._source_id)
                .order_by(Transfer.id)
            )
            for number, uid, goods, raw in rows:
                title = ": ".join(filter(None, (", ".join(names[number]), goods)))
                yield _Row(uid, title, cells_of(raw))


def _with_near(
    kind: RecordKind, gone: Sequence[_Row], fresh: Callable[[], Iterable[_Row]], apart: Collection[str]
) -> list[Vanished]:
    """The vanished records, each with the new one that it may be now."""
    rows = list(fresh()) if len(gone) <= _COMPARED else []
    having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        _without(row, apart)
        for cell in row.cells.items():
            having[cell].append(place)
    found = []
    for old in gone:
        _without(old, apart)
        near = _nearest(old, rows, having)
        found.append(
            Vanished(
                reference(kind, old.uid),
                old.title,
                NearRecord(reference(kind, near.uid), near.title) if near else None,
            )
        )
    return found


def _without(row: _Row, columns: Collection[str]) -> None:
    for name in columns:
        row.cells.pop(name, None)


def _nearest(old: _Row, rows: Sequence[_Row], having: dict[tuple[str, str], list[int]]) -> _Row | None:
    """The new row that agrees with a vanished one in most cells and is alike in the others."""
    places = {
        place
        for cell in old.cells.items()
        if len(there := having.get(cell, ())) <= _COMMON
        for place in there
    }
    alike = [(_likeness(old.cells, rows[place].cells), -place) for place in places]
    best = max((one for one in alike if one[0] is not None), default=None)
    return rows[-best[1]] if best else None


def _likeness(old: dict[str, str], new: dict[str, str]) -> tuple[int, float] | None:
    """In how many cells two rows agree, and how alike the others are; None where they are not near."""
    from rapidfuzz.fuzz import ratio

    names = old.keys() | new.keys()
    different = [name for name in names if old.get(name) != new.get(name)]
    equal = len(names) - len(different)
    if not different or equal < _FEWEST_EQUAL * len(names):
        return None
    alike = [ratio(old[name], new[name]) if name in old and name in new else _FILLED_IN for name in different]
    return (equal, sum(alike) / len(alike)) if min(alike) >= _LIKENESS else None
