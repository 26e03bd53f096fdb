"""The content-addressed store: files by the SHA-256 of what is in them, whole or not there at all."""

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
    """The two parts of a store: files as they came, and reduced copies for work."""

    ORIGINALS = "originals"
    WORKING = "working"


class FileFate(StrEnum):
    """What a look at a kept file found."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"


class StoreFailure(ProvenanceError):
    """The store's disk does not take or give a file."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files that are named by their SHA-256.

    A file gets its name only when all of it is on the disk, so that a program that is killed leaves no
    half file under a name; what it leaves in ``incoming`` the next one clears away.
    """

    folder: Path

    def path(self, shelf: Shelf, sha256: str) -> Path:
        """Where the file of that digest lies, or would lie."""
        return self.folder / shelf / sha256[:2] / sha256

    def fate(self, shelf: Shelf, sha256: str) -> FileFate:
        """Whether the file of that digest is there and holds what its name says."""
        path = self.path(shelf, sha256)
        try:
            return FileFate.WHOLE if file_sha256(path) == sha256 else FileFate.ALTERED
        except FileNotFoundError:
            return FileFate.MISSING
        except OSError:
            return FileFate.UNREADABLE

    def take(self, source: Path) -> str:
        """Copies a file in, read-only, and says its SHA-256; the source is only read.

        It is read twice, once to know it and once to copy it, and both readings must agree.

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
        """Keeps some bytes and says their SHA-256.

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
        """Clears away what killed programs left half-written; says how many files that were.

        A file that a living program is writing is left alone: its writer holds a lock on it.

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
                hint="Make room on the disk" + _AND_AGAIN
                if full
                else "Check who owns it, or give another with --store; then" + _AND_AGAIN,
            ) from error

    def _shelve(self, part: BufferedWriter, shelf: Shelf, digest: str) -> None:
        part.flush()
        os.fsync(part.fileno())
        target = self.path(shelf, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        source = Path(part.name)
        if os.name == "nt":
            # Windows renames no open file, and replaces no read-only one.
            part.close()
            with suppress(FileNotFoundError):
                target.chmod(stat.S_IWRITE)
        source.chmod(_READ_ONLY)
        source.replace(target)
        for folder in (target.parent, target.parent.parent, self.folder):
            _sync_folder(folder)


_AND_AGAIN = " and run the command again: what is in already stays, nothing is half-written."


def source_sha256(source: Path) -> str:
    """The SHA-256 of a file that somebody hands in.

    Raises:
        BadInput: it is not there, cannot be read or is empty.
    """
    with _reading(source) as stream:
        if os.fstat(stream.fileno()).st_size == 0:
            raise BadInput("the file is empty; there is nothing to keep", file=str(source))
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in small letters; OSError where it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _SourceFailure(Exception):
    """An error of the file handed in, told apart from the store's own."""


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
    """Copies and says the SHA-256 of what was copied."""
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
    """A new file that nobody clears away as long as this program holds it."""
    while True:
        path = folder / f"{secrets.token_hex(16)}.part"
        part = path.open("xb")
        # Between the opening and the locking another program may have taken it for an orphan.
        if _lock(part) and path.exists():
            return part
        part.close()


def _lock(part: BufferedReader | BufferedWriter) -> bool:
    # Windows refuses to delete a file that somebody has open; elsewhere a lock has to say so.
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
    # Windows opens no folders; its file systems keep a rename without being asked.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems have no notion of syncing a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
