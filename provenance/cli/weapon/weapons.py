"""`provenance weapon`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.ask.options import clearance_hint
from provenance.cli.completion import weapons
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
    WeaponArgument,
)
from provenance.core.vocabulary import Language, WeaponKind

if TYPE_CHECKING:
    from provenance.services.contracts.designations import WeaponFacts


def register_weapon(weapon: typer.Typer) -> None:
    """Adds the commands to the group."""
    for name, command in (("show", show), ("list", list_)):
        weapon.command(name)(grouped(command))
    for each in (add, rename, alias, kind, state, merge, remove, undo):
        weapon.command(each.__name__)(grouped(each))


def show(context: typer.Context, weapon: WeaponArgument, *, clearance: Clearance, display: Display) -> None:
    """Show one weapon: kind, countries, since when it is known, its names and recoveries.

    Example: provenance weapon show "Geran-2"
    """
    from provenance.cli.views.show import show_sections
    from provenance.services.designated_records import show_designated

    workspace = clearance.workspace(context)
    with clearance_hint(workspace.clearance):
        found = show_designated(workspace, "weapon", weapon)
    display.show(found, lambda shown: show_sections(shown, everything=True, clearance=workspace.clearance))


def list_(context: typer.Context, limit: LimitOption = 50, *, clearance: Clearance, display: Display) -> None:
    """List weapons with how many recoveries stand; `provenance list weapons` has filters.

    Example: provenance weapon list --limit 0
    """
    from provenance.cli.views.lists import list_sections
    from provenance.services.contracts.lists import ListRequest
    from provenance.services.lists import list_records

    request = ListRequest(noun="weapons", limit=limit)
    display.show(list_records(clearance.workspace(context), request), list_sections)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a weapon is."""

    kind: Annotated[WeaponKind | None, typer.Option("--kind", help="What kind of weapon it is.")] = None
    design: Annotated[str | None, typer.Option("--design", help="The country that designed it.")] = None
    build: Annotated[str | None, typer.Option("--build", help="The country that builds it.")] = None
    producer: Annotated[str | None, typer.Option("--producer", help="Who produces it; '' for none.")] = None
    nato: Annotated[str | None, typer.Option("--nato", help="Its NATO name; '' for none.")] = None
    variant_of: Annotated[
        str | None,
        typer.Option(
            "--variant-of", help="The family that it is a variant of; or none.", autocompletion=weapons
        ),
    ] = None
    first_known: Annotated[
        str | None,
        typer.Option(
            "--first-known", help="When it was first seen, shown or used, as the source says; or unknown."
        ),
    ] = None

    @property
    def facts(self) -> WeaponFacts:
        """The facts of a request."""
        from provenance.services.contracts.designations import WeaponFacts

        return WeaponFacts(
            kind=self.kind,
            design_country=self.design,
            build_country=self.build,
            producer=self.producer,
            nato_name=self.nato,
            variant_of=self.variant_of,
            first_known=self.first_known,
        )


def add(
    context: typer.Context,
    name: NameArgument,
    new: NewOption = False,
    *,
    facts: Facts,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Add a weapon that no source of the database has named yet.

    Example: provenance weapon add "Klin" --kind drone --design RU --first-known 2025-03 --source own
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import AddDesignatedRequest, DesignatedNoun
    from provenance.services.designations import add_designated

    request = AddDesignatedRequest(
        noun=DesignatedNoun.WEAPON, name=name, facts=facts.facts, terms=stated.terms, confirmed=new
    )
    with option_hints(HINTS):
        answer.show(add_designated(context_of(context).workspace(), request), change_view)


def state(
    context: typer.Context, weapon: WeaponArgument, *, facts: Facts, stated: StatedOn, answer: Answer
) -> None:
    """State what a weapon is: countries, producer, family, since when it is known.

    Whoever logs a recovery of a day before a weapon was first known is asked whether that is so.

    Example: provenance weapon state "Geran-2" --first-known 2022-09 --source SOURCE --reason "first use"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DescribeWeaponRequest
    from provenance.services.designations import describe_weapon

    request = DescribeWeaponRequest(weapon=weapon, facts=facts.facts, terms=stated.terms)
    with option_hints(HINTS):
        answer.show(describe_weapon(context_of(context).workspace(), request), change_view)


def kind(
    context: typer.Context,
    weapon: WeaponArgument,
    kind: Annotated[WeaponKind, typer.Argument(help="What kind of weapon it is.")],
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Say what kind of weapon it is; `top` counts missiles, drones and guided munitions.

    Example: provenance weapon kind "Geran-2" drone --source own --reason "it flies without a crew"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DescribeWeaponRequest, WeaponFacts
    from provenance.services.designations import describe_weapon

    request = DescribeWeaponRequest(weapon=weapon, facts=WeaponFacts(kind=kind), terms=stated.terms)
    with option_hints(HINTS):
        answer.show(describe_weapon(context_of(context).workspace(), request), change_view)


def rename(
    context: typer.Context,
    weapon: WeaponArgument,
    name: NameArgument,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """Say what a weapon is called; its former designation stays one of its names.

    Example: provenance weapon rename "Geran-2" "Geran-2U" --source own --reason "its plate says so"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, RenameDesignatedRequest
    from provenance.services.designations import rename_designated

    request = RenameDesignatedRequest(
        noun=DesignatedNoun.WEAPON, record=weapon, name=name, terms=stated.terms
    )
    with option_hints(HINTS):
        answer.show(rename_designated(context_of(context).workspace(), request), change_view)


def alias(
    context: typer.Context,
    weapon: WeaponArgument,
    name: NameArgument,
    language: LanguageOption = Language.UND,
    remove: RemoveOption = False,
    *,
    stated: StatedOn,
    answer: Answer,
) -> None:
    """State another name of a weapon, in any script, or withdraw one.

    Example: provenance weapon alias "Geran-2" "Герань-2У" --language uk --source own
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedAliasRequest, DesignatedNoun
    from provenance.services.designations import alias_designated

    request = DesignatedAliasRequest(
        noun=DesignatedNoun.WEAPON,
        record=weapon,
        name=name,
        language=language,
        terms=stated.terms,
        remove=remove,
    )
    with option_hints(HINTS):
        answer.show(alias_designated(context_of(context).workspace(), request), change_view)


def merge(
    context: typer.Context,
    kept: Annotated[str, typer.Argument(metavar="A", help="The weapon that stays.", autocompletion=weapons)],
    gone: Annotated[
        str, typer.Argument(metavar="B", help="What becomes a name of it.", autocompletion=weapons)
    ],
    reason: ReasonOption = None,
    *,
    answer: Answer,
) -> None:
    """Make B a name of A: its names become A's, its recoveries are amended, B is removed.

    `weapon undo B` brings all of it back.

    Example: provenance weapon merge W-7K3M9-Q2X4H W-2QWER-TY34Z --reason "one weapon, spelled twice"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, MergeDesignatedRequest
    from provenance.services.designations import merge_designated

    request = MergeDesignatedRequest(noun=DesignatedNoun.WEAPON, kept=kept, gone=gone, reason=reason or "")
    with option_hints(HINTS):
        answer.show(merge_designated(context_of(context).workspace(), request), change_view)


def remove(
    context: typer.Context, weapon: WeaponArgument, reason: ReasonOption = None, *, answer: Answer
) -> None:
    """Remove a weapon that nothing uses; `weapon undo` brings it back.

    Example: provenance weapon remove "Geran-2" --reason "a misspelt name"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, RemoveDesignatedRequest
    from provenance.services.designations import remove_designated

    request = RemoveDesignatedRequest(noun=DesignatedNoun.WEAPON, record=weapon, reason=reason or "")
    with option_hints(HINTS):
        answer.show(remove_designated(context_of(context).workspace(), request), change_view)


def undo(
    context: typer.Context,
    weapon: WeaponArgument,
    change: ChangeOption = None,
    reason: ReasonOption = None,
    *,
    answer: Answer,
) -> None:
    """Undo a change of a weapon: what stands then is as if it had never been made.

    Example: provenance weapon undo "Geran-2" --change 2 --reason "wrong one"
    """
    from provenance.cli.views.designations import change_view
    from provenance.services.contracts.designations import DesignatedNoun, UndoDesignatedRequest
    from provenance.services.designations import undo_designated

    request = UndoDesignatedRequest(
        noun=DesignatedNoun.WEAPON, record=weapon, number=change, reason=reason or ""
    )
    with option_hints(HINTS):
        answer.show(undo_designated(context_of(context).workspace(), request), change_view)
