"""The field log: whose it is, what it cites, and what its author wrote last."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary.field import FIELD_LOG, NewName
from provenance.domain.audit import add_entry, installation_uid
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sources import Origin, source_id
from provenance.fields.entries import NO_STYLES, Kind, read_entry
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.sources.records import SourceRecord
from provenance.text.column_styles import Style
from provenance.text.partial_dates import DateSpan

_LAST_LOOKED_AT = 200
"""How many entries back a default is looked for."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who logs, in which installation, and the source that represents this person's field log.

    ``new`` are the kinds of names that this person says are new; of other kinds an unknown name is refused.
    """

    actor: str
    installation: str
    source_id: int
    source_key: str
    new: frozenset[NewName] = frozenset()

    @property
    def origin(self) -> Origin:
        """The field log as a source of records."""
        return Origin(self.source_id, self.source_key)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the cells as typed, and as read (see `provenance.fields.entries`)."""

    kind: Kind
    texts: Mapping[str, str]
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """The value of a cell; None where it is not known."""
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Logged:
    """A record that was written: its kind, row number and identity, and remarks. ``notes`` say what could
    not be resolved; ``known`` that the record had been logged before; ``may_be`` are name and reference of
    those that it may be the same as.
    """

    kind: RecordKind
    number: int
    uid: str
    title: str
    notes: tuple[str, ...] = ()
    known: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    may_be: tuple[tuple[str, str], ...] = ()

    @property
    def ref(self) -> str:
        """The spoken reference."""
        return reference(self.kind, self.uid)


def entry_of(kind: Kind, texts: Mapping[str, str | None], styles: Mapping[str, Style] = NO_STYLES) -> Entry:
    """An entry from its cells as typed; ``styles`` are those of the columns of a file, by field.

    Raises:
        Faults: a cell cannot be read, or a required one is missing.
    """
    cells = {name: text for name, text in texts.items() if text is not None and text.strip()}
    return Entry(kind, cells, read_entry(kind, cells, styles))


def future_dates(entry: Entry, today: date) -> list[tuple[str, str]]:
    """The cells, with their texts, with a date later than today."""
    return [
        (name, entry.texts[name].strip())
        for name, value in entry.values.items()
        if isinstance(value, DateSpan) and value.earliest is not None and value.earliest > today
    ]


def author_of(session: Session, actor: str, new: Collection[NewName] = ()) -> Author:
    """Who logs, with the source of the log, made at its first entry."""
    installation = installation_uid(session)
    key = f"{FIELD_LOG}-{installation[-12:]}-{actor}"
    record = SourceRecord(
        key=key,
        publisher=actor,
        title="Field log",
        origin_group=f"{FIELD_LOG}-{installation[-12:]}",
    )
    return Author(actor, installation, source_id(session, record), key, frozenset(new))


def seal(session: Session, author: Author, action: str, logged: Logged, entry: Entry, **more: Any) -> None:
    """Adds the entry to the audit chain."""
    add_entry(
        session,
        actor=author.actor,
        action=action,
        table=logged.kind,
        uid=logged.uid,
        after={"entry": dict(entry.texts), **more},
    )


def raw_text(entry: Entry) -> str:
    """The log's own record of an entry, as its citation keeps it."""
    return json.dumps({"entry": str(entry.kind), **entry.texts}, ensure_ascii=False)


def last_texts(session: Session, actor: str, kinds: Sequence[Kind]) -> dict[str, str]:
    """The cells of this actor's last entry of one of these kinds, as typed; empty where there is none."""
    rows = session.execute(
        select(Citation.raw_text)
        .join(Source, Source.id == Citation.source_id)
        .outerjoin(Component, Component.id == Citation.component_id)
        .outerjoin(Recovery, Recovery.id == func.coalesce(Citation.recovery_id, Component.recovery_id))
        .where(
            Source.key == _key(session, actor),
            Component.withdrawn_at.is_(None),
            Recovery.withdrawn_at.is_(None),
        )
        .order_by(Citation.id.desc())
        .limit(_LAST_LOOKED_AT)
    ).scalars()
    for raw in rows:
        cells: dict[str, str] = json.loads(raw)
        if cells.pop("entry", "") in kinds:
            return cells
    return {}


def last_recovery(session: Session, actor: str) -> str | None:
    """The reference of the recovery that this actor logged, or logged something in, last."""
    row = session.execute(
        select(Recovery.uid)
        .select_from(Citation)
        .join(Source, Source.id == Citation.source_id)
        .outerjoin(Component, Component.id == Citation.component_id)
        .join(Recovery, Recovery.id == func.coalesce(Citation.recovery_id, Component.recovery_id))
        .where(Source.key == _key(session, actor), Recovery.withdrawn_at.is_(None))
        .order_by(Citation.id.desc())
        .limit(1)
    ).first()
    return reference("recovery", row.uid) if row else None


def _key(session: Session, actor: str) -> str:
    return f"{FIELD_LOG}-{installation_uid(session)[-12:]}-{actor}"
