"""Backups, for people."""

from __future__ import annotations

from provenance.cli.views.tables import Section
from provenance.cli.views.words import many
from provenance.services.contracts.backups import BackupResult, KeyResult


def backup_sections(found: BackupResult) -> list[Section]:
    """What the backup holds, in lines."""
    evidence = f"{many(found.evidence_files, 'file')}, {found.evidence_bytes / 1e6:,.1f} MB"
    lines = [
        f"Database: {found.database}, schema {found.schema_revision}, data {found.data or 'unknown'}",
        f"Evidence: {evidence}",
        f"Made: {found.made}",
        f"Encrypted: {'yes' if found.encrypted else 'no; whoever has the file can read it'}",
        "Verified: every file has the SHA-256 that its manifest names",
    ]
    lines += [f"Missing from the store: {name}" for name in found.absent]
    lines += [f"Fault: {fault}" for fault in found.faults]
    return [Section(found.file, lines=lines)]


def key_sections(found: KeyResult) -> list[Section]:
    """The public half, and what to do with the other."""
    lines = [
        f"Public key: {found.public_key}",
        f"Back up for it: provenance db backup FILE --encrypt {found.public_key}",
        f"Restore with it: provenance db restore FILE --key {found.file}",
    ]
    return [Section(found.file, lines=lines)]
