"""A supply graph, as trees for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section
from provenance.cli.views.trace_trees import graph_lines

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import GraphResult


def graph_view(result: GraphResult) -> list[Section]:
    """The trees, and the notes that a file would have under the drawing."""
    lines = graph_lines(result.nodes, result.rows) or ["No supply path is on record."]
    notes = [note for note in result.notes if not note.startswith("TLP:")]
    return [Section(result.title, lines=lines), Section("", lines=notes)]
