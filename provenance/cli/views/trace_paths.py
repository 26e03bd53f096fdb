"""Supply paths of components, laid out for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.cli.views.tables import Column, Section
from provenance.cli.views.trace_words import amount, more_rows, when, words
from provenance.cli.views.words import UNKNOWN, evidence_class, many, one_line
from provenance.core.vocabulary.tracing import Dated
from provenance.services.contracts.tracing import GapKind, PointKind, StepKind

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import (
        PathResult,
        PathStep,
        PointOfDiversion,
        SupplyPath,
        TracedItem,
    )

_GAP_WORDS = {
    GapKind.FROM_MAKER: "no record shows how it left the maker",
    GapKind.BETWEEN_HOLDERS: "no record connects these two",
    GapKind.INTO_WEAPON: "no record shows how it came into the weapon",
}
_ORDER = {
    Dated.CERTAIN: "The dates prove the order of the recorded steps (and nothing else of the path).",
    Dated.POSSIBLE: "The dates allow this order of the recorded steps and do not prove it.",
}
_NOT_ASSESSED = "not assessed"


def path_view(result: PathResult, limit: int) -> list[Section]:
    """Each component with at most ``limit`` of its paths (0 is all)."""
    sections: list[Section] = []
    traced = [item for item in result.components if item.paths]
    for item in traced:
        sections.append(_heading(item))
        own = [path for path in result.rows if path.component == item.component]
        shown = own[: limit or None]
        sections += [_path(path, item) for path in shown]
        sections += [Section("", lines=lines) for lines in [more_rows(len(own), len(shown))] if lines]
    if not traced and result.components:
        sections += [_heading(item) for item in result.components] if len(result.components) == 1 else []
        sections.append(Section("", lines=["No transfer on record concerns it: every step is unknown."]))
    if not result.components:
        sections.append(Section("", lines=["No component to show."]))
    return sections


def _heading(item: TracedItem) -> Section:
    label = one_line(item.label) if item.label else "no marking published"
    lines = [
        f"Brand on the part: {item.maker or 'not identified'};"
        f" part number: {', '.join(item.part_numbers) or 'unknown'}"
        f"{' (read automatically from the marking)' if item.part_read else ''}; lot: {item.lot or 'unknown'};"
        f" recovered or published by: {item.in_transit_until or 'unknown'}."
    ]
    if item.tentative:
        lines.append(
            f"Tentative: {', '.join(item.tentative)}. No path relies on it (--include-read-parts relies on"
            " part numbers read automatically). To confirm:"
            f" provenance log belief {item.component} --mpn NUMBER --identification confirmed --basis TEXT"
        )
    if item.authenticity not in (None, "no_signs"):
        lines.append(
            f"Authenticity was assessed as {words(item.authenticity)}: the path may not begin with the maker"
            " on the part."
        )
    if item.paths and item.transfers_on_no_path:
        lines.append(
            f"{item.transfers_on_no_path:,} of {many(item.transfers, 'transfer')} on none of these paths."
        )
    return Section(f"{label} ({item.component}), from {item.recovery} ({item.recovery_ref})", lines=lines)


def _path(path: SupplyPath, item: TracedItem) -> Section:
    columns = [
        Column("", lambda row: row["arrow"]),
        Column("from", lambda row: row["sender"]),
        Column("to", lambda row: row["recipient"]),
        Column("date", lambda row: row["date"]),
        Column("countries", lambda row: row["countries"], yields=2),
        Column("grade", lambda row: row["grade"]),
        Column("class", lambda row: row["class"]),
        Column("goods", lambda row: row["goods"], yields=4),
        Column("document", lambda row: row["document"], yields=3),
        Column("sources", lambda row: row["sources"], yields=1),
    ]
    lines = [
        f"{many(path.recorded_steps, 'recorded step')}, {many(path.gaps, 'gap')}. Weakest evidence:"
        f" {evidence_class(path.weakest_class)}; reliability {path.weakest_reliability or _NOT_ASSESSED};"
        f" credibility {path.weakest_credibility or _NOT_ASSESSED}.",
        f"{_ORDER[path.date_order]} Point of diversion: {_diversion(path.diversion)}.",
    ]
    noted = [step for step in path.steps if step.note]
    lines += [f"Source's caveat on {step.transfers[0]}: {one_line(step.note or '')}" for step in noted]
    return Section(f"Path {path.path}", [_step(step, item) for step in path.steps], columns, lines)


def _step(step: PathStep, item: TracedItem) -> dict[str, Any]:
    gap = step.kind == StepKind.GAP
    quantity = "" if step.quantity is None else amount(step.quantity, step.quantity_unit, "").strip()
    return {
        "arrow": "· · ·" if gap else "→",
        "sender": _sender(step, item),
        "recipient": _with_role(step.recipient or "unknown", step.recipient_role),
        "date": "" if gap else when(step.earliest, step.latest),
        "countries": " → ".join(step.countries),
        "grade": "gap" if gap else _grade(step),
        "class": evidence_class(step.evidence_class) if step.evidence_class else "",
        "goods": " ".join(filter(None, (quantity, one_line(step.goods or "")))),
        "document": "" if gap else step.document or "none named",
        "sources": _GAP_WORDS[step.gap] if step.gap else ", ".join(step.sources),
    }


def _grade(step: PathStep) -> str:
    """Reliability and credibility, such as ``B2``; a dash for what is not assessed."""
    if step.reliability is None and step.credibility is None:
        return UNKNOWN
    return f"{step.reliability or UNKNOWN}{step.credibility or UNKNOWN}"


def _sender(step: PathStep, item: TracedItem) -> str:
    if step.gap == GapKind.FROM_MAKER:
        return f"{item.maker} (brand on the part)" if item.maker else "maker not identified"
    return _with_role(step.sender or "unknown", step.sender_role)


def _with_role(name: str, role: str | None) -> str:
    return f"{name} ({words(role)})" if role else name


def _diversion(point: PointOfDiversion) -> str:
    if point.kind == PointKind.UNKNOWN:
        return "unknown, no authorised holder is on record"
    outside = point.first_outside
    if point.kind == PointKind.LAST_AUTHORISED_HOLDER:
        return f"{point.last_authorised}, the last authorised holder, passed it to {outside or 'unknown'}"
    if outside is None:
        return f"at or after {point.last_authorised}; no holder outside the maker's network is on record"
    return f"between {point.last_authorised} and {outside}"
