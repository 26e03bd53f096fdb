"""A list inside a ZIP or gzip archive, unpacked into a folder that lasts as long as it is read."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample
from provenance.sources.recognition import sample_of
from provenance.sources.tables import FileKind, file_kind

LARGEST = 4 << 30
"""Bytes that an archive may unfold to: above the largest collection of lists, and no disk is filled."""

_BLOCK = 1 << 20
_SHOWN = 8
_ENCRYPTED = 0x1
"""The flag of a ZIP's member that needs a password."""

_DAMAGED = (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error, ValueError)

Sniff = Callable[[FileSample], bool]


@contextmanager
def unpacked(file: Path, sniff: Sniff) -> Iterator[Path]:
    """The file itself, or of an archive the file in it that ``sniff`` recognises, with those beside it.

    Raises:
        BadInput: the archive is damaged, needs a password, unfolds to too much, has no such file or several.
    """
    kind = file_kind(file)
    if kind not in (FileKind.ZIP, FileKind.GZIP):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="provenance-") as folder:
        try:
            unpack = _from_zip if kind is FileKind.ZIP else _from_gzip
            found = unpack(file, Path(folder))
        except _DAMAGED as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise BadInput(
                f"the {kind} is damaged or cut off: {reason}", file=file.name, hint="Get the file again."
            ) from None
        yield _chosen(file, found, sniff)


def _from_gzip(file: Path, folder: Path) -> list[Path]:
    target = folder / (file.stem if file.suffix.lower() == ".gz" else file.name)
    with gzip.open(file) as source:
        _copy(file, source, target, LARGEST)
    return [target]


def _from_zip(file: Path, folder: Path) -> list[Path]:
    found: list[Path] = []
    left = LARGEST
    with ZipFile(file) as archive:
        for member in filter(_is_file, archive.infolist()):
            if member.flag_bits & _ENCRYPTED:
                raise BadInput(
                    "the archive needs a password",
                    file=file.name,
                    hint="Unpack it and import the file inside.",
                )
            place = folder / str(len(found)) if _name(member) in {one.name for one in found} else folder
            place.mkdir(exist_ok=True)
            with archive.open(member) as source:
                left -= _copy(file, source, place / _name(member), left)
            found.append(place / _name(member))
    return found


def _is_file(member: ZipInfo) -> bool:
    """Whether a member is a file that somebody put there, and not one that a system adds."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return not member.is_dir() and bool(parts) and parts[0] != "__MACOSX" and not parts[-1].startswith(".")


def _name(member: ZipInfo) -> str:
    """The last part of a member's name: its path could lead out of the folder."""
    return PurePosixPath(member.filename.replace("\\", "/")).name


def _copy(file: Path, source: IO[bytes] | gzip.GzipFile, target: Path, most: int) -> int:
    size = 0
    with target.open("wb") as written:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most:
                raise BadInput(
                    f"the archive unfolds to more than {LARGEST >> 30} GB",
                    file=file.name,
                    hint="Unpack it, look at what is in it, and import the list.",
                )
            written.write(block)
    return size


def _chosen(file: Path, found: list[Path], sniff: Sniff) -> Path:
    """The one file that is recognised, or the only one that there is."""
    recognised = [one for one in found if sniff(sample_of(one))]
    if len(recognised) == 1 or len(found) == 1:
        return (recognised or found)[0]
    names = ", ".join(one.name for one in (recognised or found)[:_SHOWN]) or "none"
    what = "several files of this format" if recognised else "no file that looks like this format"
    raise BadInput(
        f"the archive has {what}: {names}", file=file.name, hint="Unpack it and import one of its files."
    )
