"""Backups of the database and its evidence, and their restoring."""

from __future__ import annotations

from pathlib import Path

from provenance.core.errors import UsageError
from provenance.core.progress import FileProgress
from provenance.evidence.store import Store
from provenance.exchange.age_files import is_encrypted, write_key
from provenance.exchange.backups import Contents, Keys, Sealing, restore
from provenance.exchange.backups import back_up as write_backup
from provenance.services.contracts.backups import BackupRequest, BackupResult, KeyResult, RestoreRequest
from provenance.services.evidence_store import store_of
from provenance.services.workspace import Workspace


def back_up(
    workspace: Workspace, request: BackupRequest, on_progress: FileProgress = lambda done, whole: None
) -> BackupResult:
    """Writes all of the database and its evidence to a new file, verified after writing.

    Raises:
        ProvenanceError: the file exists, there is no database, or a program of the server fails.
        UsageError: a public key is none, or both ways of encryption are asked for.
    """
    if request.recipients and request.passphrase is not None:
        raise UsageError("A backup is encrypted for keys or with a passphrase, not both")
    sealing = Sealing(request.recipients, request.passphrase)
    found = write_backup(
        workspace.database, _store(workspace), request.file, sealing, workspace.clock, on_progress
    )
    return _result(request.file, found, encrypted=not sealing.is_open)


def bring_back(
    workspace: Workspace, request: RestoreRequest, on_progress: FileProgress = lambda done, whole: None
) -> BackupResult:
    """Restores a backup into a place that has no database; all or nothing.

    Raises:
        BadInput: it is no backup, is of another kind of database, or does not open.
        IntegrityFailure: it is not as it was written.
        ProvenanceError: there is a database already, or the backup is of a newer program.
    """
    keys = Keys(request.passphrase, request.key_file)
    found = restore(workspace.database, _store(workspace), request.file, keys, on_progress)
    return _result(request.file, found, encrypted=is_encrypted(request.file))


def make_key(file: Path) -> KeyResult:
    """Makes a key pair of age; the secret half is in a new file that only this user can read.

    Raises:
        ProvenanceError: the file exists.
    """
    return KeyResult(file=str(file), public_key=write_key(file))


def _store(workspace: Workspace) -> Store | None:
    try:
        return store_of(workspace)
    except UsageError:
        # A server without a store has no evidence.
        return None


def _result(file: Path, found: Contents, *, encrypted: bool) -> BackupResult:
    return BackupResult(
        file=str(file),
        database=found.kind,
        schema_revision=found.revision,
        made=found.made,
        data=found.fingerprint,
        encrypted=encrypted,
        evidence_files=found.files,
        evidence_bytes=found.octets,
        absent=tuple(found.absent),
        faults=tuple(found.faults),
    )
