"""The form for new photos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from provenance.cli.forms.dialogue import Course
from provenance.cli.forms.form import UNKNOWN, Form, Texts, new_form

if TYPE_CHECKING:
    from provenance.services.photo_form import PhotoDraft


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
        texts = dict(given)
        self._form.begin("photo")
        course = Course(self._form, texts, lambda name: self._ask(name, texts))
        course.fill([field.name for field in self._draft.fields])
        course.settle(lambda: texts)
        return {name: text for name, text in texts.items() if text != UNKNOWN}

    def _ask(self, name: str, texts: Texts) -> None:
        texts[name] = self._form.ask_field(self._draft.field(name))

    def confirms_future(self, texts: Mapping[str, str]) -> bool:
        """Whether a day in the future is meant."""
        return self._form.confirm_future(self._draft.future_dates(texts))
