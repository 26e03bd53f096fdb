"""Answers to requests: the latest counts, transfers add up, contradictions are refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from provenance.core.errors import UsageError
from provenance.core.vocabulary.tracing import TraceOutcome
from provenance.schema.engines import writing_engine
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.traces import TraceAnswer
from provenance.schema.transfers import Transfer
from provenance.services.contracts.transfers import StatedParty, StatedTransfer
from provenance.services.transfers import stated_record
from provenance.sources.records import ShipmentRecord
from provenance.text.confidence import HIDDEN
from provenance.tracing.answers import record_answer
from tests.support.databases import Databases, Level
from tests.tracing.records import Records

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
SENT, ANSWERED = date(2026, 3, 1), date(2026, 3, 9)


@pytest.fixture
def session(databases: Databases) -> Iterator[Session]:
    """A session of 10 March 2026, rolled back at the end."""
    engine = writing_engine(databases.common(Level.SCHEMA))
    with Session(engine, clock=lambda: NOON) as opened:
        Records(opened).rows.insert("installation", id=1, uid="0" * 36)
        yield opened
    engine.dispose()


@pytest.fixture
def request_(session: Session) -> int:
    """A request sent to North Semi on 1 March 2026."""
    records = Records(session)
    maker = records.firm("North Semi")
    return records.rows.add("trace_request", organization_id=maker, sent_on=SENT, days=28, tlp="GREEN")


def sale(buyer: str, *, confidential: bool = False) -> ShipmentRecord:
    return stated_record(
        StatedTransfer(
            senders=(StatedParty(name="North Semi"),),
            recipients=(StatedParty(name=buyer, confidential=confidential),),
            mpn="NORTH-1",
        )
    )


def test_the_answer_is_the_source_of_its_transfers(session: Session, request_: int) -> None:
    uids = record_answer(
        session, request_, TraceOutcome.FULL, actor="me", answered=ANSWERED, transfers=[sale("Alder AG")]
    ).uids
    assert len(uids) == 1
    source = session.execute(
        select(Source, Citation.retrieved)
        .join(Citation, Citation.source_id == Source.id)
        .join(Transfer, Transfer.id == Citation.transfer_id)
        .where(Transfer.uid == uids[0])
    ).one()
    assert (source.publisher, source.tlp, source.retrieved) == ("North Semi", "GREEN", ANSWERED)
    assert source.origin_group.startswith("answer of ")
    entered = session.execute(select(TraceAnswer.entered_at, TraceAnswer.entered_by)).one()
    assert tuple(entered) == (NOON, "me")


def test_a_later_answer_supersedes_and_the_transfers_add_up(session: Session, request_: int) -> None:
    for outcome, buyer in ((TraceOutcome.PARTIAL, "Alder AG"), (TraceOutcome.FULL, "Birch Ltd")):
        record_answer(session, request_, outcome, actor="me", answered=ANSWERED, transfers=[sale(buyer)])
    rows = session.execute(select(TraceAnswer).order_by(TraceAnswer.id)).all()
    assert [(row.outcome, row.superseded_by) for row in rows] == [("partial", rows[1].id), ("full", None)]
    assert len(session.execute(select(Transfer.id)).all()) == 2


def test_no_reply_has_no_source_and_may_be_followed_by_an_answer(session: Session, request_: int) -> None:
    record_answer(session, request_, TraceOutcome.NO_REPLY, actor="me", answered=ANSWERED)
    assert session.execute(select(TraceAnswer.source_id)).scalar_one() is None
    record_answer(session, request_, TraceOutcome.REFUSED, actor="me", answered=ANSWERED)
    with pytest.raises(UsageError, match=r"already answered \(refused\)"):
        record_answer(session, request_, TraceOutcome.NO_REPLY, actor="me", answered=ANSWERED)


@pytest.mark.parametrize("outcome", ["no_records", "not_ours", "refused", "no_reply"])
def test_an_outcome_that_states_no_transfer(session: Session, request_: int, outcome: str) -> None:
    with pytest.raises(UsageError, match="cannot contain transfers"):
        record_answer(
            session, request_, TraceOutcome(outcome), actor="me", answered=ANSWERED, transfers=[sale("A")]
        )
    assert session.execute(select(TraceAnswer.id)).all() == []


def test_an_answer_before_the_request_was_sent(session: Session, request_: int) -> None:
    with pytest.raises(UsageError, match="cannot have been answered on 2026-02-28"):
        record_answer(session, request_, TraceOutcome.FULL, actor="me", answered=date(2026, 2, 28))
    record_answer(session, request_, TraceOutcome.FULL, actor="me", answered=SENT)


def test_names_given_in_confidence_are_blanked_in_what_it_says(session: Session, request_: int) -> None:
    record_answer(
        session, request_, TraceOutcome.FULL, actor="me", answered=ANSWERED,
        said="Sold to geheim  gmbh.", transfers=[sale("Geheim GmbH", confidential=True)],
    )  # fmt: skip
    assert session.execute(select(TraceAnswer.said)).scalar_one() == f"Sold to {HIDDEN}."
    raw = session.execute(select(Citation.raw_text)).scalar_one()
    assert "geheim" not in raw.casefold()
