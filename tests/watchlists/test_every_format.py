"""What holds for every list format: good files are read whole, broken ones refused with file and line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.sources.watchlists.base import LONGEST_LINE, ListOptions
from provenance.sources.watchlists.records import ListEntry
from provenance.sources.watchlists.registry import LIST_FORMATS, list_format_named
from tests.watchlists import lists


@dataclass(frozen=True)
class Shape:
    """A format, a good file of its with three entries, and a column that it cannot do without."""

    name: str
    text: str
    missing: str = ""
    case: str = ""


SHAPES = (
    Shape("ofac-sdn", lists.SDN),
    Shape("csl", lists.CSL, missing="alt_names"),
    Shape("csl", lists.CSL_JSON, case="-json"),
    Shape("bis-dpl", lists.DPL, missing="FR_Citation"),
    Shape("eu", lists.EU, missing="annex"),
    Shape("opensanctions-simple", lists.SIMPLE, missing="identifiers"),
    Shape("opensanctions-ftm", lists.FTM),
    Shape("csv", lists.OWN, missing="name"),
)

pytestmark = pytest.mark.parametrize(
    "shape", SHAPES, ids=lambda shape: f"{shape.name}{shape.case and '-json'}"
)

Make = Callable[[bytes | str], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes | str) -> Path:
        file = tmp_path / "list.txt"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


def read(shape: Shape, file: Path) -> list[ListEntry]:
    return list(list_format_named(shape.name).read(file, ListOptions({})))


def refusal(shape: Shape, file: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(shape, file)
    assert file.name in caught.value.message
    return caught.value


def damaged(text: str, sign: str) -> str:
    """The text with a sign in the middle of an entry's name."""
    name = next(name for name in ("OBSIDIAN", "Obsidian", "OTTO", "Granit") if name in text)
    return text.replace(name, name[:3] + sign + name[3:])


def is_table(shape: Shape) -> bool:
    return bool(shape.missing)


def test_the_good_file_has_three_entries_with_names_or_an_address(shape: Shape, make: Make) -> None:
    entries = read(shape, make(shape.text))
    assert len(entries) == 3
    assert all(entry.names or entry.addresses for entry in entries)
    assert len({entry.digest() for entry in entries}) == 3


def test_a_file_that_is_not_there_is_named(shape: Shape, tmp_path: Path) -> None:
    assert "no such file" in refusal(shape, tmp_path / "gone.csv").reason


@pytest.mark.parametrize("nothing", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(shape: Shape, make: Make, nothing: str) -> None:
    assert refusal(shape, make(nothing)).line == 1


def test_a_byte_order_mark_changes_nothing(shape: Shape, make: Make) -> None:
    plain = [entry.digest() for entry in read(shape, make(shape.text))]
    assert [entry.digest() for entry in read(shape, make(b"\xef\xbb\xbf" + shape.text.encode()))] == plain


def test_windows_line_ends_change_nothing(shape: Shape, make: Make) -> None:
    plain = [entry.digest() for entry in read(shape, make(shape.text))]
    windows = shape.text.replace("\r\n", "\n").replace("\n", "\r\n")
    assert [entry.digest() for entry in read(shape, make(windows))] == plain


def test_another_encoding_is_refused_with_its_line(shape: Shape, make: Make) -> None:
    content = damaged(shape.text, "Ж").encode("cp1251", "replace")
    refused = refusal(shape, make(content))
    assert refused.line is not None
    assert "UTF-8" in refused.reason or "utf-8" in refused.reason.casefold() or "JSON" in refused.reason


def test_a_file_cut_in_the_middle_of_its_last_record_is_refused(shape: Shape, make: Make) -> None:
    # In the middle of the last entry's name.
    at = max(
        shape.text.rfind(name) for name in ("MARBLE REEF", "Marble Reef", "DELTA", "ZIRCON BAY", "QUARTZ")
    )
    assert refusal(shape, make(shape.text[: at + 3])).line is not None


def test_a_quote_that_never_closes_is_refused_where_it_opens(shape: Shape, make: Make) -> None:
    if shape.text.startswith("{") or not is_table(shape):
        pytest.skip("no quotes that part cells")
    lines = shape.text.split("\n")
    lines[2] = '"' + lines[2].replace('"', "")
    lines[3:] = [line.replace('"', "") for line in lines[3:]]
    refused = refusal(shape, make("\n".join(lines)))
    assert refused.line in (2, 3)


def test_an_endless_line_is_refused_without_being_read_whole(shape: Shape, make: Make) -> None:
    refused = refusal(shape, make(shape.text.split("\n")[0][:40] + "x" * (LONGEST_LINE + 10)))
    assert refused.line == 1


def test_a_missing_column_is_named(shape: Shape, make: Make) -> None:
    if not is_table(shape):
        pytest.skip("no header")
    text = shape.text.replace(f'"{shape.missing}"', '"other"', 1)
    # A list of one's own may be of addresses alone.
    refused = refusal(shape, make(text.replace('"address"', '"place"') if shape.name == "csv" else text))
    assert refused.line == 1
    assert shape.missing in refused.reason or "no column" in refused.reason


def test_a_record_with_too_many_cells_is_refused_with_its_line(shape: Shape, make: Make) -> None:
    if not is_table(shape):
        pytest.skip("no header")
    lines = shape.text.rstrip("\n").split("\n")
    lines[1] += ("\t" if shape.name == "bis-dpl" else ",") + '"surplus"'
    refused = refusal(shape, make("\n".join(lines) + "\n"))
    assert (refused.line, "too many" in refused.reason) == (2, True)


def test_a_null_character_is_refused(shape: Shape, make: Make) -> None:
    assert refusal(shape, make(damaged(shape.text, "\0").encode())).line is not None


def test_the_format_says_what_it_reads(shape: Shape) -> None:
    assert list_format_named(shape.name).title
    assert len({known.name for known in LIST_FORMATS}) == len(LIST_FORMATS)
