"""Records that may be compared with others: by any handle, each as itself, and how an answer names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, null, select

from provenance.core.errors import Ambiguous, NotFound, UsageError
from provenance.core.identity import reference
from provenance.domain.handles import by_number, by_record_key
from provenance.domain.record_kinds import RecordKind, id_column
from provenance.domain.references import row_of_reference
from provenance.domain.same_statements import COMPARABLE
from provenance.domain.sameness import clusters
from provenance.queries.names import near_names, weapons_named
from provenance.schema.chunks import chunks
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.text.firm_names import name_key

_ONLY = "only recoveries, components and organizations can be recorded as the same"


@dataclass(frozen=True, slots=True)
class ComparedRecord:
    """A recovery, component or organization as an answer names it.

    ``title`` is None for a component without a marking; ``recovery`` is a component's, with its reference;
    ``withdrawn_at`` is when it was withdrawn, None while it counts.
    """

    kind: RecordKind
    number: int
    ref: str
    title: str | None
    recovery: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def name(self) -> str:
        """Title and reference; of a component without a title the recovery that it was found in."""
        title = self.title or (f"a component in {self.recovery}" if self.recovery else None)
        return f"{title} ({self.ref})" if title else self.ref


def comparable(session: Session, text: str, kind: RecordKind | None = None) -> tuple[RecordKind, int]:
    """The recovery, component or organization with that reference, source's key, number, label or name.

    A record that counts as one with others is still itself. ``kind`` is the kind looked for, None for any.

    Raises:
        NotFound: there is none; similar names of firms are offered.
        Ambiguous: several have it.
        UsageError: it is a record of another kind.
    """
    if (found := row_of_reference(session, text)) is not None:
        return _of_kind(found, text, kind)
    wanted = COMPARABLE if kind is None else (kind,)
    for look_up in (by_record_key, by_number, _by_label, _by_name):
        matching = [each for each in look_up(session, text) if each[0] in wanted]
        if len(matching) > 1:
            named = (record.name for record in compared(session, matching))
            raise Ambiguous(f"{len(matching)} records are called {text}", candidates=list(named))
        if matching:
            return matching[0]
    if _is_weapon(session, text):
        raise UsageError(f"{text} is a weapon system; {_ONLY}")
    raise NotFound(
        f"No recovery, component or organization is called {text}",
        near=near_names(session, text),
        hint="Search for part of it: provenance find TEXT",
    )


def _of_kind(found: tuple[RecordKind, int], text: str, kind: RecordKind | None) -> tuple[RecordKind, int]:
    if found[0] not in COMPARABLE:
        raise UsageError(f"{text} is a {found[0].value.replace('_', ' ')}; {_ONLY}")
    if kind not in (None, found[0]):
        raise UsageError(f"{text} is not {'an' if kind == RecordKind.ORGANIZATION else 'a'} {kind}")
    return found


def _is_weapon(session: Session, text: str) -> bool:
    try:
        return bool(weapons_named(session, [text]))
    except NotFound:
        return False


_Found = Iterable[tuple[RecordKind, int]]


def _by_label(session: Session, text: str) -> _Found:
    labelled = select(Recovery.id).where(Recovery.label == text.strip())
    marked = select(Component.id).where(Component.marking == text.strip())
    return [*_all(session, RecordKind.RECOVERY, labelled), *_all(session, RecordKind.COMPONENT, marked)]


def _by_name(session: Session, text: str) -> _Found:
    named = (
        select(OrganizationName.organization_id).where(OrganizationName.name_key == name_key(text)).distinct()
    )
    return _all(session, RecordKind.ORGANIZATION, named)


def _all(session: Session, kind: RecordKind, statement: Select[int]) -> _Found:
    return [(kind, number) for number in sorted(session.execute(statement).scalars())]


def compared(session: Session, records: Sequence[tuple[RecordKind, int]]) -> list[ComparedRecord]:
    """Some records as an answer names them, in their order."""
    found: dict[tuple[RecordKind, int], ComparedRecord] = {}
    for kind in COMPARABLE:
        for some in chunks(sorted({number for of, number in records if of is kind})):
            for row in session.execute(_NAMED[kind]().where(id_column(kind).in_(some))):
                found[kind, row[0]] = _record(kind, row)
    return [found[record] for record in records]


def _record(kind: RecordKind, row: Any) -> ComparedRecord:
    number, uid, title, withdrawn, *of = row
    recovery = f"{of[0]} ({reference(RecordKind.RECOVERY, of[1])})" if of else None
    return ComparedRecord(kind, number, reference(kind, uid), title or None, recovery, withdrawn)


def _recoveries() -> Select[*tuple[Any, ...]]:
    return select(Recovery.id, Recovery.uid, Recovery.label, Recovery.withdrawn_at)


def _components() -> Select[*tuple[Any, ...]]:
    return select(
        Component.id,
        Component.uid,
        func.coalesce(Component.marking, Component.description),
        Component.withdrawn_at,
        Recovery.label,
        Recovery.uid,
    ).join(Recovery, Recovery.id == Component.recovery_id)


def _organizations() -> Select[*tuple[Any, ...]]:
    return select(Organization.id, Organization.uid, Organization.label, null())


_NAMED: dict[RecordKind, Callable[[], Select[*tuple[Any, ...]]]] = {
    RecordKind.RECOVERY: _recoveries,
    RecordKind.COMPONENT: _components,
    RecordKind.ORGANIZATION: _organizations,
}


def recoveries_apart(session: Session, pairs: Iterable[tuple[int, int]]) -> list[str]:
    """In words: the pairs of recoveries in which components that are the same were found, and which are not
    the same themselves. One item cannot have been in two wrecks.
    """
    merged = clusters(session, RecordKind.RECOVERY)
    found: dict[tuple[int, int], None] = {}
    for pair in pairs:
        rows = session.execute(select(Component.id, Component.recovery_id).where(Component.id.in_(pair)))
        of = {row.id: row.recovery_id for row in rows}
        one, other = (of[number] for number in pair)
        if merged.get(one, one) != merged.get(other, other):
            found[one, other] = None
    return [
        f"{left.name} and {right.name} are recorded as two recoveries, but one component cannot have been in"
        " both; if they are one, record that too."
        for pair in found
        for left, right in [compared(session, [(RecordKind.RECOVERY, number) for number in pair])]
    ]
