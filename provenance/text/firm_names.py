"""Whether two spellings are one firm's name: a key without case, punctuation, script and legal form.

Equal keys mean equal names, not equal firms: two firms in two countries may both be called "Delta".
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from provenance.core.seed import seed_rows
from provenance.text.folding import fold, nfkc, repair_lookalikes, script_of

_LONGEST_INITIALISM = 6
_SHORTEST_JOINED_WORD = 5
_GLUED_SCRIPTS = ("han", "kana", "hangul")


class LegalForm(NamedTuple):
    """A legal form as names carry it, and at which end of a name: ``start``, ``end`` or ``either``."""

    form: str
    place: str


@dataclass(frozen=True, slots=True)
class LegalForms:
    """Legal forms compiled for lookup from either end of a name.

    ``whole`` holds every form; ``ends`` and ``starts`` the forms by their outermost word, longest first;
    ``glued_ends`` and ``glued_starts`` those that East Asian names carry without a space.
    """

    whole: frozenset[str]
    ends: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, tuple[str, ...]]
    glued_ends: tuple[str, ...]
    glued_starts: tuple[str, ...]

    @classmethod
    def of(cls, forms: Iterable[LegalForm]) -> LegalForms:
        """Compiles forms; an abbreviation is known as one word ("spa") and in letters ("s p a").

        Separate letters count at the end of a name only: A.O. Smith is a name, "AO" before one a form.
        """
        ends: set[str] = set()
        starts: set[str] = set()
        glued_ends: set[str] = set()
        glued_starts: set[str] = set()
        for form, place in forms:
            written = " ".join(_words(form))
            glued = {written} if script_of(form) in _GLUED_SCRIPTS and len(written) > 1 else set()
            spellings = {written, _in_one_word(form), _first_in_one(written)}
            if place != "start":
                ends |= {*spellings, _in_letters(form)}
                glued_ends |= glued
            if place != "end":
                starts |= spellings
                glued_starts |= glued
        return cls(
            whole=frozenset(ends | starts),
            ends=_by_word(ends, outermost=-1),
            starts=_by_word(starts, outermost=0),
            glued_ends=_longest_first(glued_ends),
            glued_starts=_longest_first(glued_starts),
        )

    def is_only_forms(self, text: str) -> bool:
        """Whether a text is made of nothing but legal forms ("Co., Ltd."); false for one without words."""
        words = _words(text)
        return bool(words) and self._is_chain(words)

    def strip(self, name: str) -> str:
        """A name without the legal forms at its ends and a leading "the"; a name that is a legal form stays
        whole.

        Takes and returns small letters with single spaces between words.
        """
        return self._without_start(self._without_end(name))

    def _without_end(self, name: str) -> str:
        while name not in self.whole:
            last = name[name.rfind(" ") + 1 :]
            form = next((form for form in self.ends.get(last, ()) if _ends_in(name, form)), "")
            if form:
                # "GmbH & Co. KG": what joined the form to the name goes with it.
                name = name[: -len(form) - 1].removesuffix(" and")
            elif form := "" if last.isascii() else next(filter(name.endswith, self.glued_ends), ""):
                name = name[: -len(form)]
            else:
                break
        return name

    def _without_start(self, name: str) -> str:
        while name not in self.whole:
            first = name.partition(" ")[0]
            form = next((form for form in self.starts.get(first, ()) if name.startswith(f"{form} ")), "")
            if form:
                name = name[len(form) + 1 :]
            elif form := "" if first.isascii() else next(filter(name.startswith, self.glued_starts), ""):
                name = name[len(form) :]
            elif name.startswith("the "):
                name = name[4:]
            else:
                break
        return name

    def _is_chain(self, words: list[str]) -> bool:
        return not words or any(
            " ".join(words[:size]) in self.whole and self._is_chain(words[size:])
            for size in range(len(words), 0, -1)
        )


def _ends_in(name: str, form: str) -> bool:
    """Whether a name ends in a form; letters of a longer row ("H. L. P.") are no form (L.P.)."""
    if not name.endswith(f" {form}"):
        return False
    before = name[: -len(form) - 1]
    return form[1:2] != " " or before[-2:-1] not in ("", " ")


def _first_in_one(form: str) -> str:
    """A form with its first two words in one, as people write them: "jointstock company"."""
    first, space, rest = form.partition(" ")
    return f"{first}{rest}" if space and len(first) >= _SHORTEST_JOINED_WORD else form


def name_key(name: str, forms: LegalForms | None = None) -> str:
    """Sameness key of a firm's name: Latin small letters and digits, without spaces.

    The name is read like `fold`, with look-alikes repaired, "&" as "and", a leading "the" dropped and
    legal forms at either end removed, in any script: "ОАО Интеграл" and "INTEGRAL OJSC" share a key, and
    so do "U-blox AG" and "ublox". Words keep their order, generic names stay ("Semiconductor", "Delta").
    Never empty for a name with a visible character: a name that is a legal form keeps it, and one without
    letters or digits is its own key. The packaged forms are used where none are given.
    """
    words = " ".join(_words(name))
    key = fold((forms or packaged_forms()).strip(words)) if words else ""
    return key or " ".join(nfkc(name).casefold().split())


def words_of(name: str) -> list[str]:
    """A name's words in small letters, punctuation gone, accents off Latin letters, scripts as they are."""
    return _words(name)


@cache
def packaged_forms() -> LegalForms:
    """The legal forms that come with the program, read once."""
    return LegalForms.of(LegalForm(row["form"], row["place"]) for row in seed_rows("legal_form.csv"))


class _WordTable(dict[int, str]):
    """What each casefolded character adds to a name's words: Latin without accents, others as they are.

    Legal forms are matched before transliteration, or "ИП" would take the "IP" off a camera maker's name.
    """

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = piece = _word_piece(chr(codepoint))
        return piece


_WORDS = _WordTable()


def _words(name: str) -> list[str]:
    return repair_lookalikes(nfkc(name)).casefold().translate(_WORDS).split()


def _word_piece(char: str) -> str:
    if char == "&":
        return " and "
    category = unicodedata.category(char)
    if category[0] in "LNM" and not char.isascii():
        return char if script_of(char) != "latin" and not _is_accent(char) else fold(char)
    return fold(char) or ("" if category == "Cf" or char == "'" or char == "’" else " ")


def _is_accent(char: str) -> bool:
    return unicodedata.name(char, "").startswith("COMBINING")


def _in_one_word(form: str) -> str:
    """An abbreviation with its points taken out: "S.p.A." is "spa"; another form as it is written."""
    words = _words(form)
    joined = "".join(words)
    is_initialism = len(words[0]) == 1 and len(joined) <= _LONGEST_INITIALISM
    return joined if is_initialism else " ".join(words)


def _in_letters(form: str) -> str:
    """An abbreviation with its letters apart: "LLC" is "l l c"; another form as it is written."""
    words = _words(form)
    capitals = sum(map(str.isupper, form))
    is_initialism = len(words) == 1 and capitals > 1 and len(form) <= _LONGEST_INITIALISM
    return " ".join(words[0] if is_initialism else words)


def _by_word(forms: Iterable[str], outermost: int) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms:
        found[form.split()[outermost]].add(form)
    return {word: _longest_first(same) for word, same in found.items()}


def _longest_first(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
