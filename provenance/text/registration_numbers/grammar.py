"""A text with numbers in it, taken apart: pieces, and in each the label, the value and what is said about it.

"Tax ID No. 7705034202 (Russia)", "INN 7705034202, OGRN 1027700132195", "26722 (Trade Register Number)",
"INN 7705034202/770501001".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from provenance.text.registration_numbers.labels import (
    FoundLabel,
    Label,
    find_label_at,
    find_labels,
    label_of,
    named_label,
)

_SEPARATORS = ";\n\r|\u2022•；\t"
_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(?!\d)")
_AND = re.compile(r"\s+(?:and|und|y|и|та|і|й|e)\s+(?=(?:[A-Z]{1,3}\s)?\S*\d)", re.IGNORECASE)
_ALT = re.compile(r"^\s*(?:and\s+)?(?:alt\.|alternate|secondary|альт\.)\s+", re.IGNORECASE)
_DATED = re.compile(
    r"[\s,]*\b(?:issued|issue date|expires?|expiry|dated?|valid|since|exp\.|от|від|дата|выдан\w*|видан\w*|"
    r"until|till|до|by)\b[^;]*$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(expired|revoked|cancell?ed|inactive|former(?:ly)?|dissolved|closed|invalid|void|lost|stolen|"
    r"недейств\w*|недійсн\w*|прострочен\w*|просрочен\w*|аннулирован\w*|анульован\w*|ліквідован\w*|"
    r"ликвидирован\w*|注销|作废)",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"\s*(?:([^\W\d_]+)[\s:.#№]*)?(\d+)\s*")
"""Most cells: at most one word, and digits."""

_INNER = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One number as a text presents it: its label if any, the value, and the remarks in brackets after it."""

    label: Label | None
    value: str
    remarks: tuple[str, ...] = ()
    before: str = ""
    status: str | None = None

    @property
    def has_digit(self) -> bool:
        """Whether there is anything to read."""
        return any(map(str.isdigit, self.value))


def normal(text: str) -> str:
    """A text with the digits and signs of all scripts as their ASCII ones."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if plain.isascii():
        return plain
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in plain
    ).translate(_DASHES)


_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"} | {
    ord(sign): None for sign in "\u200b\u200e\u200f\ufeff\xad"
}


def pieces_of(text: str) -> Iterator[Piece]:
    """Every piece of a text that may hold a number, in order."""
    for segment in _segments(normal(text)):
        yield from _pieces(segment)


def unlabelled_pieces_of(text: str, label: Label) -> Iterator[Piece]:
    """The pieces of a text under a label that is stated beside it: whatever stands there is the value.

    Letters of a value may sound like a label ("CC01"); only the stated one may be repeated before it.
    """
    for segment in _segments(normal(text)):
        body, remarks = _without_brackets(_ALT.sub("", segment))
        repeated = find_label_at(body, 0)
        if repeated is not None and repeated.label == label and _stands_apart(body, repeated.end):
            body = body[repeated.end :]
        yield _valued(Piece(label, body, remarks))


def _stands_apart(text: str, end: int) -> bool:
    """Whether something that is neither letter nor digit separates what ends there from what follows."""
    return not (text[end - 1 : end].isalnum() and text[end : end + 1].isalnum())


def labelled_pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of remarks separated by semicolons that begin with a label, and have a digit."""
    for part in normal(text).split(";"):
        segment = _ALT.sub("", part).strip()
        if any(map(str.isdigit, segment)) and _begins_with_label(segment):
            yield from _pieces(segment)


def _begins_with_label(segment: str) -> bool:
    """Whether a label begins within the first two words: "UK Company Number"."""
    starts = (match.start() for match in re.finditer(r"\S+", segment))
    return any(find_label_at(segment, start) is not None for start in islice(starts, 2))


def _segments(text: str) -> Iterator[str]:
    """The text between separators that stand outside of brackets."""
    start, closing = 0, ""
    for at, char in enumerate(text):
        if closing:
            closing = "" if char == closing else closing
        elif char in _BRACKETS and _BRACKETS[char] in text[at:]:
            closing = _BRACKETS[char]
        elif char in _SEPARATORS or (char in ",，、" and not _is_grouping(text, at)):
            yield from _AND.split(text[start:at])
            start = at + 1
    yield from _AND.split(text[start:])


def _is_grouping(text: str, at: int) -> bool:
    """Whether a comma separates thousands: "12,345,678"."""
    return (
        any(match.start() < at < match.end() for match in _GROUPED.finditer(text))
        and not text[at + 1 : at + 2].isspace()
    )


def _pieces(segment: str) -> Iterator[Piece]:
    """The pieces of a segment: each label begins one."""
    simple = _SIMPLE.fullmatch(segment)
    if simple is not None and (not simple[1] or named_label(simple[1]) is not None):
        yield Piece(named_label(simple[1]) if simple[1] else None, simple[2])
        return
    body, remarks = _without_brackets(_ALT.sub("", segment))
    if not any(map(str.isdigit, body)) and any(any(map(str.isdigit, remark)) for remark in remarks):
        for remark in remarks:
            yield from _pieces(remark)
        return
    matches = find_labels(body)
    before = body[: matches[0].start] if matches else ""
    if not matches or any(map(str.isdigit, before)):
        # A value before the first label: bare, or with its label after it ("26722 Trade Register Number").
        yield _valued(Piece(None, before if matches else body, remarks if not matches else ()))
        before = ""
    label: Label | None = None
    for place, match in enumerate(matches):
        end = matches[place + 1].start if place + 1 < len(matches) else len(body)
        value = body[match.end : end]
        label, prefix = _refined(label, match, body)
        if not any(map(str.isdigit, value)) and not value.strip(" /,.-") and place + 1 < len(matches):
            before += prefix
            continue
        last = place + 1 == len(matches)
        yield _valued(Piece(label, prefix + value, remarks if last else (), before.strip()))
        label, before = None, ""


def _refined(known: Label | None, found: FoundLabel, text: str) -> tuple[Label, str]:
    """The label of two without a value between them, and what of the second belongs to the value."""
    label = found.label
    if known is None or known.is_general:
        return label, ""
    if label.is_general or label == known:
        return known, ""
    return known, text[found.start : found.end]


def _without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    remarks: list[str] = []

    def lift(match: re.Match[str]) -> str:
        remarks.append(match[1].strip())
        return " "

    while _INNER.search(text):
        text = _INNER.sub(lift, text)
    return text.strip(" ()[]（）"), tuple(remark for remark in remarks if remark)


def _valued(piece: Piece) -> Piece:
    """The piece with its status and without dates of issue; a label in brackets names the scheme."""
    said = " ".join((piece.value, *piece.remarks))
    status = _STATUS.search(said)
    value = _DATED.sub("", _STATUS.sub("", piece.value)).strip(" ,./:-\\#№'\"")
    label = piece.label
    for remark in piece.remarks:
        found = label_of(remark)
        if found is not None and (label is None or (label.is_general and not found.is_general)):
            label = found
    return replace(piece, label=label, value=value, status=status[1].casefold() if status else None)
