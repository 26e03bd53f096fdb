"""Traces: requests to makers and distributors, their deadlines and answers; rules about ownership."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from provenance.core.vocabulary import Tlp, Verification
from provenance.core.vocabulary.tracing import RequestKind, TraceOutcome
from provenance.schema.base import UID, Mapped, TableModel, UtcDateTime, in_order, one_of


class Trace(TableModel, table=True):
    """The tracing of one component; open until it is closed."""

    __tablename__ = "trace"
    __table_args__ = (one_of("tlp", Tlp), in_order("opened_on", "closed_on"))

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    component_id: Mapped[int] = Field(foreign_key="component.id", index=True)
    opened_on: Mapped[date]
    opened_by: Mapped[str]
    reason: Mapped[str | None] = Field(default=None)
    closed_on: Mapped[date | None] = Field(default=None)
    closed_reason: Mapped[str | None] = Field(default=None)
    tlp: Mapped[str | None] = Field(default=None)


class TraceRequest(TableModel, table=True):
    """A letter to a maker or distributor; the ``days`` to answer count from the day after ``received_on``.

    ``sent_on`` NULL is a draft; ``received_on`` NULL means that they do not run yet.
    """

    __tablename__ = "trace_request"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("tlp", Tlp),
        in_order("sent_on", "received_on"),
        CheckConstraint("days >= 1", name="days_range"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    trace_id: Mapped[int] = Field(foreign_key="trace.id", index=True)
    organization_id: Mapped[int] = Field(foreign_key="organization.id", index=True)
    kind: Mapped[str]
    asked: Mapped[str | None] = Field(default=None)
    written_on: Mapped[date]
    written_by: Mapped[str]
    sent_on: Mapped[date | None] = Field(default=None)
    received_on: Mapped[date | None] = Field(default=None)
    days: Mapped[int]
    tlp: Mapped[str | None] = Field(default=None)


class TraceAnswer(TableModel, table=True):
    """What came of a request; a later answer supersedes the state of an earlier one, its transfers stay.

    ``answered_on`` is the day it arrived, or the day on which the request was recorded as unanswered.
    """

    __tablename__ = "trace_answer"
    __table_args__ = (one_of("outcome", TraceOutcome),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    trace_request_id: Mapped[int] = Field(foreign_key="trace_request.id", index=True)
    outcome: Mapped[str]
    answered_on: Mapped[date]
    said: Mapped[str | None] = Field(default=None)
    source_id: Mapped[int | None] = Field(default=None, foreign_key="source.id")
    entered_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    entered_by: Mapped[str]
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="trace_answer.id")


class OwnershipRule(TableModel, table=True):
    """A rule that treats firms owned by listed parties like those parties, with its days in force.

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

    id: Mapped[int] = Field(default=None, primary_key=True)
    key: Mapped[str] = Field(unique=True)
    jurisdiction: Mapped[str]
    name: Mapped[str]
    least_percent: Mapped[float]
    aggregate: Mapped[bool]
    since: Mapped[date | None] = Field(default=None)
    suspended_from: Mapped[date | None] = Field(default=None)
    suspended_until: Mapped[date | None] = Field(default=None)
    until: Mapped[date | None] = Field(default=None)
    verification: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id")
    note: Mapped[str | None] = Field(default=None)
