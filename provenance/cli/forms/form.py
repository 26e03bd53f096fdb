"""A guided form: asks once for each field that the options do not state, and checks each answer at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from provenance.cli.forms import questions as messages
from provenance.cli.forms.language import Translation, translation, yes_or_no
from provenance.cli.forms.prompt import Prompt, Suggest, is_terminal, prompt_here
from provenance.core.errors import BadInput, NotFound

if TYPE_CHECKING:
    from provenance.core.messages import Message
    from provenance.core.vocabulary.field import NewName
    from provenance.services.drafts import Drafts
    from provenance.services.forms import CheckedAnswer, FormField, FormSupport

Texts = dict[str, str]

UNKNOWN = "?"
STEP_BACK = "<"


class StepBack(Exception):
    """The answer goes back to the question before."""


_NO_DEFAULT = frozenset(("", "none"))


class Form:
    """One form: the prompt, the language, what the database offers, and the default answers."""

    def __init__(
        self,
        prompt: Prompt,
        translate: Translation,
        support: FormSupport,
        defaults: Mapping[str, str] | None = None,
    ) -> None:
        self.prompt = prompt
        self.translate = translate
        self._support = support
        self._defaults = dict(defaults or {})
        self._drafts: Drafts | None = None
        self.questions: dict[str, str] = {}
        """Questions of this form alone, by field, in place of the usual ones."""
        self.declared: frozenset[NewName] = frozenset()
        """The kinds of names that the options declare to be new: not asked about."""
        self.new: set[NewName] = set()
        """The kinds of which an answer said that a name is new; the next name is asked about all the same."""

    def offer(self, defaults: Mapping[str, str]) -> None:
        """Sets default answers, which Enter accepts."""
        self._defaults |= defaults

    def begin(self, title: str, about: str = "") -> None:
        """Shows the title and how to answer; ``about`` is the record that the form is about, if any."""
        self._drafts = self._support.drafts(f"{title} {about}".strip())
        self.prompt.show(self.translate(messages.TITLES[title]))
        self.prompt.show(self.translate(messages.INTRODUCTION))

    def resumed(self, given: Mapping[str, str]) -> Texts:
        """What is given, with the answers of the same form that was left unfinished, if they are wanted."""
        kept = self._drafts.kept() if self._drafts is not None else None
        known = {each.name for each in self._support.fields}
        texts = {name: text for name, text in kept.texts.items() if name in known} if kept else {}
        missing = {name: text for name, text in texts.items() if name not in given}
        if kept is None or not missing:
            return dict(given)
        day = kept.at.astimezone().date().isoformat()
        self.prompt.show(self.translate(messages.UNFINISHED, date=day))
        for name, text in missing.items():
            self.prompt.show(f"  {self.label(name)}: {_printable(self.answer(name, text))}")
        if self.confirm(self.translate(messages.GO_ON), default=True):
            return dict(given) | missing
        self.finished()
        return dict(given)

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keeps the answers so far, for the next start of the same form."""
        if self._drafts is not None:
            self._drafts.keep(texts)

    def finished(self) -> None:
        """The answers are logged, or not wanted any more."""
        if self._drafts is not None:
            self._drafts.drop()

    def ask_field(self, field: FormField) -> str:
        """A field's text, asked until it can be used; ``?`` for unknown.

        Raises:
            StepBack: the answer goes back to the question before.
        """
        question = self.label(field.name)
        default = self._defaults.get(field.name, "")
        if field.choices is not None:
            return self.choose(question, field.choices, default)
        suggest = self._suggest(field.completes) if field.completes else None
        while True:
            text = self._accepted(field, self._ask(question, default, suggest))
            if text is not None:
                return text or UNKNOWN

    def settle_name(self, field: FormField, text: str) -> str:
        """A given name, or another that is chosen or typed instead where no record has it."""
        try:
            checked = self._support.check(field.name, text)
        except (ValueError, BadInput, NotFound):
            return text  # Reported when the entry is logged.
        if checked.new_name is None or checked.new_name in self.declared:
            return text
        found = self._choose_name(text, checked)
        return self.ask_field(field) if found is None else found

    def _accepted(self, field: FormField, text: str) -> str | None:
        """An answer that can be used, or the name that is chosen instead; None, with the reason, if it
        cannot.
        """
        text = self._support.settled(field.name, text)
        try:
            checked = self._support.check(field.name, text)
        except (ValueError, BadInput, NotFound) as error:
            self._not_understood(self._reason(field.name, error))
            return None
        if field.required and (checked.is_unknown or text == UNKNOWN):
            self.prompt.show(self.translate(messages.REQUIRED))
            return None
        if checked.new_name is None or checked.new_name in self.declared:
            return text
        return self._choose_name(text, checked)

    def _choose_name(self, text: str, checked: CheckedAnswer) -> str | None:
        """Which record is meant by a name that none has: a near one, or a new one; None to type it again."""
        self.prompt.show(self.translate(messages.NO_RECORD, text=_printable(text)))
        for number, name in enumerate(checked.near, start=1):
            self.prompt.show(f"  {number}  {_printable(name)}")
        last = len(checked.near) + 1
        self.prompt.show(f"  {last}  {self.translate(messages.NEW_RECORD, text=_printable(text))}")
        chosen = self.number(self.translate(messages.WHICH_RECORD), last)
        if chosen is None:
            return None
        if chosen < last:
            return checked.near[chosen - 1]
        assert checked.new_name is not None
        self.new.add(checked.new_name)
        return text

    def choose(self, question: str, choices: type[StrEnum], default: str = "") -> str:
        """One of a vocabulary, by its number, its own word or its name in this language."""
        words = {str(member): self.translate(messages.CHOICES.get(member, member)) for member in choices}
        for number, (member, word) in enumerate(words.items(), start=1):
            shown = word if word == member else f"{word} ({member})"
            self.prompt.show(f"  {number}  {shown}")
        while True:
            text = self._ask(f"{question} ({self.translate(messages.CHOOSE)})", default, None)
            found = _chosen(text, words)
            if found is not None:
                return found
            self._not_understood(self.translate(messages.ONE_OF, choices=", ".join(words.values())))

    def required_text(self, name: str) -> str:
        """An answer to a question that no entry has, asked until it is given."""
        while True:
            text = self._ask(self.label(name), "", None).strip()
            if text and text != UNKNOWN:
                return text
            self.prompt.show(self.translate(messages.REQUIRED))

    def number(self, question: str, highest: int) -> int | None:
        """A number from 1 to ``highest``; None where the answer is empty or "unknown"."""
        from provenance.text.unknown import says_unknown

        while True:
            text = self._ask(question, "", None)
            if says_unknown(text):
                return None
            if text.isdecimal() and 1 <= int(text) <= highest:
                return int(text)
            self._not_understood(f"1 – {highest}")

    def confirm(self, question: str, default: bool | None = None) -> bool:
        """Yes or no, in either language."""
        yes, no = self.translate.yes_or_no
        offered = {True: f"{yes.upper()}/{no}", False: f"{yes}/{no.upper()}", None: f"{yes}/{no}"}[default]
        while True:
            text = self.prompt.ask(f"{question}? [{offered}] ")
            if not text and default is not None:
                return default
            if (answer := yes_or_no(text)) is not None:
                return answer
            self.prompt.show(self.translate(messages.YES_OR_NO, yes=yes, no=no))

    def confirm_future(self, texts: Mapping[str, str]) -> bool:
        """Whether each date in the future is meant; True where there is none."""
        return all(self._confirm_future(name, text) for name, text in texts.items())

    def _confirm_future(self, name: str, text: str) -> bool:
        label = self.translate(messages.QUESTIONS.get(name, name))
        return self.confirm(self.translate(messages.FUTURE, name=label, date=_printable(text)))

    def confirm_odd(self, found: Iterable[Message]) -> bool:
        """Whether everything that is hardly true is meant; True where there is nothing."""
        return all(map(self._confirm_odd, found))

    def _confirm_odd(self, oddity: Message) -> bool:
        names = {name: self._named(value) for name, value in oddity.values.items()}
        what = self.translate(oddity.text, **names)
        return self.confirm(self.translate(messages.ODD, what=_printable(what[:1].upper() + what[1:])))

    def _named(self, word: str) -> str:
        """The kind of a date in this language, if the word is one; else the word."""
        return self.translate(messages.EVENTS[word]) if word in messages.EVENTS else word

    def review(self, texts: Mapping[str, str], saving: str = messages.SAVE) -> str | None:
        """Shows what would be saved and asks whether to: None for yes, or the field that is to be changed.

        Raises:
            Abort: the answer is no.
            StepBack: the answer goes back.
        """
        self.prompt.show(self.translate(messages.SUMMARY))
        for number, (name, text) in enumerate(texts.items(), start=1):
            self.prompt.show(f"  {number}  {self.label(name)}: {_printable(self.answer(name, text))}")
        yes, no = self.translate.yes_or_no
        choices = f"{yes.upper()}/{no}; {self.translate(messages.CHANGE)}"
        while True:
            text = self._ask(f"{self.translate(saving)}? [{choices}]", "", None, ends=" ")
            if not text or yes_or_no(text):
                return None
            if text.isdecimal() and 1 <= int(text) <= len(texts):
                return list(texts)[int(text) - 1]
            if yes_or_no(text) is False:
                self.prompt.show(self.translate(messages.NOT_LOGGED))
                raise typer.Abort
            self.prompt.show(self.translate(messages.YES_OR_NO, yes=yes, no=no))

    def label(self, name: str) -> str:
        """What a field is called in this language."""
        question = self.questions.get(name) or messages.QUESTIONS.get(name)
        return self.translate(question) if question else name

    def answer(self, name: str, text: str) -> str:
        """An answer as it is shown again: a choice by its name in this language."""
        choices = {each.name for each in self._support.fields if each.choices is not None}
        return self._answer(text, chosen=name in choices)

    def _answer(self, text: str, *, chosen: bool) -> str:
        """An answer as it is shown again: a choice by its name in this language."""
        if text == UNKNOWN:
            return self.translate(messages.UNKNOWN)
        return self.translate(messages.CHOICES[text]) if chosen and text in messages.CHOICES else text

    def _ask(self, question: str, default: str, suggest: Suggest | None, ends: str = ": ") -> str:
        bracket = f" [{_printable(default)}]" if default not in _NO_DEFAULT else ""
        text = self.prompt.ask(f"{question}{bracket}{ends}", suggest)
        if text == STEP_BACK:
            raise StepBack
        return text or default

    def _suggest(self, what: str) -> Suggest:
        return lambda typed: self._support.suggest(what, typed)

    def _reason(self, name: str, error: Exception) -> str:
        if self.translate.language != "en" and name in messages.HINTS:
            return self.translate(messages.HINTS[name])
        return error.message if isinstance(error, BadInput | NotFound) else str(error)

    def _not_understood(self, reason: str) -> None:
        self.prompt.show(_printable(self.translate(messages.NOT_UNDERSTOOD, reason=reason)))


def form_wanted(guided: bool, *, incomplete: bool) -> bool:
    """Whether to ask: because of ``--guided``, or because required values are missing on a terminal."""
    return guided or (incomplete and is_terminal())


def new_form(support: FormSupport, language: str | None, defaults: Mapping[str, str] | None = None) -> Form:
    """A form on this terminal or pipe, in the user's language."""
    return Form(prompt_here(), translation(language), support, defaults)


def _chosen(text: str, words: Mapping[str, str]) -> str | None:
    from provenance.text.unknown import says_unknown

    plain = text.strip().casefold()
    if plain.isdecimal() and 1 <= int(plain) <= len(words):
        return list(words)[int(plain) - 1]
    spelled = plain.replace(" ", "_").replace("-", "_")
    for member, word in words.items():
        if plain == word.casefold() or spelled == member.casefold():
            return member
    return UNKNOWN if says_unknown(plain) else None


def _printable(text: str) -> str:
    from provenance.text.folding import printable

    return printable(text)
