"""The components that a question counts, and the firm and country that each counts for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from provenance.core.basis import NO_CLEARANCE, NO_WRONGDOING, Basis
from provenance.core.vocabulary import CountryBasis
from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.attribution import Attribution, AttributionResolver, concatenated
from provenance.queries.fact_table import FactTable, Mask, Numbers, load_fact_table
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import COMPONENTS, country_number
from provenance.queries.facts.sheets import load
from provenance.queries.filter_pipeline import FilterPipeline, Rule
from provenance.queries.filters import ANY, Selection, apply_selection
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.merged_facts import merged_facts
from provenance.queries.ranking_scope import NO_COUNTRY, NO_MAKER, NO_OWNER, of_other_country
from provenance.queries.tlp_filter import apply_marks, handling
from provenance.schema.session import Session, remembered

UNKNOWN_COUNTRY = "unknown"
UNIT = "distinct recoveries"
DOUBTED = "Marking read as another maker's than the one stated"


@dataclass(frozen=True, slots=True)
class CountQuestion:
    """Which components to count, and for which firms.

    ``country`` is a code, ``any`` or ``unknown``. With ``of_known_firms`` components whose maker or owner
    is unknown are left out.
    """

    selection: Selection = field(default_factory=Selection)
    basis: CountryBasis = CountryBasis.OWNER_NOW
    country: str = ANY
    of_known_firms: bool = True


_COMPONENT_COLUMNS = (
    ComponentFact.PART,
    ComponentFact.MADE_EARLIEST,
    ComponentFact.MADE_LATEST,
    ComponentFact.PIECES,
    ComponentFact.REPORTED,
)
_RECOVERY_COLUMNS = (
    RecoveryFact.WEAPON,
    RecoveryFact.RECOVERED_EARLIEST,
    RecoveryFact.RECOVERED_LATEST,
    RecoveryFact.CAPTURED_EARLIEST,
    RecoveryFact.CAPTURED_LATEST,
    RecoveryFact.USED_EARLIEST,
    RecoveryFact.USED_LATEST,
    RecoveryFact.PRODUCED_LATEST,
    RecoveryFact.UNSTATED_EARLIEST,
)


@dataclass(slots=True)
class Counts:
    """The components that passed the filters of a question, each with the firm that it counts for.

    ``attribution`` is of the components at ``rows``, in the same order.
    """

    facts: FactTable
    pipeline: FilterPipeline
    attribution: Attribution
    genealogy: Genealogy
    read_parts: bool

    @property
    def rows(self) -> Numbers:
        """Positions of the components, ascending."""
        return self.pipeline.rows

    @property
    def basis(self) -> Basis:
        """How they were counted."""
        return self.pipeline.basis

    @property
    def part(self) -> Numbers:
        """The part that each component is (0: unknown)."""
        return self.part_of(self.rows)

    def part_of(self, rows: Numbers) -> Numbers:
        """The part that each of these components is (0: unknown)."""
        part = self.facts.components[ComponentFact.PART].take(rows)
        if self.read_parts:
            part += (part == 0) * self.facts.components[ComponentFact.GUESSED_PART].take(rows)
        return part

    @property
    def brand_read(self) -> Mask:
        """The components whose firm is only what the program read from the marking."""
        return self._only_read(ComponentFact.ORGANIZATION, self.attribution.brand)

    @property
    def part_read(self) -> Mask:
        """The components whose part number is only what the program read from the marking."""
        return self._only_read(ComponentFact.PART, self.part)

    def _only_read(self, stated: ComponentFact, counted: Numbers) -> Mask:
        found: Mask = (counted != 0) & ~self.facts.components[stated].known(self.rows)
        return found

    def recoveries(self) -> Numbers:
        """The recovery of each component, as a position."""
        return self.facts.recoveries_of(self.rows)

    def weapons(self) -> Numbers:
        """The weapon system that each component was found in (0: not named)."""
        return self.facts.recoveries[RecoveryFact.WEAPON].take(self.facts.at.take(self.rows))

    def component_ids(self, session: Session) -> list[int]:
        """The row numbers of the components."""
        return self._numbers(session, self.rows)

    def reported_ids(self, session: Session) -> dict[int, int]:
        """The row numbers of the components and of all that repeat them, each with the one counted."""
        if not self.facts.same_components:
            return {number: number for number in self.component_ids(session)}
        rows = self.facts.with_repeats(self.rows)
        first = {place: one for one, same in self.facts.same_components.items() for place in same}
        counted = np.array([first.get(place, place) for place in rows.tolist()], dtype=np.intp)
        return dict(zip(self._numbers(session, rows), self._numbers(session, counted), strict=True))

    @staticmethod
    def _numbers(session: Session, rows: Numbers) -> list[int]:
        ids = load(session, COMPONENTS, [ComponentFact.ID])[ComponentFact.ID]
        found: list[int] = ids.take(rows).tolist()
        return found

    def doubts(self, session: Session) -> Numbers:
        """The maker that each component's marking reads as, where another one is stated; 0 for all others.

        Ask for the column of guessed organizations.
        """
        firms = clusters(session, RecordKind.ORGANIZATION)
        read = self.facts.components[ComponentFact.GUESSED_ORGANIZATION].take(self.rows)
        stated = self.facts.components[ComponentFact.ORGANIZATION].take(self.rows)
        found: Numbers = read * ((stated != 0) & (read != stated))
        for place in np.flatnonzero(found).tolist():
            one, other = int(read[place]), int(stated[place])
            if firms.get(one, one) == firms.get(other, other):
                found[place] = 0
        return found

    def keep(self, wanted: Mask, rule: Rule) -> None:
        """Leaves out the components that are not wanted."""
        assert len(wanted) == len(self.rows)
        (stay,) = self.pipeline.exclude(lambda _rows: (~wanted).view(np.uint8), [rule])
        self.attribution = self.attribution.narrowed(stay)

    def account(self, session: Session) -> None:
        """States in the basis what was counted, what to be cautious about, and the answer's handling."""
        rows, basis = self.rows, self.basis
        basis.counted = {"components": len(rows), "recoveries": self.facts.count_recoveries(rows)}
        basis.handling = handling(session, self.pipeline)
        if not len(rows):
            basis.cautions.append(NO_CLEARANCE)
            return
        basis.cautions.append(NO_WRONGDOING)
        basis.cautions += share("Maker only read automatically, unverified", self.brand_read)
        basis.cautions += share("Part number only read automatically, unverified", self.part_read)
        assessed = self.facts.components[ComponentFact.AUTHENTICITY].known(rows)
        basis.cautions += share("Authenticity not assessed", ~assessed)
        basis.cautions += share("Ownership link not fully verified", self.attribution.unverified)
        basis.cautions += share("Country only as published by the source", self.attribution.by_label)


def share(what: str, mask: Mask, noun: str = "components") -> list[str]:
    """How many of those counted have a feature, as a sentence: "Undated: 2 of 6 recoveries."; or none."""
    count, total = int(np.count_nonzero(mask)), len(mask)
    if not count:
        return []
    if total == 1:
        return [f"{what}: the only {'recovery' if noun == 'recoveries' else noun.removesuffix('s')}."]
    return [f"{what}: {f'all {total:,}' if count == total else f'{count:,} of {total:,}'} {noun}."]


def new_basis(session: Session, question: str, filters: dict[str, str]) -> Basis:
    """The basis of an answer that counts distinct recoveries, with its filters and nothing counted yet."""
    return Basis(question, UNIT, data_fingerprint(session), filters=filters)


def count_components(
    session: Session,
    question: CountQuestion,
    basis: Basis,
    *,
    today: date,
    more_columns: tuple[ComponentFact, ...] = (),
) -> Counts:
    """Filters the components of a question, with an account in ``basis``, and attributes each to a firm."""
    selection = question.selection
    facts = load_fact_table(
        session,
        component_columns=[
            *_COMPONENT_COLUMNS,
            *more_columns,
            *selection.component_columns(),
            *((ComponentFact.GUESSED_ORGANIZATION,) if selection.include_read_makers else ()),
            *((ComponentFact.GUESSED_PART,) if selection.include_read_parts else ()),
        ],
        recovery_columns=_RECOVERY_COLUMNS,
    )
    facts = merged_facts(session, facts, selection.clearance)
    found_in = np.flatnonzero(facts.components_each)
    basis.out_of = {
        "components": facts.size,
        "recoveries": facts.distinct(found_in if facts.one_of is None else facts.one_of[found_in]),
    }
    pipeline = FilterPipeline(facts, basis)
    apply_marks(session, pipeline, selection.clearance)
    apply_selection(session, pipeline, selection)
    read_makers = selection.include_read_makers
    genealogy = remembered(session, ("genealogy", today), lambda: load_genealogy(session, today=today))

    def resolve() -> AttributionResolver:
        return AttributionResolver(session, facts, genealogy, question.basis, read_makers=read_makers)

    key = ("attribution", today, question.basis, read_makers)
    # What merged records say depends on the clearance of the question.
    resolver = resolve() if facts.is_merged else remembered(session, key, resolve)
    attribution = _attributed(pipeline, resolver, question)
    return Counts(facts, pipeline, attribution, genealogy, selection.include_read_parts)


def _attributed(
    pipeline: FilterPipeline, resolver: AttributionResolver, question: CountQuestion
) -> Attribution:
    """Leaves out components of unknown firms, or of another country; the attribution of the others."""
    lines = resolver.lines
    rules: list[Rule] = []
    firmless = np.zeros(len(lines.brands), dtype=np.uint8)
    if question.of_known_firms:
        rules = [NO_MAKER, NO_OWNER]
        firmless[lines.owner_unknown] = 2
        firmless[lines.brands == 0] = 1
    before = len(rules)
    rules += _country_rules(question.country)
    by_line = np.where(firmless, firmless, _by_country(lines.countries, question.country, before))
    parts: list[Attribution] = []

    def verdict(rows: Numbers) -> Numbers:
        parts.append(attribution := resolver.of(rows))
        if attribution.labels is None:
            return by_line.take(attribution.line)
        none = firmless.take(attribution.line)
        verdicts: Numbers = none + (none == 0) * _by_country(attribution.country, question.country, before)
        return verdicts

    staying = pipeline.exclude(verdict, rules)
    return concatenated([part.narrowed(stay) for part, stay in zip(parts, staying, strict=True)])


def _country_rules(wanted: str) -> list[Rule]:
    if wanted == ANY:
        return []
    if wanted == UNKNOWN_COUNTRY:
        return [Rule("of a known country")]
    return [NO_COUNTRY, of_other_country(wanted)]


def _by_country(countries: Numbers, wanted: str, before: int) -> Numbers:
    """Which of `_country_rules` excludes each, numbered after the ``before`` rules that precede; 0 stays."""
    if wanted == ANY:
        return np.zeros(len(countries), dtype=np.uint8)
    if wanted == UNKNOWN_COUNTRY:
        verdicts: Numbers = (countries != 0) * np.uint8(before + 1)
        return verdicts
    # An unknown country is not the wanted one; the rule before the last excludes it.
    verdicts = (countries != country_number(wanted)) * np.uint8(before + 2) - (countries == 0)
    return verdicts
