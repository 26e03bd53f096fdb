"""A database with lists in it, for the length of a test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from provenance.schema.audit import Installation
from provenance.schema.session import Session
from tests.screening.lists import Lists


@pytest.fixture
def lists(scratch: Session, tmp_path: Path) -> Lists:
    """Lists to fill and to screen against, in a session that is rolled back."""
    scratch.execute(insert(Installation).values(id=1, uid="test", created_at=datetime.now(UTC)))
    return Lists(scratch, tmp_path)
