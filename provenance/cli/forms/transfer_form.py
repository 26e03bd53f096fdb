"""The form for a transfer of goods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from provenance.cli.forms import questions as messages
from provenance.cli.forms.dialogue import Course, as_options, nothing_lost
from provenance.cli.forms.form import UNKNOWN, Form, Texts, new_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.core.vocabulary.field import NewName
    from provenance.services.transfer_form import TransferDraft

_QUESTIONS = {
    "from": messages.SENDER,
    "to": messages.RECIPIENT,
    "unit": messages.QUANTITY_UNIT,
    "lot": messages.LOT,
    "date": messages.TRANSFERRED,
    "component": messages.ITEM,
    "part": messages.PART,
    "goods": messages.GOODS,
    "source": messages.SOURCE_KEY,
    "quantity": messages.QUANTITY,
    "document": messages.DOCUMENT,
    "document_kind": messages.DOCUMENT_KIND,
    "class": messages.EVIDENCE_CLASS,
}
_SEVERAL = ("from", "to")


class TransferForm:
    """Asks for what a transfer still lacks: who sent what to whom, and where that is stated."""

    def __init__(self, draft: TransferDraft, language: str | None, new: Iterable[NewName] = ()) -> None:
        self._draft = draft
        self._form: Form = new_form(draft, language)
        self._form.declared = frozenset(new)
        self._form.questions = dict(_QUESTIONS)

    @property
    def new(self) -> frozenset[NewName]:
        """The kinds of names that the options or the answers declare to be new."""
        return self._form.declared | self._form.new

    def ask(self, given: Mapping[str, str]) -> Texts:
        """The fields of a transfer: those given, and the answers to the questions; unknown ones are left out.

        Raises:
            Abort: the user cancels or does not want it logged.
        """
        form, draft = self._form, self._draft
        form.begin("transfer")
        texts = form.resumed(given)
        course = Course(form, texts, lambda name: self._ask(name, texts))
        with nothing_lost(form, lambda: self._command(texts, given)):
            course.fill([field.name for field in draft.fields], lambda name: draft.is_relevant(name, texts))
            course.settle(lambda: texts)
            while (fault := draft.fault(texts)) is not None:
                form.prompt.show(form.translate(messages.NOT_UNDERSTOOD, reason=fault))
                course.settle(lambda: texts)
        return {name: text for name, text in texts.items() if text != UNKNOWN}

    def finished(self) -> None:
        """The transfer is logged: its answers need not be kept."""
        self._form.finished()

    def confirms_future(self, texts: Mapping[str, str]) -> bool:
        """Whether a day in the future is meant."""
        return self._form.confirm_future(self._draft.future_dates(texts))

    def _ask(self, name: str, texts: Texts) -> None:
        texts[name] = self._form.ask_field(self._draft.field(name))

    def _command(self, texts: Texts, given: Mapping[str, str]) -> list[str]:
        """The command that goes on with the answers; none where there is none."""
        if not texts.keys() - given.keys():
            return []
        sides = [
            word
            for name in _SEVERAL
            for party in texts.get(name, UNKNOWN).split(";")
            if party.strip() not in ("", UNKNOWN)
            for word in (f"--{name}", party.strip())
        ]
        others = {name: text for name, text in texts.items() if name not in _SEVERAL}
        return ["provenance", "log", "transfer", "--guided", *sides, *as_options(others)]
