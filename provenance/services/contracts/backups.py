"""Backups: requests and results."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from provenance.services.contracts.base import Request, Result


class BackupRequest(Request):
    """Where to write, and who can open it: owners of public keys of age, or who knows the passphrase.

    Without either nothing is encrypted.
    """

    file: Path
    recipients: tuple[str, ...] = ()
    passphrase: str | None = None


class RestoreRequest(Request):
    """The backup, and what opens it if it is encrypted."""

    file: Path
    passphrase: str | None = None
    key_file: Path | None = None


class BackupResult(Result):
    """What was written, or restored.

    ``made`` is when, ``data`` the fingerprint of the data, ``evidence_files`` and ``evidence_bytes`` what is
    from the store. ``absent`` are files that the database refers to and the store did not have whole,
    ``faults`` those of the database itself; both empty where all is sound.
    """

    schema_id: ClassVar[str] = "provenance.backup/1"
    file: str
    database: str
    schema_revision: str
    made: str
    data: str | None
    encrypted: bool
    evidence_files: int
    evidence_bytes: int
    absent: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


class KeyResult(Result):
    """A new key: the file of its secret half, and the public half for which backups are encrypted."""

    schema_id: ClassVar[str] = "provenance.backup-key/1"
    file: str
    public_key: str
