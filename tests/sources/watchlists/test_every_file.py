"""No file ends in a traceback under any list format, and a wrong one is called what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from provenance.core.errors import BadInput, ProvenanceError
from provenance.sources.formats import ReadOptions
from provenance.sources.recognition import formats_like
from provenance.sources.registry import WATCHLISTS
from tests.support.commands import CHECKOUT
from tests.support.days import TODAY

REAL = Path(os.environ.get("PROVENANCE_REAL_DATA") or CHECKOUT / "absent")
FOLDERS = [
    CHECKOUT / "tests" / "sources" / "fixtures",
    *(REAL / "cases" / name for name in ("lists", "parts")),
    REAL / "watchlists",
]
FILES = sorted(file for folder in FOLDERS if folder.is_dir() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_a_file_is_read_or_refused_in_words(file: Path) -> None:
    """Published lists and cases are tried where PROVENANCE_REAL_DATA names their folder."""
    settled = [known for known in formats_like(file) if known in WATCHLISTS.formats and not known.fields]
    for known in WATCHLISTS.formats:
        try:
            entries = list(known.read(file, ReadOptions(TODAY)))
        except ProvenanceError as error:
            assert error.message
            if settled and known not in settled and isinstance(error, BadInput):
                assert f"looks like {settled[0].name} (" in error.hint, known.name
        else:
            assert entries
            assert not settled or known in settled, known.name
