"""What the form for new photos needs of the database."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import View
from provenance.evidence.references import view_named
from provenance.evidence.subjects import standing_subject
from provenance.fields import values
from provenance.schema.session import Session
from provenance.services.forms import CheckedAnswer, FormField, FormSupport
from provenance.services.photos import check_files, is_future_day
from provenance.text.unknown import says_unknown


def read_paths(text: str) -> tuple[Path, ...]:
    """File names separated by spaces; quotation marks enclose a name with spaces.

    Raises:
        ValueError: a closing quotation mark is missing.
        BadInput: a file does not exist, is empty or is a folder.
    """
    whole = Path(text.strip().strip("\"'"))
    if whole.is_file():
        found = [whole]
    elif os.name == "nt":
        # A backslash separates folders here; it escapes nothing.
        found = [Path(word.strip("\"'")) for word in shlex.split(text, posix=False)]
    else:
        found = [Path(word) for word in shlex.split(text)]
    check_files(found)
    return tuple(found)


def read_views(text: str) -> tuple[View, ...]:
    """Views by their words, separated by spaces or commas; none where unknown.

    Raises:
        ValueError: one is not a view.
    """
    words = [] if says_unknown(text) else text.replace(",", " ").split()
    return tuple(view_named(word) or _one_of_views(word) for word in words)


def _one_of_views(word: str) -> View:
    """Refuses what is not a view.

    Raises:
        ValueError: always.
    """
    raise ValueError(f"{word} is not a view: {', '.join(View)}")


class PhotoDraft(FormSupport):
    """Photos that are being entered."""

    fields = (
        FormField("files", read_paths, required=True),
        FormField("shows", values.text, completes="item"),
        FormField("views", read_views),
        FormField("taken", values.days),
        FormField("tlp", values.one_of(Tlp), Tlp),
    )

    def future_dates(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The day they were taken, if it is in the future."""
        taken = values.days(texts["taken"]) if "taken" in texts else None
        return {"taken": texts["taken"]} if is_future_day(self._workspace, taken) else {}

    def _look_up(self, session: Session, name: str, text: str) -> CheckedAnswer:
        if name == "shows":
            try:
                standing_subject(session, text)
            except UsageError as error:
                raise BadInput(error.message) from None
        return CheckedAnswer()
