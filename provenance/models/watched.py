"""Watched: lists by version, the parties on them and when they were, screening runs."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import COUNTRY, UID, UtcDateTime, in_order, one_of, one_standing
from provenance.vocab import Tlp
from provenance.vocab.watched import Asks, ListedNameKind, ListingBasis, PartyKind, ScreeningKind, Verdict


class Watchlist(SQLModel, table=True):
    """A list of parties to watch for; ``asks`` is NULL where nobody has said what it asks.

    ``stale_after_days`` is the age at which answers begin to say that a newer version should be had.
    """

    __tablename__ = "watchlist"
    __table_args__ = (one_of("asks", Asks), one_of("tlp", Tlp))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    key: str = Field(unique=True)
    title: str
    publisher: str | None = None
    address: str | None = None
    asks: str | None = None
    asks_text: str | None = None
    stale_after_days: int
    tlp: str | None = None
    note: str | None = None


class WatchlistVersion(SQLModel, table=True):
    """A list as it stood on a day; a partial one adds parties and says nothing about the others.

    ``content_digest`` is over what was read, so that the same contents in another file are the same.
    """

    __tablename__ = "watchlist_version"
    __table_args__ = (UniqueConstraint("watchlist_id", "as_of", "content_digest"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    watchlist_id: int = Field(foreign_key="watchlist.id")
    as_of: date
    partial: bool
    format: str
    file_name: str
    file_sha256: str
    content_digest: str
    parties: int
    rows_read: int
    rows_repeated: int
    actor: str
    imported_at: datetime = Field(sa_type=UtcDateTime)
    program_version: str
    note: str | None = None


class ListedParty(SQLModel, table=True):
    """A party that some version of a list holds; ``key`` is what makes it the same in another version.

    ``key`` is the list's own where that lasts, else one of ours out of section and name.
    """

    __tablename__ = "listed_party"
    __table_args__ = (UniqueConstraint("watchlist_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    watchlist_id: int = Field(foreign_key="watchlist.id")
    key: str


class ListedRecord(SQLModel, table=True):
    """What some versions of a list say of a party, word for word the same in each of them.

    ``own_id`` is the number that the list itself gives the entry. ``stated_from`` and ``stated_to`` are
    days that the list states. ``asks`` is set where the entry asks something else than its list.
    """

    __tablename__ = "listed_record"
    __table_args__ = (
        UniqueConstraint("party_id", "digest"),
        one_of("kind", PartyKind),
        one_of("asks", Asks),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="listed_party.id")
    digest: str
    own_id: str | None = None
    section: str | None = None
    kind: str | None = None
    label: str
    program: str | None = None
    asks: str | None = None
    asks_text: str | None = None
    stated_from: date | None = None
    stated_to: date | None = None
    reference: str | None = None
    remarks: str | None = None


class ListedName(SQLModel, table=True):
    """A name of a party in one record; ``folded`` serves search by substring."""

    __tablename__ = "listed_name"
    __table_args__ = (one_of("kind", ListedNameKind),)

    id: int | None = Field(default=None, primary_key=True)
    record_id: int = Field(foreign_key="listed_record.id", index=True)
    name: str
    kind: str
    folded: str
    script: str


class ListedAddress(SQLModel, table=True):
    """An address of a party in one record, as the list writes it."""

    __tablename__ = "listed_address"

    id: int | None = Field(default=None, primary_key=True)
    record_id: int = Field(foreign_key="listed_record.id", index=True)
    as_written: str
    country: str | None = Field(default=None, sa_type=COUNTRY)


class ListedIdentifier(SQLModel, table=True):
    """A number that singles a party out; ``scheme`` is NULL where the list does not name it.

    ``value`` holds capital letters and digits only.
    """

    __tablename__ = "listed_identifier"

    id: int | None = Field(default=None, primary_key=True)
    record_id: int = Field(foreign_key="listed_record.id", index=True)
    scheme: str | None = None
    value: str = Field(index=True)
    as_written: str
    country: str | None = Field(default=None, sa_type=COUNTRY)


class ListedPresence(SQLModel, table=True):
    """That a version holds a record."""

    __tablename__ = "listed_presence"

    version_id: int = Field(primary_key=True, foreign_key="watchlist_version.id")
    record_id: int = Field(primary_key=True, foreign_key="listed_record.id", index=True)


class ListingInterval(SQLModel, table=True):
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

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="listed_party.id", index=True)
    began_earliest: date | None = None
    began_latest: date
    began_basis: str
    ended_earliest: date | None = None
    ended_latest: date | None = None
    ended_basis: str | None = None


class ScreeningIndex(SQLModel, table=True):
    """The listed names packed for the matcher (see `provenance.screening`); derived, made anew at will.

    ``layout`` is a digest of how it is packed and ``state`` of what it was packed from; one that does not
    fit is not believed.
    """

    __tablename__ = "screening_index"

    name: str = Field(primary_key=True)
    layout: str
    state: str
    payload: bytes


class ScreeningRun(SQLModel, table=True):
    """One screening: who, when, with which versions of which lists, and what came of how many rows.

    ``settings``, ``versions`` and ``not_screened`` are JSON.
    """

    __tablename__ = "screening_run"
    __table_args__ = (one_of("kind", ScreeningKind), one_of("tlp", Tlp))

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    kind: str
    actor: str
    at: datetime = Field(sa_type=UtcDateTime)
    program_version: str
    settings: str
    versions: str
    file_name: str | None = None
    file_sha256: str | None = None
    input_sha256: str
    rows_screened: int
    rows_not_screened: int
    rows_with_hits: int
    hits: int
    result_sha256: str
    tlp: str | None = None


class ScreenedRow(SQLModel, table=True):
    """A row of a run that had a hit, something set aside, or could not be screened; the others are counted.

    ``answer`` is the row of the answer as JSON.
    """

    __tablename__ = "screened_row"
    __table_args__ = (UniqueConstraint("run_id", "row_number"),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="screening_run.id")
    row_number: int
    answer: str


class Judgement(SQLModel, table=True):
    """What somebody holds of a customer and a listed party; superseded by the next word, never changed.

    ``customer_key`` is the customer's own id, else the sameness key of its name; ``party_uid`` is the listed
    party's uid, or what stands for a firm on known chains. The digests are over what the customer's row and
    the entry said at that time: where they differ later, the judgement is open again.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        one_of("verdict", Verdict),
        one_of("tlp", Tlp),
        one_standing("uq_judgement_standing", of=("customer_key", "watchlist", "party_uid")),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    customer_key: str
    customer_id: str | None = None
    customer_name: str
    customer_digest: str
    watchlist: str
    party_uid: str
    entry_key: str
    party: str
    entry_digest: str
    verdict: str
    reason: str
    actor: str
    at: datetime = Field(sa_type=UtcDateTime)
    screening_run_id: int | None = Field(default=None, foreign_key="screening_run.id")
    superseded_by: int | None = Field(default=None, foreign_key="judgement.id")
    tlp: str | None = None
