"""Unfinished entries: what was answered in a form is kept until it is logged, and offered at the next start.

A draft is a file of its own for each database, person and form. It is written after every answer, so that an
empty battery loses nothing, and can be read by its owner only: it is as strict as what it will become.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The answers of an unfinished form, and when the last of them was given."""

    texts: Mapping[str, str]
    at: datetime


class Drafts:
    """The draft of one form of a workspace; without a folder nothing is kept."""

    def __init__(self, workspace: Workspace, form: str) -> None:
        self._workspace = workspace
        whose = "\n".join((workspace.database, workspace.actor, form))
        digest = hashlib.sha256(whose.encode()).hexdigest()[:24]
        self._file = workspace.drafts / f"{digest}.json" if workspace.drafts is not None else None

    def kept(self) -> KeptDraft | None:
        """The answers that were not logged; None where there are none, or they cannot be read."""
        if self._file is None:
            return None
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
            texts = {str(name): str(text) for name, text in content["texts"].items()}
            return KeptDraft(texts, datetime.fromisoformat(content["at"])) if texts else None
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return None

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keeps the answers in place of those kept before; a folder that cannot be written to keeps none."""
        if self._file is None:
            return
        content = {"at": self._workspace.clock().isoformat(), "texts": dict(texts)}
        part = self._file.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.touch(mode=_OWNER_ONLY)
            part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            part.replace(self._file)

    def drop(self) -> None:
        """Forgets the answers: they are logged, or not wanted."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)


def drafts_of(database: str, given: Path | None, usual: Path) -> Path:
    """The folder of drafts: the one given, else beside an SQLite file, else the user's own."""
    from provenance.schema.engines import sqlite_path

    if given is not None:
        return given
    file = sqlite_path(database)
    return usual if file is None else file.with_name(f"{file.name}.drafts")
