"""What people state about weapons and types of units: made, named, described, merged, removed, undone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.identity import reference
from provenance.domain.audit import installation_uid
from provenance.domain.journal import author_of
from provenance.domain.known_names import near_unit_types, near_weapons
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry import designated as domain
from provenance.domain.registry.designated import UNIT_TYPE, WEAPON, Designated
from provenance.domain.registry.forms import Content
from provenance.domain.registry.settle import MERGE
from provenance.domain.registry.usage import uses_of
from provenance.domain.registry.writer import Outcome, Terms, Writer, undo_change
from provenance.importing.marking_reader import MarkingDesk
from provenance.queries.names import weapons_named
from provenance.schema.engines import reading_engine
from provenance.schema.reference import UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.services.contracts.designations import (
    AddDesignatedRequest,
    DescribeWeaponRequest,
    DesignatedAliasRequest,
    DesignatedNoun,
    DesignationChangeResult,
    MergeDesignatedRequest,
    RemoveDesignatedRequest,
    RenameDesignatedRequest,
    UndoDesignatedRequest,
    UnitKindRequest,
    WeaponFacts,
)
from provenance.services.contracts.firms import StatedTerms
from provenance.services.registry import (
    change_numbered,
    country_of,
    meant,
    number_of_change,
    rows_of,
    span_of,
    terms_of,
    uid_meant,
    used,
)
from provenance.services.workspace import Workspace

_OF = {DesignatedNoun.WEAPON: WEAPON, DesignatedNoun.UNIT_TYPE: UNIT_TYPE}
_NONE = "none"


def designated_meant(session: Session, of: Designated, text: str) -> int:
    """The weapon or type of unit that a text means.

    Raises:
        NotFound: there is none.
    """
    return meant(session, of.kind, text, lambda session, text: _named(session, of, text))


def _named(session: Session, of: Designated, text: str) -> int:
    if of is WEAPON:
        return weapons_named(session, [text])[0]
    number = domain.is_known(session, of, text)
    if number is None:
        near = near_unit_types(session).near(text)
        raise NotFound(f"No unit type is called {text}", near=near)
    return number


def _state(
    workspace: Workspace,
    noun: DesignatedNoun,
    record: str,
    stated: StatedTerms,
    state: Callable[[Writer], Outcome],
    *,
    needs_source: bool = True,
) -> DesignationChangeResult:
    of = _OF[noun]
    with workspace.writing() as session:
        terms, notes = terms_of(session, workspace.actor, stated, needs_source=needs_source)
        writer = Writer(session, of.kind, designated_meant(session, of, record), terms)
        title = writer.row()[of.noun.designation]
        return _told(session, noun, writer.uid, title, state(writer), notes)


def _told(
    session: Session, noun: DesignatedNoun, uid: str, title: str, outcome: Outcome, notes: list[str]
) -> DesignationChangeResult:
    of, done = _OF[noun], outcome.change
    now = session.execute(select(of.noun.designation).where(of.noun.uid == uid)).scalar()
    return DesignationChangeResult(
        noun=noun,
        name=now or title,
        ref=reference(of.kind, uid),
        action=done.action if done else "none",
        change=number_of_change(session, done) if done else None,
        reason=done.reason if done else "",
        notes=(*notes, *outcome.notes),
        rows=rows_of(session, done) if done else (),
    )


def add_designated(workspace: Workspace, request: AddDesignatedRequest) -> DesignationChangeResult:
    """Makes a weapon or a type of unit of a name that none has.

    Raises:
        BadInput: one has that name, it looks like a known one misspelt (code ``near``), or it is not the name
            of one.
    """
    of = _OF[request.noun]
    with workspace.writing() as session:
        terms, notes = terms_of(session, workspace.actor, request.terms, needs_source=True)
        domain.refuse_designation(session, of, request.name)
        domain.refuse_shared(session, request.name, None)
        known = near_weapons(session) if of is WEAPON else near_unit_types(session)
        if not request.confirmed and (near := known.misspelt(request.name)) is not None:
            raise BadInput(f"{request.name} looks like a misspelt {near}, which is on record", code="near")
        kind: Content = {UnitType.kind: request.kind.value} if request.kind else {}
        made = domain.add_designated(session, of, request.name, kind, terms, installation_uid(session))
        assert made.change is not None
        result = _told(session, request.noun, made.change.record_uid, request.name, made, notes)
        if of is not WEAPON:
            return result
        writer = Writer(session, of.kind, designated_meant(session, of, result.ref), _with_reason(terms))
        described = writer.change("describe", fields=_fields(session, writer, request.facts))
        more = rows_of(session, described.change) if described.change else ()
        return result.model_copy(update={"rows": (*result.rows, *more)})


def _with_reason(terms: Terms) -> Terms:
    return Terms(terms.actor, terms.source_id, terms.reason or "as it was added", terms.verification)


def _fields(session: Session, writer: Writer, facts: WeaponFacts) -> Content:
    """What facts change of a weapon, by column."""
    fields: Content = {}
    if facts.kind is not None:
        fields[WeaponSystem.kind] = facts.kind.value
    if facts.design_country is not None:
        fields[WeaponSystem.design_country] = country_of(facts.design_country)
    if facts.build_country is not None:
        fields[WeaponSystem.build_country] = country_of(facts.build_country)
    if facts.producer is not None:
        fields[WeaponSystem.producer] = facts.producer.strip() or None
    if facts.nato_name is not None:
        fields[WeaponSystem.nato_name] = facts.nato_name.strip() or None
    if facts.variant_of is not None:
        fields[WeaponSystem.variant_of_id] = _family(session, writer, facts.variant_of)
    first = span_of("first known", facts.first_known)
    if first is not None:
        source = None if first.is_unknown else writer.uids.uid(RecordKind.SOURCE, writer.terms.source_id)
        fields[WeaponSystem.first_known_earliest] = first.earliest and first.earliest.isoformat()
        fields[WeaponSystem.first_known_latest] = first.latest and first.latest.isoformat()
        fields[WeaponSystem.first_known_source_id] = source
    return fields


def _family(session: Session, writer: Writer, text: str) -> str | None:
    """The uid of the weapon that another is a variant of.

    Raises:
        BadInput: it would be a variant of itself, directly or through others.
    """
    if text.strip().casefold() == _NONE:
        return None
    number = designated_meant(session, WEAPON, text)
    above: int | None = number
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == writer.number:
            raise BadInput("A weapon is not a variant of itself")
        seen.add(above)
        above = session.execute(select(WeaponSystem.variant_of_id).where(WeaponSystem.id == above)).scalar()
    return writer.uids.uid(RecordKind.WEAPON_SYSTEM, number)


def describe_weapon(workspace: Workspace, request: DescribeWeaponRequest) -> DesignationChangeResult:
    """Says what a weapon is: kind, countries, producer, family, since when it is known.

    Raises:
        NotFound: no such weapon.
        UsageError: nothing is said of it.
        BadInput: a country or a date cannot be read, or it would be a variant of itself.
    """
    if request.facts == WeaponFacts():
        raise UsageError("Nothing is given to state.", code="facts")

    def state(writer: Writer) -> Outcome:
        return writer.change("describe", fields=_fields(writer.session, writer, request.facts))

    return _state(workspace, DesignatedNoun.WEAPON, request.weapon, request.terms, state)


def classify_unit_type(workspace: Workspace, request: UnitKindRequest) -> DesignationChangeResult:
    """Says what a type of unit is.

    Raises:
        NotFound: no such type of unit.
    """
    fields = {UnitType.kind: request.kind.value}
    return _state(
        workspace,
        DesignatedNoun.UNIT_TYPE,
        request.unit_type,
        request.terms,
        lambda writer: writer.change("describe", fields=fields),
    )


def rename_designated(workspace: Workspace, request: RenameDesignatedRequest) -> DesignationChangeResult:
    """Says what a weapon or a type of unit is called; its former designation stays a name of it.

    Raises:
        NotFound: there is none of that name.
        BadInput: another one has the new name (code ``shared``), or it is not the name of one.
    """
    of = _OF[request.noun]
    return _state(
        workspace,
        request.noun,
        request.record,
        request.terms,
        lambda writer: domain.rename_designated(writer, of, request.name),
    )


def alias_designated(workspace: Workspace, request: DesignatedAliasRequest) -> DesignationChangeResult:
    """States another name of a weapon or a type of unit, or withdraws one.

    Raises:
        NotFound: there is none of that name.
        BadInput: another one has the name (code ``shared``), or there is no such name to withdraw.
    """
    of = _OF[request.noun]

    def state(writer: Writer) -> Outcome:
        if request.remove:
            return domain.withdraw_alias(writer, of, request.name)
        return domain.alias_designated(writer, of, request.name, request.language)

    return _state(
        workspace, request.noun, request.record, request.terms, state, needs_source=not request.remove
    )


def remove_designated(workspace: Workspace, request: RemoveDesignatedRequest) -> DesignationChangeResult:
    """Removes a weapon or a type of unit that nothing uses; undoing brings it back.

    Raises:
        NotFound: there is none of that name.
        BadInput: something uses it; says what.
        UsageError: the reason is empty.
    """
    of = _OF[request.noun]

    def state(writer: Writer) -> Outcome:
        if uses := uses_of(writer.session, of.kind, [writer.number]).get(writer.number, ()):
            raise BadInput(
                f"{request.record} is used: {used(uses)}", hint="Only what nothing uses can be removed."
            )
        return writer.remove()

    return _state(
        workspace,
        request.noun,
        request.record,
        StatedTerms(reason=request.reason),
        state,
        needs_source=False,
    )


def merge_designated(workspace: Workspace, request: MergeDesignatedRequest) -> DesignationChangeResult:
    """Makes one weapon or type of unit a name of another; its recoveries and units are amended.

    Raises:
        NotFound: there is none of that name.
        UsageError: it is one record, or the reason is empty.
        BadInput: something else uses the one that would go.
    """
    of = _OF[request.noun]
    if not request.reason.strip():
        raise UsageError("A merge needs its reason.", code="reason")
    with workspace.writing() as session:
        pair = designated_meant(session, of, request.kept), designated_meant(session, of, request.gone)
        if pair[0] == pair[1]:
            raise UsageError(f"{request.kept} and {request.gone} are one record. Name two different ones.")
        author = author_of(session, workspace.actor)
        terms = Terms(workspace.actor, author.source_id, request.reason)
        desk = MarkingDesk(reading_engine(workspace.database))
        done, amended = domain.merge_designated(
            session, of, pair, author, terms, lambda: desk.reader(session)
        )
        assert done.change is not None
        kept = session.execute(select(of.noun.designation).where(of.noun.id == pair[0])).scalar_one()
        uid = done.change.record_uid
        result = _told(session, request.noun, uid, request.gone, done, [f"it is a name of {kept} now"])
        return result.model_copy(update={"amended": amended})


def undo_designated(workspace: Workspace, request: UndoDesignatedRequest) -> DesignationChangeResult:
    """Undoes a change of a weapon or a type of unit.

    Raises:
        NotFound: there is and was none of that name, or no such change.
        BadInput: it was undone before.
        UsageError: the reason is empty.
    """
    of = _OF[request.noun]
    with workspace.writing() as session:
        uid = uid_meant(session, of.kind, request.record, lambda session, text: _named(session, of, text))
        chosen = change_numbered(session, uid, request.number)
        undone = undo_change(session, of.kind, uid, chosen, actor=workspace.actor, reason=request.reason)
        amended = 0
        if undone.action == MERGE:
            desk = MarkingDesk(reading_engine(workspace.database))
            author = author_of(session, workspace.actor)
            amended = domain.give_back(
                session, of, undone, author, request.reason, lambda: desk.reader(session)
            )
        result = _told(session, request.noun, uid, request.record, Outcome(undone), [])
        return result.model_copy(
            update={
                "action": f"undo {undone.action}",
                "reason": " ".join(request.reason.split()),
                "amended": amended,
                "rows": rows_of(session, undone, undone=True),
            }
        )
