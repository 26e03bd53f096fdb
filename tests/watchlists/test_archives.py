"""A list in an archive is the same list; what is no archive of one list is said."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.sources.registry import WATCHLISTS
from provenance.sources.watchlists import archives
from provenance.watchlists.account import ListSummary
from provenance.watchlists.importer import ListImport, import_list
from tests.support.imported_lists import Lists
from tests.watchlists import lists as written

DAY = date(2024, 1, 1)


def take(lists: Lists, file: Path, name: str = "csv", watchlist: str | None = "ours") -> ListSummary:
    request = ListImport(format=WATCHLISTS.named(name), file=file, as_of=DAY, watchlist=watchlist)
    return import_list(lists.database, request)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    file = tmp_path / "ours.csv"
    file.write_text(written.OWN, encoding="utf-8")
    return file


def zipped(target: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target


def test_an_archive_is_the_same_version_as_the_file_in_it(lists: Lists, plain: Path) -> None:
    packed = plain.with_suffix(".csv.gz")
    with plain.open("rb") as source, gzip.open(packed, "wb") as target:
        shutil.copyfileobj(source, target)
    inside = zipped(plain.with_suffix(".zip"), ("lists/ours.csv", plain.read_bytes()))
    assert take(lists, packed).new == 3
    assert [take(lists, file).unchanged for file in (plain, inside)] == [True, True]


def test_the_file_of_the_format_is_found_among_others(lists: Lists, tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "sdn.zip",
        ("readme.txt", b"made up"),
        ("data/sdn.csv", written.SDN.encode()),
        ("data/add.csv", written.ADD.encode()),
        ("data/alt.csv", written.ALT.encode()),
        ("__MACOSX/data/._sdn.csv", b"\0\1"),
    )
    summary = take(lists, file, "ofac-sdn", None)
    assert (summary.watchlist, summary.new, summary.notes) == ("ofac-sdn", 3, [])


def test_several_files_of_the_format_are_named(lists: Lists, tmp_path: Path) -> None:
    content = written.OWN.encode()
    file = zipped(tmp_path / "two.zip", ("a/ours.csv", content), ("b/ours.csv", content))
    with pytest.raises(BadInput, match=r"several files of this format: ours\.csv, ours\.csv"):
        take(lists, file)


def test_a_wrong_format_is_named_through_the_archive(lists: Lists, tmp_path: Path) -> None:
    file = zipped(tmp_path / "sdn.zip", ("sdn.csv", written.SDN.encode()))
    with pytest.raises(BadInput) as refused:
        take(lists, file, "csl")
    assert "looks like ofac-sdn (" in refused.value.hint


@pytest.mark.parametrize("cut", [60, 20, 1])
@pytest.mark.parametrize("suffix", [".gz", ".zip"])
def test_a_damaged_archive_is_refused(lists: Lists, plain: Path, suffix: str, cut: int) -> None:
    packed = plain.with_suffix(suffix)
    if suffix == ".gz":
        packed.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        zipped(packed, ("ours.csv", plain.read_bytes()))
    packed.write_bytes(packed.read_bytes()[:-cut])
    with pytest.raises(BadInput, match="damaged"):
        take(lists, packed)


def test_no_file_is_written_out_of_the_folder(lists: Lists, tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", ("../../escaped.csv", written.OWN.encode()))
    assert take(lists, file).new == 3
    assert not list(tmp_path.parent.glob("escaped.csv")) and not (tmp_path / "escaped.csv").exists()


def test_an_archive_that_unfolds_to_too_much_is_refused(
    lists: Lists, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 1 << 20)
    file = zipped(tmp_path / "bomb.zip", ("ours.csv", b"0" * (2 << 20)))
    with pytest.raises(BadInput, match="unfolds to more than"):
        take(lists, file)


def test_nothing_is_left_behind(lists: Lists, plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = plain.parent / "temporary"
    folder.mkdir()
    monkeypatch.setattr(archives.tempfile, "tempdir", str(folder))
    take(lists, zipped(plain.with_suffix(".zip"), ("ours.csv", plain.read_bytes())))
    with pytest.raises(BadInput):
        take(lists, zipped(plain.with_suffix(".zip"), ("ours.csv", b"weather\n")))
    assert list(folder.iterdir()) == []
