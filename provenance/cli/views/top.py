"""Rankings and the evidence for a figure, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Column, Section, number, sparkline, text
from provenance.cli.views.words import UNKNOWN, controls_in_words, known, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.services.contracts.ranking import (
        CitedSource,
        EvidenceComponent,
        EvidenceRecovery,
        EvidenceResult,
        FirmRow,
        PartRow,
        TopResult,
        TopRow,
    )

_SPARK_QUARTERS = 20
"""The most quarters of a trend that are drawn: five years."""

_COUNTED = {"firm": "firms", "part": "parts", "weapon": "weapons", "country": "countries"}
_RANKED = {"firm": "Firms", "part": "Parts", "weapon": "Weapons", "country": "Countries"}


def top_sections(found: TopResult) -> list[Section]:
    """The ranking, and the brands of each line where they were asked for."""
    title = _title(found)
    if not found.rows:
        return [Section(title, lines=["Nothing matches.", *_what_would_count(found)])]
    sections = [Section(title, found.rows, _columns(found))]
    return sections + [_brand_section(found, row) for row in found.rows if row.brands]


def _what_would_count(found: TopResult) -> Iterator[str]:
    """What would change an answer that found nothing: fewer recoveries, or readings that are left out."""
    least = found.basis.filters.get("at_least_recoveries", "1") if found.basis else "1"
    groups = found.basis.counted.get(_COUNTED[found.by], 0) if found.basis else 0
    if groups:
        yield (
            f"{many(groups, found.by)} in fewer than {least} recoveries left out. To see"
            f" {'it' if groups == 1 else 'them'}: --min-recoveries 1."
        )
    would = found.with_readings
    if would is None or not would.groups:
        return
    yield (
        f"What the program reads from markings, and nobody has confirmed, was left out: with it"
        f" {many(would.components, 'component')} in {many(would.recoveries, 'recovery')} would count."
    )
    fewer = "" if would.qualifying or least == "1" else " --min-recoveries 1"
    yield f"To see them: --include-read-parts --include-read-makers{fewer}."
    yield (
        "To confirm them: provenance log readings --out readings.xlsx, fill in the verdicts, then"
        " provenance log belief --from readings.xlsx."
    )


def _title(found: TopResult) -> str:
    makers = {"any": "makers of any country", "unknown": "makers of unknown country"}.get(
        found.country, f"{found.country} makers"
    )
    whose = "" if found.by == "country" else f", {makers}"
    return f"{_RANKED[found.by]} by distinct recoveries{whose} (basis: {found.country_basis})"


def _columns(found: TopResult) -> list[Column]:
    columns = [number("#", lambda row: row.rank), text(found.by, lambda row: _name(found, row))]
    if found.by == "part":
        columns.append(text("maker", lambda row: row.maker))
    if found.by in ("firm", "part"):
        columns.append(Column("country", country_cell))
    columns += [
        number("recoveries", lambda row: row.recoveries),
        number("specimens", lambda row: row.specimens),
        # No weapon system or part number at all is unknown, not zero: every component has both.
        number("weapons", lambda row: row.weapon_systems or None, yields=5),
        number("components", lambda row: row.components),
        number("part numbers", lambda row: row.parts or None, yields=6),
        text("first seen", lambda row: row.first_seen, yields=2),
        text("last seen", lambda row: row.last_seen, yields=2),
        Column(f"made after {controls_in_words(found.control_days)}", _made_after, yields=3),
    ]
    quarters = _quarters(found.rows)
    if quarters:
        span = quarters[0] if len(quarters) == 1 else f"{quarters[0]}…{quarters[-1]}"
        columns.append(Column(span, lambda row: _spark(row, quarters), yields=4))
    return columns


def _name(found: TopResult, row: TopRow) -> str:
    name: str = row.country_name if found.by == "country" else getattr(row, found.by)  # type: ignore[union-attr]  # the rows are of the kind that `by` names
    return name


def country_cell(row: FirmRow | PartRow) -> str:
    """A country, marked where it is only what the source publishes."""
    return f"published as {row.country}" if row.country_from_label else known(row.country)


def _made_after(row: TopRow) -> str:
    made = row.made_after
    if not made.certain and not made.possible:
        return UNKNOWN if made.unknown else "none"
    possible = f" +{made.possible:,} possible" if made.possible else ""
    return f"{made.certain:,}{possible}"


def _quarters(rows: tuple[TopRow, ...]) -> list[str]:
    """Every quarter from the first to the last of any row, at most the latest `_SPARK_QUARTERS`."""
    present = sorted({quarter.quarter for row in rows for quarter in row.trend})
    if not present:
        return []
    first, last = (int(name[:4]) * 4 + int(name[-1]) - 1 for name in (present[0], present[-1]))
    return [f"{count // 4}-Q{count % 4 + 1}" for count in range(first, last + 1)][-_SPARK_QUARTERS:]


def _spark(row: TopRow, quarters: list[str]) -> str:
    counts = {quarter.quarter: quarter.recoveries for quarter in row.trend}
    line = sparkline([counts.get(quarter, 0) for quarter in quarters])
    undated = row.undated_recoveries
    return f"{line} +{undated:,} in no quarter".strip() if undated else line


def _brand_section(found: TopResult, row: TopRow) -> Section:
    return Section(
        f"{_name(found, row)}: brands",
        row.brands or (),
        [
            text("brand", lambda line: line.brand),
            number("recoveries", lambda line: line.recoveries),
            number("components", lambda line: line.components),
        ],
    )


def evidence_sections(found: EvidenceResult) -> list[Section]:
    """Every recovery behind a firm's figure, each with its components and their sources."""
    components = sum(len(row.components) for row in found.rows)
    title = (
        f"{found.firm} ({found.firm_ref}): {many(len(found.rows), 'recovery')},"
        f" {many(components, 'component')}"
    )
    lines = [
        f"{many(each.components, 'component')} of this brand count for {each.firm}:"
        f' --evidence "{each.firm}", or --basis brand.'
        for each in found.counted_elsewhere
    ]
    return [Section(title, lines=lines), *(_recovery_section(row) for row in found.rows)]


def _recovery_section(row: EvidenceRecovery) -> Section:
    about = ", ".join(part for part in (row.weapon, row.extent, row.seen) if part)
    return Section(
        f"{row.recovery_ref}  {row.recovery}  ({about})",
        row.components,
        [
            text("component", lambda item: item.component_ref),
            text("brand", lambda item: _read(item.brand, item.brand_read) or "not identified"),
            text("part or marking", _part_or_marking),
            text("maker as written", lambda item: item.maker_as_written),
            *(
                [text("marking reads as", lambda item: item.read_as or "")]
                if any(item.read_as for item in row.components)
                else []
            ),
            text("sources", lambda item: "; ".join(map(_source_text, item.sources))),
        ],
    )


def _part_or_marking(item: EvidenceComponent) -> str:
    return _read(item.part, item.part_read) or item.marking or "no marking published"


def _read(name: str | None, only_read: bool) -> str | None:
    """A maker or part, marked where only the program read it."""
    return f"{name} (read automatically)" if name and only_read else name


def _source_text(source: CitedSource) -> str:
    grade = f"{source.reliability or UNKNOWN}{source.credibility or UNKNOWN}"
    return f"{source.source} {source.record_key} [{grade}] {source.address or ''}".strip()
