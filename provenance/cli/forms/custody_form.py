"""The form for a handover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.cli.forms.dialogue import Course, as_options, nothing_lost
from provenance.cli.forms.form import UNKNOWN, Form, Texts, new_form

if TYPE_CHECKING:
    from provenance.services.custody_form import HandoverDraft


_OPTIONS = {"subject": "", "from_holder": "--from", "to_holder": "--to"}
"""Options that are not called as their fields."""


class CustodyForm:
    """Asks for what a handover still lacks; the current holder is offered as who hands it over."""

    def __init__(self, draft: HandoverDraft, language: str | None) -> None:
        self._draft = draft
        self._form: Form = new_form(draft, language)

    def ask(self, given: Mapping[str, str]) -> Texts:
        """The fields of a handover: those given, and the answers to the questions; unknown ones are left out.

        Raises:
            Abort: the user cancels or does not want it logged.
        """
        form, draft = self._form, self._draft
        form.begin("custody")
        texts = form.resumed(given)
        form.offer(draft.defaults())
        if "subject" in texts:
            form.offer(draft.holder(texts["subject"]))
        course = Course(form, texts, lambda name: self._ask(name, texts))
        with nothing_lost(form, lambda: self._command(texts, given)):
            course.fill([field.name for field in draft.fields])
            course.settle(lambda: texts)
        return {name: text for name, text in texts.items() if text != UNKNOWN}

    def _ask(self, name: str, texts: Texts) -> None:
        field = self._draft.field(name)
        if name == "to_holder" and texts.get("from_holder", UNKNOWN) == UNKNOWN:
            # An entry without any holder says nothing.
            field = replace(field, required=True)
        texts[name] = self._form.ask_field(field)
        if name == "subject":
            self._form.offer(self._draft.holder(texts["subject"]))

    def _command(self, texts: Texts, given: Mapping[str, str]) -> list[str]:
        if not texts.keys() - given.keys():
            return []
        return ["provenance", "log", "custody", "--guided", *as_options(texts, _OPTIONS)]

    def finished(self) -> None:
        """The handover is logged: its answers need not be kept."""
        self._form.finished()

    def confirms_future(self, texts: Mapping[str, str]) -> bool:
        """Whether a moment in the future is meant."""
        return self._form.confirm_future(self._draft.future_dates(texts))
