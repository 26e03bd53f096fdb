"""The form for a correction: the present values as answers, then what changes and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from provenance.cli.forms import questions as messages
from provenance.cli.forms.dialogue import Course, nothing_lost
from provenance.cli.forms.form import UNKNOWN, Form, Texts, new_form
from provenance.services.amend_form import REASON, AmendDraft

if TYPE_CHECKING:
    from provenance.core.vocabulary.field import NewName
    from provenance.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants amended and why, and whether what is unlikely is meant; ``finished`` is called once
    it is amended.
    """

    texts: dict[str, str]
    reason: str
    new: frozenset[NewName]
    future: bool
    odd: bool
    finished: Callable[[], None]


def ask_amendment(
    workspace: Workspace,
    ref: str,
    given: Mapping[str, str],
    reason: str | None,
    language: str | None,
    new: Collection[NewName],
) -> Asked:
    """Asks what is to be amended; fields that are given already are not asked.

    Raises:
        Abort: the user cancels, or does not want it amended.
        NotFound: the record does not exist.
        UsageError: it cannot be amended.
        BadInput: it is withdrawn.
    """
    draft = AmendDraft(workspace, ref)
    form = new_form(draft, language)
    form.declared = frozenset(new)
    texts = dict(given) | ({REASON: reason} if reason else {})
    if draft.kind in ("recovery", "seizure"):
        form.questions = {"label": messages.RECOVERY_NAME}
    form.begin("amendment", draft.ref)
    texts = form.resumed(texts)
    form.prompt.show(draft.title)
    form.offer(draft.present)
    asked = _Amendment(form, draft, texts)
    asked.ask()
    changes = draft.changes(texts)
    future = form.confirm_future(draft.future_dates(changes))
    odd = form.confirm_odd(draft.odd_changes(changes))
    return Asked(changes, texts[REASON], frozenset(new) | form.new, future, odd, form.finished)


class _Amendment:
    """A correction that is being asked for."""

    def __init__(self, form: Form, draft: AmendDraft, texts: Texts) -> None:
        self._form = form
        self._draft = draft
        self._texts = texts

    def ask(self) -> None:
        """Asks for the fields, shows what changes, and asks why."""
        draft, texts = self._draft, self._texts
        course = Course(self._form, texts, self._ask, self._why)
        with nothing_lost(self._form, self._command):
            course.fill(self._names(), lambda name: draft.is_relevant(name, {**draft.present, **texts}))
            course.settle(self._shown, messages.AMEND)

    def _names(self) -> list[str]:
        """The fields that a form for such a record asks for, and those that have a value."""
        usual = messages.ASKED[self._draft.kind]
        more = [name for name in self._draft.names if name in self._draft.present and name not in usual]
        return [name for name in (*usual, *more) if name in self._draft.names]

    def _ask(self, name: str) -> None:
        field = self._draft.field(name)
        self._texts[name] = self._form.ask_field(replace(field, required=field.required or name == REASON))

    def _why(self) -> None:
        """Asks for the reason of what changes; there is nothing to do where nothing changes."""
        if not self._draft.changes(self._texts):
            self._form.prompt.show(self._form.translate(messages.NO_CHANGE))
            raise typer.Abort
        if REASON not in self._texts:
            self._ask(REASON)

    def _shown(self) -> dict[str, str]:
        form, present = self._form, self._draft.present
        empty = form.translate(messages.EMPTY)
        shown = {
            name: form.translate(
                messages.AMENDED,
                before=form.answer(name, present[name]) if name in present else empty,
                after=form.answer(name, text) if text.strip() else empty,
            )
            for name, text in self._draft.changes(self._texts).items()
        }
        return shown | {REASON: self._texts[REASON]}

    def _command(self) -> list[str]:
        """The command that goes on with the answers; none where nothing changes."""
        changes = self._draft.changes(self._texts)
        if not changes:
            return []
        fields = [f"{name}={'' if text == UNKNOWN else text}" for name, text in changes.items()]
        why = ["--reason", self._texts[REASON]] if REASON in self._texts else []
        return ["provenance", "amend", self._draft.ref, *fields, *why]
