"""What changes of firms, weapons and types of units have in common: who is meant, terms, what was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.identity import matches_reference, read_reference
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import row_of_reference, uid_of
from provenance.domain.registry.log import RecordChange, changes_of, every_change
from provenance.domain.registry.periods import Period
from provenance.domain.registry.sources import OWN, stated_source
from provenance.domain.registry.usage import Use
from provenance.domain.registry.words import told
from provenance.domain.registry.writer import Terms
from provenance.schema.session import Session
from provenance.services.contracts.firms import StatedPeriod, StatedTerms, StatementChange
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.partial_dates import UNKNOWN, DateSpan
from provenance.text.plurals import many
from provenance.text.written_dates import read_date

UNKNOWN_WORD = "unknown"


def terms_of(
    session: Session, actor: str, stated: StatedTerms, *, needs_source: bool
) -> tuple[Terms, list[str]]:
    """The terms of a statement, and notes about its source.

    Raises:
        UsageError: it needs a source, and none is given.
        NotFound: there is no such source.
    """
    if stated.source is None and needs_source:
        raise UsageError("A statement needs its source.", code="source")
    number, note = stated_source(session, actor, stated.source or OWN)
    return Terms(actor, number, stated.reason, stated.verification), [note] if note else []


def span_of(name: str, text: str | None) -> DateSpan | None:
    """A partial date; None where nothing is said, open where it is said to be unknown.

    Raises:
        BadInput: it is not a date.
    """
    if text is None:
        return None
    if text.strip().casefold() == UNKNOWN_WORD:
        return UNKNOWN
    try:
        return read_date(text)
    except ValueError as error:
        raise BadInput(f"{name}: {error}") from None


def period_of(stated: StatedPeriod) -> Period:
    """The period of a statement.

    Raises:
        BadInput: a date cannot be read, or it ends before it begins.
    """
    period = Period(span_of("from", stated.since), span_of("until", stated.until))
    since, until = period.since or UNKNOWN, period.until or UNKNOWN
    if since.earliest and until.latest and until.latest < since.earliest:
        raise BadInput(f"until {stated.until} is before from {stated.since}")
    return period


def meant(session: Session, kind: RecordKind, text: str, named: Callable[[Session, str], int]) -> int:
    """The record that a text means: the very one of a reference, or the one that counts under a name.

    Raises:
        NotFound: there is none, or it is of another kind.
    """
    referred = row_of_reference(session, text)
    if referred is None:
        return named(session, text)
    if referred[0] is not kind:
        raise NotFound(f"{text} is not a {kind.value.replace('_', ' ')}")
    return referred[1]


def uid_meant(session: Session, kind: RecordKind, text: str, named: Callable[[Session, str], int]) -> str:
    """The uid of the record that a text means, one that was removed too.

    Raises:
        NotFound: there is and was none.
    """
    try:
        return uid_of(session, kind, meant(session, kind, text, named))
    except NotFound:
        read = read_reference(text)
        if read is None:
            raise
        removed = {each.record_uid for each in every_change(session) if each.kind is kind}
        found = [uid for uid in sorted(removed) if matches_reference(uid, read[1])]
        if not found:
            raise
        return found[0]


def number_of_change(session: Session, change: RecordChange) -> int:
    """The number of a change among those of its record, from 1."""
    uids = [each.uid for each in changes_of(session, [change.record_uid])]
    return uids.index(change.uid) + 1


def change_numbered(session: Session, record_uid: str, number: int | None) -> str | None:
    """The uid of the change of a record with that number; None where none is asked for.

    Raises:
        NotFound: it has no such change.
    """
    if number is None:
        return None
    changes = changes_of(session, [record_uid])
    if number > len(changes):
        raise NotFound(f"There is no change {number}: {many(len(changes), 'change')} on record")
    return changes[number - 1].uid


def used(uses: Sequence[Use]) -> str:
    """What uses a record, in words."""
    return ", ".join(f"{many(use.records, use.table.replace('_', ' ') + ' record')}" for use in uses)


def rows_of(session: Session, change: RecordChange, *, undone: bool = False) -> tuple[StatementChange, ...]:
    """What a change says, or what its undoing does, statement by statement."""
    return tuple(
        StatementChange(what=what, before=before, after=after)
        for what, before, after in told(session, change, undone=undone)
    )


def country_of(text: str) -> str:
    """The code of a country.

    Raises:
        BadInput: there is no such country, or the text says that it is not known.
    """
    try:
        code = country_code(text)
    except UnknownCountry as error:
        raise BadInput(f"country: {error}") from None
    if code is None:
        raise BadInput(f"country: {text} says that it is not known", hint="Leave out what is not known.")
    return code
