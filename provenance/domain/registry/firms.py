"""What a person states about a firm: that it exists, its names, numbers, seats and owners."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary import (
    Control,
    NameKind,
    OrganizationKind,
    OwnershipScope,
    OwnershipStatus,
    SeatKind,
)
from provenance.domain.ownership import CONTROLLING_PERCENT
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry import cycles
from provenance.domain.registry.forms import NAME, NUMBER, OWNED, SEAT, Content, Form, agrees
from provenance.domain.registry.log import Said
from provenance.domain.registry.periods import LASTING, UNSAID, Period, days, overlaps, restated, spans
from provenance.domain.registry.settle import ADD
from provenance.domain.registry.writer import Outcome, Terms, Writer
from provenance.domain.sameness import clusters
from provenance.schema.organizations import (
    Organization,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold_new
from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.doubts import is_doubted
from provenance.text.firm_names import name_key
from provenance.text.maker_words import not_a_firm
from provenance.text.partial_dates import UNKNOWN, DateSpan, format_span
from provenance.text.registration_numbers import RegistrationNumber

SHARED = "shared"
"""Code of the refusal of a name that another firm has."""


@dataclass(frozen=True, slots=True)
class Stake:
    """An ownership as a person or a file states it; ``percent`` is 0 to 100, None where it is not known.

    Of what is None or unsaid, the statement that this one replaces is kept.
    """

    percent: float | None = None
    product_line: str | None = None
    control: Control | None = None
    period: Period = UNSAID
    status: OwnershipStatus = OwnershipStatus.COMPLETED
    note: str | None = None


def add_firm(session: Session, name: str, kind: OrganizationKind, terms: Terms, source_key: str) -> Outcome:
    """Makes a firm of a name that none has.

    Raises:
        BadInput: a firm has that name, or it is not the name of one firm.
    """
    key = name_key(name)
    refuse_name(name)
    hold_new(session, RecordKind.ORGANIZATION, key)
    refuse_shared(session, name, None)
    source = select(Organization.id).where(Organization.uid == natural_uid("organization", source_key, key))
    uid = new_uid() if session.execute(source).first() else natural_uid("organization", source_key, key)
    row = Organization(
        uid=uid,
        label=name,
        kind=kind,
        verification=terms.verification,
        source_id=terms.source_id,
        from_seed=False,
    )
    number = insert_row(session, row)
    writer = Writer(session, RecordKind.ORGANIZATION, number, terms)
    named = writer.said(NAME, _name(name, NameKind.LEGAL, UNKNOWN, UNKNOWN))
    return writer.change(ADD, stated=[named], row=writer.row())


def refuse_name(name: str) -> None:
    """Refuses what cannot be the name of one firm.

    Raises:
        BadInput: it is in doubt, ambiguous, or not a firm at all.
    """
    if not name.strip():
        raise BadInput("name: it is blank")
    if is_doubted(name):
        raise BadInput(f"name: {name} is in doubt", hint="Leave out what is not known.")
    if (may_be := ambiguity_of(name)) is not None:
        raise BadInput(f"name: {name} may be several firms: {may_be}")
    if (reason := not_a_firm(name)) is not None:
        raise BadInput(f"name: {name} is {reason}")


def refuse_shared(session: Session, name: str, number: int | None) -> None:
    """Refuses a name that another firm has than the one with this row number, or any firm where it is None.

    Raises:
        BadInput: one has it (code ``shared``); names it.
    """
    merged = clusters(session, RecordKind.ORGANIZATION)
    own = merged.get(number, number) if number is not None else None
    rows = session.execute(
        select(Organization.id, Organization.uid, Organization.label)
        .join(OrganizationName, OrganizationName.organization_id == Organization.id)
        .where(OrganizationName.name_key == name_key(name))
        .order_by(Organization.id)
    ).all()
    others = [
        f"{row.label} ({reference(RecordKind.ORGANIZATION, row.uid)})"
        for row in rows
        if merged.get(row.id, row.id) != own
    ]
    if others:
        raise BadInput(f"{name} is the name of {'; '.join(dict.fromkeys(others))} already", code=SHARED)


def rename(writer: Writer, name: str, kind: NameKind, since: DateSpan, *, shared: bool = False) -> Outcome:
    """What a firm is called from now on; its former name stays one of its names, and ended where ``since``
    says when.
    """
    refuse_name(name)
    if not shared:
        refuse_shared(writer.session, name, writer.number)
    former = writer.row()[Organization.label]
    stated = [writer.said(NAME, _name(name, kind, since, UNKNOWN))]
    withdrawn = []
    for content in writer.live(NAME):
        mine = content[OrganizationName.name] == former != name
        if mine and not since.is_unknown and _may_end(content):
            ended = {
                **content,
                **days(OrganizationName, spans(OrganizationName, content)[0], since),
                OrganizationName.kind: NameKind.FORMER.value,
                OrganizationName.from_seed: False,
            }
            stated.append(Said(NAME, ended))
            withdrawn.append(Said(NAME, content))
    return writer.change("rename", stated=stated, withdrawn=withdrawn, fields={Organization.label: name})


def _may_end(content: Content) -> bool:
    """Whether a name is one that a firm has, and no end of it is on record."""
    current = content[OrganizationName.kind] in (NameKind.LEGAL, NameKind.BRAND)
    return current and spans(OrganizationName, content)[1].is_unknown


def _name(name: str, kind: NameKind, since: DateSpan, until: DateSpan) -> Content:
    return {
        OrganizationName.name: name,
        OrganizationName.kind: kind.value,
        **days(OrganizationName, since, until),
    }


def name_firm(
    writer: Writer, name: str, kind: NameKind, since: DateSpan, until: DateSpan, *, shared: bool = False
) -> Outcome:
    """States another name of a firm, and when it was its name."""
    refuse_name(name)
    if not shared:
        refuse_shared(writer.session, name, writer.number)
    return writer.change("alias", stated=[writer.said(NAME, _name(name, kind, since, until))])


def seat_firm(writer: Writer, kind: SeatKind, country: str, period: Period) -> Outcome:
    """States where a firm is run from or registered, and when.

    It replaces what is on record of the same seat at the same time; of days that it leaves unsaid the former
    stay.
    """
    of_kind = [each for each in writer.live(SEAT) if each[OrganizationSeat.kind] == kind]
    same = [each for each in of_kind if each[OrganizationSeat.country] == country]
    replaced = [each for each in same if overlaps(OrganizationSeat, each, period)]
    content = {
        OrganizationSeat.kind: kind.value,
        OrganizationSeat.country: country,
        **restated(OrganizationSeat, period, replaced),
    }
    outcome = writer.change(
        "seat", stated=[writer.said(SEAT, content)], withdrawn=[Said(SEAT, each) for each in replaced]
    )
    open_ended = sorted(
        {
            each[OrganizationSeat.country]
            for each in of_kind
            if each[OrganizationSeat.country] != country and spans(OrganizationSeat, each)[1].is_unknown
        }
    )
    if open_ended and spans(OrganizationSeat, content)[1].is_unknown:
        note = f"another {kind.value} seat has no end on record: {', '.join(open_ended)}"
        return Outcome(outcome.change, (note,))
    return outcome


def number_firm(writer: Writer, number: RegistrationNumber) -> Outcome:
    """States a registration number of a firm.

    A note says which other firms have it: they may be one.
    """
    assert number.scheme is not None
    said = writer.said(NUMBER, _number(number))
    outcome = writer.change("identify", stated=[said])
    rows = writer.session.execute(
        select(Organization.label, Organization.uid)
        .join(OrganizationIdentifier, OrganizationIdentifier.organization_id == Organization.id)
        .where(
            OrganizationIdentifier.scheme == number.scheme,
            OrganizationIdentifier.value == number.as_written,
            Organization.id != writer.number,
        )
        .order_by(Organization.id)
    ).all()
    notes = tuple(
        f"{row.label} ({reference(RecordKind.ORGANIZATION, row.uid)}) has the same number; they may be one"
        for row in rows
    )
    return Outcome(outcome.change, notes)


def _number(number: RegistrationNumber) -> Content:
    return {
        OrganizationIdentifier.scheme: number.scheme,
        OrganizationIdentifier.value: number.as_written,
    }


def own_firm(writer: Writer, owner: int, stake: Stake) -> Outcome:
    """States that a firm is or was owned by another: ``writer`` is of the owned one.

    It replaces what is on record of the same owner and product line at the same time; what it leaves unsaid
    is kept of that.

    Raises:
        BadInput: a firm would own itself, directly or through others, on one day.
    """
    owner_uid = writer.uids.uid(RecordKind.ORGANIZATION, owner)
    same = {
        Ownership.owner_id: owner_uid,
        Ownership.product_line: stake.product_line,
        Ownership.status: stake.status.value,
    }
    replaced = [
        each for each in writer.live(OWNED) if agrees(same, each) and overlaps(Ownership, each, stake.period)
    ]
    content = {**same, **_stake_content(stake, replaced)}
    _refuse_circle(writer, owner, content)
    return writer.change(
        "owns", stated=[writer.said(OWNED, content)], withdrawn=[Said(OWNED, each) for each in replaced]
    )


def _stake_content(stake: Stake, replaced: list[Content]) -> Content:
    former: Content = replaced[0] if len(replaced) == 1 else {}
    percent = former.get(Ownership.share_percent) if stake.percent is None else float(stake.percent)
    scope = OwnershipScope.PRODUCT_LINE if stake.product_line else OwnershipScope.ALL
    return {
        Ownership.uid: new_uid(),
        Ownership.scope: scope.value,
        Ownership.share_percent: percent,
        Ownership.control: stake.control.value if stake.control else former.get(Ownership.control),
        Ownership.note: stake.note or former.get(Ownership.note),
        **restated(Ownership, stake.period, replaced),
    }


def _refuse_circle(writer: Writer, owner: int, content: Content) -> None:
    session, percent = writer.session, content[Ownership.share_percent]
    merged, today = clusters(session, RecordKind.ORGANIZATION), session.today
    one, other = merged.get(owner, owner), merged.get(writer.number, writer.number)
    if one == other:
        raise BadInput("A firm does not own itself: the two are one firm")
    if (
        content[Ownership.scope] != OwnershipScope.ALL
        or content[Ownership.status] != OwnershipStatus.COMPLETED
        or (percent is not None and percent <= CONTROLLING_PERCENT)
    ):
        return
    new = cycles.Control(one, other, cycles.certain(*spans(Ownership, content), today))
    if new.period.is_empty:
        return
    if found := cycles.circle_closed_by(session, new, merged):
        raise cycles.refused_circle(session, (one, *found))


def withdraw_statement(
    writer: Writer, action: str, form: Form, wanted: Content, what: str, *, since: DateSpan = UNKNOWN
) -> Outcome:
    """Withdraws the one statement of a form that has these values and, where that is said, this beginning.

    Raises:
        NotFound: there is none, or there are several; names them.
    """
    found = [each for each in writer.live(form) if agrees(wanted, each)]
    noun = LASTING.get(form.name)
    if noun is not None and not since.is_unknown:
        found = [each for each in found if spans(noun, each)[0].earliest == since.earliest]
    if not found:
        raise NotFound(f"No such statement is on record: {what}")
    if len(found) > 1:
        begins = [format_span(spans(noun, each)[0]) or "not known" for each in found] if noun else []
        raise NotFound(
            f"{len(found)} such statements are on record: {what}", hint=f"They begin: {', '.join(begins)}."
        )
    return writer.change(action, withdrawn=[Said(form, found[0])])
