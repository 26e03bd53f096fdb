"""What people state about firms: made, withdrawn and undone, with the figures of `top` that move by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import CountryBasis, SeatKind
from provenance.domain.audit import installation_uid
from provenance.domain.known_names import near_firms
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.registry import firms as domain
from provenance.domain.registry.firms import Stake
from provenance.domain.registry.forms import NAME, NUMBER, OWNED, SEAT
from provenance.domain.registry.periods import UNSAID
from provenance.domain.registry.usage import uses_of
from provenance.domain.registry.writer import Outcome, Writer, undo_change
from provenance.queries.comparable import comparable
from provenance.queries.moved_figures import MovedFigure, count_firms, moved_figures
from provenance.queries.names import organization_labels, organization_named
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.services.contracts.count_filters import CountFilters
from provenance.services.contracts.firms import (
    AddFirmRequest,
    FirmAliasRequest,
    FirmChangeResult,
    FirmKindRequest,
    FirmNumberRequest,
    FirmSeatRequest,
    MergeFirmsRequest,
    OwnershipRequest,
    RemoveFirmRequest,
    RenameFirmRequest,
    StatedTerms,
    UndoFirmRequest,
)
from provenance.services.contracts.sameness import SameOutcome, SameRequest
from provenance.services.registry import (
    change_numbered,
    meant,
    number_of_change,
    period_of,
    rows_of,
    span_of,
    terms_of,
    uid_meant,
    used,
)
from provenance.services.sameness import decide
from provenance.services.selection import selection_of
from provenance.services.workspace import Workspace
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.partial_dates import UNKNOWN
from provenance.text.registration_numbers import RegistrationNumber, Validity, read_numbers

_FIRM = RecordKind.ORGANIZATION
_NO_BASIS: tuple[CountryBasis, ...] = ()
_OWNERS = (CountryBasis.OWNER_NOW, CountryBasis.OWNER_AT_MANUFACTURE, CountryBasis.DOMICILE)
_ALL = tuple(CountryBasis)
_SEATED = {
    SeatKind.HEADQUARTERS: (
        CountryBasis.BRAND,
        CountryBasis.OWNER_NOW,
        CountryBasis.OWNER_AT_MANUFACTURE,
    ),
    SeatKind.LEGAL: (CountryBasis.DOMICILE,),
}
"""The bases that each kind of seat is the country of."""


def firm_meant(session: Session, text: str) -> int:
    """The firm that a text means."""
    return meant(session, _FIRM, text, organization_named)


class _Changing:
    """One change of one firm in one transaction, with the figures before and after."""

    def __init__(self, workspace: Workspace, bases: Sequence[CountryBasis]) -> None:
        self._workspace = workspace
        self._bases = bases
        self.notes: list[str] = []

    def carry_out(
        self, firm: str, stated: StatedTerms, state: Callable[[Writer], Outcome], *, needs_source: bool = True
    ) -> FirmChangeResult:
        """Makes the change that ``state`` states."""
        with self._workspace.writing() as session:
            terms, notes = terms_of(session, self._workspace.actor, stated, needs_source=needs_source)
            self.notes += notes
            writer = Writer(session, _FIRM, firm_meant(session, firm), terms)
            return self.told(session, writer.uid, lambda: state(writer))

    def told(
        self, session: Session, uid: str, change: Callable[[], Outcome], *, undone: bool = False
    ) -> FirmChangeResult:
        """What a change did, and which figures moved."""
        workspace, today = self._workspace, session.today
        selection = selection_of(session, workspace, CountFilters())
        before = count_firms(session, selection, self._bases, today)
        title = _title(session, uid)
        outcome = change()
        done = outcome.change
        moved: tuple[MovedFigure, ...] = ()
        if done is not None and self._bases:
            after = count_firms(session, selection, self._bases, today)
            moved = moved_figures(session, before, after)
        return FirmChangeResult(
            firm=_title(session, uid) or title or "",
            firm_ref=reference(_FIRM, uid),
            action=("undo " if undone else "") + done.action if done else "none",
            change=number_of_change(session, done) if done else None,
            reason=done.reason if done else "",
            notes=(*self.notes, *outcome.notes),
            counted_on=tuple(self._bases) if done else (),
            moved=moved,
            rows=rows_of(session, done, undone=undone) if done else (),
        )


def _title(session: Session, uid: str) -> str | None:
    label: str | None = session.execute(select(Organization.label).where(Organization.uid == uid)).scalar()
    return label


def add_firm(workspace: Workspace, request: AddFirmRequest) -> FirmChangeResult:
    """Makes a firm of a name that none has, with its headquarters where a country is given.

    Raises:
        BadInput: a firm has that name, it resembles one and is not confirmed (code ``near``), or it is not
            the name of one firm.
    """
    with workspace.writing() as session:
        terms, notes = terms_of(session, workspace.actor, request.terms, needs_source=True)
        domain.refuse_name(request.name)
        domain.refuse_shared(session, request.name, None)
        known = None if request.confirmed else near_firms(session).misspelt(request.name)
        if known is not None:
            raise BadInput(f"{request.name} looks like a misspelt {known}, which is on record", code="near")
        country = None if request.country is None else _country(request.country)
        made = domain.add_firm(session, request.name, request.kind, terms, installation_uid(session))
        assert made.change is not None
        notes += made.notes
        changing = _Changing(workspace, _NO_BASIS)
        changing.notes = notes
        result = changing.told(session, made.change.record_uid, lambda: made)
        if country is None:
            return result
        number = firm_meant(session, result.firm_ref)
        writer = Writer(session, _FIRM, number, terms)
        seated = domain.seat_firm(writer, SeatKind.HEADQUARTERS, country, UNSAID)
        assert seated.change is not None
        return result.model_copy(update={"rows": (*result.rows, *rows_of(session, seated.change))})


def rename_firm(workspace: Workspace, request: RenameFirmRequest) -> FirmChangeResult:
    """Says what a firm is called now; its former name stays a name of it.

    Raises:
        NotFound: no such firm.
        BadInput: another firm has that name (code ``shared``), or it is not the name of one firm.
    """
    since = span_of("from", request.since) or UNKNOWN
    return _Changing(workspace, _NO_BASIS).carry_out(
        request.firm,
        request.terms,
        lambda writer: domain.rename(writer, request.name, request.kind, since, shared=request.shared),
    )


def alias_firm(workspace: Workspace, request: FirmAliasRequest) -> FirmChangeResult:
    """States another name of a firm, or withdraws one.

    Raises:
        NotFound: no such firm, or no such name to withdraw.
        BadInput: another firm has that name (code ``shared``), or it is the only name.
    """
    period = period_of(request.period)

    def state(writer: Writer) -> Outcome:
        if not request.remove:
            since, until = period.since or UNKNOWN, period.until or UNKNOWN
            return domain.name_firm(writer, request.name, request.kind, since, until, shared=request.shared)
        names = [each for each in writer.live(NAME) if each["name"] == request.name]
        if names and len(writer.live(NAME)) == len(names):
            raise BadInput(f"{request.name} is the only name of this firm", code="only_name")
        wanted = {"name": request.name} if len(names) <= 1 else {"name": request.name, "kind": request.kind}
        return domain.withdraw_statement(writer, "withdraw name", NAME, wanted, f"name {request.name}")

    return _Changing(workspace, _NO_BASIS).carry_out(
        request.firm, request.terms, state, needs_source=not request.remove
    )


def seat_firm(workspace: Workspace, request: FirmSeatRequest) -> FirmChangeResult:
    """States a seat of a firm and when it was there, or withdraws one.

    Raises:
        NotFound: no such firm, or no such seat to withdraw.
        BadInput: no such country, or the dates cannot be read.
    """
    country, period = _country(request.country), period_of(request.period)

    def state(writer: Writer) -> Outcome:
        if not request.remove:
            return domain.seat_firm(writer, request.kind, country, period)
        return domain.withdraw_statement(
            writer,
            "withdraw seat",
            SEAT,
            {"kind": request.kind, "country": country},
            f"{request.kind} {country}",
            since=period.since or UNKNOWN,
        )

    return _Changing(workspace, _SEATED[request.kind]).carry_out(
        request.firm, request.terms, state, needs_source=not request.remove
    )


def _country(text: str) -> str:
    try:
        code = country_code(text)
    except UnknownCountry as error:
        raise BadInput(f"country: {error}") from None
    if code is None:
        raise BadInput(f"country: {text} says that it is not known", hint="Leave out what is not known.")
    return code


def identify_firm(workspace: Workspace, request: FirmNumberRequest) -> FirmChangeResult:
    """States a registration number of a firm, or withdraws one.

    Raises:
        NotFound: no such firm, or no such number to withdraw.
        BadInput: it is not a number of that scheme (code ``unfit``).
    """
    number = _read_number(request)

    def state(writer: Writer) -> Outcome:
        if not request.remove:
            return domain.number_firm(writer, number)
        wanted = {"scheme": number.scheme, "value": number.as_written}
        return domain.withdraw_statement(
            writer, "withdraw number", NUMBER, wanted, f"{number.scheme} {number.as_written}"
        )

    return _Changing(workspace, _NO_BASIS).carry_out(
        request.firm, request.terms, state, needs_source=not request.remove
    )


def _read_number(request: FirmNumberRequest) -> RegistrationNumber:
    read = read_numbers(request.value, request.scheme)
    if len(read.numbers) != 1:
        raise BadInput(f"{request.scheme} {request.value}: not one registration number", code="")
    (number,) = read.numbers
    if number.scheme is None:
        raise BadInput(f"{request.scheme} {request.value}: it is not clear of which scheme it is")
    if number.validity is Validity.INVALID and not (request.unfit or request.remove):
        raise BadInput(
            f"{number.scheme} {request.value}: its form or its check digits are not those of {number.scheme}",
            code="unfit",
        )
    return number


def state_ownership(workspace: Workspace, request: OwnershipRequest) -> FirmChangeResult:
    """States who owns or owned a firm, or withdraws that.

    Raises:
        NotFound: no such firm, or no such ownership to withdraw.
        BadInput: a firm would own itself (code ``circle``), or the dates cannot be read.
    """
    period = period_of(request.period)
    stake = Stake(
        request.percent, request.product_line, request.control, period, request.status, request.note
    )

    def state(writer: Writer) -> Outcome:
        owner = firm_meant(writer.session, request.owner)
        if not request.remove:
            return domain.own_firm(writer, owner, stake)
        wanted = {
            "owner_id": uid_of(writer.session, _FIRM, owner),
            "product_line": request.product_line,
            "status": request.status,
        }
        return domain.withdraw_statement(
            writer, "withdraw owner", OWNED, wanted, f"owner {request.owner}", since=period.since or UNKNOWN
        )

    return _Changing(workspace, _OWNERS).carry_out(
        request.owned, request.terms, state, needs_source=not request.remove
    )


def classify_firm(workspace: Workspace, request: FirmKindRequest) -> FirmChangeResult:
    """Says what a firm is; or, without a kind, that somebody checked that it is a firm of its own.

    Raises:
        NotFound: no such firm.
    """

    def state(writer: Writer) -> Outcome:
        fields = {"verification": request.terms.verification.value}
        if request.kind is not None:
            fields["kind"] = request.kind.value
        return writer.change("kind" if request.kind else "check", fields=fields)

    return _Changing(workspace, _OWNERS).carry_out(request.firm, request.terms, state)


def merge_firms(workspace: Workspace, request: MergeFirmsRequest) -> FirmChangeResult:
    """Records that two records are one firm, or undoes that; nothing is copied or repointed.

    Raises:
        UsageError: it is one record, or the reason is missing.
        BadInput: it contradicts what stands and is not confirmed, or firms would own each other in a circle.
        NotFound: no such firm, or nothing to undo.
    """
    with workspace.writing() as session:
        # By the very records: once they are one, a name stands for the one that both count as.
        pair = _one_firm(session, request.left), _one_firm(session, request.right)
        asked = SameRequest(
            left=request.left,
            right=request.right,
            reason=request.reason,
            undo=request.undo,
            confirmed=request.confirmed,
        )
        selection = selection_of(session, workspace, CountFilters())
        before = count_firms(session, selection, _ALL, session.today)
        done = decide(session, _FIRM, pair, asked, actor=workspace.actor)
        moved = moved_figures(session, before, count_firms(session, selection, _ALL, session.today))
        labels = organization_labels(session, pair)
        (left, left_ref), (right, right_ref) = labels[pair[0]], labels[pair[1]]
        outcome = done[0][0]
        said = {
            SameOutcome.RECORDED: "one firm, counted as one",
            SameOutcome.KNOWN: "recorded as one firm already",
            SameOutcome.UNDONE: "two records again",
        }[outcome]
        return FirmChangeResult(
            firm=left,
            firm_ref=left_ref,
            action="undo merge" if request.undo else "merge",
            change=None,
            reason=done[0][1].reason,
            notes=(f"{left} ({left_ref}) and {right} ({right_ref}) are {said}",),
            counted_on=_ALL,
            moved=moved,
        )


def _one_firm(session: Session, text: str) -> int:
    kind, number = comparable(session, text)
    if kind is not _FIRM:
        raise NotFound(f"{text} is not a firm")
    return number


def remove_firm(workspace: Workspace, request: RemoveFirmRequest) -> FirmChangeResult:
    """Removes a firm that nothing uses, with what is stated about it; undoing brings it back.

    Raises:
        NotFound: no such firm.
        BadInput: something uses it; says what.
        UsageError: the reason is empty.
    """

    def state(writer: Writer) -> Outcome:
        uses = uses_of(writer.session, _FIRM, [writer.number]).get(writer.number, ())
        if uses:
            raise BadInput(
                f"{request.firm} is used: {used(uses)}", hint="Only what nothing uses can be removed."
            )
        return writer.remove()

    return _Changing(workspace, _NO_BASIS).carry_out(
        request.firm, StatedTerms(reason=request.reason), state, needs_source=False
    )


def undo_firm_change(workspace: Workspace, request: UndoFirmRequest) -> FirmChangeResult:
    """Undoes a change of a firm: what stands then is as if it had never been made.

    Raises:
        NotFound: no such firm, or no such change.
        BadInput: it was undone before, or firms would own each other in a circle.
        UsageError: the reason is empty.
    """
    with workspace.writing() as session:
        uid = uid_meant(session, _FIRM, request.firm, organization_named)
        chosen = change_numbered(session, uid, request.number)

        def undo() -> Outcome:
            return Outcome(
                undo_change(session, _FIRM, uid, chosen, actor=workspace.actor, reason=request.reason)
            )

        result = _Changing(workspace, _ALL).told(session, uid, undo, undone=True)
        return result.model_copy(update={"reason": " ".join(request.reason.split())})
