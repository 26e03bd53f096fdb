"""`provenance log photo` and `log photos`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.evidence_form import (
    ask_about_photos,
    form_if_asked,
    read_faces,
    read_paths,
    refuse_future,
)
from provenance.cli.evidence_options import (
    ClockOption,
    FaceOption,
    RecoveryOption,
    StoreOption,
    check_there,
    counting,
    named_subjects,
    store_of,
    terms_of,
    views,
)
from provenance.cli.log_entry import GuidedOption, LanguageOption, NoteOption, TlpOption, YesOption
from provenance.core.errors import UsageError
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.evidence.attaching import Attachment
    from provenance.evidence.intake import Intake, TakenIn


def register_log(log: typer.Typer) -> None:
    """Hangs this module's commands on `provenance log`."""
    log.command("photo")(photo)
    log.command("photos")(photos)


def photo(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Pictures, as the camera wrote them.")
    ] = None,
    recovery: RecoveryOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="The unit that it shows.")] = None,
    component: Annotated[str | None, typer.Option("--component", help="The component that it shows.")] = None,
    face: FaceOption = None,
    taken: Annotated[
        str | None, typer.Option("--taken", help="When, as far as you know: 2024, 2024-05, 2024-05-03.")
    ] = None,
    clock_offset: ClockOption = None,
    tlp: TlpOption = None,
    note: NoteOption = None,
    store: StoreOption = None,
    yes: YesOption = False,
    guided: GuidedOption = False,
    language: LanguageOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Take pictures in unaltered: hashed, copied, looked into, attached; the same one again changes nothing.

    JPEG, PNG, TIFF, HEIC, WebP, BMP and GIF are looked into; RAW files are hashed and kept. Without
    --recovery, --unit or --component a label in the file's name or in the picture decides.

    Example: provenance log photo IMG_0412.jpg --component C-7K3M9-Q2X4H --face top --face scale
    """
    from provenance.cli.evidence_answers import intake_answer, intake_rows
    from provenance.evidence.card import labels_of, stated_attachments
    from provenance.evidence.intake import Intake
    from provenance.evidence.subjects import subject_named

    own = context_of(context)
    form = form_if_asked(own, guided, lacking=not files, language=language)
    asked = None
    if form is not None:
        shows = recovery or unit or component
        said = ask_about_photos(form, own, _given(files, shows, face, taken, tlp))
        files = files or read_paths(said["files"] or "")
        asked = said["shows"] if shows is None else None
        face = face or read_faces(said["faces"] or "")
        taken, tlp = said["taken"], said["tlp"]
    if not files:
        raise UsageError(
            "Which pictures?", hint="Name their files, or a whole card: provenance log photos FOLDER"
        )
    check_there(files)
    terms = terms_of(own, clock_offset=clock_offset, tlp=tlp, taken=taken, note=note)
    refuse_future(terms.stated, yes=yes, form=form)
    shown, kept = views(face), store_of(own, store)
    with own.reading() as session:
        stated = named_subjects(session, recovery=recovery, unit=unit, component=component)
        stated += [subject_named(session, asked)] if asked else []
    attachments = stated_attachments(stated, shown, terms.actor)
    intake = Intake(own.writing_engine(), kept, terms)
    questions: dict[Path, list[str]] = {}
    done = _taken_in(intake, files, attachments)
    for each in done:
        with own.reading() as session:
            found = labels_of(session, each, lambda file, text: questions.setdefault(file, []).append(text))
        if not stated:
            intake.attach(each, found)
        elif found and not {label.subject for label in found} & set(stated):
            questions.setdefault(each.file, []).append(_another(found))
    with own.reading() as session:
        rows = intake_rows(session, done, questions)
        printer(format, out).print(intake_answer(session, "provenance.log-photo/1", rows))


def _taken_in(intake: Intake, files: Sequence[Path], attachments: Sequence[Attachment]) -> list[TakenIn]:
    done = []
    with counting("Taking in") as on_progress:
        for number, file in enumerate(files, start=1):
            done.append(intake.take(file, attachments))
            on_progress(number, len(files))
    return done


def _given(
    files: list[Path] | None, shows: str | None, face: list[str] | None, taken: str | None, tlp: str | None
) -> dict[str, str]:
    """What flags gave, as a form's cells."""
    texts = {
        "files": shlex.join(map(str, files)) if files else None,
        "shows": shows,
        "faces": " ".join(face) if face else None,
        "taken": taken,
        "tlp": tlp,
    }
    return {name: text for name, text in texts.items() if text is not None}


def _another(found: Sequence[Attachment]) -> str:
    return f"its label says {', '.join(label.subject.ref for label in found)}"


def photos(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A camera's card, or a folder with what was on it.")],
    recovery: Annotated[
        str | None,
        typer.Option("--recovery", help="All of them are of this recovery, where no label says more."),
    ] = None,
    within: Annotated[
        int,
        typer.Option(
            "--within",
            min=0,
            max=120,
            help="A picture belongs to the label picture before it for so many minutes; 0 never.",
        ),
    ] = 5,
    clock_offset: ClockOption = None,
    tlp: TlpOption = None,
    note: NoteOption = None,
    store: StoreOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Take in a whole card, before or after there are records, and attach what a label tells.

    A picture is attached by the reference in its file's name, by the QR code of a label lying in it, or
    because it was taken with the same camera within minutes after such a picture. Everything else waits:
    provenance evidence unattached. The same folder again changes nothing.

    Example: provenance log photos /media/card --clock-offset +01:00:00
    """
    from datetime import timedelta

    from provenance.cli.evidence_answers import intake_answer, intake_rows
    from provenance.evidence.card import files_of, take_card
    from provenance.evidence.intake import Intake

    own = context_of(context)
    terms = terms_of(own, clock_offset=clock_offset, tlp=tlp, note=note)
    kept, files = store_of(own, store), files_of(folder)
    with own.reading() as session:
        belongs = named_subjects(session, recovery=recovery)
    engine = own.writing_engine()
    with counting(folder.name or "Card") as on_progress:
        card = take_card(
            engine,
            Intake(engine, kept, terms),
            files,
            belongs_to=belongs[0] if belongs else None,
            window=timedelta(minutes=within),
            on_progress=on_progress,
        )
    with own.reading() as session:
        rows = intake_rows(session, card.taken, card.questions)
        answer = intake_answer(session, "provenance.log-photos/1", rows, card.left_alone)
        printer(format, out).print(answer)
