"""Changes of weapons and types of units, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.firms import changed_line
from provenance.cli.views.tables import Section
from provenance.cli.views.words import many

if TYPE_CHECKING:
    from provenance.services.contracts.designations import DesignationChangeResult

_COMMANDS = {"weapon": "weapon", "unit_type": "unit-type"}


def change_view(result: DesignationChangeResult) -> list[Section]:
    """What was changed, and how to undo it."""
    lines = [changed_line(row) for row in result.rows]
    lines += [f"Note: {note}." for note in result.notes]
    if result.amended:
        lines.append(f"{many(result.amended, 'record')} amended: what it was found in is called so now.")
    if not result.rows and result.action == "none":
        lines.append("Nothing changes: it is on record already.")
    if result.change is not None and not result.action.startswith("undo"):
        command = _COMMANDS[result.noun]
        lines.append(f"Change {result.change}. To undo it: provenance {command} undo {result.ref}")
    return [Section(f"{result.name} ({result.ref})", lines=lines)]
