"""Databases with the tables and their own identity, and nothing else: what importing a list needs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from provenance.schema.audit import Installation
from provenance.schema.engines import writing_engine
from provenance.schema.session import session_scope
from tests.support.imported_lists import lists

__all__ = ["lists", "migrated_with_installation"]


@pytest.fixture
def migrated_with_installation(migrated: str) -> str:
    """The address of a database that holds nothing but its own identity."""
    engine = writing_engine(migrated)
    with session_scope(engine) as session:
        session.execute(insert(Installation).values(id=1, uid="test", created_at=datetime.now(UTC)))
    engine.dispose()
    return migrated
