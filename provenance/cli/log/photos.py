"""`provenance log photo` and `log photos`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.completion import items, recoveries
from provenance.cli.context import ExplainOption, FormatOption, OutOption, context_of, printer
from provenance.cli.evidence.options import (
    ClockOption,
    FaceOption,
    StoreOption,
    statements,
    views,
    workspace_of,
)
from provenance.cli.hints import FUTURE, SIZE, STORE, option_hints
from provenance.cli.log.options import GuidedOption, LanguageOption, NoteOption, TlpOption, YesOption
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.evidence import EvidenceKind


def register_log(log: typer.Typer) -> None:
    """Adds the commands to the group."""
    log.command("photo")(photo)
    log.command("photos")(photos)
    log.command("evidence")(evidence)


def photo(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Photos, as the camera wrote them.")
    ] = None,
    recovery: Annotated[
        str | None, typer.Option("--recovery", help="The recovery shown: a reference such as R-7K3M9-Q2X4H.")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="The unit shown.")] = None,
    component: Annotated[str | None, typer.Option("--component", help="The component shown.")] = None,
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
    explain: ExplainOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log photos unaltered: hash, store, read and attach them; repeating it changes nothing.

    JPEG, PNG, TIFF, HEIC, WebP, BMP and GIF are read; RAW files are hashed and stored. Without --recovery,
    --unit or --component, a label in the file name or in the photo decides what it shows.

    Example: provenance log photo IMG_0412.jpg --component C-7K3M9-Q2X4H --face top --face scale
    """
    from provenance.cli.forms.form import form_wanted
    from provenance.cli.forms.photo_form import PhotoForm
    from provenance.cli.progress import file_progress
    from provenance.cli.views.photos import photos_view
    from provenance.services.contracts.photos import PhotoRequest
    from provenance.services.photo_form import PhotoDraft, read_paths
    from provenance.services.photos import log_photos

    workspace = workspace_of(context_of(context), store)
    shows, form = None, None
    if form_wanted(guided, incomplete=not files):
        named = recovery or unit or component
        form = PhotoForm(PhotoDraft(workspace), language)
        answers = form.ask(_given(files, named, face, taken, tlp))
        yes = yes or form.confirms_future(answers)
        files = files or list(read_paths(answers.get("files", "")))
        shows = answers.get("shows") if named is None else None
        face = face or answers.get("views", "").replace(",", " ").split()
        taken, tlp = answers.get("taken"), answers.get("tlp")
    request = PhotoRequest(
        files=tuple(files or ()),
        recovery=recovery,
        unit=unit,
        component=component,
        shows=shows,
        views=views(face),
        statements=statements(
            clock_offset=clock_offset, tlp=tlp, taken=taken, note=note, today=workspace.today
        ),
        accept_future=yes,
    )
    with option_hints(FUTURE | STORE), file_progress("Logging") as on_progress:
        result = log_photos(workspace, request, on_progress)
    if form is not None:
        form.finished()
    printer(format, out, explain).show(result, photos_view)


def evidence(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="PDFs, videos, X-rays, reports, scans, photos.")
    ],
    kind: Annotated[
        EvidenceKind | None, typer.Option("--kind", help="What they are. Defaults to what their content is.")
    ] = None,
    recovery: Annotated[
        str | None,
        typer.Option("--recovery", help="The recovery that they are about.", autocompletion=recoveries),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="The unit that they are about.", autocompletion=items)
    ] = None,
    component: Annotated[
        str | None,
        typer.Option("--component", help="The component that they are about.", autocompletion=items),
    ] = None,
    taken: Annotated[
        str | None, typer.Option("--taken", help="When it was made: 2024, 2024-05, 2024-05-03.")
    ] = None,
    max_size: Annotated[
        int | None, typer.Option("--max-size", min=1, help="Largest file in MiB. Defaults to 16384.")
    ] = None,
    tlp: TlpOption = None,
    note: NoteOption = None,
    store: StoreOption = None,
    yes: YesOption = False,
    explain: ExplainOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log documents, videos, X-rays and reports as evidence: hashed, stored unaltered, attached.

    They are then listed, attached, detached, verified and shown as photos are. A kind that does not fit a
    file's content is kept as stated, and said. The same file again changes nothing.

    Example: provenance log evidence report.pdf --kind lab_report --component C-7K3M9-Q2X4H
    """
    from provenance.cli.progress import file_progress
    from provenance.cli.views.photos import photos_view
    from provenance.services.contracts.photos import EvidenceRequest
    from provenance.services.photos import log_evidence

    workspace = workspace_of(context_of(context), store)
    limit = {} if max_size is None else {"most_bytes": max_size << 20}
    request = EvidenceRequest(
        files=tuple(files),
        kind=kind,
        recovery=recovery,
        unit=unit,
        component=component,
        statements=statements(clock_offset=None, tlp=tlp, taken=taken, note=note, today=workspace.today),
        accept_future=yes,
        **limit,
    )
    with option_hints(FUTURE | STORE | SIZE), file_progress("Logging") as on_progress:
        result = log_evidence(workspace, request, on_progress)
    printer(format, out, explain).show(result, photos_view)


def _given(
    files: list[Path] | None, shows: str | None, face: list[str] | None, taken: str | None, tlp: str | None
) -> dict[str, str]:
    """What the options give, as fields of the form."""
    texts = {
        "files": shlex.join(map(str, files)) if files else None,
        "shows": shows,
        "views": " ".join(face) if face else None,
        "taken": taken,
        "tlp": tlp,
    }
    return {name: text for name, text in texts.items() if text is not None}


def photos(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A camera's memory card, or a folder with its files.")],
    recovery: Annotated[
        str | None,
        typer.Option("--recovery", help="The recovery that photos show unless a label says otherwise."),
    ] = None,
    within: Annotated[
        int,
        typer.Option(
            "--within",
            min=0,
            max=120,
            help="Minutes for which a photo belongs to the label photo before it; 0 = never.",
        ),
    ] = 5,
    clock_offset: ClockOption = None,
    tlp: TlpOption = None,
    note: NoteOption = None,
    store: StoreOption = None,
    explain: ExplainOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Log a whole memory card, before or after its records exist, and attach what labels identify.

    A photo is attached by the reference in its file name, by the QR code of a label in it, or because the
    same camera took it within minutes of such a photo. The rest is listed by: provenance evidence unattached.
    The same folder again changes nothing.

    Example: provenance log photos /media/card --clock-offset +01:00:00
    """
    from datetime import timedelta

    from provenance.cli.progress import file_progress
    from provenance.cli.views.photos import photos_view
    from provenance.services.contracts.photos import CardRequest
    from provenance.services.photos import log_card

    request = CardRequest(
        folder=folder,
        recovery=recovery,
        window=timedelta(minutes=within),
        statements=statements(clock_offset=clock_offset, tlp=tlp, note=note),
    )
    with option_hints(STORE), file_progress(folder.name or "Card") as on_progress:
        result = log_card(workspace_of(context_of(context), store), request, on_progress)
    printer(format, out, explain).show(result, photos_view)
