"""What people state about firms: names, numbers, seats, owners; stated and withdrawn."""

from __future__ import annotations

from provenance.core.errors import BadInput
from provenance.core.vocabulary import SeatKind
from provenance.domain.audit import installation_uid
from provenance.domain.known_names import near_firms
from provenance.domain.references import uid_of
from provenance.domain.registry import firms as domain
from provenance.domain.registry.firms import Stake
from provenance.domain.registry.forms import NAME, NUMBER, OWNED, SEAT, Content
from provenance.domain.registry.periods import UNSAID
from provenance.domain.registry.writer import Outcome, Writer
from provenance.schema.organizations import (
    Organization,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.services.contracts.firms import (
    AddFirmRequest,
    FirmAliasRequest,
    FirmChangeResult,
    FirmKindRequest,
    FirmNumberRequest,
    FirmSeatRequest,
    OwnershipRequest,
    RenameFirmRequest,
)
from provenance.services.firm_changes import FIRM, NO_BASIS, OWNERS, SEATED, Changing, firm_meant
from provenance.services.registry import (
    country_of,
    period_of,
    rows_of,
    span_of,
    terms_of,
)
from provenance.services.workspace import Workspace
from provenance.text.partial_dates import UNKNOWN
from provenance.text.registration_numbers import RegistrationNumber, Validity, read_numbers


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
        country = None if request.country is None else country_of(request.country)
        made = domain.add_firm(session, request.name, request.kind, terms, installation_uid(session))
        assert made.change is not None
        notes += made.notes
        changing = Changing(workspace, NO_BASIS)
        changing.notes = notes
        result = changing.told(session, made.change.record_uid, lambda: made)
        if country is None:
            return result
        number = firm_meant(session, result.firm_ref)
        writer = Writer(session, FIRM, number, terms)
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
    return Changing(workspace, NO_BASIS).carry_out(
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
        names = [each for each in writer.live(NAME) if each[OrganizationName.name] == request.name]
        if names and len(writer.live(NAME)) == len(names):
            raise BadInput(f"{request.name} is the only name of this firm", code="only_name")
        wanted: Content = {OrganizationName.name: request.name}
        if len(names) > 1:
            wanted[OrganizationName.kind] = request.kind.value
        return domain.withdraw_statement(writer, "withdraw name", NAME, wanted, f"name {request.name}")

    return Changing(workspace, NO_BASIS).carry_out(
        request.firm, request.terms, state, needs_source=not request.remove
    )


def seat_firm(workspace: Workspace, request: FirmSeatRequest) -> FirmChangeResult:
    """States a seat of a firm and when it was there, or withdraws one.

    Raises:
        NotFound: no such firm, or no such seat to withdraw.
        BadInput: no such country, or the dates cannot be read.
    """
    country, period = country_of(request.country), period_of(request.period)

    def state(writer: Writer) -> Outcome:
        if not request.remove:
            return domain.seat_firm(writer, request.kind, country, period)
        return domain.withdraw_statement(
            writer,
            "withdraw seat",
            SEAT,
            {OrganizationSeat.kind: request.kind.value, OrganizationSeat.country: country},
            f"{request.kind} {country}",
            since=period.since or UNKNOWN,
        )

    return Changing(workspace, SEATED[request.kind]).carry_out(
        request.firm, request.terms, state, needs_source=not request.remove
    )


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
        wanted: Content = {
            OrganizationIdentifier.scheme: number.scheme,
            OrganizationIdentifier.value: number.as_written,
        }
        return domain.withdraw_statement(
            writer, "withdraw number", NUMBER, wanted, f"{number.scheme} {number.as_written}"
        )

    return Changing(workspace, NO_BASIS).carry_out(
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
        wanted: Content = {
            Ownership.owner_id: uid_of(writer.session, FIRM, owner),
            Ownership.product_line: request.product_line,
            Ownership.status: request.status.value,
        }
        return domain.withdraw_statement(
            writer, "withdraw owner", OWNED, wanted, f"owner {request.owner}", since=period.since or UNKNOWN
        )

    return Changing(workspace, OWNERS).carry_out(
        request.owned, request.terms, state, needs_source=not request.remove
    )


def classify_firm(workspace: Workspace, request: FirmKindRequest) -> FirmChangeResult:
    """Says what a firm is; or, without a kind, that somebody checked that it is a firm of its own.

    Raises:
        NotFound: no such firm.
    """

    def state(writer: Writer) -> Outcome:
        fields: Content = {Organization.verification: request.terms.verification.value}
        if request.kind is not None:
            fields[Organization.kind] = request.kind.value
        return writer.change("kind" if request.kind else "check", fields=fields)

    return Changing(workspace, OWNERS).carry_out(request.firm, request.terms, state)
