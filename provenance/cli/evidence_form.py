"""The short forms of `log photo` and `log custody`: each thing asked once, unknown always allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.cli.asking.asker import Asker, asker, on_a_terminal
from provenance.cli.asking.speech import Speech, mark, speech, yes_or_no
from provenance.errors import BadInput

if TYPE_CHECKING:
    from provenance.text.partial_dates import DateSpan

INTRODUCTION = mark("Empty or ? for what is not known.")
FUTURE = mark("{date} is still to come. Is it right")
SAY = mark("Answer {yes} or {no}.")

PHOTO_FILES = mark("Pictures (files, blanks between): ")
PHOTO_SHOWS = mark("What do they show (reference)? ")
PHOTO_FACES = mark("Which sides (top, bottom, scale …)? ")
PHOTO_TAKEN = mark("When were they taken, if the camera does not know? ")

CUSTODY = {
    "ref": mark("What was handed over (reference)? "),
    "at": mark("When (2024-05-03 14:20)? "),
    "giver": mark("Who handed it over? "),
    "taker": mark("Who took it? "),
    "reason": mark("Why? "),
    "seal": mark("Number of the seal? "),
    "state": mark("In which state is it? "),
}


class EvidenceForm:
    """Asks one question after another in one language."""

    def __init__(self, by: Asker, said: Speech) -> None:
        self._by = by
        self._said = said
        by.tell(said(INTRODUCTION))

    def ask(self, question: str, *, needed: bool = False) -> str | None:
        """The answer; None for the unknown, which is asked again only where it is ``needed``."""
        from provenance.text.unknown import says_unknown

        while True:
            text = self._by.ask(self._said(question))
            if text and not says_unknown(text):
                return text
            if not needed:
                return None

    def ask_until(self, question: str, check: Callable[[str], object], *, needed: bool = True) -> str | None:
        """An answer that can be read; what is wrong with another is said."""
        while True:
            text = self.ask(question, needed=needed)
            try:
                check(text or "")
            except ValueError as error:
                self._by.tell(str(error))
                continue
            return text

    def confirm_future(self, date: str) -> bool:
        """Whether a date that is still to come is right, in either language."""
        yes, no = self._said.yes_or_no
        while (answer := yes_or_no(self._by.ask(f"{self._said(FUTURE, date=date)}? [{yes}/{no}] "))) is None:
            self._by.tell(self._said(SAY, yes=yes, no=no))
        return answer


def form_if_asked(guided: bool, *, lacking: bool, language: str | None) -> EvidenceForm | None:
    """A form where it is asked for, or where something needed is lacking and somebody sits there."""
    if not (guided or (lacking and on_a_terminal())):
        return None
    return EvidenceForm(asker(), speech(language))


def ask_about_custody(form: EvidenceForm, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """The cells of an entry of custody, those that flags gave left as they are."""
    from provenance.evidence.custody import parse_moment

    found: dict[str, str | None] = dict(given)
    for name, question in CUSTODY.items():
        if found[name] is None:
            if name == "at":
                found[name] = form.ask_until(question, parse_moment)
            else:
                found[name] = form.ask(question, needed=name == "ref")
    return found


def ask_about_photos(
    form: EvidenceForm,
    files: Sequence[Path] | None,
    shows: str | None,
    faces: list[str] | None,
    taken: str | None,
) -> tuple[list[Path], str | None, list[str] | None, str | None]:
    """The files, the record that they show, its sides, the day; what flags gave is not asked again."""
    import shlex

    from provenance.text.partial_dates import parse_partial_date

    found = list(files or ())
    if not found:
        typed = form.ask(PHOTO_FILES, needed=True) or ""
        found = [Path(word) for word in shlex.split(typed, posix=True)]
    asked = form.ask(PHOTO_SHOWS) if shows is None else None
    if faces is None:
        faces = (form.ask(PHOTO_FACES) or "").replace(",", " ").split() or None
    if taken is None:
        taken = form.ask_until(PHOTO_TAKEN, parse_partial_date, needed=False)
    return found, asked, faces, taken


def refuse_future(stated: DateSpan | None, *, yes: bool, form: EvidenceForm | None) -> None:
    """Lets a day that is still to come pass only where it is said to be right.

    Raises:
        BadInput: it is not.
    """
    from datetime import date, timedelta

    from provenance.text.partial_dates import format_span

    if yes or stated is None or stated.earliest is None:
        return
    if stated.earliest <= date.today() + timedelta(days=1):
        return
    if form is None or not form.confirm_future(format_span(stated)):
        raise BadInput(
            f"--taken {format_span(stated)} is still to come", hint="If it is right as it is, add --yes."
        )
