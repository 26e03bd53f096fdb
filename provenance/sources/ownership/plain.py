"""A plain table of stakes: owner, owned, share, from, to, line, control, status, note; CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from provenance.core.errors import BadInput
from provenance.core.vocabulary import Control, OwnershipStatus
from provenance.sources.headers import header_key
from provenance.sources.ownership.records import Number, Stated, StatedFirm, StatedStake, Unreadable
from provenance.sources.tables import TableOptions, TableRow, open_table
from provenance.text.partial_dates import DateSpan
from provenance.text.unknown import says_unknown
from provenance.text.written_dates import read_date

Member = TypeVar("Member", bound=StrEnum)

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner", "parent", "shareholder", "власник", "материнська компанія", "владелец"),
    "owned": ("owned", "firm", "company", "subsidiary", "фірма", "компанія", "дочірня компанія", "компания"),
    "owner number": ("owner number", "owner lei", "owner id", "номер власника"),
    "owned number": ("owned number", "owned lei", "owned id", "firm number", "номер фірми"),
    "share": ("share", "percent", "share percent", "stake", "частка", "доля"),
    "from": ("from", "since", "від", "з", "с"),
    "to": ("to", "until", "до", "по"),
    "line": ("line", "product line", "лінійка", "продуктова лінійка"),
    "control": ("control", "контроль"),
    "status": ("status", "стан", "статус"),
    "note": ("note", "remark", "примітка", "примечание"),
}
_NEEDED = ("owner", "owned")


def read_table(file: Path, options: TableOptions | None = None) -> Iterator[Stated]:
    """Every row of a table as a stake.

    Raises:
        BadInput: the table cannot be read, or has no column for the owner or the owned firm.
    """
    known = frozenset(header_key(name) for names in _HEADERS.values() for name in names)
    settled = options or TableOptions(of_names=True, known=known)
    table = open_table(file, settled)
    columns = _columns(table.header)
    if missing := [name for name in _NEEDED if name not in columns]:
        raise BadInput(
            f"missing column {', '.join(missing)}; the header has {', '.join(filter(None, table.header))}",
            file=file.name,
            line=table.header_line,
            hint=f"Columns are: {', '.join(_HEADERS)}.",
        )
    for row in table.rows():
        try:
            yield _stake(row, columns)
        except ValueError as error:
            yield Unreadable(row.line, str(error))


def _columns(header: list[str]) -> dict[str, str]:
    keys = {header_key(name): name for name in reversed(header) if name}
    found = {}
    for field, names in _HEADERS.items():
        for name in names:
            if header_key(name) in keys:
                found[field] = keys[header_key(name)]
                break
    return found


def _stake(row: TableRow, columns: Mapping[str, str]) -> StatedStake:
    cells = {field: row.cells.get(column, "").strip() for field, column in columns.items()}
    said = {field: text for field, text in cells.items() if text and not says_unknown(text)}
    if missing := [name for name in _NEEDED if name not in said]:
        raise ValueError(f"{', '.join(missing)} is empty")
    since, until = (_day(field, said.get(field)) for field in ("from", "to"))
    if since and until and since.earliest and until.latest and until.latest < since.earliest:
        raise ValueError(f"to {said['to']} is before from {said['from']}")
    return StatedStake(
        row.line,
        StatedFirm(said["owner"], _number(said.get("owner number"))),
        StatedFirm(said["owned"], _number(said.get("owned number"))),
        _percent(said.get("share")),
        said.get("line"),
        _member(Control, "control", said.get("control")),
        since,
        until,
        _member(OwnershipStatus, "status", said.get("status")) or OwnershipStatus.COMPLETED,
        said.get("note"),
    )


def _number(text: str | None) -> tuple[Number, ...]:
    """A number with what it is called before it ("INN 7707083893"), or a LEI."""
    if text is None:
        return ()
    label, _space, value = text.partition(" ")
    return ((label, value),) if value else (("LEI", text),)


def _percent(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        percent = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        raise ValueError(f"share {text!r} is not a number") from None
    if not 0 <= percent <= 100:
        raise ValueError(f"share {text} is not between 0 and 100")
    return percent


def _day(field: str, text: str | None) -> DateSpan | None:
    if text is None:
        return None
    try:
        return read_date(text)
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from None


def _member(vocabulary: type[Member], field: str, text: str | None) -> Member | None:
    if text is None:
        return None
    try:
        return vocabulary(text.casefold())
    except ValueError:
        raise ValueError(f"{field} {text!r} is not one of {', '.join(vocabulary)}") from None
