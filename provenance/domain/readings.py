"""Markings read by the program: tentative makers and parts, dates, categories; apart from what is stated.

The stated maker is kept whatever is read; where the reading disagrees with some confidence, the disagreement
is listed. A tentative statement enters a count only on request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import select

from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary import SeatKind, StatementStatus
from provenance.domain.amendments.last_word import unidentified_among
from provenance.domain.batches import NewRows
from provenance.domain.derivation import (
    DATE_READ,
    DERIVED,
    METHOD,
    Candidate,
    Derived,
    Disagreement,
    Known,
    Reader,
    Reading,
    ReadingSummary,
    by_source_or_person,
    coded_days,
    components_to_read,
    derive_kind,
    derived_values,
    made_on,
    question_of,
    stated_only,
)
from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.domain.parts import PartWriter
from provenance.domain.sources import READING, source_id
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component, Identification, MakerAttribution
from provenance.schema.reference import CategoryHs
from provenance.schema.row_values import Values, table_name, update_each, update_rows, value_in
from provenance.schema.session import Session
from provenance.sources.records import OWN_KEY

_TOO_WEAK = "possible"
"""A reading of this confidence is not worth reporting as a disagreement."""

Noun = type[MakerAttribution] | type[Identification]

Stated = tuple[int | None, str]
"""A firm or part by row number, and the text that was read."""


class Derivation:
    """Derives what follows from components' statements, within the caller's transaction. Maker and part are
    read only where neither a source nor a person states them; date, category and customs code wherever none
    is stated.
    """

    def __init__(self, session: Session, reader: Reader) -> None:
        self._session = session
        self._reader = reader
        self._rows = NewRows(session)
        self._parts = PartWriter(session, self._rows, source_id(session, READING))
        self._changed: dict[int, Values] = {}
        self._current = _CurrentReadings(session)
        self.summary = ReadingSummary()

    @cached_property
    def _genealogy(self) -> Genealogy:
        return load_genealogy(self._session, today=self._session.today)

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes = self._session.execute(select(CategoryHs.category, CategoryHs.hs6))
        return {row.category: row.hs6 for row in codes}

    @property
    def made(self) -> Counter[str]:
        """How many rows reading made, by table."""
        return self._rows.made

    def derive(
        self, component_ids: Sequence[int], *, new: bool = False, identify: bool | None = None
    ) -> ReadingSummary:
        """Derives again what follows from the current statements about components.

        ``new`` says that nothing was derived of them before. Where ``identify`` is false no maker and no part
        is read: a person states that it is not identified. None leaves that to what was last said of each.
        """
        rows = [row for chunk in chunks(component_ids) for row in self._rows_of(chunk)]
        if not new:
            for chunk in chunks(component_ids):
                self._current.load(chunk)
        today = self._session.today
        readings = self._reader.read(question_of(row, today) for row in rows)
        unidentified = self._unidentified(component_ids, new, identify)
        for row, reading in zip(rows, readings, strict=True):
            self._read_component(row, reading, row.id not in unidentified)
        self._current.supersede()
        self._rows.write()
        self._current.link_successors()
        self._write_columns()
        return self.summary

    def _unidentified(self, component_ids: Sequence[int], new: bool, identify: bool | None) -> set[int]:
        """The components for which no maker and no part is read."""
        if identify is None:
            return set() if new else unidentified_among(self._session, component_ids)
        return set() if identify else set(component_ids)

    def _rows_of(self, component_ids: Sequence[int]) -> Iterator[Any]:
        seen: int | None = None
        for row in self._session.execute(components_to_read(component_ids)):
            # A second statement of a part must not count the component twice; the most certain comes first.
            if row.id != seen:
                seen = row.id
                yield row

    def _read_component(self, row: Any, reading: Reading, identify: bool) -> None:
        if row.mpn is not None or row.marking is None:
            chosen = next(
                (each for each in reading.candidates if each.maker == str(row.organization_id)), None
            )
            self.summary.stated += 1
            self._state(row, None)
        else:
            self.summary.read += 1
            chosen = self._chosen(row, reading) if identify else None
            self._state(row, chosen, self._doubt(row, reading))
        self._settle_columns(row, chosen, reading)

    def _chosen(self, row: Any, reading: Reading) -> Candidate | None:
        """The best candidate that the stated maker allows: its own, or one of the same group of firms.

        Where none is stated, the first candidate of all, if it has grounds and the stated country allows it.
        """
        stated = row.organization_id
        candidates = reading.candidates
        if stated is None:
            first = reading.settled(candidates)
            return first if first and self._may_be_said(first, row.country_stated) else None
        own = [each for each in candidates if int(each.maker) == stated]
        house = [each for each in candidates if self._same_house(stated, int(each.maker))]
        named = [each for each in own if each.mpn] or [each for each in house if each.mpn]
        return reading.settled(named) if named else reading.settled(own)

    def _may_be_said(self, candidate: Candidate, country: str | None) -> bool:
        """Whether a maker rests on more than wording, and the source's label of country is not another's.

        A firm whose seats are not on record, or which the label fits on any basis, is not ruled out by it.
        """
        if candidate.ground is None:
            return False
        group = self._genealogy.ancestors(int(candidate.maker))
        seats = {self._genealogy.country(each, kind) for each in group for kind in SeatKind} - {None}
        return not (country and seats) or country in seats

    def _same_house(self, one: int, other: int) -> bool:
        if one == other:
            return True
        return other in self._genealogy.ancestors(one) or one in self._genealogy.ancestors(other)

    def _state(self, row: Any, chosen: Candidate | None, doubt: Candidate | None = None) -> None:
        """Replaces the current reading of maker and part, where it differs.

        A maker is read where none is stated, or where the marking says another one than a source: that is
        the program's doubt, which stands beside the stated maker and never counts in its place.
        """
        if row.organization_id is None and chosen is not None:
            self.summary.makers += 1
        self._state_maker(row, chosen if row.organization_id is None else doubt)
        if chosen is not None and chosen.mpn:
            self.summary.parts += 1
            part = self._parts.part(chosen.mpn, int(chosen.maker))
            printed = chosen.printed or chosen.mpn
            if self._current.differs(Identification, row.id, (part, printed)):
                number = self._rows.add(
                    Identification(
                        uid=self._uid(Identification, row, chosen.mpn),
                        component_id=row.id,
                        part_id=part,
                        as_written=printed,
                        status=StatementStatus.TENTATIVE,
                        method=f"{METHOD}, maker {chosen.confidence}",
                        score=chosen.score,
                        citation_id=None,
                    )
                )
                self._current.replace(Identification, row.id, number)
        else:
            self._current.replace(Identification, row.id, None)

    def _state_maker(self, row: Any, read: Candidate | None) -> None:
        if read is None:
            self._current.replace(MakerAttribution, row.id, None)
            return
        maker = int(read.maker)
        if self._current.differs(MakerAttribution, row.id, (maker, row.marking)):
            number = self._rows.add(
                MakerAttribution(
                    uid=self._uid(MakerAttribution, row, read.maker),
                    component_id=row.id,
                    organization_id=maker,
                    as_written=row.marking,
                    country_stated=None,
                    status=StatementStatus.TENTATIVE,
                    basis=f"{METHOD}, maker {read.confidence}: {read.reason}",
                    citation_id=None,
                )
            )
            self._current.replace(MakerAttribution, row.id, number)

    def _uid(self, noun: Noun, row: Any, what: str) -> str:
        # A reading that comes back after another is another statement.
        if self._current.was_read(noun, row.id):
            return new_uid()
        return natural_uid(table_name(noun), row.uid, METHOD, what)

    def _doubt(self, row: Any, reading: Reading) -> Candidate | None:
        """The maker that the marking says, with some confidence, where the stated one is of another group.

        It is listed; where a source, and no person, states the maker, it is recorded as well.
        """
        if row.organization_id is None or not reading.candidates:
            return None
        first = reading.candidates[0]
        if first.confidence == _TOO_WEAK or first.ground is None:
            return None
        if self._same_house(row.organization_id, int(first.maker)):
            return None
        self.summary.disagreements.append(
            Disagreement(
                record=_called(row),
                marking=row.marking,
                published=self._genealogy.labels[row.organization_id],
                read=self._genealogy.labels[int(first.maker)],
                confidence=str(first.confidence),
                reason=first.reason,
            )
        )
        return first if row.maker_status == StatementStatus.PUBLISHED else None

    def _settle_columns(self, row: Any, chosen: Candidate | None, reading: Reading) -> None:
        before = Derived(*(value_in(row, column) for column in DERIVED))
        coded = coded_days(row, self._reader, self._session.today)
        now = made_on(stated_only(before), coded, reading.made)
        text = " ".join(filter(None, (row.description, row.marking)))
        family = chosen.category if chosen else ""
        known = Known(now.category, now.hs6, row.part_category, row.part_hs6, family, text)
        kind = derive_kind(known, self._codes)
        self.summary.dated += now.made_basis == DATE_READ
        self.summary.categories += kind.category is not None
        if kind.category is not None:
            now = now._replace(category=kind.category, category_basis=kind.category_basis)
        if kind.hs6 is not None:
            now = now._replace(hs6=kind.hs6, hs6_basis=kind.hs6_basis)
        if now != before:
            self._changed[row.id] = derived_values(now)

    def _write_columns(self) -> None:
        update_each(self._session, Component, self._changed)
        self._changed = {}


class _CurrentReadings:
    """The program's own statements that stand, and those that are to take their place."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[Noun, dict[int, int]] = {MakerAttribution: {}, Identification: {}}
        self._stated: dict[Noun, dict[int, Stated]] = {MakerAttribution: {}, Identification: {}}
        self._read: dict[Noun, set[int]] = {MakerAttribution: set(), Identification: set()}
        self._successors: dict[Noun, dict[int, int | None]] = {MakerAttribution: {}, Identification: {}}

    def load(self, component_ids: Sequence[int]) -> None:
        """Looks up what was ever read of some thousands of components at most."""
        stated: dict[Noun, Any] = {
            MakerAttribution: MakerAttribution.organization_id,
            Identification: Identification.part_id,
        }
        for noun, what in stated.items():
            rows = self._session.execute(
                select(
                    noun.component_id, noun.id, noun.superseded_by, noun.as_written, what.label("stated")
                ).where(noun.component_id.in_(component_ids), ~by_source_or_person(noun))
            )
            for row in rows:
                self._read[noun].add(row.component_id)
                if row.superseded_by is None:
                    self._numbers[noun][row.component_id] = row.id
                    self._stated[noun][row.component_id] = row.stated, row.as_written

    def was_read(self, noun: Noun, component_id: int) -> bool:
        """Whether anything of that kind was ever read of a component."""
        return component_id in self._read[noun]

    def differs(self, noun: Noun, component_id: int, stated: Stated) -> bool:
        """Whether the statement that stands, if any, states something else, or of another text."""
        return self._stated[noun].get(component_id) != stated

    def replace(self, noun: Noun, component_id: int, successor: int | None) -> None:
        """Notes that a statement is replaced by another, or by none."""
        if component_id in self._numbers[noun]:
            self._successors[noun][self._numbers[noun][component_id]] = successor

    def supersede(self) -> None:
        """Supersedes what is replaced: at no moment may two be current."""
        for noun, successors in self._successors.items():
            for old in chunks(list(successors)):
                update_rows(self._session, noun, {noun.superseded_by: noun.id}, noun.id.in_(old))

    def link_successors(self) -> None:
        """Names the successors, which are written now."""
        for noun, successors in self._successors.items():
            for old, new in successors.items():
                if new is not None:
                    update_rows(self._session, noun, {noun.superseded_by: new}, noun.id == old)
            successors.clear()
        for noun in self._numbers:
            self._numbers[noun].clear()
            self._stated[noun].clear()


def _called(row: Any) -> str:
    """The key that a component has in its list; without one, or where the program made it, its reference."""
    key: str | None = row.record
    return key if key and not key.startswith(OWN_KEY) else reference("component", row.uid)
