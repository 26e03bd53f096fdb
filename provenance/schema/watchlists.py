"""Watched: lists by version, the parties on them and when they were, screening runs."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import (
    Asks,
    ListedNameKind,
    ListingBasis,
    PartyKind,
    ScreeningKind,
    Verdict,
)
from provenance.schema.base import (
    COUNTRY,
    UID,
    Mapped,
    TableModel,
    UtcDateTime,
    in_order,
    one_current,
    one_of,
)


class Watchlist(TableModel, table=True):
    """A list of parties to watch for; ``asks`` is NULL where it is not known what the list asks.

    ``stale_after_days`` is the age from which answers recommend a newer version.
    """

    __tablename__ = "watchlist"
    __table_args__ = (one_of("asks", Asks), one_of("tlp", Tlp))

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    key: Mapped[str] = Field(unique=True)
    title: Mapped[str]
    publisher: Mapped[str | None] = Field(default=None)
    address: Mapped[str | None] = Field(default=None)
    asks: Mapped[str | None] = Field(default=None)
    asks_text: Mapped[str | None] = Field(default=None)
    stale_after_days: Mapped[int]
    tlp: Mapped[str | None] = Field(default=None)
    note: Mapped[str | None] = Field(default=None)


class WatchlistVersion(TableModel, table=True):
    """A version of a list on a day; a partial one adds parties and says nothing about the others.

    ``content_digest`` is over what was read, so that the same contents in another file are the same.
    """

    __tablename__ = "watchlist_version"
    __table_args__ = (UniqueConstraint("watchlist_id", "as_of", "content_digest"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    watchlist_id: Mapped[int] = Field(foreign_key="watchlist.id")
    as_of: Mapped[date]
    partial: Mapped[bool]
    format: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    content_digest: Mapped[str]
    parties: Mapped[int]
    rows_read: Mapped[int]
    rows_repeated: Mapped[int]
    actor: Mapped[str]
    imported_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    program_version: Mapped[str]
    note: Mapped[str | None] = Field(default=None)


class ListedParty(TableModel, table=True):
    """A party in any version of a list; ``key`` is what makes it the same in another version.

    ``key`` is the list's own where that lasts, or one that the program makes from section and name.
    """

    __tablename__ = "listed_party"
    __table_args__ = (UniqueConstraint("watchlist_id", "key"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    watchlist_id: Mapped[int] = Field(foreign_key="watchlist.id")
    key: Mapped[str]


class ListedRecord(TableModel, table=True):
    """What some versions of a list say about a party, in exactly the same words.

    ``own_id`` is the number that the list itself gives the entry. ``stated_from`` and ``stated_to`` are
    days that the list states. ``asks`` is set where the entry asks something else than its list.
    """

    __tablename__ = "listed_record"
    __table_args__ = (
        UniqueConstraint("party_id", "digest"),
        one_of("kind", PartyKind),
        one_of("asks", Asks),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    party_id: Mapped[int] = Field(foreign_key="listed_party.id")
    digest: Mapped[str]
    own_id: Mapped[str | None] = Field(default=None)
    section: Mapped[str | None] = Field(default=None)
    kind: Mapped[str | None] = Field(default=None)
    label: Mapped[str]
    program: Mapped[str | None] = Field(default=None)
    asks: Mapped[str | None] = Field(default=None)
    asks_text: Mapped[str | None] = Field(default=None)
    stated_from: Mapped[date | None] = Field(default=None)
    stated_to: Mapped[date | None] = Field(default=None)
    reference: Mapped[str | None] = Field(default=None)
    remarks: Mapped[str | None] = Field(default=None)


class ListedName(TableModel, table=True):
    """A name of a party in one record; ``folded`` serves search by substring."""

    __tablename__ = "listed_name"
    __table_args__ = (one_of("kind", ListedNameKind),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    record_id: Mapped[int] = Field(foreign_key="listed_record.id", index=True)
    name: Mapped[str]
    kind: Mapped[str]
    folded: Mapped[str]
    script: Mapped[str]


class ListedAddress(TableModel, table=True):
    """An address of a party in one record, as the list writes it."""

    __tablename__ = "listed_address"

    id: Mapped[int] = Field(default=None, primary_key=True)
    record_id: Mapped[int] = Field(foreign_key="listed_record.id", index=True)
    as_written: Mapped[str]
    country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)


class ListedIdentifier(TableModel, table=True):
    """A number that identifies a party; ``scheme`` is NULL where the list does not name it.

    ``value`` holds capital letters and digits only.
    """

    __tablename__ = "listed_identifier"

    id: Mapped[int] = Field(default=None, primary_key=True)
    record_id: Mapped[int] = Field(foreign_key="listed_record.id", index=True)
    scheme: Mapped[str | None] = Field(default=None)
    value: Mapped[str] = Field(index=True)
    as_written: Mapped[str]
    country: Mapped[str | None] = Field(default=None, sa_type=COUNTRY)


class ListedPresence(TableModel, table=True):
    """That a version holds a record."""

    __tablename__ = "listed_presence"

    version_id: Mapped[int] = Field(primary_key=True, foreign_key="watchlist_version.id")
    record_id: Mapped[int] = Field(primary_key=True, foreign_key="listed_record.id", index=True)


class ListingInterval(TableModel, table=True):
    """When a party was listed, derived from all versions of its list and the dates that they state.

    ``ended_…`` is the first day on which it was no longer listed. An unknown beginning lies before the first
    version; an end of NULL and NULL has not been seen.
    """

    __tablename__ = "listing_interval"
    __table_args__ = (
        one_of("began_basis", ListingBasis),
        one_of("ended_basis", ListingBasis),
        in_order("began_earliest", "began_latest"),
        in_order("ended_earliest", "ended_latest"),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    party_id: Mapped[int] = Field(foreign_key="listed_party.id", index=True)
    began_earliest: Mapped[date | None] = Field(default=None)
    began_latest: Mapped[date]
    began_basis: Mapped[str]
    ended_earliest: Mapped[date | None] = Field(default=None)
    ended_latest: Mapped[date | None] = Field(default=None)
    ended_basis: Mapped[str | None] = Field(default=None)


class ScreeningIndex(TableModel, table=True):
    """The listed names packed for the matcher (see `provenance.screening`); derived, rebuilt as needed.

    ``layout`` is a digest of how it is packed and ``state`` of what it was packed from; one that does not
    match is not used.
    """

    __tablename__ = "screening_index"

    name: Mapped[str] = Field(primary_key=True)
    layout: Mapped[str]
    state: Mapped[str]
    payload: Mapped[bytes]


class ScreeningRun(TableModel, table=True):
    """One screening: who, when, with which versions of which lists, and what came of how many rows.

    ``settings``, ``versions`` and ``not_screened`` are JSON.
    """

    __tablename__ = "screening_run"
    __table_args__ = (one_of("kind", ScreeningKind), one_of("tlp", Tlp))

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    kind: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    program_version: Mapped[str]
    settings: Mapped[str]
    versions: Mapped[str]
    file_name: Mapped[str | None] = Field(default=None)
    file_sha256: Mapped[str | None] = Field(default=None)
    input_sha256: Mapped[str]
    rows_screened: Mapped[int]
    rows_not_screened: Mapped[int]
    rows_with_hits: Mapped[int]
    hits: Mapped[int]
    result_sha256: Mapped[str]
    tlp: Mapped[str | None] = Field(default=None)


class ScreenedRow(TableModel, table=True):
    """A row of a run that had a hit, something set aside, or could not be screened; the others are counted.

    ``answer`` is the row of the answer as JSON.
    """

    __tablename__ = "screened_row"
    __table_args__ = (UniqueConstraint("run_id", "row_number"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    run_id: Mapped[int] = Field(foreign_key="screening_run.id")
    row_number: Mapped[int]
    answer: Mapped[str]


class Judgement(TableModel, table=True):
    """A judgement on a customer and a listed party; superseded by the next one, never changed.

    ``customer_key`` is the customer's own id, or the sameness key of its name; ``party_uid`` is the listed
    party's uid, or the uid that represents a firm on known chains. The digests are over what the customer's
    row and the entry said at that time: where they differ later, the judgement is open again.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        one_of("verdict", Verdict),
        one_of("tlp", Tlp),
        one_current("uq_judgement_standing", of=("customer_key", "watchlist", "party_uid")),
    )

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    customer_key: Mapped[str]
    customer_id: Mapped[str | None] = Field(default=None)
    customer_name: Mapped[str]
    customer_digest: Mapped[str]
    watchlist: Mapped[str]
    party_uid: Mapped[str]
    entry_key: Mapped[str]
    party: Mapped[str]
    entry_digest: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    screening_run_id: Mapped[int | None] = Field(default=None, foreign_key="screening_run.id")
    superseded_by: Mapped[int | None] = Field(default=None, foreign_key="judgement.id")
    tlp: Mapped[str | None] = Field(default=None)
