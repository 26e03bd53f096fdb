"""The form for new photos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from provenance.cli.forms.dialogue import Course, as_options, nothing_lost
from provenance.cli.forms.form import UNKNOWN, Form, Texts, new_form

if TYPE_CHECKING:
    from provenance.services.photo_form import PhotoDraft

_SHOWN = {"R": "--recovery", "B": "--unit", "C": "--component"}
"""The options that say what photos show, by how the reference begins."""


class PhotoForm:
    """Asks for the files and what they show."""

    def __init__(self, draft: PhotoDraft, language: str | None) -> None:
        self._draft = draft
        self._form: Form = new_form(draft, language)

    def ask(self, given: Mapping[str, str]) -> Texts:
        """The fields of some photos: those given, and the answers; unknown ones are left out.

        Raises:
            Abort: the user cancels or does not want them logged.
        """
        self._form.begin("photo")
        texts = self._form.resumed(given)
        course = Course(self._form, texts, lambda name: self._ask(name, texts))
        with nothing_lost(self._form, lambda: self._command(texts, given)):
            course.fill([field.name for field in self._draft.fields])
            course.settle(lambda: texts)
        return {name: text for name, text in texts.items() if text != UNKNOWN}

    def _command(self, texts: Texts, given: Mapping[str, str]) -> list[str]:
        """The command that goes on with the answers; none where there is none."""
        from provenance.services.photo_form import read_paths

        if not texts.keys() - given.keys():
            return []
        known = {name: text for name, text in texts.items() if text != UNKNOWN}
        option = _SHOWN.get(known.get("shows", "")[:1].upper())
        shows = [option, known["shows"]] if option else []
        faces = [
            word for view in known.get("views", "").replace(",", " ").split() for word in ("--face", view)
        ]
        more = as_options({name: known[name] for name in ("taken", "tlp") if name in known})
        paths = map(str, read_paths(known["files"])) if "files" in known else ()
        return ["provenance", "log", "photo", "--guided", *paths, *shows, *faces, *more]

    def finished(self) -> None:
        """The photos are logged: the answers need not be kept."""
        self._form.finished()

    def _ask(self, name: str, texts: Texts) -> None:
        texts[name] = self._form.ask_field(self._draft.field(name))

    def confirms_future(self, texts: Mapping[str, str]) -> bool:
        """Whether a day in the future is meant."""
        return self._form.confirm_future(self._draft.future_dates(texts))
