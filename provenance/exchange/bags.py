"""Bags: files with the SHA-256 of each, in one ZIP file that standard tools open and check.

The form is BagIt 1.0 (RFC 8493): ``bagit.txt``, ``bag-info.txt``, the payload under ``data/``, and manifests.
The bag is the only folder of the ZIP file, so that an unpacked one is valid for every tool that knows BagIt.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from provenance.core.errors import BadInput, IntegrityFailure
from provenance.core.progress import FileProgress

_CHUNK = 1 << 20
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: a ZIP file knows no earlier one, and the same content gives the same file."""


class BagWriter:
    """Adds payload files to a bag; `writing_bag` completes it."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._digests: dict[str, str] = {}
        self.octets = 0

    def add(self, source: Path, path: str) -> str:
        """Adds a file under a path below ``data/``; returns its SHA-256.

        Raises:
            OSError: it cannot be read, or the bag cannot be written.
        """
        digest = hashlib.sha256()
        with source.open("rb") as stream, self._open(f"data/{path}", compressed=False) as entry:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                entry.write(chunk)
                self.octets += len(chunk)
        self._digests[f"data/{path}"] = digest.hexdigest()
        return digest.hexdigest()

    def finish(self, info: Mapping[str, str]) -> None:
        """Writes what is told of the payload."""
        oxum = f"{self.octets}.{len(self._digests)}"
        lines = [f"{label}: {_on_one_line(text)}\n" for label, text in {**info, "Payload-Oxum": oxum}.items()]
        tags = {
            "bagit.txt": _DECLARATION,
            "bag-info.txt": "".join(lines).encode(),
            _MANIFEST: _manifest(self._digests),
        }
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in tags.items()}
        for name, content in {**tags, _TAG_MANIFEST: _manifest(digests)}.items():
            with self._open(name, compressed=True) as entry:
                entry.write(content)

    def _open(self, path: str, *, compressed: bool) -> IO[bytes]:
        entry = zipfile.ZipInfo(f"{self._name}/{path}", _EARLIEST)
        entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        return self._archive.open(entry, "w", force_zip64=True)


@contextmanager
def writing_bag(file: IO[bytes], name: str, info: Mapping[str, str]) -> Iterator[BagWriter]:
    """A bag of that name in a new file, complete when the block ends."""
    with zipfile.ZipFile(file, "w") as archive:
        writer = BagWriter(archive, name)
        yield writer
        writer.finish(info)


class Bag:
    """A bag that was opened for reading; nothing of it is believed before `verify`."""

    def __init__(self, archive: zipfile.ZipFile, file: Path) -> None:
        self._archive = archive
        self._file = file
        names = archive.namelist()
        folders = {PurePosixPath(name).parts[0] for name in names if PurePosixPath(name).parts}
        if len(folders) != 1 or len(names) != len(set(names)):
            raise BadInput("it does not hold exactly one bag", file=file.name)
        (self.name,) = folders
        self._digests: dict[str, str] = {}

    def verify(self, on_progress: FileProgress = lambda done, whole: None) -> None:
        """Reads every file and compares it with its manifest; nothing may be missing or not be named.

        Raises:
            BadInput: it is no bag of this form.
            IntegrityFailure: a file was changed, is missing, or was added.
        """
        if self._tag("bagit.txt") != _DECLARATION:
            raise BadInput("it is no bag of version 1.0 in UTF-8", file=self._file.name)
        tags = self._read_manifest(_TAG_MANIFEST)
        payload = self._read_manifest(_MANIFEST)
        named = {**tags, **payload}
        there = {name.removeprefix(f"{self.name}/") for name in self._archive.namelist()} - {_TAG_MANIFEST}
        for path in sorted(there ^ named.keys()):
            raise IntegrityFailure(
                f"{self._file.name}: {path} {'was added' if path in there else 'is missing'}"
            )
        for number, (path, digest) in enumerate(sorted(named.items()), start=1):
            if self._digest_of(path) != digest:
                raise IntegrityFailure(f"{self._file.name}: {path} was changed, or is damaged")
            on_progress(number, len(named))
        self._digests = payload

    def payload(self) -> list[str]:
        """The paths below ``data/`` of the files, in order; call `verify` first."""
        return sorted(path.removeprefix("data/") for path in self._digests)

    def info(self) -> dict[str, str]:
        """What ``bag-info.txt`` says."""
        lines = self._tag("bag-info.txt").decode().splitlines()
        return dict(line.split(": ", 1) for line in lines if ": " in line)

    def extract(self, path: str, target: Path) -> None:
        """Writes a file of the payload; what is written is verified once more.

        Raises:
            IntegrityFailure: the file is not as it was when it was verified.
        """
        digest = hashlib.sha256()
        with self._archive.open(f"{self.name}/data/{path}") as entry, target.open("xb") as stream:
            while chunk := entry.read(_CHUNK):
                digest.update(chunk)
                stream.write(chunk)
        if digest.hexdigest() != self._digests[f"data/{path}"]:
            raise IntegrityFailure(f"{self._file.name}: data/{path} changed while it was read")

    def _digest_of(self, path: str) -> str:
        digest = hashlib.sha256()
        try:
            with self._archive.open(f"{self.name}/{path}") as entry:
                while chunk := entry.read(_CHUNK):
                    digest.update(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            # Whatever cannot be read is not as it was written.
            return ""
        return digest.hexdigest()

    def _tag(self, path: str) -> bytes:
        try:
            return self._archive.read(f"{self.name}/{path}")
        except KeyError:
            raise BadInput(f"it has no {path}: it is no bag", file=self._file.name) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise IntegrityFailure(f"{self._file.name}: {path} is damaged") from None

    def _read_manifest(self, path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self._tag(path).decode("utf-8", "replace").splitlines():
            digest, _, name = line.partition("  ")
            if not name or name in found or ".." in PurePosixPath(name).parts:
                raise IntegrityFailure(f"{self._file.name}: {path} is damaged")
            found[name] = digest
        return found


@contextmanager
def reading_bag(file: Path) -> Iterator[Bag]:
    """The bag in a ZIP file.

    Raises:
        BadInput: there is no such file, or it is no ZIP file with one bag.
    """
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise BadInput("there is no such file", file=str(file)) from None
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput(f"it is no backup, or it was cut short: {error}", file=file.name) from None
    with archive:
        yield Bag(archive, file)


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
