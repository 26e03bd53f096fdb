"""The part that a transfer's description of the goods states, where its row has no column for it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from provenance.domain.organizations import FirmNames
from provenance.domain.review import Doubt, ReviewReason
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.sources.records import ShipmentRecord
from provenance.text.goods_words import GoodsWords, read_goods
from provenance.text.part_numbers import part_key

_SHORTEST_CANDIDATE = 6
"""Characters of a token that is taken as a part number though no word beside it says so."""


class GoodsReader:
    """Reads part numbers out of descriptions; ``review`` counts what was read, and what was left.

    A number is taken if it is the only one that stands behind a word for "article"; without such a word, if
    it is the only token that looks like one, and is a part on record or stands beside a stated maker. Of
    several numbers in one description none is taken: whose the quantity and the value are, is not stated.
    """

    def __init__(self, session: Session, firms: FirmNames, review: Counter[Doubt]) -> None:
        self._session = session
        self._firms = firms
        self._review = review
        self._known: dict[str, bool] = {}

    def read(self, record: ShipmentRecord) -> ShipmentRecord:
        """The record with what its description states; as it is where its row names the goods itself."""
        if not record.words_may_decide or record.goods is None:
            return record
        words = read_goods(record.goods)
        if record.quantity is None and words.pieces is not None:
            record = record.with_quantity(float(words.pieces), "pcs")
        if record.mpn or record.component or record.lot:
            return record
        number = self._number(record, words)
        if number is None:
            return record
        self._review[ReviewReason.READ_IN_WORDS, number] += 1
        self._known[part_key(number)] = True
        return record.of_part(number, record.maker or self._maker(words))

    def _number(self, record: ShipmentRecord, words: GoodsWords) -> str | None:
        if len(words.numbers) == 1:
            return words.numbers[0]
        if words.numbers:
            self._review[ReviewReason.SEVERAL_PARTS, ", ".join(words.numbers)] += 1
            return None
        if len(words.candidates) > 1 and any(self._is_known(part_key(text)) for text in words.candidates):
            self._review[ReviewReason.SEVERAL_PARTS, ", ".join(words.candidates)] += 1
        if len(words.candidates) != 1:
            return None
        (text,) = words.candidates
        stated = record.maker is not None or self._maker(words) is not None
        long = len(part_key(text)) >= _SHORTEST_CANDIDATE
        return text if (stated and long) or self._is_known(part_key(text)) else None

    def _maker(self, words: GoodsWords) -> str | None:
        """The maker that the words name, if it is one known firm: words make no new ones."""
        named = [(name, self._firms.known(name)) for name in words.makers]
        firms = {firm for _name, found in named for firm in found}
        return next((name for name, found in named if found), None) if len(firms) == 1 else None

    def _is_known(self, key: str) -> bool:
        if key not in self._known:
            found = self._session.execute(select(Part.id).where(Part.mpn_key == key).limit(1)).first()
            self._known[key] = found is not None
        return self._known[key]
