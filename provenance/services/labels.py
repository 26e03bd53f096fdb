"""Labels: a PDF or a text to print and place beside items in photos."""

from __future__ import annotations

from pathlib import Path

from provenance.core.errors import BadInput
from provenance.evidence.consequences import note_printed
from provenance.evidence.label_texts import labels_of, with_contents
from provenance.evidence.labels import label_pdf, label_text
from provenance.evidence.subjects import standing_subject
from provenance.services.contracts.custody import LabelRequest, LabelRow, LabelsPrinted
from provenance.services.workspace import Workspace

_TEXT_SUFFIX = ".txt"


def print_labels(workspace: Workspace, request: LabelRequest) -> LabelsPrinted:
    """Writes the labels of some records, and notes what they say in the records' history.

    A recovery or unit goes with everything in it that stands, unless only the named records are wanted. A
    file that ends in ``.txt`` gets the labels as text, any other a PDF.

    Raises:
        NotFound: a record does not exist.
        UsageError: it is not a recovery, unit or component.
        BadInput: a record is withdrawn, or the file cannot be written.
    """
    with workspace.writing() as session:
        named = list(dict.fromkeys(standing_subject(session, text) for text in request.refs))
        subjects = named if request.only_named else with_contents(session, named)
        texts = labels_of(session, subjects)
        for each in subjects:
            label = texts[each.table, each.id]
            note_printed(session, each, label, request.out.name, actor=workspace.actor)
        labels = [label for label in texts.values() for _ in range(request.copies)]
        if request.out.suffix.lower() == _TEXT_SUFFIX:
            _write(request.out, label_text(labels).encode())
        else:
            _write(request.out, label_pdf(labels, request.size))
    rows = (
        LabelRow(
            ref=each.ref,
            kind=each.table,
            title=each.title,
            context=texts[each.table, each.id].context,
            tlp=each.tlp,
        )
        for each in subjects
    )
    return LabelsPrinted(file=str(request.out), labels=len(labels), rows=tuple(rows))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None
