"""Options that several commands share, as one parameter: a dataclass whose fields are options."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_type_hints


class GroupedCommand:
    """A command of which some parameters are groups of options.

    Typer sees every option of a group in its place; the command gets the group. The signature is worked out
    only when the command is used or its help is shown.
    """

    def __init__(self, command: Callable[..., None]) -> None:
        self._command = command
        self.__name__ = command.__name__
        self.__doc__ = command.__doc__
        self.__module__ = command.__module__
        self.__annotations__: dict[str, Any] = {}

    @property
    def __signature__(self) -> inspect.Signature:
        """Every option for itself."""
        hints = get_type_hints(self._command, include_extras=True)
        parameters = inspect.signature(self._command).parameters.values()
        return inspect.Signature([each for one in parameters for each in _options(one, hints[one.name])])

    def __call__(self, **values: Any) -> None:
        """Runs the command with its groups put together."""
        hints = get_type_hints(self._command, include_extras=True)
        for name, group in _groups(self._command, hints):
            values[name] = group(**{field.name: values.pop(field.name) for field in fields(group)})
        self._command(**values)


def grouped(command: Callable[..., None]) -> GroupedCommand:
    """Lets a command take groups of options: parameters annotated with dataclasses of options."""
    return GroupedCommand(command)


def _groups(command: Callable[..., None], hints: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    names = inspect.signature(command).parameters
    return ((name, hints[name]) for name in names if is_dataclass(hints[name]))


def _options(parameter: inspect.Parameter, hint: Any) -> Iterator[inspect.Parameter]:
    """A parameter as Typer is to see it; of a group, all of its options."""
    if not is_dataclass(hint):
        yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hint)
        return
    hints = get_type_hints(hint, include_extras=True)
    for field in fields(hint):
        default = inspect.Parameter.empty if field.default is MISSING else field.default
        yield inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[field.name]
        )
