"""Search hits, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.record_words import standing
from provenance.cli.views.tables import Column, Section, text
from provenance.cli.views.words import plain_name
from provenance.core.tlp import stricter_than

if TYPE_CHECKING:
    from provenance.core.vocabulary import Tlp
    from provenance.services.contracts.records import FindResult, Hit

_DETAILS = {
    "firm": ("verification", "unknown"),
    "weapon": ("kind", "not stated"),
    "unit_type": ("kind", "not stated"),
    "part": ("maker", "not stated"),
    "recovery": ("extent", "not stated"),
    "component": ("found in", "not stated"),
    "listed_party": ("list", "unknown"),
}
"""The detail shown with a hit of each kind, and the word where it is unknown."""


def find_sections(found: FindResult, *, clearance: Tlp | None) -> list[Section]:
    """The hits by kind, and how strictly they are to be handled; ``clearance`` is what left some out."""
    sections = []
    for kind, total in found.totals.items():
        hits = [hit for hit in found.rows if hit.kind == kind]
        lines = [f"… and {total - len(hits):,} more: --limit 0 shows all."] if total > len(hits) else []
        if left_out := found.left_out_by_tlp.get(kind):
            lines.append(f"Left out: {left_out:,} {stricter_than(clearance)}.")
        if kind == "listed_party":
            lines.append(
                "Being listed under a like name is no finding. An entry: provenance watchlist show KEY."
            )
        sections.append(Section(f"{plain_name(kind)} ({total:,})", hits, _columns(kind, hits), lines))
    if found.tlp is not None:
        sections.append(Section("", lines=["", f"TLP:{found.tlp}."]))
    return sections


def _columns(kind: str, hits: list[Hit]) -> list[Column]:
    header, unknown = _DETAILS[kind]
    columns = [
        text("key" if kind == "listed_party" else "ref", lambda hit: hit.ref),
        text("name", lambda hit: f"{standing(hit)}{hit.name or 'no marking published'}"),
        text(header, lambda hit: _detail(kind, hit) or unknown),
    ]
    if any(hit.same_as for hit in hits):
        columns.append(text("the same as", lambda hit: ", ".join(hit.same_as), yields=1))
    if any(hit.matched not in (hit.name, None) for hit in hits):
        matched = Column("found as", lambda hit: hit.matched if hit.matched != hit.name else "", yields=1)
        columns.insert(2, matched)
    return columns


def _detail(kind: str, hit: Hit) -> str | None:
    # Kinds and extents come from vocabularies; a maker or a recovery is named as it is.
    return plain_name(hit.detail) if hit.detail and kind in ("weapon", "unit_type") else hit.detail
