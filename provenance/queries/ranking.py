"""Firms, parts, weapons or countries, ranked by the distinct recoveries in which parts were found."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.vocabulary import CountryBasis
from provenance.queries.attribution import Attribution
from provenance.queries.control_days import ControlDay, ControlDays, days_in_words, fetch_control_days
from provenance.queries.counts import CountQuestion, Counts, count_components, new_basis, share
from provenance.queries.fact_table import Mask, Numbers
from provenance.queries.facts.columns import ComponentFact
from provenance.queries.facts.layout import country_text
from provenance.queries.filter_pipeline import Rule
from provenance.queries.filters import ANY, Selection, selection_filters
from provenance.queries.group_counts import Figures, GroupCounts, Members, ranks
from provenance.queries.names import Labels, organization_labels, part_labels, weapon_labels
from provenance.schema.chunks import chunks
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.text.countries import country_name


class GroupBy(StrEnum):
    """What a ranking ranks."""

    FIRM = "firm"
    PART = "part"
    WEAPON = "weapon"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class TopQuestion:
    """What to rank and which components to count; ``country`` is a code, ``any`` or ``unknown``.

    ``limit`` is the most groups to return, 0 for all.
    """

    selection: Selection = field(default_factory=Selection)
    basis: CountryBasis = CountryBasis.OWNER_NOW
    country: str = "US"
    by: GroupBy = GroupBy.FIRM
    min_recoveries: int = 2
    brands: bool = False
    limit: int = 20

    @property
    def count(self) -> CountQuestion:
        """What it counts; countries are ranked whatever country is asked for."""
        country = ANY if self.by is GroupBy.COUNTRY else self.country
        of_known_firms = self.by in (GroupBy.FIRM, GroupBy.PART)
        return CountQuestion(self.selection, self.basis, country, of_known_firms)


@dataclass(frozen=True, slots=True)
class BrandLine:
    """A brand of a ranked firm."""

    brand: str
    brand_ref: str
    recoveries: int
    components: int


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """One line of a ranking; ``name`` and ``ref`` are the firm's, part's, weapon's or country's.

    ``maker`` is a part's. ``country`` is None where it is unknown, ``country_from_label`` true where it is
    only what the source publishes. ``brands`` is None where they were not asked for.
    """

    rank: int
    name: str
    ref: str
    maker: str | None
    country: str | None
    country_from_label: bool
    figures: Figures
    brands: tuple[BrandLine, ...] | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking and how it was counted; ``control_days`` are what "made after" asked of the components."""

    rows: list[RankedGroup]
    basis: Basis
    control_days: tuple[ControlDay, ...] = ()


_UNGROUPED = {
    GroupBy.FIRM: "of unknown firms",
    GroupBy.PART: "whose part number is not stated",
    GroupBy.WEAPON: "from a weapon that is not named",
    GroupBy.COUNTRY: "of unknown country",
}


GROUPS = {
    GroupBy.FIRM: "firms",
    GroupBy.PART: "parts",
    GroupBy.WEAPON: "weapons",
    GroupBy.COUNTRY: "countries",
}
"""What the groups of a ranking are called in its basis."""


def fetch_top(session: Session, question: TopQuestion, *, today: date) -> Ranking:
    """The ranking, with an account of everything that was left out; equal counts share a rank."""
    basis = new_basis(session, "top", _filters(session, question))
    counts = count_components(session, question.count, basis, today=today)
    group = _groups(counts, question.by)
    if not group.all():
        counts.keep(group != 0, Rule(_ungrouped(question), unjudged=True))
        group = _groups(counts, question.by)
    groups = GroupCounts(counts.facts, counts.rows, group)
    qualifying, shown, labels = _ordered(session, groups, question)
    controls = fetch_control_days(session)
    rows = _rows(session, counts, groups, shown, labels, question, controls)
    counts.account(session)
    used = controls.used(counts.weapons())
    basis.notes += days_in_words(used)
    basis.counted |= {GROUPS[question.by]: len(groups.groups), "qualifying": qualifying, "shown": len(rows)}
    _account(counts, question)
    return Ranking(rows, basis, used)


def _filters(session: Session, question: TopQuestion) -> dict[str, str]:
    count = question.count
    filters = {"by": str(question.by), "country": count.country}
    # A weapon has no nationality on any basis: where every country counts, the basis changes nothing.
    if count.country != ANY or question.by is not GroupBy.WEAPON:
        filters["country_basis"] = str(question.basis)
    filters |= selection_filters(session, question.selection)
    return {**filters, "at_least_recoveries": str(question.min_recoveries)}


def _ungrouped(question: TopQuestion) -> str:
    if question.by is GroupBy.PART and question.selection.include_read_parts:
        return "whose part number is neither stated nor read from the marking"
    return _UNGROUPED[question.by]


def _groups(counts: Counts, by: GroupBy) -> Numbers:
    if by is GroupBy.FIRM:
        return counts.attribution.firm
    if by is GroupBy.PART:
        return counts.part
    return counts.weapons() if by is GroupBy.WEAPON else counts.attribution.country


def _ordered(session: Session, groups: GroupCounts, question: TopQuestion) -> tuple[int, list[int], Labels]:
    """How many groups have enough recoveries, and the places of those to show, in order."""
    enough = np.flatnonzero(groups.recoveries >= question.min_recoveries)
    order = np.lexsort((-groups.components[enough], -groups.recoveries[enough]))
    figures = [(-int(groups.recoveries[place]), -int(groups.components[place])) for place in enough[order]]
    # Names are looked up only for groups that may be shown, including those that tie with the last one.
    end = bisect_right(figures, figures[question.limit - 1]) if 0 < question.limit < len(figures) else None
    near = enough[order[:end]].tolist()
    labels = _labels(session, question.by, groups.groups[near])
    ranked = sorted(
        zip(figures[:end], near, strict=True), key=lambda item: (item[0], labels[int(groups.groups[item[1]])])
    )
    return len(enough), [place for _figures, place in ranked][: question.limit or None], labels


def _labels(session: Session, by: GroupBy, groups: Numbers) -> Labels:
    if by is GroupBy.COUNTRY:
        codes = {int(group): country_text(int(group)) or "" for group in groups}
        return {group: (country_name(text), text) for group, text in codes.items()}
    labels = {GroupBy.FIRM: organization_labels, GroupBy.PART: part_labels, GroupBy.WEAPON: weapon_labels}
    return labels[by](session, groups.tolist())


def _rows(
    session: Session,
    counts: Counts,
    groups: GroupCounts,
    shown: list[int],
    labels: Labels,
    question: TopQuestion,
    controls: ControlDays,
) -> list[RankedGroup]:
    makers = _makers(session, groups.groups[shown].tolist()) if question.by is GroupBy.PART else {}
    members = groups.members(shown)
    attribution = counts.attribution.narrowed(members.order)
    figures = groups.figures(members, counts.part_of(members.rows), attribution.unverified, controls)
    countries = _countries(attribution, members, question.by)
    brands = _brands(session, counts, attribution, members) if question.brands else [None] * len(shown)
    return [
        RankedGroup(
            rank=rank,
            name=labels[group][0],
            ref=labels[group][1],
            maker=makers.get(group),
            country=country,
            country_from_label=from_label,
            figures=line,
            brands=lines,
        )
        for rank, group, (country, from_label), line, lines in zip(
            ranks([line.recoveries for line in figures]),
            groups.groups[shown].tolist(),
            countries,
            figures,
            brands,
            strict=True,
        )
    ]


def _countries(attribution: Attribution, members: Members, by: GroupBy) -> list[tuple[str | None, bool]]:
    """The country of each group, the commonest among its components, and whether it is only a label."""
    if by is GroupBy.WEAPON:
        return [(None, False)] * (len(members.bounds) - 1)
    pairs = zip(members.cut(attribution.country), members.cut(attribution.by_label), strict=True)
    found = []
    for countries, by_label in pairs:
        commonest = int(np.bincount(countries).argmax())
        found.append((country_text(commonest), bool(by_label[countries == commonest].all())))
    return found


def _makers(session: Session, parts: list[int]) -> dict[int, str]:
    """The maker of each part that has one on record: several makers may sell the same part number."""
    makers: dict[int, int] = {}
    for some in chunks(parts):
        rows = session.execute(
            select(Part.id, Part.organization_id).where(Part.id.in_(some), Part.organization_id.is_not(None))
        )
        makers.update({row.id: row.organization_id for row in rows})
    labels = organization_labels(session, makers.values())
    return {part: labels[maker][0] for part, maker in makers.items()}


def _brands(
    session: Session, counts: Counts, attribution: Attribution, members: Members
) -> list[tuple[BrandLine, ...] | None]:
    """The brands of each group, those with the most recoveries first."""
    pairs = zip(members.cut(members.rows), members.cut(attribution.brand), strict=True)
    by_brand = [GroupCounts(counts.facts, rows, brand) for rows, brand in pairs]
    labels = organization_labels(session, {brand for each in by_brand for brand in each.groups.tolist()})
    found: list[tuple[BrandLine, ...] | None] = []
    for each in by_brand:
        lines = [
            BrandLine(*labels[brand], recoveries, components)
            for brand, recoveries, components in zip(
                each.groups.tolist(), each.recoveries.tolist(), each.components.tolist(), strict=True
            )
            if brand
        ]
        found.append(tuple(sorted(lines, key=lambda line: (-line.recoveries, -line.components, line.brand))))
    return found


def _account(counts: Counts, question: TopQuestion) -> None:
    """States what is not known of what was counted, and what of it rests on automatic reading."""
    basis, rows = counts.basis, counts.rows
    basis.cautions += _read_automatically(counts, question.selection)
    known = "neither stated nor read" if counts.read_parts else "not stated"
    basis.unknown += share(f"Part number {known}", counts.part == 0)
    basis.unknown += share(
        "Date of manufacture unknown", ~counts.facts.components[ComponentFact.MADE_EARLIEST].known(rows)
    )
    basis.unknown += _not_in_a_quarter(counts, counts.facts.distinct_recoveries_of(rows))


def _read_automatically(counts: Counts, selection: Selection) -> list[str]:
    """How many components passed a filter only because of what the program read, where one was set."""
    columns, asked = counts.facts.components, selection.component_columns()
    lines: list[str] = []
    for name, what in ((ComponentFact.CATEGORY_READ, "Category"), (ComponentFact.HS6_READ, "Customs code")):
        if name in asked:
            lines += share(f"{what} only read automatically, unverified", columns[name].known(counts.rows))
    return lines


def _not_in_a_quarter(counts: Counts, recoveries: Numbers) -> list[str]:
    """How many recoveries a trend by quarter cannot show, and why not."""
    timeline = counts.facts.timeline
    undated: Mask = (timeline.earliest.take(recoveries) == 0) & (timeline.latest.take(recoveries) == 0)
    coarse: Mask = ~undated & (timeline.quarters.take(recoveries) == 0)
    lines = share("Undated", undated, "recoveries")
    return lines + share("Dated too coarsely for a quarter", coarse, "recoveries")
