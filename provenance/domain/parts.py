"""Parts: one row for each part number of a maker, with the keys by which markings find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import StatementStatus
from provenance.domain.batches import NewRows
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification
from provenance.schema.reference import Part, PartKey
from provenance.schema.rows import insert_rows
from provenance.schema.session import Session
from provenance.text.folding import fold
from provenance.text.part_numbers import index_keys, part_key, top_code_key

_PARTS_KEPT = 200_000
"""Parts that an import keeps in memory; the rest of a longer list is looked up again."""

_ROWS_AT_ONCE = 20_000


def part_row(mpn: str, organization_id: int | None, maker_uid: str, source_id: int) -> Part:
    """The row of a part that is new; ``maker_uid`` is empty where the maker is not known."""
    key = part_key(mpn)
    return Part(
        uid=natural_uid("part", key, maker_uid),
        organization_id=organization_id,
        mpn=mpn,
        mpn_key=key,
        folded=fold(mpn),
        source_id=source_id,
    )


class PartWriter:
    """Part numbers as makers sell them, found or made; looked up by number, for there may be millions.

    A new part is created with ``source_id`` as its source.
    """

    def __init__(self, session: Session, rows: NewRows, source_id: int) -> None:
        self._session = session
        self._rows = rows
        self._source_id = source_id
        self._makers: dict[int, str] = {}
        self._keys: dict[str, str] = {}
        self._known: dict[tuple[str, int | None], int] = {}

    def prepare(self, mpns: Iterable[str]) -> None:
        """Looks up the parts of a batch's numbers, some thousands at most.

        What was collected before is written already.
        """
        if len(self._known) > _PARTS_KEPT:
            self._known.clear()
            self._keys.clear()
        self._look_up({mpn for mpn in mpns if mpn not in self._keys})

    def _look_up(self, mpns: set[str]) -> None:
        keys = {mpn: part_key(mpn) for mpn in mpns}
        stored = (
            select(Part.mpn_key, Part.organization_id, Part.id)
            .where(Part.mpn_key.in_(set(keys.values())))
            .order_by(Part.id.desc())
        )
        # The oldest comes last and is kept: without a maker a number may be there twice.
        found = {(row[0], row[1]): row[2] for row in self._session.execute(stored)} if keys else {}
        # A number that was made and is not written yet is known by another spelling.
        self._known = found | self._known
        self._keys |= keys

    def part(self, mpn: str, organization_id: int | None) -> int:
        """The row number of a maker's part number."""
        mpn_key = self._keys.get(mpn)
        if mpn_key is None:
            self._look_up({mpn})
            mpn_key = self._keys[mpn]
        key = mpn_key, organization_id
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(mpn, organization_id)
        return self._rows.part(known)

    def _make(self, mpn: str, organization_id: int | None) -> int:
        maker = self._maker_uid(organization_id)
        return self._rows.add(part_row(mpn, organization_id, maker, self._source_id))

    def _maker_uid(self, organization_id: int | None) -> str:
        # Row numbers differ between installations; a part's identity may not.
        if organization_id is None:
            return ""
        if organization_id not in self._makers:
            found = select(Organization.uid).where(Organization.id == organization_id)
            self._makers[organization_id] = self._session.execute(found).scalar_one()
        return self._makers[organization_id]


def add_keys(session: Session, parts: Iterable[tuple[int, str]]) -> None:
    """Writes the keys of parts that have none yet, given as row number and MPN."""
    rows: list[PartKey] = []
    for part_id, mpn in parts:
        rows += [PartKey(key=key, part_id=part_id) for key in index_keys(mpn)]
        if len(rows) >= _ROWS_AT_ONCE:
            insert_rows(session, rows)
            rows = []
    insert_rows(session, rows)


def add_top_codes(session: Session, parts: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Writes the keys of top codes that their parts, given by row number, are not known to carry yet."""
    rows = [PartKey(key=top_code_key(code), part_id=part_id) for part_id, codes in parts for code in codes]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        insert_rows(session, rows[start : start + _ROWS_AT_ONCE])


def index_stated_parts(session: Session) -> None:
    """Gives keys to the parts that a source states or a person has confirmed; a guess gets none."""
    stated = exists().where(
        Identification.part_id == Part.id, Identification.status != StatementStatus.TENTATIVE
    )
    keyed = exists().where(PartKey.part_id == Part.id)
    rows = session.execute(select(Part.id, Part.mpn).where(stated, ~keyed).order_by(Part.id)).all()
    add_keys(session, [(row.id, row.mpn) for row in rows])


def add_missing_keys(session: Session, parts: Iterable[tuple[int, str]]) -> None:
    """`add_keys` for those of the parts that have none yet."""
    for part_id, mpn in parts:
        if not session.execute(select(exists().where(PartKey.part_id == part_id))).scalar():
            add_keys(session, [(part_id, mpn)])
