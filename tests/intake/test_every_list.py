"""Lists of transfers, customers and parties to watch: the same whoever wrote them, and never silently fewer.

The same two laws as for components: what any of the usual programs writes of a table is read as the same
records; a table that was reordered, cut or encoded otherwise comes in whole, or is refused,
or the answer says what is missing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.core.errors import ProvenanceError
from provenance.sources.formats import FileFormat, ReadOptions
from provenance.sources.records import Rejected
from provenance.sources.registry import CUSTOMERS, TRANSFERS, WATCHLISTS
from provenance.sources.tables import FileKind, file_kind
from tests.intake.desk import Rows, csv_text
from tests.intake.test_any_program import WAYS
from tests.intake.test_mutations import (
    MUTATIONS,
    SYNONYMS,
    Mutation,
    blank_column,
    blank_rows,
    cut,
    header_again,
    numbered,
    reordered,
    row_twice,
    titled,
    unknown,
)

TODAY = date(2026, 1, 1)
LETTERS = "aZ09-./#+'\"|,  ЖїҐ№«»德州é"
WORDS = st.text(LETTERS, max_size=10).map(str.strip)


class Kind(NamedTuple):
    """A kind of list: formats by kind of file, headers in two languages, rows, and what is read of one."""

    formats: dict[FileKind, FileFormat[Any]]
    headers: tuple[tuple[str, ...], ...]
    rows: st.SearchStrategy[tuple[str, ...]]
    read: Callable[[Any], tuple[object, ...]]


NAMES = st.sampled_from(["Sample A LLC", "ТОВ «Зразок»", "深圳样品有限公司", 'Maker "A", Ltd', "A/S Prøve"])
KINDS = {
    "transfers": Kind(
        dict.fromkeys(FileKind, TRANSFERS.named("transfers")),
        (
            ("Shipper", "Consignee", "MPN", "Quantity", "Date", "Consignee INN", "Notes"),
            ("Відправник", "Одержувач", "Парт-номер", "Кількість", "Дата", "ІПН одержувача", "Примітки"),
        ),
        st.tuples(
            NAMES, NAMES, st.sampled_from(["AD7606BSTZ", "SMBJ5.0A", "0612-003"]),
            st.sampled_from(["1", "12", ""]), st.sampled_from(["2024-05-12", "12.05.2024", ""]),
            st.sampled_from(["7707083893", "0099112233", ""]), WORDS,
        ),
        lambda row: (
            tuple((party.side, party.as_written, party.numbers) for party in row.parties),
            row.mpn, row.quantity, row.earliest, row.note,
        ),
    ),
    "customers": Kind(
        dict.fromkeys(FileKind, CUSTOMERS.named("customers")),
        (
            ("Customer name", "Country", "INN", "Address", "Customer no"),
            ("Назва компанії", "Країна", "ІПН", "Адреса", "Код клієнта"),
        ),
        st.tuples(
            NAMES, st.sampled_from(["LV", "Україна", ""]), st.sampled_from(["7707083893", ""]), WORDS,
            st.sampled_from(["0017", "K-5", ""]),
        ),
        lambda row: (row.name, row.country, row.identifiers, row.addresses, row.id, row.fault),
    ),
    "watchlists": Kind(
        {FileKind.TEXT: WATCHLISTS.named("csv"), FileKind.XLSX: WATCHLISTS.named("xlsx")},
        (
            ("Entity", "Aliases", "Address", "Country", "INN"),
            ("Назва", "Псевдоніми", "Адреса", "Країна", "ІПН"),
        ),
        st.tuples(
            NAMES, st.sampled_from(["Zorn; HZ Trading", "", "Зорн"]), WORDS, st.sampled_from(["LV", ""]),
            st.sampled_from(["7707083893", ""]),
        ),
        lambda row: (row.names, row.addresses, row.identifiers),
    ),
}  # fmt: skip


def records(kind: Kind, file: Path) -> tuple[list[Any], ReadOptions]:
    """Everything that the format of a file's kind reads, and what it says of it."""
    options = ReadOptions(TODAY)
    return list(kind.formats[file_kind(file)].read(file, options)), options


def told(kind: Kind, file: Path) -> list[tuple[object, ...]]:
    found, _options = records(kind, file)
    assert not any(isinstance(row, Rejected) for row in found), found
    return list(map(kind.read, found))


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_records_are_read(tmp_path: Path, name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    header = data.draw(st.sampled_from(kind.headers))
    rows: Rows = data.draw(st.lists(kind.rows, min_size=1, max_size=5))
    plain = tmp_path / "plain.csv"
    plain.write_bytes(csv_text([header, *rows]).encode())
    wanted = told(kind, plain)
    assert len(wanted) == len(rows)
    for way, write in WAYS.items():
        assert told(kind, write(tmp_path / "other.csv", [header, *rows])) == wanted, way


LISTS = {
    "transfers": [
        ["Shipper", "Consignee", "MPN", "Quantity"],
        ["Sample A LLC", "Sample B LTD", "AD7606BSTZ", "1"],
        ["ТОВ Зразок", "Sample B LTD", "XC3S250E", "2"],
        ["Sample C GmbH", "ООО Пример", "LM2596S", "3"],
    ],
    "customers": [
        ["Customer name", "Country", "Address", "Customer no"],
        ["Sample A LLC", "LV", "Riga 5", "K1"],
        ["ТОВ Зразок", "UA", "Київ 7", "K2"],
        ["Sample C GmbH", "DE", "Bonn 9", "K3"],
    ],
    "watchlists": [
        ["Entity", "Aliases", "Address", "Country"],
        ["Sample A LLC", "SAL", "Riga 5", "LV"],
        ["ТОВ Зразок", "Зразок", "Київ 7", "UA"],
        ["Sample C GmbH", "", "Bonn 9", "DE"],
    ],
}
"""What a list lives by is in its first column, and for transfers in the third."""

LOOKS: list[Mutation] = [
    unknown, row_twice, cut, numbered, reordered, blank_rows, blank_column, header_again, titled,
]  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.sampled_from(LOOKS), min_size=1, max_size=3, unique=True),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
    seed=st.integers(0, 999),
)
def test_nothing_is_lost_without_a_word(
    tmp_path: Path, name: str, chosen: list[Mutation], delimiter: str, encoding: str, seed: int
) -> None:
    kind, table, chance = KINDS[name], LISTS[name], random.Random(seed)
    for mutation in sorted(chosen, key=MUTATIONS.index):
        table = mutation(table, chance)
    file = tmp_path / "list.csv"
    file.write_bytes(csv_text(table, delimiter, "\r\n").encode(encoding))
    try:
        found, options = records(kind, file)
    except ProvenanceError:
        return
    # A cut row is read, refused, cannot be screened, or is said to lack cells; nothing may be left of it.
    emptied = cut in chosen and any(len(row) < len(table[0]) and not any(row) for row in table)
    assert len(found) == (4 if row_twice in chosen else 3) - emptied, options.notes
    if cut in chosen or unknown in chosen:
        return
    names = {str(kind.read(row)) for row in found}
    for shown in ("Sample A LLC", "ТОВ Зразок", "Sample C GmbH"):
        assert any(shown in text for text in names), (shown, names)


def test_every_mutation_is_tried() -> None:
    assert {*LOOKS} == {each for each in MUTATIONS if each.__name__ != "renamed"}
    assert SYNONYMS
