"""Commands that take groups of options: their users see single options."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from provenance.cli.option_groups import grouped


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How it is shown."""

    width: Annotated[int, typer.Option("--width", min=1, help="Columns.")] = 80
    plain: Annotated[bool, typer.Option("--plain", help="Without colours.")] = False


@dataclass(frozen=True, kw_only=True)
class Where(Shown):
    """The same, and of what."""

    place: Annotated[str, typer.Argument(help="A place.")]


SEEN: list[Any] = []


def command(
    context: typer.Context,
    where: Where,
    kinds: Annotated[list[str] | None, typer.Option("--kind", help="Repeatable.")] = None,
) -> None:
    """Do something."""
    SEEN.append((context.info_name, where, kinds))


def run(*words: str) -> Any:
    SEEN.clear()
    app = typer.Typer(rich_markup_mode=None)
    app.command("do")(grouped(command))
    return CliRunner().invoke(app, [*words])


def test_the_command_gets_its_groups_put_together() -> None:
    assert run("Kyiv", "--width", "40", "--kind", "a", "--kind", "b").exit_code == 0
    assert [("do", Where(place="Kyiv", width=40), ["a", "b"])] == SEEN


def test_what_is_not_given_is_as_the_group_has_it() -> None:
    assert run("Kyiv").exit_code == 0
    assert [("do", replace(Where(place="Kyiv"), width=80, plain=False), None)] == SEEN


def test_every_option_of_a_group_is_checked_and_explained() -> None:
    assert run().exit_code == 2
    assert run("Kyiv", "--width", "0").exit_code == 2
    printed = run("--help").stdout
    for said in ("Do something.", "A place.", "--width", "Columns.", "--plain", "--kind", "Repeatable."):
        assert said in printed


def test_two_groups_with_one_option_are_a_mistake() -> None:
    def mistaken(context: typer.Context, one: Shown, other: Where) -> None:
        """Not possible."""

    with pytest.raises(ValueError, match="duplicate parameter name"):
        _ = grouped(mistaken).__signature__
