"""Who is screened: names given by hand, rows of a customer file, organizations and parties of transfers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.sources.tables import read_header, read_rows
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.folding import fold
from provenance.text.partial_dates import parse_partial_date

_IDENTIFIER = re.compile(r"^\s*(?:(?P<scheme>[^\W\d]{2,10})\s*[:№#.]?\s*)?(?P<value>\S.*)$")
_SCHEMES = {"ИНН": "INN", "ОГРН": "OGRN", "TAXID": "TAX", "ЄДРПОУ": "EDRPOU", "VKN": "TAX"}

HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "customer", "customer name", "company", "company name", "party", "firm", "account name",
             "наименование", "название", "назва", "名称", "公司名称", "unvan"),
    "id": ("id", "customer id", "customer no", "customer number", "account", "account no", "number", "no"),
    "date": (),
    "address": ("address", "street address", "full address", "адрес", "адреса", "地址", "adres"),
    "country": ("country", "country code", "страна", "країна", "国家", "ulke"),
    "identifiers": ("identifiers", "identifier", "tax id", "registration number", "inn", "инн", "lei", "brn"),
}  # fmt: skip
"""Headers that are understood where no option names the column; a date column is never guessed."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number to compare: capital letters and digits; its scheme where it is named."""

    value: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One row to screen; ``day`` is the day as of which, None for the newest versions.

    ``fault`` says why the row cannot be screened; such a row is counted and never clear.
    """

    row: int
    name: str
    id: str | None = None
    addresses: tuple[str, ...] = ()
    country: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    day: date | None = None
    fault: str | None = None
    remark: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a customer file by what they hold; None where the file has none."""

    name: str | None = None
    id: str | None = None
    date: str | None = None
    address: str | None = None
    country: str | None = None
    identifiers: str | None = None

    def settled(self, header: Sequence[str]) -> Columns:
        """The columns as named, and what the header is understood to mean beside them.

        Raises:
            UsageError: the header has no such column, or none that holds names or addresses.
        """
        said: Mapping[str, str | None] = asdict(self)
        for column in said.values():
            if column is not None and column not in header:
                raise UsageError(f"There is no column {column}", hint=f"The header has {', '.join(header)}.")
        taken = {column for column in said.values() if column}
        found = dict(said)
        for meant, known in HEADERS.items():
            if found[meant] is None:
                keys = {fold(text) or text for text in known}
                guess = next(
                    (name for name in header if name not in taken and (fold(name) or name) in keys), None
                )
                found[meant] = guess
                taken |= {guess} if guess else set()
        if not (found["name"] or found["address"]):
            raise UsageError(
                "No column is understood as the name",
                hint=f"Say which: --names-from COLUMN. The header has {', '.join(header)}.",
            )
        return Columns(**found)


def read_customers(file: Path, columns: Columns) -> tuple[list[Customer], Columns]:
    """Every row of a CSV or XLSX file with its line number; rows that cannot be screened say why.

    Raises:
        BadInput: the file as a whole cannot be read.
        UsageError: a column is not there.
    """
    header = read_header(file)
    settled = columns.settled(header)
    width = len(header)
    customers = []
    for row in read_rows(file):
        cells = row.cells
        if row.width != width:
            fault = f"the line has {row.width} cells where the header has {width}"
            customers.append(
                Customer(row.line, _cell(cells, settled.name), _cell(cells, settled.id), fault=fault)
            )
            continue
        customers.append(_customer(row.line, cells, settled))
    if not customers:
        raise BadInput("there is no row behind the header", file=file.name, line=1)
    return customers, settled


def _cell(cells: Mapping[str, str], column: str | None) -> str:
    return " ".join(cells.get(column, "").split()) if column else ""


def _customer(line: int, cells: Mapping[str, str], columns: Columns) -> Customer:
    fault = None
    day = None
    if columns.date:
        try:
            day = parse_partial_date(_cell(cells, columns.date)).latest
        except ValueError as error:
            fault = f"{columns.date} {_cell(cells, columns.date)!r}: {error}"
        if day is None and fault is None:
            fault = f"{columns.date} is empty: as of which day is not known"
    country, remark = _country(_cell(cells, columns.country))
    address = _cell(cells, columns.address)
    return Customer(
        row=line,
        name=_cell(cells, columns.name),
        id=_cell(cells, columns.id) or None,
        addresses=(address,) if address else (),
        country=country,
        identifiers=read_identifiers(_cell(cells, columns.identifiers)),
        day=day,
        fault=fault,
        remark=remark,
    )


def _country(text: str) -> tuple[str | None, str | None]:
    try:
        return (country_code(text) if text else None), None
    except UnknownCountry as error:
        return None, f"country not taken into account: {error}"


def read_identifiers(text: str) -> tuple[Identifier, ...]:
    """Numbers parted by ``;``, each with its scheme before it where it has one: "INN 7704730655"."""
    found = []
    for part in text.split(";"):
        match = _IDENTIFIER.match(part)
        if match is None or not any(map(str.isdigit, part)):
            continue
        value = re.sub(r"[^0-9A-Z]", "", match["value"].upper())
        scheme = match["scheme"].upper() if match["scheme"] else None
        if value:
            found.append(Identifier(value, _SCHEMES.get(scheme, scheme) if scheme else None))
    return tuple(found)


def input_digest(customers: Iterable[Customer]) -> str:
    """One digest over what is screened, so that a run can be told to be the same again."""
    digest = hashlib.sha256()
    for customer in customers:
        digest.update(json.dumps(asdict(customer), ensure_ascii=False, default=str).encode() + b"\n")
    return digest.hexdigest()
