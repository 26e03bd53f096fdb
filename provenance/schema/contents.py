"""Digests of what the tables hold: one for each block of a table's rows, so that few are made again after a
change. They say whether two databases hold the same, and nothing else.
"""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table

from provenance.schema.base import UtcDateTime, metadata
from provenance.schema.derived import BLOCK_BITS, CONTENTS_BITS
from provenance.schema.watched import KEY_OF, NOT_CONTENTS, contents_of

LAYOUT = "1"
"""Raised with every change in what a digest is made of, so that `init` makes them again."""

COLUMN = "digests"
"""The name under which `FactColumn` keeps the digests of a segment, block by block."""

DIGEST_BYTES = 16
BLOCK = (1 << BLOCK_BITS) - 1
"""What the numbers of a block differ in."""

_EMPTY = bytes(DIGEST_BYTES)
_SEGMENT = (1 << CONTENTS_BITS) - 1
_MANY_BLOCKS = 64
"""From this many blocks on, a segment is read as a whole."""

Digests = dict[int, bytes]
"""The digests of the blocks that have rows, by their place in the segment."""


def block_of(number: int) -> int:
    """The place in its segment of the block of a row."""
    return (number & _SEGMENT) >> BLOCK_BITS


def patched(payload: bytes, blocks: Collection[int] | None, found: Digests) -> bytes:
    """The digests of a segment with those of some blocks (None: of all) replaced by what was found."""
    kept = {} if blocks is None else _unpacked(payload)
    for block in blocks or ():
        kept.pop(block, None)
    kept |= found
    places = range(max(kept, default=-1) + 1)
    return b"".join(kept.get(place, _EMPTY) for place in places)


def _unpacked(payload: bytes) -> Digests:
    starts = range(0, len(payload), DIGEST_BYTES)
    digests = {start // DIGEST_BYTES: payload[start : start + DIGEST_BYTES] for start in starts}
    return {place: digest for place, digest in digests.items() if digest != _EMPTY}


def differing(payload: bytes, found: bytes) -> set[int]:
    """The blocks in which two segments differ."""
    one, other = _unpacked(payload), _unpacked(found)
    return {place for place in one.keys() | other.keys() if one.get(place) != other.get(place)}


def digest_of(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """The digest of some rows, column by column, as the driver of SQLite takes and gives them.

    A column unknown throughout is as if it were not there, so that a new one changes no digest.
    """
    known = sorted((name, list(cells)) for name, cells in columns.items() if cells.count(None) < len(cells))
    # The oldest of Python's own formats, which no version changes: JSON takes four times as long.
    return blake2b(marshal.dumps(known, 0), digest_size=DIGEST_BYTES).digest()


def read_segment(
    connection: Connection, name: str, segment: int, blocks: Collection[int] | None = None
) -> Digests:
    """The digests of some blocks of a segment (None: of all) as the table of that name has them now."""
    table = _table(name)
    start = segment << CONTENTS_BITS
    if blocks is None or len(blocks) > _MANY_BLOCKS:
        ranges = [(start, start + _SEGMENT)]
    else:
        ranges = [(first := start + (block << BLOCK_BITS), first + BLOCK) for block in sorted(blocks)]
    read = _read_sqlite if connection.dialect.name == "sqlite" else _read_postgres
    found: Digests = {}
    for first, last in ranges:
        found |= {
            block_of(block << BLOCK_BITS): digest for block, digest in read(connection, table, first, last)
        }
    return found if blocks is None else {block: found[block] for block in blocks if block in found}


def _table(name: str) -> Table:
    """The table of that name; others are loaded only where this one is not yet: it takes a while."""
    if name in metadata.tables:
        return metadata.tables[name]
    from provenance.schema.everything import metadata as of_all

    return of_all.tables[name]


def _columns(table: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in NOT_CONTENTS.get(table, ())]


def _read_sqlite(connection: Connection, table: Table, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    key = KEY_OF[table.name]
    names = _columns(table.name, table.columns.keys())
    order = ", ".join(dict.fromkeys([*filter(None, [key]), *table.primary_key.columns.keys()]))
    within = f"WHERE {key} BETWEEN {first} AND {last}" if key else ""
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join(names)} FROM {table.name} {within} ORDER BY {order}"
    )
    at = names.index(key) if key else None
    for block, some in groupby(rows.all(), lambda row: 0 if at is None else row[at] >> BLOCK_BITS):
        yield block, digest_of(dict(zip(names, zip(*some, strict=True), strict=True)))


def _read_postgres(
    connection: Connection, table: Table, first: int, last: int
) -> Iterator[tuple[int, bytes]]:
    """The server makes the digests: what is sent is short. A moment in a text depends on the time zone."""
    key = KEY_OF[table.name]
    columns = ", ".join(
        f"{column.name} AT TIME ZONE 'UTC' AS {column.name}"
        if isinstance(column.type, UtcDateTime)
        else column.name
        for column in map(table.columns.__getitem__, _columns(table.name, table.columns.keys()))
    )
    within = f"WHERE {key} BETWEEN {first} AND {last}" if key else ""
    block = f"{key} >> {BLOCK_BITS}" if key else "0"
    rows = connection.exec_driver_sql(
        "SELECT block, md5(string_agg(said, ',' ORDER BY said)) FROM ("
        "SELECT block, md5(jsonb_strip_nulls(to_jsonb(line))::text) AS said"
        f" FROM (SELECT {block} AS block, {columns} FROM {table.name} {within}) AS line"
        ") AS lines GROUP BY block"
    )
    yield from ((number, bytes.fromhex(digest)) for number, digest in rows)


# What many rows inserted at once add (SQLite).

_NOTE = (
    "INSERT INTO fact_change (sheet, segment, row_id, writer, changes) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (sheet, segment, row_id, writer)"
    " DO UPDATE SET changes = fact_change.changes + excluded.changes"
)


def note_inserted(connection: Connection, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Counts many rows that were inserted into a table, given as the driver took them.

    Blocks of which every row was inserted get their digest at once: reading them back would take longer than
    writing them did. The others are noted as changed.
    """
    numbers = columns[str(KEY_OF[table])]
    whole: dict[int, Digests] = {}
    in_blocks = Counter(number >> BLOCK_BITS for number in numbers)
    if list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        for block in (each for each, count in in_blocks.items() if count > BLOCK):
            first = (block << BLOCK_BITS) - numbers[0]
            cells = {name: columns[name][first : first + BLOCK + 1] for name in _columns(table, columns)}
            segment = block << BLOCK_BITS >> CONTENTS_BITS
            whole.setdefault(segment, {})[block_of(block << BLOCK_BITS)] = digest_of(cells)
    sheet = contents_of(table)
    done = {segment for segment, found in whole.items() if _keep(connection, sheet, segment, found)}
    noted = {
        (segment, first | BLOCK): count
        for block, count in in_blocks.items()
        if (segment := (first := block << BLOCK_BITS) >> CONTENTS_BITS) not in done
        or block_of(first) not in whole[segment]
    }
    if noted:
        connection.exec_driver_sql(
            _NOTE, [(sheet, segment, row, 1, count) for (segment, row), count in noted.items()]
        )


def _keep(connection: Connection, sheet: str, segment: int, found: Digests) -> bool:
    """Adds digests of new rows to a segment's, unless what is kept of it cannot be trusted."""
    here = (sheet, segment)
    kept = connection.exec_driver_sql(
        "SELECT layout, made_from, payload FROM fact_column"
        " WHERE sheet = ? AND segment = ? AND column_name = ?",
        (*here, COLUMN),
    ).first()
    packed, unread = connection.exec_driver_sql(
        "SELECT coalesce(sum(changes) FILTER (WHERE writer = 0), 0),"
        " count(*) FILTER (WHERE row_id = 0 AND writer > 0)"
        " FROM fact_change WHERE sheet = ? AND segment = ?",
        here,
    ).one()
    if unread or (packed if kept is None else (kept[0], kept[1]) != (LAYOUT, packed)):
        return False
    rows = len(found) << BLOCK_BITS
    payload = patched(b"" if kept is None else kept[2], set(found), found)
    connection.exec_driver_sql(_NOTE, (*here, 0, 0, rows))
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO fact_column (sheet, segment, column_name, layout, made_from, payload)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*here, COLUMN, LAYOUT, packed + rows, payload),
    )
    return True
