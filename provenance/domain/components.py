"""Components with what is stated about them: one row, its statements and its citation.

An import hands over columns of a thousand records, an entry columns of one; both come to the same rows.
What follows from a statement without being stated is in `provenance.domain.derivation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import Any, NamedTuple

from provenance.core.identity import natural_uid, natural_uids
from provenance.core.vocabulary import StatementStatus
from provenance.domain.batches import Columns, NewRows
from provenance.domain.derivation import DATE_CODE, STATED
from provenance.domain.organizations import FirmResolver
from provenance.domain.parts import PartWriter
from provenance.domain.sources import Origin
from provenance.fields.components import COMPONENT_FIELDS
from provenance.schema.recoveries import Component, Identification, MakerAttribution
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer, TransferParty
from provenance.sources.records import ComponentRecord, MakerRecord, TransferRecord
from provenance.text.date_code_field import read_date_code
from provenance.text.folding import fold, fold_each, fold_marking, search_text
from provenance.text.marking_states import read_marking_cell
from provenance.text.part_numbers import is_power_of_ten
from provenance.text.unknown import says_none

_COPIED = (
    "description", "marking_mixed", "pieces", "category", "hs6", "condition", "authenticity", "note",
)  # fmt: skip
"""Columns of a component that hold its record's values as stated."""

_NAMED = ("mpn", "date_code", "lot", "unit")
"""Fields in which a word for the unknown ("n/a", "невідомо") is not a value."""

_WORDS = ("description", "condition", "note")
"""Free-text fields, in which only a question mark means unknown."""

DECLARED = {
    field.name: field.column
    for field in COMPONENT_FIELDS
    if field.column and field.name not in ComponentRecord._fields
}
"""Columns that declared fields fill, by the fields' names; a record has their values in ``more``."""

_CITED = ("address", "published_earliest", "published_latest", "retrieved", "credibility")
"""Columns of a citation that are a record's own."""

_LONGEST_UNKNOWN = 40
"""No word for the unknown is longer."""


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

    def columns(self, stated: Columns, word: Word = PUBLISHED) -> Columns:
        """The components' own columns, as their records state them."""
        return component_columns(stated, self._today, word)

    def add(self, stated: Columns, makers: Sequence[int | None], word: Word = PUBLISHED) -> Sequence[int]:
        """Collects new components with their citations, statements and transfers; says their numbers.

        ``stated`` is as `stated_columns` gives it, with ``recovery_id`` and ``unit_id``; ``makers`` are the
        organizations whose brands are on them.
        """
        key, keys = self.origin.source_key, stated["key"]
        uids = stated.get("uid") or natural_uids("component", key, keys)
        rows: Columns = {"uid": uids, **self.columns(stated, word)}
        components = self._rows.add_many(Component, len(keys), rows)
        citations = self._cite(stated, keys, components=components)
        cells = zip(
            components, keys, *(stated[name] for name in _STATEMENT_FIELDS), makers, citations, strict=True
        )
        statements = list(map(Statement._make, cells))
        self.attribute(statements, word)
        self.identify(statements, word)
        if any(stated["transfer"]):
            for number, key, transfer in zip(components, keys, stated["transfer"], strict=True):
                if transfer is not None:
                    self.add_transfer(number, key, transfer, stated)
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
            "uid": self._uids("maker_attribution", naming, version),
            "component_id": [each.component_id for each in naming],
            "organization_id": [each.organization_id for each in naming],
            "as_written": [each.maker.as_written if each.maker else "" for each in naming],
            "country_stated": [each.country_stated for each in naming],
            "basis": [word.maker_basis] * len(naming),
            **self._standing(naming, word, superseded_by),
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
            "uid": self._uids("identification", naming, version),
            "component_id": [each.component_id for each in naming],
            "part_id": [part(each.mpn, each.organization_id) for each in naming if each.mpn is not None],
            "as_written": [each.mpn for each in naming],
            "method": [word.part_basis] * len(naming),
            **self._standing(naming, word, superseded_by),
        }
        return self._rows.add_many(Identification, len(naming), columns)

    def _uids(self, kind: str, naming: Sequence[Statement], version: int) -> list[str]:
        return natural_uids(kind, self.origin.source_key, (each.key for each in naming), str(version))

    def _standing(self, naming: Sequence[Statement], word: Word, superseded_by: int | None) -> Columns:
        return {
            "status": [str(word.status)] * len(naming),
            "said_by": [word.said_by] * len(naming),
            "citation_id": [each.citation_id for each in naming],
            "superseded_by": [superseded_by] * len(naming),
        }

    def add_transfer(self, component_id: int, key: str, transfer: TransferRecord, stated: Columns) -> None:
        """Collects a transfer that the source names beside a component, whose record is in ``stated``."""
        assert self._firms is not None
        own = transfer_key(key, transfer)
        transfer_id = self._rows.add(
            Transfer,
            uid=natural_uid("transfer", self.origin.source_key, own),
            component_id=component_id,
            evidence_class=transfer.evidence_class,
        )
        for party in dict.fromkeys(transfer.parties):
            self._rows.add(
                TransferParty,
                transfer_id=transfer_id,
                organization_id=self._firms.organization(party.as_written),
                side=party.side,
                role=party.role,
                as_written=party.as_written,
                confidential=False,
            )
        row = stated["key"].index(key)
        self._cite(
            {name: [stated[name][row]] for name in (*_CITED, "raw", "more")}, [own], transfers=[transfer_id]
        )

    def _cite(
        self,
        stated: Columns,
        keys: Sequence[str],
        *,
        components: Sequence[int | None] | None = None,
        transfers: Sequence[int | None] | None = None,
    ) -> Sequence[int]:
        nothing = [None] * len(keys)
        more = stated["more"]
        columns: Columns = {
            "source_id": [self.origin.source_id] * len(keys),
            "record_key": keys,
            "component_id": components or nothing,
            "transfer_id": transfers or nothing,
            **{name: stated[name] for name in _CITED},
            "raw_text": stated["raw"],
            "tlp": [fields.get("tlp") if fields else None for fields in more] if any(more) else nothing,
            "import_run_id": [self.origin.run_id] * len(keys),
        }
        return self._rows.add_many(Citation, len(keys), columns)


_STATEMENT_FIELDS = ("maker", "country_stated", "mpn")


def transfer_key(key: str, transfer: TransferRecord) -> str:
    """The record key of a transfer named beside a component: other parties make another transfer."""
    named = "\x1f".join(f"{party.side}:{party.role}:{party.as_written}" for party in transfer.parties)
    return f"{key}/transfer/{hashlib.sha256(named.encode()).hexdigest()[:12]}"


def stated_columns(records: Sequence[ComponentRecord]) -> Columns:
    """What the records say, field by field; a word for the unknown counts as nothing."""
    cells = zip(*records, strict=True) if records else repeat(())
    columns: Columns = dict(zip(ComponentRecord._fields, cells, strict=False))
    return (
        columns
        | {name: known_texts(columns[name]) for name in _NAMED}
        | {name: _without_question_marks(columns[name]) for name in _WORDS}
    )


def _without_question_marks(cells: Sequence[str | None]) -> Sequence[str | None]:
    return [None if cell == "?" else cell for cell in cells] if "?" in cells else cells


def known_texts(cells: Sequence[str | None]) -> Sequence[str | None]:
    """The texts, None where one is a word for the unknown, or what a spreadsheet left of a number."""
    if not any(cells):
        return cells
    unknown = {
        cell
        for cell in set(cells)
        if cell and len(cell) <= _LONGEST_UNKNOWN and (says_none(cell) or is_power_of_ten(cell))
    }
    return [None if cell in unknown else cell for cell in cells] if unknown else cells


def component_columns(stated: Columns, today: date, word: Word = PUBLISHED) -> Columns:
    """The components' own columns, as their records state them."""
    mixed = stated["marking_mixed"]
    read = [read_marking_cell(text, mixed=one) for text, one in zip(stated["marking"], mixed, strict=True)]
    markings = [marking for marking, _state in read]
    states = zip(stated["marking_state"], (state for _marking, state in read), strict=True)
    return {
        "recovery_id": stated["recovery_id"],
        "unit_id": stated["unit_id"],
        "marking": markings,
        "marking_state": [given or found for given, found in states],
        **{name: stated[name] for name in (*_COPIED, "date_code", "lot")},
        **_declared_columns(stated["more"]),
        "search_key": component_search_keys(markings, stated["description"], stated["mpn"]),
        **_made_columns(stated, today, word.made),
        "hs6_basis": [None] * len(markings),
        "category_basis": [category and STATED for category in stated["category"]],
        "authenticity_basis": [authenticity and STATED for authenticity in stated["authenticity"]],
    }


def _declared_columns(more: Sequence[Mapping[str, Any] | None]) -> Columns:
    if not any(more):
        return {}
    return {
        column: [fields.get(name) if fields else None for fields in more] for name, column in DECLARED.items()
    }


def _made_columns(stated: Columns, today: date, basis: str) -> Columns:
    """When they were made: as stated, else as their date codes say."""
    earliest, latest = list(stated["made_earliest"]), list(stated["made_latest"])
    dates = zip(earliest, latest, stated["made_from_code"], strict=True)
    bases = [
        None if first is None and last is None else DATE_CODE if from_code else basis
        for first, last, from_code in dates
    ]
    undated = [row for row, code in enumerate(stated["date_code"]) if code and bases[row] is None]
    distinct = {stated["date_code"][row] for row in undated}
    codes = {code: read_date_code(code, today=today) for code in distinct}
    for row in undated:
        if (span := codes[stated["date_code"][row]]) is not None:
            earliest[row], latest[row], bases[row] = span.earliest, span.latest, DATE_CODE
    return {"made_earliest": earliest, "made_latest": latest, "made_basis": bases}


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


def values_of(columns: Columns) -> dict[str, Any]:
    """The one row of columns of one row."""
    return {name: cells[0] for name, cells in columns.items()}
