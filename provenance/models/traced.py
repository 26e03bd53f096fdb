"""Traced: questions sent to makers and distributors, their clocks and answers; rules about ownership."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import UID, UtcDateTime, in_order, one_of
from provenance.vocab import Tlp, Verification
from provenance.vocab.tracing import RequestKind, TraceOutcome


class Trace(SQLModel, table=True):
    """The tracing of one component; open until somebody closes it."""

    __tablename__ = "trace"
    __table_args__ = (one_of("tlp", Tlp), in_order("opened_on", "closed_on"))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    component_id: int = Field(foreign_key="component.id", index=True)
    opened_on: date
    opened_by: str
    reason: str | None = None
    closed_on: date | None = None
    closed_reason: str | None = None
    tlp: str | None = None


class TraceRequest(SQLModel, table=True):
    """A letter to a maker or distributor; its clock of ``days`` runs from the day after ``received_on``.

    ``sent_on`` NULL is a draft; ``received_on`` NULL means that the clock does not run yet.
    """

    __tablename__ = "trace_request"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("tlp", Tlp),
        in_order("sent_on", "received_on"),
        CheckConstraint("days >= 1", name="days_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    trace_id: int = Field(foreign_key="trace.id", index=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    kind: str
    asked: str | None = None
    written_on: date
    written_by: str
    sent_on: date | None = None
    received_on: date | None = None
    days: int
    tlp: str | None = None


class TraceAnswer(SQLModel, table=True):
    """What came of a request; a later answer supersedes the state of an earlier one, its transfers stay.

    ``answered_on`` is the day it came in, or on which a request was held to be without reply.
    """

    __tablename__ = "trace_answer"
    __table_args__ = (one_of("outcome", TraceOutcome),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    trace_request_id: int = Field(foreign_key="trace_request.id", index=True)
    outcome: str
    answered_on: date
    said: str | None = None
    source_id: int | None = Field(default=None, foreign_key="source.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)
    entered_by: str
    superseded_by: int | None = Field(default=None, foreign_key="trace_answer.id")


class OwnershipRule(SQLModel, table=True):
    """A rule that treats the firms owned by listed parties like them, with the days on which it holds.

    It holds from ``since`` until ``until`` but for the days from ``suspended_from`` to the day before
    ``suspended_until``; NULL is open. ``least_percent`` is 0 to 100; ``aggregate`` adds up the shares of
    several listed owners.
    """

    __tablename__ = "ownership_rule"
    __table_args__ = (
        one_of("verification", Verification),
        in_order("since", "until"),
        in_order("suspended_from", "suspended_until"),
        CheckConstraint("least_percent BETWEEN 0 AND 100", name="least_percent_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    jurisdiction: str
    name: str
    least_percent: float
    aggregate: bool
    since: date | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None
    until: date | None = None
    verification: str
    source_id: int = Field(foreign_key="source.id")
    note: str | None = None
