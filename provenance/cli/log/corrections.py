"""`provenance amend`, `move`, `withdraw` and `restore`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from provenance.cli.completion import items, recoveries
from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.hints import FUTURE, NEW_NAMES, ODD, option_hints
from provenance.cli.log.options import (
    ConfirmOddOption,
    GuidedOption,
    LanguageOption,
    NewMakerOption,
    NewPartyOption,
    NewUnitTypeOption,
    NewWeaponOption,
    YesOption,
    new_names,
)
from provenance.core.errors import UsageError
from provenance.core.vocabulary import OutputFormat

_HINTS = {
    **FUTURE,
    **ODD,
    **NEW_NAMES,
    "reason": "Add --reason TEXT.",
    "fields": "Give FIELD=VALUE, such as pieces=3, or --guided to be asked. FIELD= empties a field.",
    "reported": "If it must not be counted nevertheless, add --although-reported.",
}

ReasonOption = Annotated[
    str | None, typer.Option("--reason", "--why", help="Why, for those who read the record's history.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (amend, move, withdraw, restore):
        app.command(command.__name__)(command)


def amend(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="A recovery, seizure, unit, component or transfer.", autocompletion=items
        ),
    ],
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=VALUE…", help="The fields that logging takes; FIELD= empties one."),
    ] = None,
    reason: ReasonOption = None,
    new_weapon: NewWeaponOption = False,
    new_unit_type: NewUnitTypeOption = False,
    new_maker: NewMakerOption = False,
    new_party: NewPartyOption = False,
    yes: YesOption = False,
    confirm_odd: ConfirmOddOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Correct what was logged or imported wrongly: the reference stays, and so does the former value.

    Without fields it asks on a terminal, with the present values as answers. The former values stay in the
    record's history with who amended them, when and why. A transfer is stated anew under a new reference:
    paths are asked for as they were known on a day.

    Example: provenance amend C-7K3M9-Q2X4H pieces=3 marking="AD7606BSTZ // #2135" --reason "misread"
    """
    from provenance.cli.forms.form import form_wanted
    from provenance.cli.notes import show_notes
    from provenance.cli.views.amendments import amendment_view
    from provenance.services.amendments import amend_record
    from provenance.services.contracts.amendments import AmendRequest

    workspace = context_of(context).workspace()
    texts, new, future = (
        _given(fields or ()),
        new_names(weapon=new_weapon, unit_type=new_unit_type, maker=new_maker, party=new_party),
        yes or confirm_odd,
    )
    odd, asked = confirm_odd, None
    if form_wanted(guided, incomplete=not texts):
        from provenance.cli.forms.amend_form import ask_amendment

        asked = ask_amendment(workspace, ref, texts, reason, language, new)
        texts, reason, new = asked.texts, asked.reason, asked.new
        future, odd = future or asked.future, odd or asked.odd
    request = AmendRequest(
        ref=ref, texts=texts, reason=reason or "", new=new, accept_future=future, accept_odd=odd
    )
    with option_hints(_HINTS):
        result = amend_record(workspace, request)
    if asked is not None:
        asked.finished()
    show_notes(result.notes)
    printer(format, out).show(result, amendment_view)


def _given(words: Sequence[str]) -> dict[str, str]:
    """Fields and texts of words such as ``pieces=3``.

    Raises:
        UsageError: a word has no equals sign, or a field is given twice.
    """
    texts: dict[str, str] = {}
    for word in words:
        name, sign, text = word.partition("=")
        name = name.strip().replace("-", "_")
        if not sign or not name:
            raise UsageError(f"{word} is not FIELD=VALUE.", hint=_HINTS["fields"])
        if name in texts:
            raise UsageError(f"{name} is given twice.")
        texts[name] = text
    return texts


def move(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="A component, or a unit with what is on it.", autocompletion=items
        ),
    ],
    to: Annotated[
        str, typer.Option("--to", help="Reference of the recovery that it was in.", autocompletion=recoveries)
    ],
    reason: ReasonOption = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            help="The unit there that a component was on, by label or reference. Defaults to one of the same"
            " label; '' for none.",
        ),
    ] = None,
    confirm_odd: ConfirmOddOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Move a component or unit to the recovery that it was in: photos, custody and statements follow.

    Example: provenance move C-7K3M9-Q2X4H --to R-0A1B2-C3D4E --reason "bags were swapped"
    """
    from provenance.cli.notes import show_notes
    from provenance.cli.views.amendments import amendment_view
    from provenance.services.amendments import move_record
    from provenance.services.contracts.amendments import MoveRequest

    request = MoveRequest(ref=ref, to=to, reason=reason or "", unit=unit, accept_odd=confirm_odd)
    with option_hints(_HINTS):
        result = move_record(context_of(context).workspace(), request)
    show_notes(result.notes)
    printer(format, out).show(result, amendment_view)


def withdraw(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(metavar="REF", help="A recovery, unit, component or transfer.", autocompletion=items),
    ],
    reason: Annotated[str, typer.Option("--reason", "--why", help="Why it is withdrawn.")],
    although_reported: Annotated[
        bool,
        typer.Option("--although-reported", help="Withdraw it although a publication reports it too."),
    ] = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Withdraw what was logged by mistake: it stays on record and is not counted; `restore` brings it back.

    A recovery or unit is withdrawn with all its components. What was logged wrongly is better amended.

    Example: provenance withdraw C-7K3M9-Q2X4H --reason "logged twice"
    """
    from provenance.cli.views.amendments import withdrawal_view
    from provenance.services.contracts.assessments import WithdrawalRequest
    from provenance.services.withdrawals import withdraw_record

    request = WithdrawalRequest(ref=ref, reason=reason, although_reported=although_reported)
    with option_hints(_HINTS):
        result = withdraw_record(context_of(context).workspace(), request)
    printer(format, out).show(result, withdrawal_view)


def restore(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="What was withdrawn.")],
    reason: Annotated[str, typer.Option("--reason", "--why", help="Why it counts after all.")],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Restore what was withdrawn, with what had been stated about it; it counts again.

    A recovery or unit is restored with the components that were withdrawn with it.

    Example: provenance restore C-7K3M9-Q2X4H --reason "not the same chip after all"
    """
    from provenance.cli.views.amendments import restoration_view
    from provenance.services.contracts.amendments import RestorationRequest
    from provenance.services.withdrawals import restore_record

    result = restore_record(context_of(context).workspace(), RestorationRequest(ref=ref, reason=reason))
    printer(format, out).show(result, restoration_view)
