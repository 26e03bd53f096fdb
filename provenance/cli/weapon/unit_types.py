"""`provenance unit-type`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.ask.options import clearance_hint
from provenance.cli.completion import unit_types
from provenance.cli.context import Clearance, Display, context_of
from provenance.cli.firm.options import Answer, ReasonOption, RemoveOption, StatedOn
from provenance.cli.hints import option_hints
from provenance.cli.option_groups import grouped
from provenance.cli.weapon.options import (
    HINTS,
    ChangeOption,
    LanguageOption,
    LimitOption,
    NameArgument,
    NewOption,
    UnitTypeArgument,
)
from provenance.core.vocabulary import Language, UnitKind


def register_unit_type(unit_type: typer.Typer) -> None:
    """Adds the commands to the group."""
    for name, command in (("show", show), ("list", list_)):
        unit_type.command(name)(grouped(command))
    for each in (add, rename, alias, kind, merge, remove, undo):
        unit_type.command(each.__name__)(grouped(each))


def show(
    context: typer.Context, unit_type: UnitTypeArgument, *, clearance: Clearance, display: Display
) -> None:
    """Show one type of unit: kind, its names and recoveries.

    Example: provenance unit-type show "Kometa-M"
    """
    from provenance.cli.views.show import show_sections
    from provenance.services.designated_records import show_designated

    workspace = clearance.workspace(context)
    with clearance_hint(workspace.clearance):
        found = show_designated(workspace, "unit_type", unit_type)
    display.show(found, lambda shown: show_sections(shown, everything=True, clearance=workspace.clearance))


def list_(context: typer.Context, limit: LimitOption = 50, *, clearance: Clearance, display: Display) -> None:
    """List types of units with how many recoveries stand; `provenance list unit-types` has filters.

    Example: provenance unit-type list --limit 0
    """
    from provenance.cli.views.lists import list_sections
    from provenance.services.contracts.lists import ListRequest
    from provenance.services.lists import list_records

    request = ListRequest(noun="unit-types", limit=limit)
    display.show(list_records(clearance.workspace(context), request), list_sections)


def add(
    context: typer.Context,
    name: NameArgument,
    kind: Annotated[UnitKind | None, typer.Option("--kind", help="What kind of unit it is.")] = None,
    new: NewOption = False,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Add a type of unit that no source of the database has named yet.

    Example: provenance unit-type add "Kometa-R8" --kind antenna --source own
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import AddDesignatedRequest, DesignatedNoun
    from provenance.services.designations import add_designated

    request = AddDesignatedRequest(
        noun=DesignatedNoun.UNIT_TYPE, name=name, kind=kind, terms=stated.terms, confirmed=new
    )
    with option_hints(HINTS):
        answer.show(add_designated(context_of(context).workspace(), request), change_view)


def kind(
    context: typer.Context,
    unit_type: UnitTypeArgument,
    kind: Annotated[UnitKind, typer.Argument(help="What kind of unit it is.")],
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Say what kind of unit it is.

    Example: provenance unit-type kind "Kometa-M" antenna --source own --reason "it has eight elements"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import UnitKindRequest
    from provenance.services.designations import classify_unit_type

    request = UnitKindRequest(unit_type=unit_type, kind=kind, terms=stated.terms)
    with option_hints(HINTS):
        answer.show(classify_unit_type(context_of(context).workspace(), request), change_view)


def rename(
    context: typer.Context,
    unit_type: UnitTypeArgument,
    name: NameArgument,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Say what a type of unit is called; its former designation stays one of its names.

    Example: provenance unit-type rename "Kometa-M" "Kometa-M8" --source own --reason "its plate says so"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, RenameDesignatedRequest
    from provenance.services.designations import rename_designated

    request = RenameDesignatedRequest(
        noun=DesignatedNoun.UNIT_TYPE, record=unit_type, name=name, terms=stated.terms
    )
    with option_hints(HINTS):
        answer.show(rename_designated(context_of(context).workspace(), request), change_view)


def alias(
    context: typer.Context,
    unit_type: UnitTypeArgument,
    name: NameArgument,
    language: LanguageOption = Language.UND,
    remove: RemoveOption = False,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """State another name of a type of unit, in any script, or withdraw one.

    Example: provenance unit-type alias "Kometa-M" "Комета-М8" --language uk --source own
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedAliasRequest, DesignatedNoun
    from provenance.services.designations import alias_designated

    request = DesignatedAliasRequest(
        noun=DesignatedNoun.UNIT_TYPE,
        record=unit_type,
        name=name,
        language=language,
        terms=stated.terms,
        remove=remove,
    )
    with option_hints(HINTS):
        answer.show(alias_designated(context_of(context).workspace(), request), change_view)


def merge(
    context: typer.Context,
    kept: Annotated[
        str, typer.Argument(metavar="A", help="The type of unit that stays.", autocompletion=unit_types)
    ],
    gone: Annotated[
        str,
        typer.Argument(metavar="B", help="What becomes a name of it.", autocompletion=unit_types),
    ],
    reason: ReasonOption = None,
    *,
    answer: Answer,
) -> None:
    """Make B a name of A: its names become A's, its recoveries and units are amended, B is removed.

    `unit-type undo B` brings all of it back.

    Example: provenance unit-type merge U-7K3M9-Q2X4H U-2QWER-TY34Z --reason "one type of unit, spelled twice"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, MergeDesignatedRequest
    from provenance.services.designations import merge_designated

    request = MergeDesignatedRequest(noun=DesignatedNoun.UNIT_TYPE, kept=kept, gone=gone, reason=reason or "")
    with option_hints(HINTS):
        answer.show(merge_designated(context_of(context).workspace(), request), change_view)


def remove(
    context: typer.Context, unit_type: UnitTypeArgument, reason: ReasonOption = None, *, answer: Answer
) -> None:
    """Remove a type of unit that nothing uses; `unit-type undo` brings it back.

    Example: provenance unit-type remove "Kometa-M" --reason "a misspelt name"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, RemoveDesignatedRequest
    from provenance.services.designations import remove_designated

    request = RemoveDesignatedRequest(noun=DesignatedNoun.UNIT_TYPE, record=unit_type, reason=reason or "")
    with option_hints(HINTS):
        answer.show(remove_designated(context_of(context).workspace(), request), change_view)


def undo(
    context: typer.Context,
    unit_type: UnitTypeArgument,
    change: ChangeOption = None,
    reason: ReasonOption = None,
    *,
    answer: Answer,
) -> None:
    """Undo a change of a type of unit: what stands then is as if it had never been made.

    Example: provenance unit-type undo "Kometa-M" --change 2 --reason "wrong one"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, UndoDesignatedRequest
    from provenance.services.designations import undo_designated

    request = UndoDesignatedRequest(
        noun=DesignatedNoun.UNIT_TYPE, record=unit_type, number=change, reason=reason or ""
    )
    with option_hints(HINTS):
        answer.show(undo_designated(context_of(context).workspace(), request), change_view)
