"""The form for an entry of the log: which questions each kind has, and which need no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from provenance.cli.forms import questions as messages
from provenance.cli.forms.dialogue import Course, as_options, nothing_lost
from provenance.cli.forms.form import UNKNOWN, Form, Texts, new_form
from provenance.fields.entries import NAMED

if TYPE_CHECKING:
    from provenance.core.vocabulary.field import NewName
    from provenance.services.contracts.entries import EntryResult
    from provenance.services.entries import EntryDraft

_IDENTITY = frozenset(("maker", "mpn", "identification"))


class Certainty(StrEnum):
    """How certain a chosen suggestion is."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"


class SameOrNot(StrEnum):
    """Whether a logged record and a known one are the same item."""

    SAME = "same"
    NEVER = "never"
    LATER = "later"


class EntryForm:
    """Asks for what an entry still lacks."""

    def __init__(self, draft: EntryDraft, language: str | None, new: Iterable[NewName] = ()) -> None:
        """``new`` are the kinds of names that the options declare to be new."""
        self._draft = draft
        self._language = language
        self._declared = frozenset(new)

    @cached_property
    def _form(self) -> Form:
        # Made when it is needed: most entries ask nothing.
        form = new_form(self._draft, self._language)
        form.declared = self._declared
        return form

    @property
    def new(self) -> frozenset[NewName]:
        """The kinds of names that the options or the answers declare to be new."""
        return self._declared | self._form.new if "_form" in vars(self) else self._declared

    def ask(self, given: Mapping[str, str]) -> Texts:
        """The fields of an entry: those given, and the answers to the questions.

        Raises:
            Abort: the user cancels or does not want it logged.
        """
        form, draft = self._form, self._draft
        form.offer(draft.defaults(given))
        form.begin(draft.kind)
        texts = self.settle(form.resumed(given))
        stated = frozenset(given)
        course = Course(form, texts, lambda name: self._ask(name, texts, stated), lambda: self._back(texts))
        with nothing_lost(form, lambda: self._command(texts, stated)):
            course.fill(messages.ASKED[draft.kind], lambda name: draft.is_relevant(name, texts))
            course.settle(lambda: texts)
        return texts

    def finished(self) -> None:
        """The entry is logged: its answers need not be kept."""
        if "_form" in vars(self):
            self._form.finished()

    def _ask(self, name: str, texts: Texts, stated: frozenset[str]) -> None:
        """Asks for one field, and for a marking what it may be."""
        texts[name] = self._form.ask_field(self._draft.field(name))
        if name == "marking" and not _IDENTITY & stated:
            for each in _IDENTITY:
                texts.pop(each, None)
            texts |= self._suggestions(texts)

    def _back(self, texts: Texts) -> None:
        """Asks for the basis that the answers call for."""
        if "basis" not in texts and self._draft.needs_basis(texts):
            texts["basis"] = self._form.ask_field(replace(self._draft.field("basis"), required=True))

    def _command(self, texts: Texts, stated: frozenset[str]) -> list[str]:
        """The command that goes on with the answers; none where there is no answer."""
        if not set(texts) - stated:
            return []
        named = {"ref": ""} if self._draft.kind == "citation" else {}
        return ["provenance", "log", str(self._draft.kind), "--guided", *as_options(texts, named)]

    def settle(self, given: Mapping[str, str]) -> Texts:
        """The given fields, with names that no record has chosen again or declared to be new."""
        named = {name: self._draft.field(name) for name in given if name in NAMED}
        return dict(given) | {
            name: self._form.settle_name(field, given[name]) for name, field in named.items()
        }

    def confirms_odd(self, texts: Mapping[str, str]) -> bool:
        """Whether everything that is hardly true is meant."""
        return self._form.confirm_odd(self._draft.oddities(texts))

    def confirms_future(self, texts: Mapping[str, str]) -> bool:
        """Whether all dates in the future are meant."""
        return self._form.confirm_future(self._draft.future_dates(texts))

    def decide(self, result: EntryResult) -> None:
        """Asks of every record that a logged one may be the same as, and records what is decided."""
        from provenance.core.vocabulary import SameVerdict
        from provenance.text.folding import printable

        form = self._form
        for row in result.rows:
            for other in row.may_be:
                question = form.translate(messages.MAY_BE, name=printable(other.name))
                chosen = form.choose(question, SameOrNot, default=SameOrNot.LATER)
                if chosen in list(SameVerdict):
                    verdict = SameVerdict(chosen)
                    self._draft.decide(row.ref, other.ref, verdict, form.required_text("reason"))

    def _suggestions(self, texts: Texts) -> Texts:
        """What the marking may be, offered by number; without a choice it is logged as unidentified."""
        from provenance.core.vocabulary.field import IdentificationState

        form, marking = self._form, texts.get("marking", "")
        if not self._draft.has_marking(marking):
            return {}
        candidates = self._draft.candidates(marking)
        if not candidates:
            form.prompt.show(form.translate(messages.NO_CANDIDATES))
            return {}
        form.prompt.show(form.translate(messages.CANDIDATES))
        for number, each in enumerate(candidates, start=1):
            form.prompt.show(f"  {number}  {each.title}: {each.reason}")
        chosen = form.number(form.translate(messages.WHICH), len(candidates))
        if chosen is None:
            return {"identification": IdentificationState.UNIDENTIFIED}
        candidate = candidates[chosen - 1]
        certainty = form.choose(form.translate(messages.CERTAINTY), Certainty, default=Certainty.TENTATIVE)
        return {
            "maker": candidate.maker_ref,
            **({"mpn": candidate.mpn} if candidate.mpn else {}),
            "identification": Certainty.TENTATIVE if certainty == UNKNOWN else certainty,
        }
