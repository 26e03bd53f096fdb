"""Labels: a PDF to print and place beside items in photos."""

from __future__ import annotations

from provenance.core.errors import BadInput
from provenance.evidence.consequences import note_printed
from provenance.evidence.labels import Label, label_pdf
from provenance.evidence.subjects import Subject, standing_subject
from provenance.services.contracts.custody import LabelRequest, LabelRow, LabelsPrinted
from provenance.services.workspace import Workspace


def print_labels(workspace: Workspace, request: LabelRequest) -> LabelsPrinted:
    """Writes a PDF with the labels of some records, and notes what they say in the records' history.

    Raises:
        NotFound: a record does not exist.
        UsageError: it is not a recovery, unit or component.
        BadInput: a record is withdrawn, or the file cannot be written.
    """
    with workspace.writing() as session:
        subjects = [standing_subject(session, text) for text in request.refs]
        labels = [_label(each) for each in subjects for _ in range(request.copies)]
        for each in dict.fromkeys(subjects):
            said = {"title": each.title, "tlp": str(each.tlp), "file": request.out.name}
            note_printed(session, each, said, actor=workspace.actor)
        try:
            request.out.write_bytes(label_pdf(labels, request.size))
        except OSError as error:
            raise BadInput(f"cannot be written: {error.strerror}", file=str(request.out)) from None
    rows = (LabelRow(ref=each.ref, kind=each.table, title=each.title, tlp=each.tlp) for each in subjects)
    return LabelsPrinted(file=str(request.out), labels=len(labels), rows=tuple(rows))


def _label(about: Subject) -> Label:
    # A label is handed on like a file, so it states how its record is to be handled.
    return Label(about.ref, f"{about.table} · TLP:{about.tlp}", about.title)
