"""OFAC's lists as CSV, ``sdn.csv`` or ``cons_prim.csv`` with the other files beside it, or as XML.

No header, ``-0-`` for null, a Ctrl-Z on the last line. Layout: OFAC's dat_spec.txt, where the files are
joined by ``Ent_num``; ``sdn_comments`` continues remarks that the main file cuts off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import refuse_other_format
from provenance.sources.tables import FileKind, Unfinished, delimited_rows, file_kind, strict_lines
from provenance.sources.watchlists.base import (
    END_MARK,
    FixedFormat,
    address,
    check_width,
    country_or_none,
    identifier_texts,
    named,
    once,
    refuse_layout,
    texts,
)
from provenance.sources.watchlists.ofac_xml import OFAC_XML
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.text.registration_numbers import read_labelled_numbers

_NULL = "-0-"
_WIDTH = 12
_KINDS = {
    "individual": PartyKind.PERSON,
    "vessel": PartyKind.VESSEL,
    "aircraft": PartyKind.AIRCRAFT,
    _NULL: PartyKind.ENTITY,
}
_ALIAS_KINDS = {"aka": ListedNameKind.ALIAS, "fka": ListedNameKind.FORMER, "nka": ListedNameKind.ALIAS}
_QUOTED_ALIAS = re.compile(r"\b([afn]\.k\.a\.),? '([^';]{2,})'")
_IN_COMPANIONS = {"alt": "aliases", "add": "addresses"}
"""What an entry can be found by, and the companion file that has it."""

_COMPANION_WIDTHS = {6: "addresses", 5: "aliases", 2: "remarks"}


class OfacSdn(FixedFormat):
    """The format that the module describes."""

    name = "ofac-sdn"
    title = "OFAC SDN or consolidated list: XML, or sdn.csv or cons_prim.csv with the files beside it"
    watchlist = "ofac-sdn"

    def list_of(self, file: Path) -> str | None:
        """The SDN list, or the other one by the names of its files: cons_prim.csv, consolidated.xml."""
        return "ofac-consolidated" if file.stem.lower().startswith("cons") else self.watchlist

    def sniff(self, sample: FileSample) -> bool:
        """Whether the first row is an entry, with a number and the list's null; or the root of the XML."""
        if sample.kind is FileKind.XML:
            return OFAC_XML.shape.recognises(sample.text)
        return len(sample.header) == _WIDTH and sample.header[0].isdigit() and _NULL in sample.header

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`.

        A file without its end mark is accepted only where the files beside it have no entry that it lacks.
        """
        if file_kind(file) is FileKind.XML:
            yield from OFAC_XML.read(file, options, self)
            return
        refuse_other_format(file, self)
        refuse_layout(file, options)
        _refuse_companion(file)
        beside = {kind: _read(path, width) for kind, path, width in _companions(file)}
        addresses, aliases, comments = (_by_number(beside.get(kind)) for kind in ("add", "alt", "comments"))
        main = _read(file, _WIDTH)
        known = {cells[0] for _line, cells in main.records}
        if not main.records:
            raise BadInput("there is no entry in the file", file=file.name, line=1)
        self._check_whole(file, main.ended, known, addresses, aliases)
        if missing := [what for kind, what in _IN_COMPANIONS.items() if kind not in beside]:
            options.notes.append(
                f"no {' and no '.join(missing)} in this version: screening against it finds less;"
                " put OFAC's add.csv and alt.csv of the same day into the folder of the file"
            )
        for line, cells in main.records:
            number = cells[0]
            remarks = _null(cells[11]) + "".join(row[1] for row in comments[number] if len(row) > 1)
            names = named(cells[1], [], []) + _aliases(aliases[number]) + _quoted(remarks)
            yield ListEntry(
                line=line,
                identity=number,
                own_id=number,
                names=once(names),
                kind=_KINDS.get(cells[2].casefold(), PartyKind.ENTITY),
                addresses=tuple(found for row in addresses[number] if (found := _address(row))),
                identifiers=identifier_texts(read_labelled_numbers(remarks)),
                program=_null(cells[3]) or None,
                remarks=texts(remarks),
            )

    @staticmethod
    def _check_whole(
        file: Path,
        ended: bool,
        known: set[str],
        addresses: dict[str, list[list[str]]],
        aliases: dict[str, list[list[str]]],
    ) -> None:
        unknown = sorted((set(addresses) | set(aliases)) - known, key=int)
        if unknown:
            raise BadInput(
                f"the files beside it have {len(unknown):,} entries that it lacks, the first is {unknown[0]}",
                file=file.name,
                hint="It is cut off, or the files are of different dates; get all of them again.",
            )
        if not ended and not addresses and not aliases:
            raise Unfinished(
                "the end mark (Ctrl-Z on the last line) is missing: the file may be cut off",
                file=file.name,
                line=max(1, len(known)),
                hint="Get it again, or put add.csv and alt.csv of the same day beside it.",
            )


class _Records:
    """A file's records with their lines, and whether its end mark was there."""

    def __init__(self, records: list[tuple[int, list[str]]], ended: bool) -> None:
        self.records = records
        self.ended = ended


def _refuse_companion(file: Path) -> None:
    """Refuses a file that belongs beside the main one.

    Raises:
        BadInput: says which file to import.
    """
    _line, first = next(delimited_rows(strict_lines(file), file, ","), (1, [""]))
    if len(first) in _COMPANION_WIDTHS and first[0].strip().isdigit():
        raise BadInput(
            f"this is a file of {_COMPANION_WIDTHS[len(first)]} that belongs beside the list",
            file=file.name,
            line=1,
            hint="Import the main file, sdn.csv or cons_prim.csv, with this one in its folder.",
        )


def _companions(file: Path) -> Iterator[tuple[str, Path, int]]:
    """The files of the same day; OFAC has called them ``SDN.CSV`` and ``sdn.csv``."""
    name = file.name.lower()
    main = next((part for part in ("sdn", "prim") if part in file.stem.lower()), None)
    if main is None or not file.parent.is_dir():
        return
    there = {path.name.lower(): path for path in file.parent.iterdir()}
    remarks = "sdn_comments" if main == "sdn" else "comments"
    for kind, instead, width in (("add", "add", 6), ("alt", "alt", 5), ("comments", remarks, 2)):
        path = there.get(name.replace(main, instead))
        if path is not None and path.is_file():
            yield kind, path, width


def _read(file: Path, width: int) -> _Records:
    records: list[tuple[int, list[str]]] = []
    ended = False
    for line, cells in delimited_rows(strict_lines(file), file, ","):
        cells = [cell.strip() for cell in cells]
        if cells == [END_MARK]:
            ended = True
            continue
        if not any(cells):
            continue
        if ended:
            raise BadInput("there is something after the end mark", file=file.name, line=line)
        if width == 2 and len(cells) == 1 and records:
            continue
        check_width(file, line, len(cells), width)
        if not cells[0].isdigit():
            raise BadInput(f"the entry number {cells[0]!r} is not a number", file=file.name, line=line)
        records.append((line, cells))
    return _Records(records, ended)


def _by_number(read: _Records | None) -> defaultdict[str, list[list[str]]]:
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for _line, cells in read.records if read else ():
        found[cells[0]].append(cells)
    return found


def _null(cell: str) -> str:
    return "" if cell == _NULL else cell


def _address(cells: list[str]) -> AddressText | None:
    street, city, country = map(_null, cells[2:5])
    return address(", ".join(part for part in (street, city, country) if part), country_or_none(country))


def _aliases(rows: list[list[str]]) -> tuple[NameText, ...]:
    return tuple(
        NameText(name.name, _ALIAS_KINDS.get(cells[2], ListedNameKind.ALIAS))
        for cells in rows
        for name in named(cells[3])
    )


def _quoted(remarks: str) -> tuple[NameText, ...]:
    """The weak aliases, which the list puts into its remarks in single quotes."""
    return tuple(NameText(name, ListedNameKind.WEAK) for _kind, name in _QUOTED_ALIAS.findall(remarks))
