"""Components with what is stated about them: one row, its statements and its citation.

An import hands over columns of a thousand records, an entry columns of one; both come to the same rows.
What follows from a statement without being stated is in `provenance.domain.derivation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from provenance.core.identity import natural_uid, natural_uids
from provenance.core.vocabulary import StatementStatus
from provenance.domain.batches import NewRows
from provenance.domain.declared_fields import declared_columns
from provenance.domain.derivation import DATE_CODE, STATED
from provenance.domain.organizations import FirmResolver
from provenance.domain.parts import PartWriter
from provenance.domain.sources import Origin
from provenance.domain.stated_components import Places, StatedComponents
from provenance.fields.common import TLP
from provenance.fields.components import COMPONENT_FIELDS
from provenance.schema.recoveries import Component, Identification, MakerAttribution
from provenance.schema.row_values import Columns
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer, TransferParty
from provenance.sources.records import ComponentRecord, MakerRecord, TransferRecord
from provenance.text.date_code_field import date_code_meanings
from provenance.text.folding import fold, fold_each, fold_marking, search_text
from provenance.text.item_serials import item_serial_key
from provenance.text.marking_states import read_marking_cell
from provenance.text.partial_dates import hull_of, text_of_several

DECLARED = declared_columns(COMPONENT_FIELDS, Component, but=ComponentRecord._fields)
"""Columns that declared fields fill, by the fields' names; a record has their values in ``more``."""


@dataclass(frozen=True, slots=True)
class Word:
    """Who states maker, part and dates, and how certain they are: a source, or a person.

    ``said_by`` is None where the source itself says it; ``made`` is the basis of a stated date.
    """

    status: StatementStatus = StatementStatus.PUBLISHED
    maker_basis: str = "published maker"
    part_basis: str = "published part number"
    said_by: str | None = None
    made: str = STATED


StatementNoun = type[MakerAttribution] | type[Identification]

PUBLISHED = Word()


class Statement(NamedTuple):
    """What one citation says about a component's maker and part; either may be unstated."""

    component_id: int
    key: str
    maker: MakerRecord | None
    country_stated: str | None
    mpn: str | None
    organization_id: int | None
    citation_id: int


class ComponentWriter:
    """Writes the components of one origin: collects rows, which the caller writes."""

    def __init__(
        self,
        rows: NewRows,
        parts: PartWriter,
        origin: Origin,
        today: date,
        firms: FirmResolver | None = None,
    ) -> None:
        """``firms`` finds the parties of transfers, which only some lists name beside a component."""
        self._rows = rows
        self._parts = parts
        self._today = today
        self._firms = firms
        self.origin = origin

    def columns(self, stated: StatedComponents, places: Places, word: Word = PUBLISHED) -> Columns:
        """The components' own columns, as their records state them."""
        return component_columns(stated, places, self._today, word)

    def add(
        self,
        stated: StatedComponents,
        places: Places,
        makers: Sequence[int | None],
        word: Word = PUBLISHED,
        uids: Sequence[str] = (),
    ) -> Sequence[int]:
        """Collects new components with their citations, statements and transfers; says their numbers.

        ``makers`` are the organizations whose brands are on them; ``uids`` follow from the records' keys
        where none are given.
        """
        keys = stated.key
        rows: Columns = {
            Component.uid: uids or natural_uids("component", self.origin.source_key, keys),
            **self.columns(stated, places, word),
        }
        components = self._rows.add_many(Component, len(keys), rows)
        citations = self._cite(stated, keys, components=components)
        cells = zip(
            components, keys, stated.maker, stated.country_stated, stated.mpn, makers, citations, strict=True
        )
        statements = list(map(Statement._make, cells))
        self.attribute(statements, word)
        self.identify(statements, word)
        if any(stated.transfer):
            for row, transfer in enumerate(stated.transfer):
                if transfer is not None:
                    self.add_transfer(components[row], transfer, stated, row)
        return components

    def attribute(
        self,
        statements: Sequence[Statement],
        word: Word = PUBLISHED,
        version: int = 0,
        superseded_by: int | None = None,
    ) -> Sequence[int]:
        """Collects the stated makers, or the word that there is none; none where a statement is silent."""
        naming = [each for each in statements if each.maker or each.country_stated]
        columns: Columns = {
            MakerAttribution.uid: self._uids("maker_attribution", naming, version),
            MakerAttribution.component_id: [each.component_id for each in naming],
            MakerAttribution.organization_id: [each.organization_id for each in naming],
            MakerAttribution.as_written: [each.maker.as_written if each.maker else "" for each in naming],
            MakerAttribution.country_stated: [each.country_stated for each in naming],
            MakerAttribution.basis: [word.maker_basis] * len(naming),
            **_standing(MakerAttribution, naming, word, superseded_by),
        }
        return self._rows.add_many(MakerAttribution, len(naming), columns)

    def identify(
        self,
        statements: Sequence[Statement],
        word: Word = PUBLISHED,
        version: int = 0,
        superseded_by: int | None = None,
    ) -> Sequence[int]:
        """Collects the stated part numbers, where there are any."""
        naming = [each for each in statements if each.mpn is not None]
        part = self._parts.part
        columns: Columns = {
            Identification.uid: self._uids("identification", naming, version),
            Identification.component_id: [each.component_id for each in naming],
            Identification.part_id: [
                part(each.mpn, each.organization_id) for each in naming if each.mpn is not None
            ],
            Identification.as_written: [each.mpn for each in naming],
            Identification.method: [word.part_basis] * len(naming),
            **_standing(Identification, naming, word, superseded_by),
        }
        return self._rows.add_many(Identification, len(naming), columns)

    def _uids(self, kind: str, naming: Sequence[Statement], version: int) -> list[str]:
        return natural_uids(kind, self.origin.source_key, (each.key for each in naming), str(version))

    def add_transfer(
        self, component_id: int, transfer: TransferRecord, stated: StatedComponents, row: int
    ) -> None:
        """Collects a transfer that the source names beside a component, whose record is that row of all."""
        assert self._firms is not None
        own = transfer_key(stated.key[row], transfer)
        transfer_id = self._rows.add(
            Transfer(
                uid=natural_uid("transfer", self.origin.source_key, own),
                component_id=component_id,
                evidence_class=transfer.evidence_class,
            )
        )
        for party in dict.fromkeys(transfer.parties):
            self._rows.add(
                TransferParty(
                    transfer_id=transfer_id,
                    organization_id=self._firms.organization(party.as_written),
                    side=party.side,
                    role=party.role,
                    as_written=party.as_written,
                    confidential=False,
                )
            )
        of_this = StatedComponents._make([cells[row]] for cells in stated)
        self._cite(of_this, [own], transfers=[transfer_id])

    def _cite(
        self,
        stated: StatedComponents,
        keys: Sequence[str],
        *,
        components: Sequence[int | None] | None = None,
        transfers: Sequence[int | None] | None = None,
    ) -> Sequence[int]:
        nothing = [None] * len(keys)
        columns: Columns = {
            Citation.source_id: [self.origin.source_id] * len(keys),
            Citation.record_key: keys,
            Citation.component_id: components or nothing,
            Citation.transfer_id: transfers or nothing,
            Citation.address: stated.address,
            Citation.published_earliest: stated.published_earliest,
            Citation.published_latest: stated.published_latest,
            Citation.retrieved: stated.retrieved,
            Citation.credibility: stated.credibility,
            Citation.raw_text: stated.raw,
            Citation.tlp: _declared(stated.more, TLP.name),
            Citation.import_run_id: [self.origin.run_id] * len(keys),
        }
        return self._rows.add_many(Citation, len(keys), columns)


def _standing(
    noun: StatementNoun, naming: Sequence[Statement], word: Word, superseded_by: int | None
) -> Columns:
    """Whose statements they are and whether they stand."""
    return {
        noun.status: [str(word.status)] * len(naming),
        noun.said_by: [word.said_by] * len(naming),
        noun.citation_id: [each.citation_id for each in naming],
        noun.superseded_by: [superseded_by] * len(naming),
    }


def transfer_key(key: str, transfer: TransferRecord) -> str:
    """The record key of a transfer named beside a component: other parties make another transfer."""
    named = "\x1f".join(f"{party.side}:{party.role}:{party.as_written}" for party in transfer.parties)
    return f"{key}/transfer/{hashlib.sha256(named.encode()).hexdigest()[:12]}"


def component_columns(
    stated: StatedComponents, places: Places, today: date, word: Word = PUBLISHED
) -> Columns:
    """The components' own columns, as their records state them."""
    cells = zip(stated.marking, stated.marking_mixed, strict=True)
    read = [read_marking_cell(text, mixed=mixed) for text, mixed in cells]
    markings = [marking for marking, _state in read]
    states = zip(stated.marking_state, (state for _marking, state in read), strict=True)
    return {
        Component.recovery_id: places.recoveries,
        Component.unit_id: places.units,
        Component.marking: markings,
        Component.marking_state: [given or found for given, found in states],
        Component.marking_mixed: stated.marking_mixed,
        Component.description: stated.description,
        Component.pieces: stated.pieces,
        Component.condition: stated.condition,
        Component.note: stated.note,
        Component.date_code: stated.date_code,
        Component.lot: stated.lot,
        **_declared_columns(stated.more),
        **_serial_columns(stated.more),
        Component.search_key: component_search_keys(
            markings, stated.description, stated.mpn, _declared(stated.more, Component.component_serial.key)
        ),
        **_made_columns(stated, today, word.made),
        Component.hs6: stated.hs6,
        Component.hs6_basis: [None] * len(markings),
        Component.category: stated.category,
        Component.category_basis: [category and STATED for category in stated.category],
        Component.authenticity: stated.authenticity,
        Component.authenticity_basis: [authenticity and STATED for authenticity in stated.authenticity],
    }


def _declared_columns(more: Sequence[Mapping[str, Any] | None]) -> Columns:
    if not any(more):
        return {}
    return {column: _declared(more, name) for name, column in DECLARED.items()}


def _serial_columns(more: Sequence[Mapping[str, Any] | None]) -> Columns:
    """The identity of the components' own numbers; nothing where no record has a column for them."""
    if not any(more):
        return {}
    serials = _declared(more, Component.component_serial.key)
    return {Component.serial_key: [component_serial_key(serial) for serial in serials]}


def component_serial_key(serial: str | None) -> str | None:
    """What a component is found by under its own number; None without one."""
    return (item_serial_key(serial) or None) if serial else None


def _declared(more: Sequence[Mapping[str, Any] | None], name: str) -> list[Any]:
    return [fields.get(name) if fields else None for fields in more]


def _made_columns(stated: StatedComponents, today: date, basis: str) -> Columns:
    """When they were made: as stated, else as their date codes say."""
    earliest, latest = list(stated.made_earliest), list(stated.made_latest)
    dates = zip(earliest, latest, stated.made_from_code, strict=True)
    bases = [
        None if first is None and last is None else DATE_CODE if from_code else basis
        for first, last, from_code in dates
    ]
    undated = [(row, code) for row, code in enumerate(stated.date_code) if code and bases[row] is None]
    codes = {code: date_code_meanings(code, today=today) for code in {code for _row, code in undated}}
    possible: list[str | None] = [None] * len(bases)
    for row, code in undated:
        if spans := codes[code]:
            bounds = hull_of(spans)
            earliest[row], latest[row], bases[row] = bounds.earliest, bounds.latest, DATE_CODE
            possible[row] = text_of_several(spans)
    return {
        Component.made_earliest: earliest,
        Component.made_latest: latest,
        Component.made_possible: possible,
        Component.made_basis: bases,
    }


def component_search_keys(*columns: Sequence[str | None]) -> list[str | None]:
    """The search texts of components, from the given text columns. Each text as it sounds and as its letters
    look, one per line.
    """
    texts = set(chain.from_iterable(columns))
    plain = [text for text in texts if text and text.isascii()]
    readings = {text: _readings(text) for text in texts if text and not text.isascii()}
    readings |= {text: (folded,) for text, folded in zip(plain, fold_each(plain), strict=True)}
    return [
        _search_key([reading for text in texts if text for reading in readings[text]])
        for texts in zip(*columns, strict=True)
    ]


def _search_key(readings: list[str]) -> str | None:
    return "\n".join(dict.fromkeys(readings)) or None


def _readings(text: str) -> tuple[str, ...]:
    # ASCII letters sound as they look.
    return (fold(text),) if text.isascii() else (search_text(text), fold_marking(text).lower())
