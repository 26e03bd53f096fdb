"""The entries of a letter that names its parties in paragraphs, not in a table.

Where paragraphs are numbered or are items of a list, those are the entries; an address or another name in
the paragraph below belongs to the one above. Otherwise each paragraph is one that is not a salutation, a
sentence, a country or what follows the closing words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provenance.sources.tables.documents import LIST_MARK
from provenance.sources.watchlists.base import Row, country_or_none
from provenance.sources.watchlists.combined_cells import is_place
from provenance.text.name_words import name_words

_NUMBER = re.compile(r"\s*\(?(?P<number>\d{1,4})[).]\s+(?=\S)")
_FEWEST_NUMBERED = 2
_CLOSING = re.compile(
    r"\s*(?:yours\s+)?(?:sincerely|faithfully|respectfully|truly|best regards|kind regards|regards"
    r"|з повагою|с уважением)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\s*(?:dear|to whom|re:|subject:|ref(?:erence)?:|date:|attention|attn|via\b|шановн|уважаем|尊敬)",
    re.IGNORECASE,
)
_OTHER_NAME = re.compile(
    r"\s*\(?(?:[afnd][./]?\s?[kb][./]?\s?a\b|also known as|formerly|alias)", re.IGNORECASE
)
_CONTACT = re.compile(r"@|https?://|\b(?:tel|phone|fax)\b", re.IGNORECASE)
_FEWEST_WORDS = 9
"""Words of a sentence: no name without an address has as many."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An entry of a letter: its line, its text, and the country in the heading above it."""

    line: int
    text: str
    country: str | None


def entries_of(rows: Iterable[Row], column: str, left_out: list[tuple[int, str]]) -> Iterator[Paragraph]:
    """The entries of a letter; the other paragraphs are added to ``left_out`` with their lines."""
    paragraphs = [(row.line, row[column]) for row in rows]
    numbered = [line for line, text in paragraphs if _is_numbered(text)]
    chosen = _numbered(paragraphs) if len(numbered) >= _FEWEST_NUMBERED else _unnumbered(paragraphs)
    country: str | None = None
    for line, text, is_entry in chosen:
        if is_entry:
            yield Paragraph(line, text.removeprefix(LIST_MARK), country)
            continue
        country = _heading(text) or country
        left_out.append((line, text))


def _is_numbered(text: str) -> bool:
    return text.startswith(LIST_MARK) or _NUMBER.match(text) is not None


def _heading(text: str) -> str | None:
    return country_or_none(text.strip(" :.–—-"))


def _numbered(paragraphs: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    """Numbered paragraphs with those below that go on with them, and the others."""
    entry: tuple[int, str] | None = None
    for line, text in paragraphs:
        if _is_numbered(text):
            if entry:
                yield *entry, True
            entry = line, text
        elif entry and not _heading(text) and (is_place(text) or _OTHER_NAME.match(text)):
            entry = entry[0], f"{entry[1]}\n{text}"
        else:
            if entry:
                yield *entry, True
            entry = None
            yield line, text, False
    if entry:
        yield *entry, True


def _unnumbered(paragraphs: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    closed = False
    for line, text in paragraphs:
        closed = closed or _CLOSING.match(text) is not None
        yield line, text, not closed and _may_be_entry(text)


def _may_be_entry(text: str) -> bool:
    """Whether a paragraph may name a party: it is not a greeting, a sentence, a country or contact data."""
    stripped = text.strip()
    if _OPENING.match(stripped) or _CONTACT.search(stripped) or stripped.endswith(":"):
        return False
    if _heading(stripped) or not any(map(str.isalpha, stripped)):
        return False
    is_sentence = stripped.endswith((".", "!", "?")) and len(stripped.split()) >= _FEWEST_WORDS
    return not is_sentence or is_place(stripped) or name_words(stripped.split(",")[0]).only_forms
