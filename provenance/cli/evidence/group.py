"""`provenance evidence …` and `provenance checklist`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import items, recoveries
from provenance.cli.context import Clearance, Display, FormatOption, OutOption, context_of, printer
from provenance.cli.evidence.options import FaceOption, RefArgument, StoreOption, views, workspace_of
from provenance.cli.evidence.read import read
from provenance.cli.hints import STORE, TAGS, option_hints
from provenance.cli.notes import tell
from provenance.cli.option_groups import grouped
from provenance.cli.speech.language import said
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.services.contracts.photos import AttachmentChange

evidence = typer.Typer(
    name="evidence",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=("List, attach, detach and verify logged photos.\n\nExample: provenance evidence unattached"),
)

PhotoArgument = Annotated[
    str, typer.Argument(metavar="PHOTO", help="A photo's reference (H-…) or the beginning of its SHA-256.")
]


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    evidence.command("read")(read)
    app.add_typer(evidence, name="evidence")
    app.command("checklist")(grouped(checklist))


@evidence.command("list")
@grouped
def list_photos(
    context: typer.Context,
    ref: RefArgument,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """List the photos of a record, and of everything in it.

    Example: provenance evidence list R-7K3M9-Q2X4H
    """
    from provenance.cli.views.evidence import photo_list_view
    from provenance.services.contracts.photos import PhotoListRequest
    from provenance.services.photos import list_photos as service

    workspace = clearance.workspace(context)
    display.show(service(workspace, PhotoListRequest(ref=ref)), photo_list_view)


@evidence.command("unattached")
@grouped
def unattached(
    context: typer.Context,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """List the photos that are not attached to any record, with recoveries of the same day as leads.

    Example: provenance evidence unattached
    """
    from provenance.cli.views.evidence import unattached_view
    from provenance.services.photos import list_unattached

    workspace = clearance.workspace(context)
    display.show(list_unattached(workspace), unattached_view)


@evidence.command("attach")
def attach_photo(
    context: typer.Context,
    photo: PhotoArgument,
    ref: RefArgument,
    face: FaceOption = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why you think so.")] = None,
) -> None:
    """Attach a photo to a record, and say which views it shows.

    Example: provenance evidence attach H-7K3M9-Q2X4H C-0A1B2-C3D4E --face top
    """
    from provenance.services.contracts.photos import AttachmentRequest
    from provenance.services.photos import attach_photo as service

    request = AttachmentRequest(photo=photo, ref=ref, views=views(face), reason=reason)
    (row,) = service(context_of(context).workspace(), request).rows
    typer.echo(said(f"{_photo(row)} shows {_record(row)}{'' if row.changed else ' (already attached)'}"))
    if row.reel_labels:
        tell(f"It has a bag or reel label: provenance evidence read {row.photo}")


@evidence.command("tag")
def tag_photos(
    context: typer.Context,
    photos: Annotated[
        list[str],
        typer.Argument(
            metavar="PHOTO…",
            help="References, file names as logged, patterns ('IMG_04*') or ranges (IMG_0412..IMG_0420).",
        ),
    ],
    recovery: Annotated[
        str | None,
        typer.Option("--recovery", help="The recovery that all of them show.", autocompletion=recoveries),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="The unit that all of them show.", autocompletion=items)
    ] = None,
    component: Annotated[
        str | None,
        typer.Option("--component", help="The component that all of them show.", autocompletion=items),
    ] = None,
    face: FaceOption = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why you think so.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Tag several photos at once with what they show: all of them, or none if one cannot be tagged.

    Without a record, --face says what the photos show of the records that they are attached to. Without
    any tag, the command shows the tags that the photos have. To take one back: provenance evidence detach.

    Example: provenance evidence tag IMG_0412..IMG_0420 --component C-0A1B2-C3D4E --face marking --face scale
    """
    from provenance.cli.views.evidence import tags_view
    from provenance.services.contracts.photos import TagRequest
    from provenance.services.photo_tags import tag_photos as service

    request = TagRequest(
        photos=tuple(photos),
        recovery=recovery,
        unit=unit,
        component=component,
        views=views(face),
        reason=reason,
    )
    with option_hints(TAGS):
        result = service(context_of(context).workspace(), request)
    printer(format, out).show(result, tags_view)


@evidence.command("detach")
def detach_photo(
    context: typer.Context,
    photo: PhotoArgument,
    ref: RefArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why the photo does not show the record.")],
) -> None:
    """Detach a photo from a record; the withdrawn attachment stays on record.

    Example: provenance evidence detach H-7K3M9-Q2X4H C-0A1B2-C3D4E --reason "the chip beside it"
    """
    from provenance.services.contracts.photos import DetachmentRequest
    from provenance.services.photos import detach_photo as service

    request = DetachmentRequest(photo=photo, ref=ref, reason=reason)
    (row,) = service(context_of(context).workspace(), request).rows
    typer.echo(said(f"{_photo(row)} is no longer attached to {_record(row)}"))


def _photo(row: AttachmentChange) -> str:
    from provenance.text.folding import printable

    return f"{row.photo} ({printable(row.file)})"


def _record(row: AttachmentChange) -> str:
    from provenance.text.folding import printable

    return f"{printable(row.title)} ({row.record})"


@evidence.command("verify")
@grouped
def verify(
    context: typer.Context,
    store: StoreOption = None,
    *,
    display: Display,
) -> None:
    """Hash every file of the evidence store again; exit code 7 if one is missing or altered.

    Example: provenance evidence verify
    """
    from provenance.cli.progress import file_progress
    from provenance.cli.views.evidence import verification_view
    from provenance.cli.views.words import many
    from provenance.core.errors import IntegrityFailure
    from provenance.services.photos import verify_store

    with option_hints(STORE), file_progress("Hashing") as on_progress:
        result = verify_store(workspace_of(context_of(context), store), on_progress)
    display.show(result, verification_view)
    if result.rows:
        raise IntegrityFailure(
            f"{many(len(result.rows), 'file')} of the evidence store missing or altered.",
            hint="Log the same photos again from the card or a backup: this restores their files.",
        )


def checklist(
    context: typer.Context,
    ref: RefArgument,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """Show what the documentation of a record must include, and what is missing.

    Example: provenance checklist C-7K3M9-Q2X4H
    """
    from provenance.cli.views.evidence import checklist_view
    from provenance.services.checklists import show_checklist
    from provenance.services.contracts.custody import ChecklistRequest

    workspace = clearance.workspace(context)
    display.show(show_checklist(workspace, ChecklistRequest(ref=ref)), checklist_view)
