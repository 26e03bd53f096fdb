"""The content-addressed store: files by the SHA-256 of their content, complete or not there at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader, BufferedWriter
from pathlib import Path

from provenance.core.errors import BadInput, ProvenanceError

_CHUNK = 1 << 20
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_INCOMING = "incoming"


class Shelf(StrEnum):
    """The two parts of a store: original files, and reduced working copies."""

    ORIGINALS = "originals"
    WORKING = "working"


class FileFate(StrEnum):
    """The condition of a stored file."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


class StoreFailure(ProvenanceError):
    """The store cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files that are named by their SHA-256.

    A file gets its name only when all of it is on the disk, so that a killed program leaves no partial file
    under a name; what it leaves in ``incoming`` is removed by the next run.
    """

    folder: Path

    def path(self, shelf: Shelf, sha256: str) -> Path:
        """The path of the file of that digest, whether it exists or not."""
        return self.folder / shelf / sha256[:2] / sha256

    def fate(self, shelf: Shelf, sha256: str) -> FileFate:
        """Whether the file of that digest exists and its content matches its name."""
        path = self.path(shelf, sha256)
        try:
            return FileFate.WHOLE if file_sha256(path) == sha256 else FileFate.ALTERED
        except FileNotFoundError:
            return FileFate.MISSING
        except OSError:
            return FileFate.UNREADABLE

    def take(self, source: Path) -> str:
        """Copies a file into the store, read-only, and returns its SHA-256; the source is only read.

        It is read twice, once to hash it and once to copy it, and both readings must agree.

        Raises:
            BadInput: the source cannot be read, is empty or changed while it was read.
            StoreFailure: the store cannot be written to.
        """
        digest = source_sha256(source)
        if self.fate(Shelf.ORIGINALS, digest) is FileFate.WHOLE:
            return digest
        with _reading(source) as stream, self._incoming() as part:
            copied = _copy(stream, part)
            if copied != digest:
                raise BadInput("changed while it was being read; nothing was kept", file=str(source))
            self._shelve(part, Shelf.ORIGINALS, digest)
        return digest

    def put(self, shelf: Shelf, content: bytes) -> str:
        """Stores some bytes and returns their SHA-256.

        Raises:
            StoreFailure: the store cannot be written to.
        """
        digest = hashlib.sha256(content).hexdigest()
        if self.fate(shelf, digest) is not FileFate.WHOLE:
            with self._incoming() as part:
                part.write(content)
                self._shelve(part, shelf, digest)
        return digest

    def names(self, shelf: Shelf) -> Iterator[str]:
        """The digests that files of a shelf are named by, in order."""
        yield from sorted(path.name for path in (self.folder / shelf).glob("??/*") if path.is_file())

    def tidy(self) -> int:
        """Removes files that killed programs left incomplete; returns how many.

        A file that a running program is writing is not touched: its writer holds a lock on it.

        Raises:
            StoreFailure: the store cannot be made or written to.
        """
        with self._complaining():
            (self.folder / _INCOMING).mkdir(parents=True, exist_ok=True)
            return sum(_clear_if_orphaned(path) for path in sorted((self.folder / _INCOMING).iterdir()))

    @contextmanager
    def _incoming(self) -> Iterator[BufferedWriter]:
        folder = self.folder / _INCOMING
        with self._complaining():
            folder.mkdir(parents=True, exist_ok=True)
            part = _locked_part(folder)
            try:
                with part:
                    yield part
            finally:
                Path(part.name).unlink(missing_ok=True)

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise StoreFailure(
                f"The evidence store {self.folder} cannot be written to: {error.strerror or error}",
                hint=_DISK_FULL if full else _NOT_WRITABLE,
                code="" if full else "store",
            ) from error

    def _shelve(self, part: BufferedWriter, shelf: Shelf, digest: str) -> None:
        part.flush()
        os.fsync(part.fileno())
        target = self.path(shelf, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        source = Path(part.name)
        if os.name == "nt":
            # Windows cannot rename an open file or replace a read-only one.
            part.close()
            with suppress(FileNotFoundError):
                target.chmod(stat.S_IWRITE)
        source.chmod(_READ_ONLY)
        source.replace(target)
        for folder in (target.parent, target.parent.parent, self.folder):
            _sync_folder(folder)


_AND_AGAIN = "run the command again: what is stored already is kept, and no file is incomplete."
_DISK_FULL = f"Free some space on the disk and {_AND_AGAIN}"
_NOT_WRITABLE = f"Check its owner and permissions, or use another folder, and {_AND_AGAIN}"


def source_sha256(source: Path) -> str:
    """The SHA-256 of a source file.

    Raises:
        BadInput: it is not there, cannot be read or is empty.
    """
    with _reading(source) as stream:
        if os.fstat(stream.fileno()).st_size == 0:
            raise BadInput("the file is empty", file=str(source))
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in lower case; OSError where it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _SourceFailure(Exception):
    """An error of the source file, as distinct from one of the store."""


@contextmanager
def _reading(source: Path) -> Iterator[BufferedReader]:
    try:
        stream = source.open("rb")
        with stream:
            yield stream
    except (OSError, _SourceFailure) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot be read: {reason}", file=str(source)) from error


def _copy(stream: BufferedReader, part: BufferedWriter) -> str:
    """Copies and returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while chunk := _read_chunk(stream):
        digest.update(chunk)
        part.write(chunk)
    return digest.hexdigest()


def _read_chunk(stream: BufferedReader) -> bytes:
    try:
        return stream.read(_CHUNK)
    except OSError as error:
        raise _SourceFailure(error.strerror or str(error)) from error


def _locked_part(folder: Path) -> BufferedWriter:
    """A new file that no other program removes while this one has it open."""
    while True:
        path = folder / f"{secrets.token_hex(16)}.part"
        part = path.open("xb")
        # Between opening and locking, another program may have taken it for an orphan.
        if _lock(part) and path.exists():
            return part
        part.close()


def _lock(part: BufferedReader | BufferedWriter) -> bool:
    # Windows refuses to delete a file that is open; elsewhere a lock has to prevent it.
    if os.name == "nt":
        return True
    import fcntl

    try:
        fcntl.flock(part.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _clear_if_orphaned(path: Path) -> bool:
    try:
        with path.open("rb") as part:
            if not _lock(part):
                return False
            if os.name != "nt":
                path.unlink()
        if os.name == "nt":
            path.chmod(stat.S_IWRITE)
            path.unlink()
    except (FileNotFoundError, PermissionError):
        return False
    return True


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders; its file systems make a rename durable by themselves.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems cannot sync a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
