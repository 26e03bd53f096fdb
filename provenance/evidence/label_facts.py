"""What a bag or reel label states about an item, and what of it disagrees with the item's own record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary.labels import PART_MEANINGS, LabelMeaning
from provenance.domain.made_dates import made_text
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.text.date_code_field import read_date_code
from provenance.text.folding import fold
from provenance.text.part_numbers import part_key, split_part_number
from provenance.text.partial_dates import DateSpan, format_span
from provenance.text.reel_labels.fields import ReelLabel

ORDERS = {
    LabelMeaning.PURCHASE_ORDER: "purchase order",
    LabelMeaning.SALES_ORDER: "sales order",
    LabelMeaning.INVOICE: "invoice",
    LabelMeaning.PACKING_LIST: "packing list",
}
"""The documents that a label names, by which a seller finds the sale."""


@dataclass(frozen=True, slots=True)
class LabelStatement:
    """The only part, lot, date code, quantity and country that a label names; None where it names none, or
    several.
    """

    mpn: str | None
    lot: str | None
    date_code: str | None
    quantity: str | None
    origin: str | None
    several: tuple[LabelMeaning, ...]


def statement_of(label: ReelLabel) -> LabelStatement:
    """What a label states about what lay in its bag."""
    meant = {
        "mpn": next((each for each in PART_MEANINGS if label.values(each)), LabelMeaning.MAKER_PART),
        "lot": LabelMeaning.LOT,
        "date_code": LabelMeaning.DATE_CODE,
        "quantity": LabelMeaning.QUANTITY,
        "origin": LabelMeaning.COUNTRY,
    }
    values = {name: label.values(meaning) for name, meaning in meant.items()}
    only = {name: found[0] if len(found) == 1 else None for name, found in values.items()}
    several = tuple(meant[name] for name, found in values.items() if len(found) > 1)
    return LabelStatement(**only, several=several)


def question_about(label: ReelLabel) -> str:
    """What to ask a maker or seller about what a label says: part, lot, date code, orders; no other firm."""
    stated = statement_of(label)
    facts = [
        f"{name} {value}"
        for name, value in (
            ("part number", stated.mpn),
            ("lot", stated.lot),
            ("date code", stated.date_code),
            ("quantity", stated.quantity),
        )
        if value
    ]
    facts += [f"{name} {value}" for each, name in ORDERS.items() for value in label.values(each)]
    return (
        f"The label on its packaging states: {', '.join(facts)}. To whom did you sell these goods, and when?"
    )


def doubts_about(session: Session, label: ReelLabel, component_id: int, today: date) -> list[str]:
    """What of a label disagrees with the record of the component that it is said to belong to."""
    row = session.execute(select(Component).where(Component.id == component_id)).one()
    return list(_doubts(row, statement_of(label), today))


def _doubts(row: Any, stated: LabelStatement, today: date) -> Iterator[str]:
    for meaning in stated.several:
        yield f"the label names more than one {meaning.replace('_', ' ')}: none is taken"
    if stated.mpn and row.marking and not _in_marking(stated.mpn, row.marking):
        marking = " ".join(row.marking.split())
        yield f"the component's marking reads {marking}, the label names {stated.mpn}"
    if stated.lot and row.lot and fold(stated.lot) != fold(row.lot):
        yield f"the component's lot is {row.lot}, the label's {stated.lot}"
    if stated.date_code and (made := read_date_code(stated.date_code, today=today)) is not None:
        own = DateSpan(row.made_earliest, row.made_latest)
        if (own.earliest or own.latest) and not _overlap(own, made):
            yield (
                f"the component was made {made_text(row)}, the label's date code {stated.date_code}"
                f" says {format_span(made)}"
            )


def _in_marking(mpn: str, marking: str) -> bool:
    """Whether a marking has a part number, with or without its suffix for package and packing."""
    printed = part_key(marking)
    base = split_part_number(mpn).base
    return part_key(mpn) in printed or (bool(base) and part_key(base) in printed)


def _overlap(one: DateSpan, other: DateSpan) -> bool:
    after = one.earliest is not None and other.latest is not None and one.earliest > other.latest
    before = one.latest is not None and other.earliest is not None and one.latest < other.earliest
    return not (after or before)
