"""Any CSV or XLSX list of parts that makers sell: MPN, maker, and what else it states about them.

An ECCN that the list does not state is unknown, which is not EAR99.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType
from typing import Any

from provenance.core.vocabulary import ComponentCategory
from provenance.sources.cells import hs6, known, span, word
from provenance.sources.formats import ReadOptions, raw_text, rows_to_records
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.records import ECCN, MakerRecord, PartRecord, Rejected
from provenance.sources.sieve import read
from provenance.sources.tables import TableRow
from provenance.text.column_styles import IN_A_FILE, Style, Written
from provenance.text.maker_strings import read_maker
from provenance.text.part_numbers import KEY_LENGTH, split_top_codes, top_code_key
from provenance.text.unknown import says_unknown

_ECCN = re.compile(ECCN)
_NEEDED = ("mpn", "maker")


class MappedParts(MappedFormat):
    """The format that the module describes."""

    kind = SourceKind.PARTS
    name = "parts"
    title = "any CSV or XLSX catalogue of parts (MPN and maker), headers mapped"
    written = MappingProxyType(dict.fromkeys(("eccn_as_of", "introduced"), Written.DATE))

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """Part number and maker."""
        return [name for name in _NEEDED if name not in fields]

    def read(self, file: Path, options: ReadOptions) -> Iterator[PartRecord | Rejected]:
        """Every row of the file as a part.

        Raises:
            BadInput: the mapping names no part number or no maker.
        """
        table, mapping = self.open(file, options)
        styles = self.styles(table, mapping, options)
        cells = FieldCells(mapping, self.fields)
        return rows_to_records(
            table,
            lambda row: _convert(row, cells.of(row.cells), styles),
            PartRecord.model_validate,
            cells.columns,
        )


def _convert(row: TableRow, stated: Mapping[str, str], styles: Mapping[str, Style]) -> dict[str, Any]:
    cells = {name: cell for name, text in stated.items() if (cell := known(text))}
    for name in _NEEDED:
        if name not in cells:
            raise ValueError(f"{name} is empty")
    reading = read_maker(cells["maker"])
    if reading.brand is None:
        raise ValueError(f"maker {cells['maker']!r} does not name a firm")
    as_of, introduced = (
        read(name, span, name, cells.get(name), styles.get(name, IN_A_FILE))
        for name in ("eccn_as_of", "introduced")
    )
    return {
        "line": row.line,
        "raw": raw_text(row.written),
        "mpn": cells["mpn"],
        "maker": MakerRecord(
            as_written=cells["maker"], brand=reading.brand, parentheses=tuple(reading.parentheses)
        ),
        "description": cells.get("description"),
        "category": read("category", word, ComponentCategory, "category", cells.get("category")),
        "hs6": read("hs6", hs6, cells.get("hs6")),
        "eccn": read("eccn", _eccn, cells.get("eccn")),
        "eccn_source": cells.get("eccn_source"),
        "eccn_as_of": as_of.latest,
        "introduced_earliest": introduced.earliest,
        "introduced_latest": introduced.latest,
        "top_codes": read("top_code", _top_codes, cells.get("top_code")),
    }


def _top_codes(text: str | None) -> tuple[str, ...]:
    """The codes of a cell, each once."""
    codes: dict[str, str] = {}
    for code in split_top_codes(text):
        if not says_unknown(code):
            key = top_code_key(code)
            if not key:
                raise ValueError(f"top code {code!r} has more than {KEY_LENGTH - 1} letters and digits")
            codes.setdefault(key, code)
    return tuple(codes.values())


def _eccn(text: str | None) -> str | None:
    """An export control classification number, its letters as it is spelled."""
    if text is not None and not _ECCN.fullmatch(text):
        raise ValueError(f"{text!r} is not an export control classification number (EAR99, 3A001.a.2)")
    return text
