"""What an import leaves to review, with the known names that a new one resembles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from provenance.core.identity import reference
from provenance.domain.known_names import NearNames, near_firms, near_unit_types, near_weapons
from provenance.domain.record_kinds import RecordKind
from provenance.domain.review import Doubt, Introduced
from provenance.importing.summary import ImportSummary
from provenance.schema.session import Session
from provenance.services.contracts.imports import ReviewRow
from provenance.services.workspace import Workspace

_COMPARED = 500
"""How many new names are compared with the known ones, those of most rows first: a list of companies may
bring a hundred thousand, of which nobody could look through more."""


def review_rows(workspace: Workspace, summary: ImportSummary) -> tuple[ReviewRow, ...]:
    """Every text that could not be resolved, by reason, those of most rows first.

    A record that was made of a new name, or would be, has its reference.
    """
    by_weight = sorted(summary.review.items(), key=lambda item: (item[0][0].value, -item[1], item[0][1]))
    heaviest = sorted(summary.introduced, key=lambda doubt: (-summary.review[doubt], doubt[1]))[:_COMPARED]
    near: dict[Doubt, tuple[str, ...]] = {}
    if heaviest:
        with workspace.reading() as session:
            near = _near(session, {doubt: summary.introduced[doubt] for doubt in heaviest}, summary)
    return tuple(
        ReviewRow(
            reason=reason.value,
            text=text,
            components=count,
            ref=_ref(summary, (reason, text)),
            near=near.get((reason, text)),
        )
        for (reason, text), count in by_weight
    )


def _ref(summary: ImportSummary, doubt: Doubt) -> str | None:
    made = summary.introduced.get(doubt)
    return None if made is None else reference(*made)


def _near(
    session: Session, introduced: dict[Doubt, Introduced], summary: ImportSummary
) -> dict[Doubt, tuple[str, ...]]:
    """The names near each new one; those that the same import made are not known names."""
    own = {made.uid for made in summary.introduced.values()}
    found: dict[Doubt, tuple[str, ...]] = {}
    names: dict[str, NearNames] = {}
    for doubt, made in introduced.items():
        if made.table not in names:
            names[made.table] = _KNOWN[made.table](session, own)
        found[doubt] = names[made.table].near(doubt[1])
    return found


_KNOWN: Mapping[str, Callable[[Session, Collection[str]], NearNames]] = {
    RecordKind.ORGANIZATION: near_firms,
    RecordKind.WEAPON_SYSTEM: near_weapons,
    RecordKind.UNIT_TYPE: near_unit_types,
}
