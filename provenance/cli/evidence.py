"""`provenance evidence …` and `provenance checklist`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.evidence_options import FaceOption, StoreOption, counting, store_of, views
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat

evidence = typer.Typer(
    name="evidence",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Pictures that are in: of a record, of none, attached, detached, hashed anew.\n\n"
        "Example: provenance evidence unattached"
    ),
)

PhotoArgument = Annotated[
    str, typer.Argument(metavar="PHOTO", help="A photo's reference (H-…) or the beginning of its SHA-256.")
]
RefArgument = Annotated[str, typer.Argument(metavar="REF", help="A recovery, unit or component.")]


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.add_typer(evidence, name="evidence")
    app.command("checklist")(checklist)


@evidence.command("list")
def list_photos(
    context: typer.Context,
    ref: RefArgument,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List the pictures of a record, and of everything in it.

    Example: provenance evidence list R-7K3M9-Q2X4H
    """
    from provenance.cli.evidence_answers import photo_list_answer
    from provenance.evidence.listing import photos_of
    from provenance.evidence.subjects import subject_named

    with context_of(context).reading() as session:
        highest = read_max_tlp(max_tlp)
        about = subject_named(session, ref, highest=highest)
        found = photos_of(session, about, highest)
        schema, question = "provenance.evidence-list/1", f"which pictures show {about.name}"
        printer(format, out).print(photo_list_answer(session, found, schema, question))


@evidence.command("unattached")
def unattached(
    context: typer.Context,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """List the pictures that hang on no record yet, with the recoveries of their day as leads.

    Example: provenance evidence unattached
    """
    from provenance.cli.evidence_answers import photo_list_answer
    from provenance.evidence.listing import unattached_photos

    with context_of(context).reading() as session:
        found = unattached_photos(session, read_max_tlp(max_tlp))
        schema, question = "provenance.evidence-unattached/1", "which pictures hang on no record"
        printer(format, out).print(photo_list_answer(session, found, schema, question))


@evidence.command("attach")
def attach_photo(
    context: typer.Context,
    photo: PhotoArgument,
    ref: RefArgument,
    face: FaceOption = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why you think so.")] = None,
) -> None:
    """Say that a picture shows a record, and which sides of it.

    Example: provenance evidence attach H-7K3M9-Q2X4H C-0A1B2-C3D4E --face top
    """
    from provenance.core.identity import reference
    from provenance.core.vocabulary.evidence import AttachmentBasis
    from provenance.evidence.attaching import Attachment, attach
    from provenance.evidence.subjects import photo_named, subject_named
    from provenance.schema.session import writing

    own, shown = context_of(context), views(face)
    actor = own.settings.actor
    with writing(own.writing_engine()) as session:
        row, about = photo_named(session, photo), subject_named(session, ref)
        wanted = Attachment(
            about, AttachmentBasis.STATED, reason or f"stated by {actor}", shown, insists=True
        )
        news = attach(session, row, wanted, actor=actor)
        done = f"{reference('photo', row.uid)} ({row.file_name}) shows {about.name}"
    typer.echo(done if news else f"{done}: known already")


@evidence.command("detach")
def detach_photo(
    context: typer.Context,
    photo: PhotoArgument,
    ref: RefArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why it does not.")],
) -> None:
    """Say that a picture does not show a record after all; both statements stay on record.

    Example: provenance evidence detach H-7K3M9-Q2X4H C-0A1B2-C3D4E --reason "the chip beside it"
    """
    from provenance.core.identity import reference
    from provenance.evidence.attaching import detach
    from provenance.evidence.subjects import photo_named, subject_named
    from provenance.schema.session import writing

    own = context_of(context)
    with writing(own.writing_engine()) as session:
        row, about = photo_named(session, photo), subject_named(session, ref)
        detach(session, row, about, reason=reason, actor=own.settings.actor)
        done = f"{reference('photo', row.uid)} ({row.file_name}) no longer hangs on {about.name}"
    typer.echo(done)


@evidence.command("verify")
def verify(
    context: typer.Context,
    store: StoreOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Hash every kept file anew; ends with 7 where one is missing or altered.

    Example: provenance evidence verify
    """
    from provenance.cli.evidence_answers import verify_answer
    from provenance.core.errors import IntegrityFailure
    from provenance.evidence.verifying import verify_store

    own = context_of(context)
    kept = store_of(own, store)
    with own.reading() as session, counting("Hashing") as on_progress:
        found = verify_store(session, kept, on_progress)
        answer = verify_answer(session, found, kept.folder)
    printer(format, out).print(answer)
    if found.damaged:
        raise IntegrityFailure(
            f"{len(found.damaged):,} files of the evidence store are not what they were",
            hint="Log the same pictures again from the card or a backup: their files are put back.",
        )


def checklist(
    context: typer.Context,
    ref: RefArgument,
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show what the documentation of this kind of part has to show, and what is there.

    Example: provenance checklist C-7K3M9-Q2X4H
    """
    from provenance.cli.evidence_answers import checklist_answer
    from provenance.evidence.checklist import fetch_checklist
    from provenance.evidence.subjects import subject_named

    with context_of(context).reading() as session:
        highest = read_max_tlp(max_tlp)
        found = fetch_checklist(session, subject_named(session, ref, highest=highest), highest)
        printer(format, out).print(checklist_answer(session, found))
