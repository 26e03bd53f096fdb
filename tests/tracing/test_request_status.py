"""The clocks of requests, counted by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.tracing import RequestState, TraceOutcome
from provenance.schema.session import Session
from provenance.tracing.request_status import FINISHED, fetch_requests, state_of
from tests.tracing.records import Records

DUE = date(2026, 3, 31)
SENT = date(2026, 3, 1)


def row(**known: Any) -> Any:
    return SimpleNamespace(**{"outcome": None, "closed_on": None, "sent_on": SENT, **known})


@pytest.mark.parametrize(
    ("known", "due", "today", "state"),
    [
        ({"sent_on": None}, None, DUE, RequestState.DRAFTED),
        ({}, None, date(2027, 1, 1), RequestState.AWAITING_RECEIPT),
        ({}, DUE, DUE, RequestState.RUNNING),
        ({}, DUE, DUE + timedelta(days=1), RequestState.OVERDUE),
        ({"closed_on": SENT}, DUE, date(2027, 1, 1), RequestState.CLOSED),
        ({"outcome": "refused"}, DUE, date(2027, 1, 1), RequestState.ANSWERED),
        ({"outcome": "refused", "closed_on": SENT}, DUE, SENT, RequestState.ANSWERED),
        ({"outcome": "no_reply"}, DUE, SENT, RequestState.NO_REPLY),
        ({"outcome": "full", "sent_on": None}, None, SENT, RequestState.ANSWERED),
    ],
)
def test_the_state_on_a_day(
    known: dict[str, Any], due: date | None, today: date, state: RequestState
) -> None:
    assert state_of(row(**known), due, today) == state


@given(st.sampled_from(list(TraceOutcome)), st.dates(), st.one_of(st.none(), st.dates()))
def test_any_answer_ends_the_clock(outcome: TraceOutcome, today: date, due: date | None) -> None:
    assert state_of(row(outcome=outcome), due, today) in FINISHED


def request(session: Session, received: date | None, **values: Any) -> int:
    return Records(session).rows.add(
        "trace_request", sent_on=SENT, received_on=received, **{"days": 28, **values}
    )


def test_the_most_overdue_first_then_the_next_due_then_the_older(scratch: Session) -> None:
    late, later = request(scratch, date(2026, 3, 3)), request(scratch, date(2026, 3, 2))
    tied_one, tied_other = request(scratch, date(2026, 3, 20)), request(scratch, date(2026, 3, 20))
    open_ = request(scratch, None)
    soon = request(scratch, date(2026, 3, 19))
    found = fetch_requests(scratch, date(2026, 4, 2))
    assert list(found) == [later, late, soon, tied_one, tied_other, open_]
    assert [item.days_late for item in found.values()] == [3, 2, 0, 0, 0, None]
    assert found[open_].days_since_sent == 32
    assert found[soon].due == date(2026, 4, 16)


def test_the_tracer_sets_the_days(scratch: Session) -> None:
    number = request(scratch, date(2026, 3, 2), days=1)
    assert fetch_requests(scratch, SENT)[number].due == date(2026, 3, 3)


def test_a_superseded_answer_does_not_count(scratch: Session) -> None:
    records = Records(scratch)
    number = request(scratch, date(2026, 3, 2))
    answer = {"trace_request_id": number, "answered_on": date(2026, 3, 9)}
    latest = records.rows.add("trace_answer", outcome="full", **answer)
    records.rows.add("trace_answer", outcome="no_reply", superseded_by=latest, **answer)
    (found,) = fetch_requests(scratch, date(2026, 4, 2)).values()
    assert (found.state, found.outcome, found.answered) == (
        RequestState.ANSWERED, TraceOutcome.FULL, date(2026, 3, 9),
    )  # fmt: skip


def test_what_is_not_known_of_its_component_stays_unknown(scratch: Session) -> None:
    (found,) = fetch_requests(scratch, SENT, numbers=[request(scratch, None)]).values()
    assert (found.component, found.outcome, found.due) == (None, None, None)
    assert not isinstance(found.sent, datetime)
