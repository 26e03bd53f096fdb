"""The short forms of `log photo` and `log custody`: each thing asked once, unknown always allowed."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.cli.asking.asker import on_a_terminal
from provenance.cli.context import Context
from provenance.core.errors import BadInput

if TYPE_CHECKING:
    from provenance.cli.asking.form import Form
    from provenance.fields.entries import Cell
    from provenance.schema.session import Session
    from provenance.text.partial_dates import DateSpan


def form_if_asked(own: Context, guided: bool, *, lacking: bool, language: str | None) -> Form | None:
    """A form where it is asked for, or where something needed is lacking and somebody sits there."""
    from provenance.cli.asking.defaults import open_form
    from provenance.schema.engines import reading_engine

    if not (guided or (lacking and on_a_terminal())):
        return None
    own.writing_engine()
    return open_form(reading_engine(own.settings.database), language, {})


def _custody_cells() -> list[Cell]:
    from provenance.core.vocabulary import Tlp
    from provenance.evidence.custody import parse_moment
    from provenance.fields import values
    from provenance.fields.entries import Cell

    return [
        Cell("subject", "", completes="thing", required=True),
        Cell("at", "", parse_moment, required=True),
        Cell("giver", "", completes="holder"),
        Cell("taker", "", completes="holder"),
        Cell("reason", "", values.words),
        Cell("seal", "", values.words),
        Cell("state", "", values.words),
        Cell("tlp", "", values.one_of(Tlp), Tlp),
    ]


def ask_about_custody(form: Form, own: Context, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """The cells of an entry of custody, those that flags gave left as they are.

    Who has the thing now is offered as who hands it over.

    Raises:
        Abort: the person breaks off or does not want it logged.
    """
    texts = {name: text for name, text in given.items() if text is not None}
    form.begin("custody")
    with own.reading() as session:
        _offer_last(session, form, own.settings.actor)
    cells = _custody_cells()
    for cell in cells:
        if cell.name == "taker" and texts.get("giver", "?") == "?":
            # An entry that names nobody says nothing.
            cell = replace(cell, required=True)
        if cell.name not in texts:
            texts[cell.name] = form.ask_cell(cell, _known_thing(own) if cell.name == "subject" else None)
        if cell.name == "subject":
            with own.reading() as session:
                _offer_holder(session, form, texts["subject"])
    form.save(cells, texts)
    return {name: None if text == "?" else text for name, text in texts.items()}


def _known_thing(own: Context) -> Callable[[str], object]:
    from provenance.core.errors import UsageError
    from provenance.evidence.subjects import subject_named

    def check(text: str) -> object:
        with own.reading() as session:
            try:
                return subject_named(session, text)
            except UsageError as error:
                raise BadInput(error.message) from None

    return check


def _offer_last(session: Session, form: Form, actor: str) -> None:
    """Offers the thing that this person handed over last, else the recovery that he or she logged in last."""
    from provenance.domain.journal import last_recovery
    from provenance.evidence.custody import last_entry_by

    last = last_entry_by(session, actor)
    if last is not None:
        form.offer("subject", last.ref)
        if last.tlp:
            form.offer("tlp", last.tlp)
    elif (recovery := last_recovery(session, actor)) is not None:
        form.offer("subject", recovery)


def _offer_holder(session: Session, form: Form, text: str) -> None:
    from provenance.core.errors import ProvenanceError
    from provenance.evidence.custody import chain, standing_entries
    from provenance.evidence.subjects import subject_named

    try:
        links = chain(standing_entries(session, subject_named(session, text)))
    except ProvenanceError:
        return  # A flag named it; what is wrong with it is said where it is used.
    entries = [link for link in links if link.ref is not None]
    if entries and entries[-1].taker:
        form.offer("giver", entries[-1].taker)


def _photo_cells() -> list[Cell]:
    from provenance.core.vocabulary import Tlp
    from provenance.fields import values
    from provenance.fields.entries import Cell

    return [
        Cell("files", "", read_paths, required=True),
        Cell("shows", "", completes="thing"),
        Cell("faces", "", read_faces),
        Cell("taken", "", values.days),
        Cell("tlp", "", values.one_of(Tlp), Tlp),
    ]


def read_paths(text: str) -> list[Path]:
    """Names of files with blanks between; quotation marks hold a name with blanks together.

    Raises:
        ValueError: a quotation mark is open.
        BadInput: one of the files is not there, is empty or is a folder.
    """
    from provenance.cli.evidence_options import check_there

    whole = Path(text.strip().strip("\"'"))
    if whole.is_file():
        found = [whole]
    elif os.name == "nt":
        # A backslash parts folders here; it escapes nothing.
        found = [Path(word.strip("\"'")) for word in shlex.split(text, posix=False)]
    else:
        found = [Path(word) for word in shlex.split(text)]
    check_there(found)
    return found


def read_faces(text: str) -> list[str]:
    """Sides by their words, with blanks or commas between.

    Raises:
        BadInput: one of them is none.
    """
    from provenance.cli.evidence_options import views
    from provenance.core.errors import UsageError
    from provenance.text.unknown import says_unknown

    words = [] if says_unknown(text) else text.replace(",", " ").split()
    try:
        views(words)
    except UsageError as error:
        raise BadInput(error.message.removeprefix("--face ")) from None
    return words


def ask_about_photos(form: Form, own: Context, given: Mapping[str, str]) -> dict[str, str | None]:
    """The cells of some pictures (files, shows, faces, taken, tlp), those that flags gave left as they are.

    Raises:
        Abort: the person breaks off or does not want them taken in.
    """
    texts = dict(given)
    form.begin("photo")
    cells = _photo_cells()
    for cell in cells:
        if cell.name not in texts:
            texts[cell.name] = form.ask_cell(cell, _known_thing(own) if cell.name == "shows" else None)
    form.save(cells, texts)
    return {name: None if text == "?" else text for name, text in texts.items()}


def refuse_future(stated: DateSpan | None, *, yes: bool, form: Form | None) -> None:
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
    if form is None or not form.confirm_future("taken", format_span(stated)):
        raise BadInput(
            f"--taken {format_span(stated)} is still to come", hint="If it is right as it is, add --yes."
        )
