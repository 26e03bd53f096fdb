"""`provenance evidence read`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms, items
from provenance.cli.context import Clearance, Display
from provenance.cli.evidence.options import StoreOption, tlp_mark
from provenance.cli.hints import LABELS, NEW_NAMES, STORE, option_hints
from provenance.cli.log.options import NewPartyOption, TlpOption, new_names
from provenance.cli.notes import show_notes
from provenance.cli.option_groups import grouped
from provenance.cli.trace.parties import PARTY_FORM

if TYPE_CHECKING:
    from provenance.services.contracts.reel_labels import LabelsRead


@grouped
def read(
    context: typer.Context,
    photo: Annotated[
        str,
        typer.Argument(
            metavar="PHOTO", help="A photo's reference (H-…), its file name as logged, or a file not logged."
        ),
    ],
    component: Annotated[
        str | None,
        typer.Option(
            "--component",
            help="The item that the label belongs to; defaults to the component the photo shows.",
            autocompletion=items,
        ),
    ] = None,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", help=f"Log it as a document: sender. {PARTY_FORM}", autocompletion=firms),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="Log it as a document: recipient, in the same form.", autocompletion=firms),
    ] = None,
    ask: Annotated[
        list[str] | None,
        typer.Option(
            "--ask",
            help="Draft a trace request to this firm, with what the label says.",
            autocompletion=firms,
        ),
    ] = None,
    letter: Annotated[
        Path | None,
        typer.Option("--letter", help="Write the letter of the request to this file, .md or .html."),
    ] = None,
    label: Annotated[
        int | None, typer.Option("--label", min=1, help="Which label, where the photo has several.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Key of the document's source; defaults to your own log.")
    ] = None,
    tlp: TlpOption = None,
    new_party: NewPartyOption = False,
    store: StoreOption = None,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """Read the Data Matrix or QR code of a bag or reel label in a photo, field by field.

    Only --from, --to and --ask store anything: a document about the item, and a request to a firm. A field
    whose identifier is not known is shown as it stands.

    Example: provenance evidence read H-7K3M9-Q2X4H --from "Digi-Key|authorised_distributor|US"
    """
    from provenance.cli.trace.files import write_text
    from provenance.cli.trace.parties import both_sides
    from provenance.cli.views.reel_labels import labels_view
    from provenance.services.contracts.reel_labels import LogLabel, ReadLabels
    from provenance.services.reel_labels import log_label, read_labels

    _check(letter, ask)
    workspace = clearance.workspace(context, store)
    stores = from_ or to or ask
    with option_hints(LABELS | NEW_NAMES | STORE):
        if stores:
            senders, recipients = both_sides(from_, to, None)
            request = LogLabel(
                photo=photo,
                component=component,
                number=label,
                senders=senders,
                recipients=recipients,
                source=source,
                ask=tuple(ask or ()),
                tlp=tlp_mark(tlp),
                new=new_names(party=new_party),
            )
            result: LabelsRead = log_label(workspace, request)
        else:
            result = read_labels(workspace, ReadLabels(photo=photo, component=component))
    show_notes(result.notes)
    if letter is not None:
        (written,) = result.letters
        write_text(letter, written.html if letter.suffix.lower() == ".html" else written.markdown)
    display.show(result, labels_view)


def _check(letter: Path | None, ask: list[str] | None) -> None:
    from provenance.core.errors import UsageError

    if letter is not None and letter.suffix.lower() not in (".md", ".html"):
        raise UsageError(f"--letter {letter}: a letter is written as .md or .html")
    if letter is not None and len(ask or ()) != 1:
        raise UsageError("--letter is the letter of one request: give one --ask")
