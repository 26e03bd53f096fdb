"""Files in the exact shapes of the sources, with made-up rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]

GUR_HEADER = (
    "component_id",
    "name_marking",
    "category",
    "function",
    "manufacturer",
    "manufacturer_country",
    "oem_part_number",
    "production_date",
    "found_in_drones",
    "sanctions_status",
    "is_dual_use",
    "replaceable_with",
    "price_retail_usd",
    "source_url",
    "evidence_image",
    "last_verified",
    "notes",
)


def gur_row(number: int, marking: str, maker: str, country: str, entry: str, **more: str) -> Row:
    """A row as the scrape of the War & Sanctions portal has it; ``entry`` is the entry's readable name."""
    slug = re.sub(r"[^a-z0-9]+", "-", entry.lower()).strip("-")
    row = {
        **dict.fromkeys(GUR_HEADER, ""),
        "component_id": f"gur-{number}",
        "name_marking": marking,
        "category": "unknown",
        "manufacturer": maker,
        "manufacturer_country": country,
        "found_in_drones": json.dumps([slug]),
        "sanctions_status": "unknown",
        "is_dual_use": "False",
        "replaceable_with": "[]",
        "source_url": f"https://war-sanctions.gur.gov.ua/en/components/{number}",
        "last_verified": "2026-06-13",
        "notes": f"Linked weapon as published by GUR: {entry}",
    }
    return row | more


def csv_text(
    rows: Iterable[Mapping[str, str]],
    header: Sequence[str] | None = None,
    *,
    delimiter: str = ",",
    newline: str = "\n",
) -> str:
    """Rows as CSV text; the header is that of the first row unless given."""
    listed = list(rows)
    stream = io.StringIO()
    writer = csv.DictWriter(
        stream,
        list(listed[0] if header is None else header),
        delimiter=delimiter,
        lineterminator=newline,
        restval="",
    )
    writer.writeheader()
    writer.writerows(listed)
    return stream.getvalue()


def write_list(file: Path, rows: Iterable[Mapping[str, str]], header: Sequence[str] | None = None) -> Path:
    """Writes rows as a UTF-8 CSV file and says where it is."""
    file.write_text(csv_text(rows, header), encoding="utf-8", newline="")
    return file


def write_workbook(
    file: Path, rows: Iterable[Mapping[str, object]], header: Sequence[str] | None = None
) -> Path:
    """Writes rows as the first sheet of an XLSX workbook; empty cells stay empty."""
    import openpyxl

    listed = list(rows)
    names = list(listed[0] if header is None else header)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(names)
    for row in listed:
        sheet.append([row.get(name) or None for name in names])
    book.save(file)
    return file
