"""Every command explains itself, with an example that can be typed as it stands."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import pytest
import typer

from provenance.cli.main import BEFORE_THE_COMMAND, app
from tests.support.commands import Outcome

Run = Callable[..., Outcome]

COMMANDS = sorted(typer.main.get_group(app).commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_gives_an_example(run: Run, name: str) -> None:
    said = run(None, name, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"Usage: provenance {name}" in said.out
    assert "Example: provenance" in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    command = typer.main.get_group(app).commands[name]
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_is_this_command_with_options_that_it_has(name: str) -> None:
    command = typer.main.get_group(app).commands[name]
    assert command.help
    words = shlex.split(command.help.split("Example: provenance ", 1)[1].splitlines()[0])
    assert name in words
    options = {option for parameter in command.params for option in parameter.opts} | {"--db", "--actor"}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_program_lists_its_commands_and_its_exit_codes(run: Run) -> None:
    said = run(None, "--help")
    assert said.code == 0
    assert all(name in said.out for name in COMMANDS)
    assert "5 no database" in said.out


def test_no_words_at_all_show_the_help(run: Run) -> None:
    assert "Usage: provenance" in run(None).out + run(None).err


def test_the_version(run: Run) -> None:
    said = run(None, "--version")
    assert said.code == 0
    assert said.out.startswith("provenance ")


def test_a_misspelt_command_is_met_with_the_one_that_was_meant(run: Run) -> None:
    said = run(None, "--actor", "find", "importt", "find")
    assert said.code == 2
    assert "Did you mean" in said.err
    assert "import" in said.err.split("Did you mean")[1]


def test_a_database_may_be_called_like_a_command(run: Run) -> None:
    for before in (["--db", "top"], ["--db=top"], ["--actor", "top", "--db", "top"]):
        said = run(None, *before, "formats")
        assert (said.code, said.err) == (0, "")
        assert "gur-components" in said.out


def test_the_words_before_a_command_are_told_from_the_command() -> None:
    options = [each for each in typer.main.get_group(app).params if each.param_type_name == "option"]
    valued = {name for each in options if not getattr(each, "is_flag", False) for name in each.opts}
    assert valued - {"--install-completion", "--show-completion"} == set(BEFORE_THE_COMMAND)
