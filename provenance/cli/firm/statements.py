"""`provenance firm`: the commands that state something of a firm, withdraw it or undo it."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import context_of
from provenance.cli.firm.options import (
    HINTS,
    Answer,
    FirmArgument,
    Held,
    ReasonOption,
    RemoveOption,
    SharedOption,
    StatedOn,
)
from provenance.cli.hints import option_hints
from provenance.cli.option_groups import grouped
from provenance.core.vocabulary import Control, NameKind, OrganizationKind, OwnershipStatus, SeatKind


def register_firm(firm: typer.Typer) -> None:
    """Adds the commands to the group."""
    for command in (add, rename, alias, seat, identify, owns, kind, check, merge, remove, undo):
        firm.command(command.__name__)(grouped(command))


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the new firm is called.")],
    kind: Annotated[OrganizationKind, typer.Option("--kind", help="What it is.")] = OrganizationKind.UNKNOWN,
    country: Annotated[
        str | None, typer.Option("--country", help="Where its headquarters are: name or code.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="It is a firm of its own although its name resembles known ones.")
    ] = False,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Add a firm that no source of the database has named yet.

    Example: provenance firm add "Feniks Elektroniks OOO" --country RU --source own
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import AddFirmRequest
    from provenance.services.firm_statements import add_firm

    request = AddFirmRequest(name=name, kind=kind, country=country, terms=stated.terms, confirmed=new)
    with option_hints(HINTS):
        answer.show(add_firm(context_of(context).workspace(), request), change_view)


def rename(
    context: typer.Context,
    firm: FirmArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called now.")],
    kind: Annotated[NameKind, typer.Option("--kind", help="How the name belongs to it.")] = NameKind.LEGAL,
    since: Annotated[
        str | None, typer.Option("--from", help="Since when; the former name ended then.")
    ] = None,
    shared: SharedOption = False,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Say what a firm is called now; its former name stays one of its names.

    Example: provenance firm rename Cree Wolfspeed --from 2021-10-04 --source own --reason "new name"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import RenameFirmRequest
    from provenance.services.firm_statements import rename_firm

    request = RenameFirmRequest(
        firm=firm, name=name, kind=kind, since=since, terms=stated.terms, shared=shared
    )
    with option_hints(HINTS):
        answer.show(rename_firm(context_of(context).workspace(), request), change_view)


def alias(
    context: typer.Context,
    firm: FirmArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Another name, in any script.")],
    kind: Annotated[NameKind, typer.Option("--kind", help="How the name belongs to it.")] = NameKind.ALIAS,
    shared: SharedOption = False,
    remove: RemoveOption = False,
    *,
    held: Held,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """State another name of a firm and when it had it, or withdraw one.

    Example: provenance firm alias Nexperia "安世半导体" --source https://www.nexperia.cn
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import FirmAliasRequest
    from provenance.services.firm_statements import alias_firm

    request = FirmAliasRequest(
        firm=firm, name=name, kind=kind, period=held.period, terms=stated.terms, shared=shared, remove=remove
    )
    with option_hints(HINTS):
        answer.show(alias_firm(context_of(context).workspace(), request), change_view)


def seat(
    context: typer.Context,
    firm: FirmArgument,
    kind: Annotated[SeatKind, typer.Argument(help="Where it is run from, or registered.")],
    country: Annotated[str, typer.Argument(help="The country, by name or code.")],
    remove: RemoveOption = False,
    *,
    held: Held,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """State a seat of a firm and when it was there, or withdraw one; says which figures of top moved.

    What is on record of the same seat at the same time is replaced; dates that you leave out stay.

    Example: provenance firm seat Yageo headquarters TW --until 2025-06 --source own --reason "moved"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import FirmSeatRequest
    from provenance.services.firm_statements import seat_firm

    request = FirmSeatRequest(
        firm=firm, kind=kind, country=country, period=held.period, terms=stated.terms, remove=remove
    )
    with option_hints(HINTS):
        answer.show(seat_firm(context_of(context).workspace(), request), change_view)


def identify(
    context: typer.Context,
    firm: FirmArgument,
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="LEI, INN, OGRN, CAGE, USCC, BRN…")],
    value: Annotated[str, typer.Argument(metavar="NUMBER", help="The number.")],
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Keep it although its form or check digits are wrong.")
    ] = False,
    remove: RemoveOption = False,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """State a registration number of a firm, or withdraw one. Form and check digits are checked.

    Example: provenance firm identify "Texas Instruments" LEI WDJET854X3N45A20G369 --source own
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import FirmNumberRequest
    from provenance.services.firm_statements import identify_firm

    request = FirmNumberRequest(
        firm=firm, scheme=scheme, value=value, terms=stated.terms, unfit=unverified, remove=remove
    )
    with option_hints(HINTS):
        answer.show(identify_firm(context_of(context).workspace(), request), change_view)


def owns(
    context: typer.Context,
    owner: Annotated[str, typer.Argument(metavar="OWNER", help="Who owns.", autocompletion=firms)],
    owned: Annotated[str, typer.Argument(metavar="OWNED", help="What is owned.", autocompletion=firms)],
    share: Annotated[
        float | None, typer.Option("--share", min=0, max=100, help="Percent; left out it is not known.")
    ] = None,
    line: Annotated[
        str | None, typer.Option("--line", help="Only this product line of the owned firm.")
    ] = None,
    control: Annotated[
        Control | None,
        typer.Option("--control", help="What the owner has. Legal control alone moves no figure of top."),
    ] = None,
    status: Annotated[
        OwnershipStatus, typer.Option("--status", help="Whether the deal was completed.")
    ] = OwnershipStatus.COMPLETED,
    note: Annotated[str | None, typer.Option("--note", help="What else to know of it.")] = None,
    remove: RemoveOption = False,
    *,
    held: Held,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """State who owns or owned a firm, or withdraw that; says which figures of top moved.

    What is on record of the same owner at the same time is replaced; what you leave out stays.

    Example: provenance firm owns Wingtech Nexperia --share 100 --from 2019-10 --control economic --source own
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import OwnershipRequest
    from provenance.services.firm_statements import state_ownership

    request = OwnershipRequest(
        owner=owner,
        owned=owned,
        percent=share,
        product_line=line,
        control=control,
        status=status,
        period=held.period,
        terms=stated.terms,
        note=note,
        remove=remove,
    )
    with option_hints(HINTS):
        answer.show(state_ownership(context_of(context).workspace(), request), change_view)


def kind(
    context: typer.Context,
    firm: FirmArgument,
    kind: Annotated[
        OrganizationKind, typer.Argument(help="Funds and holdings never own a brand in a count.")
    ],
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Say what a firm is: operating, a fund, a holding, an agency; says which figures of top moved.

    Example: provenance firm kind "Silver Lake" fund --source own --reason "it makes nothing"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import FirmKindRequest
    from provenance.services.firm_statements import classify_firm

    request = FirmKindRequest(firm=firm, kind=kind, terms=stated.terms)
    with option_hints(HINTS):
        answer.show(classify_firm(context_of(context).workspace(), request), change_view)


def check(context: typer.Context, firm: FirmArgument, *, stated: StatedOn, answer: Answer) -> None:
    """Say that a firm was checked and is one of its own: `firm review` no longer lists it.

    Example: provenance firm check "Feniks Elektroniks" --verified --source own --reason "register looked up"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import FirmKindRequest
    from provenance.services.firm_statements import classify_firm

    request = FirmKindRequest(firm=firm, terms=stated.terms)
    with option_hints(HINTS):
        answer.show(classify_firm(context_of(context).workspace(), request), change_view)


def merge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="A", help="A firm.", autocompletion=firms)],
    right: Annotated[str, typer.Argument(metavar="B", help="The same firm.", autocompletion=firms)],
    reason: ReasonOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="They are two after all.")] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Record it although it contradicts another decision.")
    ] = False,
    *,
    answer: Answer,
) -> None:
    """Record that two records are one firm; says which figures of top moved. Nothing is copied or moved.

    It is the same decision as `provenance same A B`.

    Example: provenance firm merge F-7K3M9-Q2X4H F-2QWER-TY34Z --reason "one tax number"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import MergeFirmsRequest
    from provenance.services.firm_decisions import merge_firms

    request = MergeFirmsRequest(left=left, right=right, reason=reason or "", undo=undo, confirmed=confirm)
    with option_hints(HINTS):
        answer.show(merge_firms(context_of(context).workspace(), request), change_view)


def remove(
    context: typer.Context, firm: FirmArgument, reason: ReasonOption = None, *, answer: Answer
) -> None:
    """Remove a firm that nothing uses, with what is stated about it; `firm undo` brings it back.

    Example: provenance firm remove F-7K3M9-Q2X4H --reason "a misspelt country, not a firm"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import RemoveFirmRequest
    from provenance.services.firm_decisions import remove_firm

    request = RemoveFirmRequest(firm=firm, reason=reason or "")
    with option_hints(HINTS):
        answer.show(remove_firm(context_of(context).workspace(), request), change_view)


def undo(
    context: typer.Context,
    firm: FirmArgument,
    change: Annotated[
        int | None,
        typer.Option("--change", min=1, help="Number of the change in its history; defaults to the last."),
    ] = None,
    reason: ReasonOption = None,
    *,
    answer: Answer,
) -> None:
    """Undo a change of a firm: what stands then is as if it had never been made.

    Example: provenance firm undo Nexperia --change 2 --reason "wrong firm"
    """
    from provenance.cli.views.firms import change_view
    from provenance.services.contracts.firms import UndoFirmRequest
    from provenance.services.firm_decisions import undo_firm_change

    request = UndoFirmRequest(firm=firm, number=change, reason=reason or "")
    with option_hints(HINTS):
        answer.show(undo_firm_change(context_of(context).workspace(), request), change_view)
