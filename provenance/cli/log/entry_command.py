"""Commands for entries, whose options follow from the fields that an entry of their kind may have."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.completion import firms, recoveries, weapons
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
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.field import NewName

if TYPE_CHECKING:
    from provenance.fields.specification import FieldSpec
    from provenance.services.entries import EntryDraft

_COMPLETIONS: Mapping[str, Callable[..., Any]] = {
    "weapon": weapons,
    "firm": firms,
    "recovery": recoveries,
}
_CONTEXT = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)


@dataclass(frozen=True)
class ExtraOption:
    """An option of one command that is not a field of its entry."""

    name: str
    annotation: Any
    default: Any = None


YES = ExtraOption("yes", YesOption, False)
CONFIRM_ODD = ExtraOption("confirm_odd", ConfirmOddOption, False)
_NEW_NAMES = {
    NewName.WEAPON: NewWeaponOption,
    NewName.UNIT_TYPE: NewUnitTypeOption,
    NewName.MAKER: NewMakerOption,
    NewName.PARTY: NewPartyOption,
}
_SHARED = (
    ExtraOption("guided", GuidedOption, False),
    ExtraOption("language", LanguageOption),
    ExtraOption("format", FormatOption, OutputFormat.TABLE),
    ExtraOption("out", OutOption),
)


class EntryCommand:
    """A command that logs one entry of a kind.

    Its signature, from which Typer makes the options, is built only when the command is used or its help is
    shown. ``arguments`` are fields given as positional arguments, ``defaults`` values of fields that are not
    given; ``hints`` are those for errors of its own, by their codes, of the values given.
    """

    def __init__(
        self,
        kind: str,
        help: str,
        *,
        arguments: Sequence[str] = (),
        defaults: Mapping[str, str] | None = None,
        extra: Sequence[ExtraOption] = (YES, CONFIRM_ODD),
        hints: Callable[[Mapping[str, str]], Mapping[str, str]] = lambda texts: {},
    ) -> None:
        self.kind = kind
        self._hints = hints
        self._arguments = arguments
        self._defaults = dict(defaults or {})
        self._extra = extra
        # What Typer reads from a function beside its signature.
        self.__name__ = kind
        self.__doc__ = help
        self.__annotations__ = {}

    @property
    def __signature__(self) -> inspect.Signature:
        """The options, as parameters."""
        more = map(_extra_parameter, (*self._new_names(), *self._extra, *_SHARED))
        return inspect.Signature([_CONTEXT, *self._fields(), *more])

    def _new_names(self) -> list[ExtraOption]:
        """A flag for every kind of name that the entry may introduce."""
        from provenance.fields.entries import Kind, new_names_in

        return [ExtraOption(f"new_{what}", _NEW_NAMES[what], False) for what in new_names_in(Kind(self.kind))]

    def _fields(self) -> list[inspect.Parameter]:
        from provenance.fields.entries import CELLS, Kind

        cells = CELLS[Kind(self.kind)]
        named = sorted(cells, key=lambda cell: cell.name not in self._arguments)
        return [self._parameter(cell) for cell in named]

    def _parameter(self, cell: FieldSpec[Any]) -> inspect.Parameter:
        info = (
            typer.Argument(metavar=cell.name.upper(), help=_help(cell))
            if cell.name in self._arguments
            else typer.Option(
                f"--{cell.name.replace('_', '-')}",
                help=_help(cell),
                autocompletion=_COMPLETIONS.get(cell.completes),
            )
        )
        return inspect.Parameter(
            cell.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=self._defaults.get(cell.name),
            annotation=Annotated[str | None, info],
        )

    def __call__(self, context: typer.Context, **values: Any) -> None:
        """Logs the entry, asking for missing values if requested."""
        from provenance.cli.forms.entry_form import EntryForm
        from provenance.cli.forms.form import form_wanted
        from provenance.cli.forms.prompt import is_terminal
        from provenance.cli.notes import show_notes
        from provenance.cli.views.entries import entry_view, show_candidates, show_decisions
        from provenance.services.contracts.entries import EntryRequest
        from provenance.services.entries import EntryDraft

        draft = EntryDraft(context_of(context).workspace(), self.kind)
        texts = _given(draft, values)
        odd = values.get("confirm_odd", False)
        future = odd or values.get("yes", False)
        form = EntryForm(draft, values["language"], _declared(values))
        if asks := form_wanted(values["guided"], incomplete=draft.is_incomplete(texts)):
            texts = form.ask(texts)
            future = future or form.confirms_future(texts)
            odd = odd or form.confirms_odd(texts)
        elif is_terminal():
            texts = form.settle(texts)
        with option_hints({**_hints(draft), **self._hints(texts)}):
            result = draft.save(
                EntryRequest(
                    kind=draft.kind,
                    texts=texts,
                    candidate=values.get("candidate"),
                    new=form.new,
                    accept_future=future,
                    accept_odd=odd,
                )
            )
        form.finished()
        show_notes(note for row in result.rows for note in row.notes)
        printer(values["format"], values["out"]).show(result, entry_view)
        if asks:
            form.decide(result)
        else:
            show_decisions(result)
        if values["format"] is OutputFormat.TABLE:
            show_candidates(result)


def _help(cell: FieldSpec[Any]) -> str:
    choices = f" One of: {', '.join(cell.choices)}." if cell.choices is not None else ""
    return f"{cell.about}.{choices}"


def _extra_parameter(option: ExtraOption) -> inspect.Parameter:
    return inspect.Parameter(
        option.name, inspect.Parameter.KEYWORD_ONLY, default=option.default, annotation=option.annotation
    )


def _given(draft: EntryDraft, values: Mapping[str, Any]) -> dict[str, str]:
    names = (each.name for each in draft.fields)
    return {name: values[name] for name in names if values.get(name) is not None}


def _declared(values: Mapping[str, Any]) -> frozenset[NewName]:
    return new_names(**{what: bool(values.get(f"new_{what}")) for what in NewName})


def _hints(draft: EntryDraft) -> Mapping[str, str]:
    """How to give a value that is missing."""
    needed = {
        each.name: f"Give --{each.name.replace('_', '-')}, or --guided to be asked."
        for each in draft.fields
        if each.required
    }
    return needed | FUTURE | ODD | NEW_NAMES | {"guided": "Or add --guided to be asked."}
