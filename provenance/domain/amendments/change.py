"""One correction on its way to the database: what was read of it, and what the record then says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select

from provenance.core.vocabulary.field import Aspect
from provenance.domain.amendments.present import SEVERAL, Present, assessed, own_citation
from provenance.domain.assessments import SUBJECTS, AspectAssessment, assess
from provenance.domain.declared_fields import declared_columns
from provenance.domain.journal import Author, Entry
from provenance.domain.names import Names
from provenance.fields.entries import cell
from provenance.fields.specification import FieldSpec
from provenance.fields.values import place as read_place
from provenance.schema.base import TableModel
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.row_values import Values, changes, row_number, update_rows
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.text.column_styles import Style

Table = TypeVar("Table", bound=TableModel)

SERIALS_AND_DATES = frozenset(
    ("serial", "tail", "chassis", "sample", "recovered", "seized", "captured", "used", "produced", "examined")
)
"""Fields of a recovery of which lists may have brought several values."""


@dataclass(slots=True)
class Change:
    """A correction of one record.

    ``texts`` and ``values`` are the fields that it changes, None where one is emptied; ``entry`` is what the
    record says afterwards, ``typed`` the same as people typed it. ``unread`` are components of which what is
    derived has to be derived again; ``sources`` says which sources had stated what is replaced.
    """

    session: Session
    author: Author
    present: Present
    reason: str
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    entry: Entry
    typed: Mapping[str, str]
    styles: Mapping[str, Style] = field(default_factory=dict)
    names: Names = field(init=False)
    notes: list[str] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = Names(self.session, self.author)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def any_of(self, names: Iterable[str]) -> bool:
        """Whether it changes any of these fields."""
        return any(name in self.values for name in names)

    def parts(self, name: str) -> Iterator[tuple[str, Any]]:
        """Each of the texts of a field that may hold several, with its value; none where it is emptied."""
        spec = cell(self.present.kind, name)
        for text in self.texts.get(name, "").split(SEVERAL):
            value = spec.value(text, self.styles.get(name)) if text.strip() else None
            if value is not None:
                yield text.strip(), value

    def declared(
        self, fields: Iterable[FieldSpec[Table]], table: type[Table], but: Collection[str] = ()
    ) -> Values:
        """What it changes of the fields that have a column of a table."""
        columns = declared_columns(fields, table, but)
        return {column: self.values[name] for name, column in columns.items() if name in self.values}

    def update(self, noun: type[TableModel], columns: Mapping[Any, Any]) -> None:
        """Writes columns of the record's own row, of those that change."""
        new = changes(self.present.row, dict(columns))
        if new:
            update_rows(self.session, noun, new, row_number(noun) == self.present.number)


def first_of_several(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as one value each is read of them: of several numbers or dates of a kind, the first."""
    return {
        name: next((part.strip() for part in text.split(SEVERAL) if part.strip()), "")
        if name in SERIALS_AND_DATES
        else text
        for name, text in texts.items()
    }


def settled_position(present: Present, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, with a position that stands for the place under its own field."""
    given = dict(texts)
    place = given.get("place", "")
    if place.strip() and "position" not in given and not isinstance(read_place(place), str | None):
        given["position"] = given.pop("place")
    return given


def amend_aspect(change: Change, noun: type[Recovery] | type[Component], name: str, aspect: Aspect) -> None:
    """Writes a field that can also be assessed: where it has been, as another assessment."""
    if name not in change:
        return
    value, number = change.values[name], change.present.number
    current = assessed(change.session, SUBJECTS[noun], number, aspect)
    if current is None and aspect is not Aspect.AUTHENTICITY:
        column = Component.marking_state if aspect is Aspect.MARKING_STATE else noun.tlp
        change.update(noun, {column: value})
        return
    assessment = AspectAssessment(
        aspect,
        value,
        change.entry["counterfeit_kind"] if aspect is Aspect.AUTHENTICITY else None,
        said_by=change.values.get("said_by") or change.author.actor,
        basis=change.values.get("basis") or change.reason,
    )
    assess(change.session, change.author, noun, number, assessment)


def amend_citation(change: Change) -> None:
    """Writes what the record's own citation keeps of an entry: its credibility and its mark."""
    cited = own_citation(change.session, change.present.record, change.present.number)
    if cited is None:
        return
    new: dict[Any, Any] = {}
    if "credibility" in change and cited.credibility != change.values["credibility"]:
        new[Citation.credibility] = change.values["credibility"]
    former = change.present.entry["tlp"]
    if "tlp" in change and cited.tlp == former and cited.tlp != change.values["tlp"]:
        new[Citation.tlp] = change.values["tlp"]
    if new:
        update_rows(change.session, Citation, new, Citation.id == cited.id)


def citation_is_clear(session: Session, present: Present) -> bool:
    """Whether it is clear of which citation a credibility would be amended."""
    return own_citation(session, present.record, present.number) is not None


def components_of(session: Session, recovery_id: int) -> list[int]:
    """The components in a recovery that stand, by row number."""
    found = select(Component.id).where(Component.recovery_id == recovery_id, Component.withdrawn_at.is_(None))
    return list(session.execute(found.order_by(Component.id)).scalars())
