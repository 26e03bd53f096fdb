"""No option of any command is refused in the words of the library that checks its value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from provenance.cli.main import app
from tests.support.commands import run

JARGON = ("input should", "value error", "pydantic", "validation error", "valid integer", "traceback")
OUT_OF_RANGE = ("-7", "99999999999")


def commands(group: Any, *above: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that lead to it."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, *above, name)
        else:
            yield (*above, name), command


COMMANDS = dict(commands(typer.main.get_group(app)))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_wrong_value_is_refused_in_plain_words(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is no wrong value, such as a name for --out, is written here.
    monkeypatch.chdir(tmp_path)
    options = [
        parameter
        for parameter in COMMANDS[words].params
        if parameter.param_type_name == "option" and not getattr(parameter, "is_flag", False)
    ]
    needed = [
        word
        for parameter in COMMANDS[words].params
        if parameter.required
        for word in ((parameter.opts[0], "x") if parameter.param_type_name == "option" else ("x",))
    ]
    for parameter in options:
        waiting = ["no such thing"]
        while waiting:
            value = waiting.pop()
            said = run(f"{tmp_path}/none.db", *words, *needed, parameter.opts[0], value)
            told = (said.out + said.err).casefold()
            assert not [word for word in JARGON if word in told], (parameter.opts, value, said.err)
            if value not in OUT_OF_RANGE and "number (it is" in told:
                waiting += OUT_OF_RANGE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("top", "--limit", "many"), "Invalid value for '--limit': is not a whole number (it is 'many')"),
        (("top", "--min-credibility", "9"), "must be at most 5 (it is '9')"),
        (("log", "transfer", "--credibility", "9"), "must be at most 6 (it is '9')"),
        (("trace", "request", "Q-1", "Acme", "--days", "0"), "must be at least 1 (it is '0')"),
    ],
)
def test_what_is_wrong_and_what_would_be_right(words: tuple[str, ...], told: str) -> None:
    said = run(None, *words)
    assert said.code == 2
    assert told in said.err
