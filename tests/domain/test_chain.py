"""The chain of who did what: sealed link by link, so that a change in the middle shows."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from provenance.core.identity import natural_uid
from provenance.domain import audit
from provenance.domain.audit import GENESIS, Entry, add_entry, entry_hash, installation_uid, rows_digest
from provenance.schema.audit import AuditEntry
from provenance.schema.engines import writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Recovery
from provenance.schema.session import Session, session_scope, writing
from tests.support.rows import Rows

FIRM = natural_uid("organization", "test")


@pytest.fixture
def chain(scratch: Session) -> Session:
    """A session on an installation whose chain has three links."""
    Rows(scratch).add("installation", id=1)
    for number, action in enumerate(("create", "rename", "merge"), start=1):
        add_entry(
            scratch,
            actor="Олена",
            action=action,
            table=Organization,
            uid=FIRM,
            before={"label": f"Інтеграл {number}"} if number > 1 else None,
            after={"label": f"Інтеграл {number + 1}", "when": datetime(2026, 1, number)},
        )
    audit.seal(scratch)
    return scratch


def entries(session: Session) -> list[Entry]:
    """The links in order, as the database gives them back."""
    return sorted(audit.entries(session), key=lambda entry: entry.sequence)


def faults(session: Session) -> list[int]:
    """The numbers of the links that do not fit: a wrong seal, a gap, another one before."""
    found, before, expected = [], GENESIS, 1
    for entry in entries(session):
        if entry.hash != entry_hash(entry) or entry.previous_hash != before or entry.sequence != expected:
            found.append(entry.sequence)
        before, expected = entry.hash, entry.sequence + 1
    return found


class TestChain:
    """One installation's own chain."""

    def test_holds(self, chain: Session) -> None:
        assert [entry.sequence for entry in entries(chain)] == [1, 2, 3]
        assert faults(chain) == []

    def test_begins_from_nothing(self, chain: Session) -> None:
        assert entries(chain)[0].previous_hash == GENESIS
        assert entries(chain)[0].installation_uid == installation_uid(chain)

    def test_keeps_before_and_after_as_they_were(self, chain: Session) -> None:
        second = entries(chain)[1]
        assert (second.actor, second.action, second.record_uid) == ("Олена", "rename", FIRM)
        assert json.loads(second.before or "") == {"label": "Інтеграл 2"}
        assert json.loads(second.after or "") == {"label": "Інтеграл 3", "when": "2026-01-02 00:00:00"}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("actor", "somebody else"),
            ("at", datetime(2020, 1, 1, tzinfo=UTC)),
            ("action", "delete"),
            ("record_table", "recovery"),
            ("record_uid", natural_uid("organization", "another")),
            ("before", None),
            ("after", "{}"),
            ("previous_hash", GENESIS),
            ("hash", "0" * 64),
        ],
    )
    def test_a_changed_link_is_noticed(self, chain: Session, field: str, value: object) -> None:
        chain.execute(update(AuditEntry).where(AuditEntry.sequence == 2).values({field: value}))
        assert 2 in faults(chain)

    def test_a_link_sealed_anew_no_longer_fits_the_next(self, chain: Session) -> None:
        second = entries(chain)[1]
        second.actor = "somebody else"
        chain.execute(
            update(AuditEntry)
            .where(AuditEntry.id == second.id)
            .values(actor=second.actor, hash=entry_hash(second))
        )
        assert faults(chain) == [3]

    def test_a_missing_link_is_noticed(self, chain: Session) -> None:
        chain.execute(delete(AuditEntry).where(AuditEntry.sequence == 2))
        assert faults(chain) == [3]

    def test_chains_of_other_installations_lie_beside_it(self, chain: Session) -> None:
        elsewhere = natural_uid("installation", "another laptop")
        Rows(chain).add("audit_entry", installation_uid=elsewhere, sequence=77)
        add_entry(chain, actor="Олена", action="undo", table=Organization, uid=FIRM)
        assert entries(chain)[3].sequence == 4
        assert entries(chain)[3].previous_hash == entries(chain)[2].hash

    def test_a_seal_does_not_depend_on_the_time_zone(self, chain: Session) -> None:
        entry = entries(chain)[0]
        sealed = entry.hash
        entry.at = entry.at.astimezone(timezone(timedelta(hours=3)))
        assert entry_hash(entry) == sealed


def test_who_writes_at_once_makes_one_chain(migrated: str) -> None:
    engine = writing_engine(migrated)
    with session_scope(engine) as session:
        Rows(session).add("installation", id=1)

    def add_some(actor: int) -> None:
        own = writing_engine(migrated)
        for _ in range(4):
            with writing(own) as session:
                add_entry(session, actor=str(actor), action="log", table=Recovery, uid=FIRM)
        own.dispose()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(add_some, range(3)))
    with session_scope(engine) as session:
        assert [entry.sequence for entry in entries(session)] == list(range(1, 13))
        assert faults(session) == []


def test_an_entry_goes_with_what_it_tells_of(migrated: str) -> None:
    engine = writing_engine(migrated)
    with session_scope(engine) as session:
        Rows(session).add("installation", id=1)
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        add_entry(session, actor="Олена", action="log", table=Recovery, uid=FIRM)
        1 / 0  # noqa: B018 - an error of any kind
    with session_scope(engine) as session:
        assert entries(session) == []


def test_a_database_as_init_leaves_it_tells_how_it_came_to_be(reference: Session) -> None:
    assert [entry.action for entry in entries(reference)] == ["load reference data"]
    assert faults(reference) == []


class TestRowsDigest:
    """One figure for the rows of a batch."""

    @given(st.lists(st.text()), st.lists(st.text()))
    def test_other_rows_have_another(self, rows: list[str], others: list[str]) -> None:
        same = "\n".join([*rows, ""]) == "\n".join([*others, ""])
        assert (rows_digest(rows) == rows_digest(others)) == same

    def test_their_order_counts(self) -> None:
        assert rows_digest(["a", "b"]) != rows_digest(["b", "a"])


def test_nothing_else_in_the_program_writes_the_trail() -> None:
    package = Path(__file__).parents[2] / "provenance"
    writers = [
        path.relative_to(package).as_posix()
        for path in sorted(package.rglob("*.py"))
        if re.search(
            r"(?<!class )\bAuditEntry\(|(?:insert|update|row_of)\w*\((?:\w+, )?AuditEntry",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert writers == ["domain/audit.py"]
