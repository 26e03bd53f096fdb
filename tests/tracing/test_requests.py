"""Traces and requests: what is recorded when, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from provenance.core.errors import NotFound, UsageError
from provenance.core.identity import reference
from provenance.core.vocabulary.tracing import RequestKind
from provenance.schema.engines import writing_engine
from provenance.schema.session import Session
from provenance.schema.traces import Trace, TraceRequest
from provenance.tracing.request_status import fetch_requests
from provenance.tracing.requests import close_trace, note_dates, open_trace, request_number, write_request
from tests.support.databases import Databases, Level
from tests.tracing.records import Records

TODAY = date(2026, 3, 10)


@pytest.fixture
def session(databases: Databases) -> Iterator[Session]:
    """A session of 10 March 2026, rolled back at the end."""
    engine = writing_engine(databases.common(Level.SCHEMA))
    with Session(engine, clock=lambda: datetime(2026, 3, 10, 12, tzinfo=UTC)) as opened:
        Records(opened).rows.insert("installation", id=1, uid="0" * 36)
        yield opened
    engine.dispose()


@pytest.fixture
def component(session: Session) -> Callable[[], tuple[int, str]]:
    """Makes a component; its number and reference."""
    records = Records(session)

    def make() -> tuple[int, str]:
        number = records.component(records.recovery())
        from provenance.schema.recoveries import Component

        uid = session.execute(select(Component.uid).where(Component.id == number)).scalar_one()
        return number, reference("component", uid)

    return make


Make = Callable[[], tuple[int, str]]


class TestTraces:
    def test_one_component_has_one_open_trace(self, session: Session, component: Make) -> None:
        _number, ref = component()
        first, again = (open_trace(session, ref, actor="me") for _ in range(2))
        assert (first.new, again.new, first.ref) == (True, False, again.ref)
        assert first.component_ref == ref
        opened = session.execute(select(Trace.opened_on, Trace.opened_by)).one()
        assert tuple(opened) == (TODAY, "me")

    def test_components_recorded_as_the_same_share_it(self, session: Session, component: Make) -> None:
        (one, one_ref), (other, other_ref) = component(), component()
        Records(session).same("component", one, other)
        first = open_trace(session, one_ref, actor="me")
        assert open_trace(session, other_ref, actor="me").number == first.number

    def test_a_closed_one_is_closed_once_and_followed_by_a_new_one(
        self, session: Session, component: Make
    ) -> None:
        _number, ref = component()
        first = open_trace(session, ref, actor="me")
        assert close_trace(session, first.ref, actor="me", reason="done") == (first.ref, TODAY)
        with pytest.raises(UsageError, match="already closed on 2026-03-10"):
            close_trace(session, first.ref, actor="me", reason="again")
        assert open_trace(session, ref, actor="me").ref != first.ref


@pytest.fixture
def trace(session: Session, component: Make) -> int:
    """An open trace."""
    return open_trace(session, component()[1], actor="me").number


class TestRequests:
    def test_without_a_day_it_was_sent_it_is_a_draft(self, session: Session, trace: int) -> None:
        number = write_request(session, trace, Records(session).firm("North Semi"), actor="me")
        row = session.execute(select(TraceRequest).where(TraceRequest.id == number)).one()
        assert (row.sent_on, row.received_on, row.days, row.written_on) == (None, None, 28, TODAY)
        assert row.kind == RequestKind.TRACE

    @pytest.mark.parametrize(
        ("sent", "received"), [(None, date(2026, 3, 1)), (date(2026, 3, 2), date(2026, 3, 1))]
    )
    def test_received_without_or_before_being_sent(
        self, session: Session, trace: int, sent: date | None, received: date
    ) -> None:
        with pytest.raises(UsageError, match="received on 2026-03-01"):
            write_request(
                session, trace, Records(session).firm("F"), actor="me", sent=sent, received=received
            )
        assert session.execute(select(func.count()).select_from(TraceRequest)).scalar_one() == 0

    def test_receipt_of_a_draft_says_that_it_was_sent(self, session: Session, trace: int) -> None:
        number = write_request(session, trace, Records(session).firm("F"), actor="me")
        (status,) = fetch_requests(session, TODAY, numbers=[number]).values()
        note_dates(session, status.ref, actor="me", sent=None, received=date(2026, 3, 5))
        (status,) = fetch_requests(session, TODAY, numbers=[number]).values()
        assert (status.sent, status.received, status.due) == (
            date(2026, 3, 5), date(2026, 3, 5), date(2026, 4, 2),
        )  # fmt: skip

    def test_receipt_before_it_was_sent_is_refused(self, session: Session, trace: int) -> None:
        number = write_request(session, trace, Records(session).firm("F"), actor="me", sent=date(2026, 3, 2))
        (status,) = fetch_requests(session, TODAY, numbers=[number]).values()
        with pytest.raises(UsageError, match="cannot have been received on 2026-03-01"):
            note_dates(session, status.ref, actor="me", sent=None, received=date(2026, 3, 1))

    def test_the_reference_of_something_else(self, session: Session, component: Make) -> None:
        with pytest.raises(NotFound, match="is not a trace request"):
            request_number(session, component()[1])
