"""Backups: the database and every file of evidence that it refers to, verified when written and restored."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import select

from provenance.core.clock import Clock
from provenance.core.errors import BadInput, IntegrityFailure, ProvenanceError
from provenance.core.progress import FileProgress
from provenance.domain.audit import chain_faults
from provenance.evidence.store import FileFate, Shelf, Store
from provenance.exchange.age_files import decrypt, encrypt_for, encrypt_with, is_encrypted
from provenance.exchange.bags import Bag, reading_bag, writing_bag
from provenance.exchange.snapshots import (
    POSTGRES,
    SQLITE,
    fill_server,
    refuse_taken,
    snapshot_name,
    take_snapshot,
)
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.engines import make_folder, reading_engine, sqlite_path
from provenance.schema.evidence import Photo
from provenance.schema.integrity import file_faults, reference_faults
from provenance.schema.migrations import current_revision, file_revisions, newest_file_revision
from provenance.schema.session import Session, session_scope

FORM = "provenance-backup/1"
_NAME = "provenance-backup"
_NOTHING = "Nothing was restored."
_KINDS = {SQLITE: "SQLite", POSTGRES: "PostgreSQL"}
_STORED = re.compile(r"store/(originals|working)/([0-9a-f]{2})/(\2[0-9a-f]{62})")


@dataclass(frozen=True, slots=True)
class Sealing:
    """Who can open a backup: the owners of some public keys, or who knows the passphrase; else everybody."""

    recipients: Sequence[str] = ()
    passphrase: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is encrypted."""
        return not self.recipients and self.passphrase is None


@dataclass(slots=True)
class Contents:
    """What a backup holds.

    ``faults`` are those of the database itself, ``absent`` the files of evidence that the store did not have.
    """

    kind: str
    revision: str
    fingerprint: str | None
    made: str
    files: int = 0
    octets: int = 0
    faults: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens an encrypted backup."""

    passphrase: str | None = None
    key_file: Path | None = None


def back_up(
    database: str,
    store: Store | None,
    target: Path,
    sealing: Sealing,
    clock: Clock,
    on_progress: FileProgress,
) -> Contents:
    """Writes a backup under a new name; whatever stops it, no partial one has that name.

    The database is copied at one moment, while others go on writing; the evidence is what the copy refers to.
    What was written is read again and compared before it gets its name.

    Raises:
        ProvenanceError: the file exists, there is no database, or a program of the server fails.
    """
    if target.exists():
        raise _taken(target)
    with _working_folder(_folder_of(database, target)) as folder:
        copy = folder / snapshot_name(database)
        take_snapshot(database, copy)
        contents, files = _examined(database, copy, store, clock)
        bag = folder / "bag.zip"
        _pack(bag, copy, files, contents, on_progress)
        with reading_bag(bag) as written:
            written.verify()
        _sealed(bag, target, sealing)
    return contents


def restore(
    database: str, store: Store | None, source: Path, keys: Keys, on_progress: FileProgress
) -> Contents:
    """Restores a backup into a place without a database; the database appears last, and only if all is well.

    Raises:
        BadInput: it is no backup, is of another kind of database, or does not open.
        IntegrityFailure: a file of it is not as it was written, or the database is damaged.
        ProvenanceError: there is a database already, or the program is older than the backup.
    """
    if not source.is_file():
        raise BadInput("there is no such file", file=str(source))
    refuse_taken(database)
    path = sqlite_path(database)
    if path is not None:
        make_folder(path.parent)
    with _working_folder(source.parent if path is None else path.parent) as folder:
        bag = source
        if is_encrypted(source):
            bag = folder / "bag.zip"
            decrypt(source, bag, passphrase=keys.passphrase, key_file=keys.key_file)
        with reading_bag(bag) as opened:
            return _restored(opened, source.name, database, store, folder, on_progress)


def _restored(
    bag: Bag, name: str, database: str, store: Store | None, folder: Path, on_progress: FileProgress
) -> Contents:
    bag.verify(on_progress)
    info, payload = bag.info(), bag.payload()
    wanted = snapshot_name(database)
    if info.get("Bag-Form") != FORM:
        raise BadInput("it is a bag, but no backup that this program knows", file=name)
    if wanted not in payload:
        other = "a PostgreSQL server" if wanted == SQLITE else "SQLite"
        raise BadInput(f"it is a backup of {other}", file=name, code="backup_kind")
    revision = info.get("Schema-Revision", "")
    if revision not in file_revisions():
        raise ProvenanceError(
            f"{name} is of a newer version of the program (schema {revision or 'unknown'})",
            hint="Install that version.",
        )
    files = [path for path in payload if path != wanted]
    if files and store is None:
        raise ProvenanceError("It holds files of evidence, and there is no store for them", code="no_store")
    copy = folder / wanted
    bag.extract(wanted, copy)
    contents = Contents(_KINDS[wanted], revision, None, info.get("Made", ""))
    if wanted == SQLITE:
        _refuse_damaged(copy, name)
    for path in files:
        contents.octets += _shelve(bag, path, store, folder)
    contents.files = len(files)
    if wanted == SQLITE:
        target = sqlite_path(database)
        assert target is not None
        copy.chmod(0o600)
        _sync(copy)
        _appear(copy, target)
    else:
        fill_server(database, copy)
    contents.fingerprint = info.get("Data-Fingerprint")
    return contents


def _shelve(bag: Bag, path: str, store: Store | None, folder: Path) -> int:
    """Puts a file of evidence into the store, under the name that its content has; returns its size."""
    assert store is not None
    part = folder / "file"
    bag.extract(path, part)
    size = part.stat().st_size
    place = _STORED.fullmatch(path)
    if place is None:
        raise BadInput(f"it holds {path}, which belongs into no backup", file=bag.name)
    shelf, _folder, digest = place.groups()
    if Shelf(shelf) is Shelf.ORIGINALS:
        found = store.take(part)
    else:
        found = store.put(Shelf.WORKING, part.read_bytes())
    part.unlink()
    if found != digest:
        raise IntegrityFailure(f"{bag.name}: {path} does not hold what its name says")
    return size


@contextmanager
def _reading(copy: Path) -> Iterator[Session]:
    """A unit of work on a copy; its file is let go of afterwards."""
    engine = reading_engine(f"sqlite:///{copy}")
    try:
        with session_scope(engine) as session:
            yield session
    finally:
        engine.dispose()


def _refuse_damaged(copy: Path, name: str) -> None:
    with _reading(copy) as session:
        faults = _faults(session)
    if faults:
        raise IntegrityFailure(f"The database in {name} is damaged: {faults[0]}", hint=_NOTHING)


def _faults(session: Session) -> list[str]:
    connection = session.connection()
    return [*file_faults(connection), *reference_faults(connection), *chain_faults(session)]


def _examined(
    database: str, copy: Path, store: Store | None, clock: Clock
) -> tuple[Contents, list[tuple[Shelf, Path]]]:
    """What the copy says of itself, and the files of evidence that it refers to."""
    on_sqlite = copy.name == SQLITE
    opened = _reading(copy) if on_sqlite else session_scope(reading_engine(database), clock=clock)
    with opened as session:
        revision = current_revision(session.connection()) or ""
        if revision != newest_file_revision():
            raise ProvenanceError(
                f"The database is of another version (schema {revision}, not {newest_file_revision()})",
                hint="Run: provenance init",
            )
        contents = Contents(
            kind="SQLite" if on_sqlite else "PostgreSQL",
            revision=revision,
            fingerprint=data_fingerprint(session),
            made=clock().astimezone().isoformat(timespec="seconds"),
            faults=_faults(session),
        )
        photos = session.execute(select(Photo.sha256, Photo.working_sha256).order_by(Photo.id)).all()
    wanted = [(Shelf.ORIGINALS, original) for original, _working in photos]
    wanted += [(Shelf.WORKING, working) for _original, working in photos if working]
    files: list[tuple[Shelf, Path]] = []
    for shelf, digest in dict.fromkeys(wanted):
        if store is None or store.fate(shelf, digest) is not FileFate.WHOLE:
            contents.absent.append(f"{shelf}/{digest}")
            continue
        files.append((shelf, path := store.path(shelf, digest)))
        contents.octets += path.stat().st_size
    contents.files = len(files)
    return contents, files


def _pack(
    bag: Path, copy: Path, files: Sequence[tuple[Shelf, Path]], contents: Contents, on_progress: FileProgress
) -> None:
    info = {
        "Bag-Form": FORM,
        "Bagging-Date": contents.made[:10],
        "Made": contents.made,
        "Schema-Revision": contents.revision,
        "Data-Fingerprint": contents.fingerprint or "",
        "Absent-Files": str(len(contents.absent)),
    }
    with bag.open("xb") as stream:
        with writing_bag(stream, _NAME, info) as writer:
            writer.add(copy, copy.name)
            for number, (shelf, path) in enumerate(files, start=1):
                digest = writer.add(path, f"store/{shelf}/{path.name[:2]}/{path.name}")
                if digest != path.name:
                    raise IntegrityFailure(f"{path} changed while it was read", hint="Nothing was written.")
                on_progress(number, len(files))
        stream.flush()
        os.fsync(stream.fileno())


def _sealed(bag: Path, target: Path, sealing: Sealing) -> None:
    """Gives the finished backup its name, encrypted if so wanted."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        if sealing.recipients:
            encrypt_for(bag, part, sealing.recipients)
        elif sealing.passphrase is not None:
            encrypt_with(bag, part, sealing.passphrase)
        else:
            shutil.copyfile(bag, part)
        part.chmod(0o600)
        _sync(part)
        _appear(part, target)
    finally:
        part.unlink(missing_ok=True)


def _appear(file: Path, target: Path) -> None:
    """Gives a file its name if nothing has it.

    Raises:
        ProvenanceError: something appeared there meanwhile.
    """
    try:
        os.link(file, target)
    except OSError as error:
        if target.exists():
            raise _taken(target) from error
        # Sticks are often formatted so that a file has one name only.
        file.replace(target)


def _taken(target: Path) -> ProvenanceError:
    return ProvenanceError(f"{target} exists. Nothing is written over it.", code="backup_target")


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _folder_of(database: str, target: Path) -> Path:
    """Where it works: beside the database, which lies there as readable as the copy."""
    path = sqlite_path(database)
    return target.parent if path is None else path.parent


@contextmanager
def _working_folder(parent: Path) -> Iterator[Path]:
    """A folder that only this user can read, removed whatever happens."""
    folder = Path(mkdtemp(prefix=".provenance-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
