"""Files that `provenance trace` writes once the answer is there: graphs and letters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.errors import BadInput

if TYPE_CHECKING:
    from provenance.services.contracts.base import Result


def write_text(file: Path, text: str) -> None:
    """Writes a file in UTF-8.

    Raises:
        BadInput: it cannot be written.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None


def write_with_basis(file: Path, text: str, result: Result) -> None:
    """Writes a file, and the basis of the result beside it as ``FILE.basis.json``.

    Raises:
        BadInput: one of them cannot be written.
    """
    write_text(file, text)
    whole = {"schema": result.schema_id, "basis": result.document()["basis"]}
    beside = file.with_name(file.name + ".basis.json")
    write_text(beside, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
