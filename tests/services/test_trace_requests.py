"""Requests and their answers through the services: one day, one actor, no files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary import PartyRole
from provenance.core.vocabulary.tracing import RequestState, TraceOutcome
from provenance.schema.audit import AuditEntry
from provenance.services.contracts.trace_requests import (
    CloseTrace,
    NoteReceipt,
    OpenTrace,
    RecordAnswer,
    RequestsDue,
    WriteTraceRequest,
)
from provenance.services.contracts.tracing import PathRequest
from provenance.services.contracts.transfers import StatedParty
from provenance.services.trace_requests import (
    close_trace,
    note_receipt,
    open_trace,
    record_answer,
    requests_due,
    write_request,
)
from provenance.services.tracing import supply_paths
from provenance.services.workspace import Workspace
from tests.sources.lists import write_list
from tests.support.chains import ALDER, BIRCH, fill_world, transfer
from tests.support.commands import run
from tests.support.json_schema import problems

TODAY = date(2026, 3, 1)


@pytest.fixture
def own(ready: str, tmp_path: Path) -> Workspace:
    """A small world of this test's own on 1 March 2026, on both backends."""
    fill_world(run, ready, tmp_path)
    return Workspace(ready, "tester", clock=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))


def ask(own: Workspace, **values: object) -> str:
    """The reference of a request to North Semi about component w1."""
    wanted = WriteTraceRequest.model_validate({"trace": "w1", "firm": "North Semi", **values})
    return write_request(own, wanted).rows[0].ref


def test_a_trace_from_opening_to_closing(own: Workspace) -> None:
    opened = open_trace(own, OpenTrace(component="w1", reason="recent date code"))
    (row,) = opened.rows
    assert (row.new, row.component[:2]) == (True, "C-")
    asked = write_request(own, WriteTraceRequest(trace=row.trace, firm="North Semi", sent=TODAY))
    assert asked.rows[0].state == RequestState.AWAITING_RECEIPT
    assert asked.rows[0].ref in asked.letter.markdown and "<h1>" in asked.letter.html
    noted = note_receipt(own, NoteReceipt(ref=asked.rows[0].ref))
    assert (noted.rows[0].received, noted.rows[0].due) == (TODAY, date(2026, 3, 29))
    answered = record_answer(
        own,
        RecordAnswer(
            ref=asked.rows[0].ref, outcome=TraceOutcome.FULL, role=PartyRole.MAKER,
            sold_to=(StatedParty(name="Fir Ltd", role=PartyRole.BROKER, country="HK"),), moved="2021-02",
        ),
    )  # fmt: skip
    assert len(answered.transfers) == 1
    paths = supply_paths(own, PathRequest(ref="w1")).rows
    assert "Fir Ltd" in {step.recipient for path in paths for step in path.steps}
    closed = close_trace(own, CloseTrace(trace=row.trace, reason="complete"))
    assert closed.rows[0].closed_on == TODAY
    due = requests_due(own, RequestsDue())
    assert due.rows == () and due.states["answered"] == 1
    for result in (opened, asked, noted, answered, closed, due):
        assert problems(result.document(), type(result).document_schema()) == []


def test_every_step_is_in_the_audit_trail(own: Workspace) -> None:
    opened = open_trace(own, OpenTrace(component="w1")).rows[0].trace
    ref = ask(own, trace=opened)
    note_receipt(own, NoteReceipt(ref=ref))
    record_answer(own, RecordAnswer(ref=ref, outcome=TraceOutcome.REFUSED))
    close_trace(own, CloseTrace(trace=opened, reason="refused"))
    with own.reading() as session:
        written = session.execute(
            select(AuditEntry.action, AuditEntry.actor)
            .where(AuditEntry.record_table.startswith("trace"))
            .order_by(AuditEntry.id)
        ).all()
    actions = ["open trace", "write request", "note dates", "record answer", "close trace"]
    assert [tuple(entry) for entry in written] == [(action, "tester") for action in actions]


def test_what_is_due_as_of_a_day(own: Workspace) -> None:
    late = ask(own, sent=date(2026, 1, 1), received=date(2026, 1, 2))
    draft = ask(own)
    found = requests_due(own, RequestsDue())
    assert [(row.ref, row.state, row.days_late) for row in found.rows] == [
        (late, RequestState.OVERDUE, 30), (draft, RequestState.DRAFTED, None),
    ]  # fmt: skip
    assert found.basis.counted == {"shown": 2}
    earlier = requests_due(own, RequestsDue(on=date(2026, 1, 30)))
    assert [row.state for row in earlier.rows] == [RequestState.RUNNING, RequestState.DRAFTED]


def test_what_is_refused_leaves_nothing_behind(own: Workspace) -> None:
    with pytest.raises(UsageError):
        ask(own, received=TODAY)
    with pytest.raises(NotFound):
        write_request(own, WriteTraceRequest(trace="w1", firm="Nobody at all"))
    found = requests_due(own, RequestsDue(finished=True))
    assert (found.rows, sum(found.states.values())) == ((), 0)
    assert open_trace(own, OpenTrace(component="w1")).rows[0].new


def test_an_answer_with_a_list_is_stored_whole_or_not_at_all(own: Workspace, tmp_path: Path) -> None:
    ref = ask(own, sent=TODAY)
    broken = write_list(
        tmp_path / "broken.csv",
        [transfer("a", ALDER, BIRCH, "2020", "D"), transfer("b", ALDER, BIRCH, "soon", "D")],
    )
    with pytest.raises(BadInput, match=r"broken\.csv:3"):
        record_answer(own, RecordAnswer(ref=ref, outcome=TraceOutcome.FULL, transfers_file=broken))
    assert requests_due(own, RequestsDue()).rows[0].outcome is None
    sound = write_list(
        tmp_path / "sound.csv",
        [transfer("a", ALDER, BIRCH, "2020", "D"), transfer("b", BIRCH, ALDER, "2021", "E")],
    )
    stored = record_answer(own, RecordAnswer(ref=ref, outcome=TraceOutcome.FULL, transfers_file=sound))
    assert len(stored.transfers) == 2
