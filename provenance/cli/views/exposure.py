"""One firm, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provenance.cli.views.tables import Column, Section, number, text
from provenance.cli.views.transfers import transfer_columns
from provenance.cli.views.words import controls_in_words, first_seen, last_seen, many, one_line
from provenance.services.contracts.exposure import FoundBy

if TYPE_CHECKING:
    from provenance.services.contracts.exposure import ExposureResult, Figures, PartExposure

_FOUND_BY = {
    FoundBy.PARTY: "a party",
    FoundBy.COMPONENT: "a recovered component",
    FoundBy.PART: "a part number",
    FoundBy.PART_IN_WORDS: "a part number in the words",
    FoundBy.NAME_IN_WORDS: "a name in the words",
}
_SHOWN_WEAPONS = 8
"""The most weapons that are named in one cell."""


def exposure_sections(found: ExposureResult, *, limit: int) -> list[Section]:
    """What is on record about a firm; at most ``limit`` rows of a long list, 0 for all."""
    sections = [
        Section(f"{found.firm} ({found.firm_ref})", lines=_summary(found)),
        _names(found),
        _ownership(found),
        _brands(found),
        _weapons(found, limit),
        _parts(found, limit),
        _transfers(found, limit),
        _sources(found),
    ]
    return [section for section in sections if section.rows or section.lines]


def _summary(found: ExposureResult) -> list[str]:
    lines = [f"Owned today by {found.owner_now}."] if found.owner_now else []
    if found.figures is None:
        return [*lines, "None of its parts is counted here: see Left out and Unknown."]
    read = found.basis is not None and found.basis.filters.get("read_parts") == "counted"
    return [*lines, *_figures(found, found.figures, "stated or read" if read else "stated")]


def _figures(found: ExposureResult, figures: Figures, stated: str) -> list[str]:
    parts = f"Part numbers {stated}: {figures.parts or 'none'}"
    if figures.parts_unknown:
        parts += f"; not {stated} for {many(figures.parts_unknown, 'component')}"
    made, held = figures.made_after, figures.made_after_recoveries
    controls = controls_in_words(found.control_days)
    weapons = (
        many(figures.weapon_systems, "weapon system") if figures.weapon_systems else "no named weapon system"
    )
    return [
        f"{many(figures.recoveries, 'recovery')} ({figures.specimens:,} of them one specimen each),"
        f" {many(figures.components, 'component')}, at least {many(figures.pieces, 'piece')}, {weapons}.",
        f"{parts}.",
        f"{_seen(figures)}; {many(figures.undated_recoveries, 'recovery')} not dated to a quarter.",
        f"Newest dated component: {_newest(figures)}.",
        f"Components made after {controls}: certainly {made.certain:,}, possibly {made.possible:,},"
        f" before {made.before:,}, unknown {made.unknown:,}.",
        f"Recoveries with a component made after {controls}: certainly {held.certain:,},"
        f" possibly {held.possible:,}, none {held.before:,}, unknown {held.unknown:,}.",
    ]


def _seen(figures: Figures) -> str:
    if not figures.dated_recoveries:
        return "No date of recovery, capture or use is known"
    return (
        f"First seen {first_seen(figures.first_seen)}, last seen {last_seen(figures.last_seen)}:"
        f" {figures.dated_recoveries:,} of {many(figures.recoveries, 'recovery')} have a date"
    )


def _newest(figures: Figures) -> str:
    """When it was made: that it was not before a day is certain, how late it may have been is possible."""
    if figures.newest_made is None:
        return "no date of manufacture is known"
    certain, possible = figures.newest_made_certain, figures.newest_made_possible
    if certain is None:
        return f"made by {possible}"
    latest = f"possibly as late as {possible}" if possible else "nothing says how late"
    return f"made on {certain}" if certain == possible else f"made on or after {certain}, {latest}"


def _names(found: ExposureResult) -> Section:
    columns = [
        text("name", lambda row: row.name),
        text("kind", lambda row: row.kind),
        text("since", lambda row: row.since),
        text("until", lambda row: row.until),
        text("verification", lambda row: row.verification, yields=1),
    ]
    return Section("Names", found.names, columns)


def _ownership(found: ExposureResult) -> Section:
    columns = [
        text("owned", lambda row: row.owned),
        text("owner", lambda row: row.owner),
        text("what", lambda row: row.product_line or "whole firm", yields=3),
        text("since", lambda row: row.since),
        text("until", lambda row: row.until),
        text("status", lambda row: row.status),
        text("verification", lambda row: row.verification, yields=1),
        text("source", lambda row: row.source, yields=2),
    ]
    return Section("Ownership on record", found.ownership, columns)


def _brands(found: ExposureResult) -> Section:
    columns = [
        text("brand", lambda row: row.brand),
        text("counted", lambda row: "yes" if row.counted else "no longer its own"),
        number("recoveries", lambda row: row.recoveries),
        number("components", lambda row: row.components),
        number("made while owned", lambda row: row.made_while_owned),
        number("made otherwise", lambda row: row.made_otherwise),
        number("unknown", lambda row: row.made_unknown),
    ]
    return Section("Brands, by date", found.brands, columns)


def _weapons(found: ExposureResult, limit: int) -> Section:
    columns = [
        text("weapon", lambda row: row.weapon or "weapon not named"),
        number("recoveries", lambda row: row.recoveries),
        number("components", lambda row: row.components),
    ]
    return _limited("Found in", found.weapons, columns, limit)


def _parts(found: ExposureResult, limit: int) -> Section:
    columns = [
        text("part number, or marking as published", lambda row: row.part),
        text("stated", _stated),
        number("recoveries", lambda row: row.recoveries),
        number("components", lambda row: row.components),
        text("weapons", _weapon_list, yields=1),
    ]
    return _limited("Parts", found.rows, columns, limit)


def _stated(row: PartExposure) -> str:
    if row.guessed:
        return "read automatically"
    return "part number" if row.stated else "marking only"


def _weapon_list(row: PartExposure) -> str:
    more = len(row.weapons) - _SHOWN_WEAPONS
    return ", ".join(row.weapons[:_SHOWN_WEAPONS]) + (f" and {more:,} more" if more > 0 else "")


def _transfers(found: ExposureResult, limit: int) -> Section:
    if not found.transfers:
        return Section("Transfers", lines=[_none_found(found)])
    shown = found.transfers[: limit or None]
    caveats = [f"Source's caveat on {line.ref}: {one_line(line.note)}" for line in shown if line.note]
    columns = [
        text("found by", lambda line: ", ".join(_FOUND_BY[kind] for kind in line.found_by)),
        *transfer_columns(),
        text("goods", lambda line: line.goods and one_line(line.goods), yields=2),
    ]
    section = _limited("Transfers that concern it", found.transfers, columns, limit)
    return replace(section, lines=[*section.lines, *caveats])


def _none_found(found: ExposureResult) -> str:
    """What "none" rests on: what was looked for, in words."""
    sought = found.looked_for
    names = ", ".join(sought.names) or "none that is long and unambiguous enough"
    return (
        "None found. Looked for: the firm and its brands as parties;"
        f" {many(sought.part_numbers, 'part number')} of theirs, stated or in the words of the goods;"
        f" {many(sought.components, 'recovered component')}; these names in the words of the goods: {names}."
    )


def _sources(found: ExposureResult) -> Section:
    columns = [
        text("source", lambda row: row.source),
        text("publisher", lambda row: row.publisher, yields=1),
        text("origin group", lambda row: row.origin_group),
        text("reliability", lambda row: row.reliability or "not assessed"),
        text("credibility", lambda row: row.credibility or "not assessed"),
        number("components", lambda row: row.components),
    ]
    return Section("Sources", found.sources, columns)


def _limited(title: str, rows: Sequence[Any], columns: Sequence[Column], limit: int) -> Section:
    return Section(title, rows[: limit or None], columns, more_lines(len(rows), limit))


def more_lines(count: int, limit: int) -> list[str]:
    """The line under a list that a limit cut short."""
    more = count - limit if limit else 0
    return [f"… and {more:,} more: --limit 0 shows all."] if more > 0 else []
