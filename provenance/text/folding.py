"""Search keys, scripts and printable forms of text in any script.

Three keys, all made letter by letter without looking at neighbours, so that the key of a piece of a
text is a piece of the text's key. That is what lets a substring search over keys find "科技" in
"深圳科技有限公司": ideographs are written without spaces between their syllables, and no key has spaces.

- `fold`: how a text sounds in Latin letters. Cyrillic С is "s".
- `fold_words`: the same, with one space between words.
- `fold_marking`: how a marking looks. Cyrillic С is "C", because on a chip it is a C.

Sound and look disagree only where one word mixes Latin letters and foreign look-alikes;
`repair_lookalikes` repairs those words, and `search_text` holds both readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

Script = Literal["latin", "cyrillic", "han", "arabic", "hangul", "kana", "greek", "other", "mixed", "none"]

_CYRILLIC_CAPITALS = "АВЕЅІЈКМНОРСТУХҮԚԜӀ"
_LATIN_FOR_CYRILLIC_CAPITALS = "ABESIJKMHOPCTYXYQWI"
_GREEK_CAPITALS = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ"
_LATIN_FOR_GREEK_CAPITALS = "ABEZHIKMNOPTYXCJ"
# Small letters are fewer: "в", "м", "н", "т" resemble no small Latin letter.
_CYRILLIC_SMALL = "аеѕіјкорсухԛԝ"
_LATIN_FOR_CYRILLIC_SMALL = "aesijkopcyxqw"

_CAPITAL_LOOKALIKES = dict(
    zip(
        map(ord, _CYRILLIC_CAPITALS + _GREEK_CAPITALS),
        _LATIN_FOR_CYRILLIC_CAPITALS + _LATIN_FOR_GREEK_CAPITALS,
        strict=True,
    )
)
_TO_LATIN = _CAPITAL_LOOKALIKES | dict(zip(map(ord, _CYRILLIC_SMALL), _LATIN_FOR_CYRILLIC_SMALL, strict=True))
_TO_LATIN[ord("ο")] = "o"
_TO_CYRILLIC = dict(
    zip(
        map(ord, "ABESIJKMHOPCTYX" + _LATIN_FOR_CYRILLIC_SMALL),
        "АВЕЅІЈКМНОРСТУХ" + _CYRILLIC_SMALL,
        strict=True,
    )
)

_ALEFS = frozenset("اأإآٱ")
_UNHEARD = frozenset("ъьҍԧ")
_APOSTROPHES = frozenset("'’‘`´ʼ＇")
_TRADE_MARKS = {0x2122: " ", 0x2120: " "}
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_FOREIGN_LETTER = re.compile("[\u0370-\u052f]")
_WORD = re.compile(r"[^\W_]+")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_BETWEEN_TEXTS = "\0"
_ASCII_SIGNS_WITHIN = _ASCII_SIGNS.replace(_BETWEEN_TEXTS.encode(), b"")


class _SoundTable(dict[int, str]):
    """What each character of casefolded NFKC text adds to a key; filled as characters turn up."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = piece = _sound(chr(codepoint))
        return piece


class _LookTable(dict[int, str]):
    """What each character of upper-cased NFKC text adds to a marking's key."""

    def __missing__(self, codepoint: int) -> str:
        piece = _CAPITAL_LOOKALIKES.get(codepoint) or fold(chr(codepoint)).upper()
        self[codepoint] = piece
        return piece


class _ScriptTable(dict[str, str]):
    """The script of each letter, by the first word of its Unicode name."""

    def __missing__(self, char: str) -> str:
        self[char] = script = _letter_script(char)
        return script


def fold(text: str) -> str:
    """Search key of a text: its letters and digits as Latin small letters, without spaces or punctuation.

    "ИНТЕГРАЛ", "Интеграл" and "Integral" share a key, and so do "Kh-101", "Х-101" and "KH 101".
    For any text in Unicode's NFKC form and any piece of it, ``fold(piece) in fold(text)``; in other text
    the same holds for every piece that cuts no letter from its accents. The key is empty where the text
    has no letter and no digit. A letter that has no transliteration stands for itself.
    """
    if text.isascii():
        own = text if text.isalnum() else text.encode().translate(None, _ASCII_SIGNS).decode()
        return own.lower()
    return "".join(_words(text))


def fold_each(texts: Sequence[str]) -> list[str]:
    """`fold` of many texts, which costs little more than that of one where all are ASCII."""
    joined = _BETWEEN_TEXTS.join(texts)
    if not joined.isascii() or joined.count(_BETWEEN_TEXTS) != len(texts) - 1:
        return [fold(text) for text in texts]
    return joined.encode().translate(None, _ASCII_SIGNS_WITHIN).lower().decode().split(_BETWEEN_TEXTS)


def fold_words(text: str) -> str:
    """Like `fold`, with one space between words.

    Spaces and punctuation separate words ("S.A." is "s a", "Hi-Link" is "hi link"); an apostrophe does not
    ("Xi'an" is "xian").
    """
    return " ".join(_words(text))


def fold_marking(text: str) -> str:
    """Search key of a marking or part number: capital Latin letters and digits only, read by their look.

    A Cyrillic or Greek letter whose capital looks like a Latin letter becomes that letter (В is "B", Н is
    "H", Р is "P", С is "C", Х is "X"), so that С8051F120 and C8051F120 are one; other letters are
    transliterated as in `fold`. The micro sign is "U", as makers write µA741 themselves: uA741.
    What `fold` guarantees for pieces of a text is true here too.
    """
    if text.isascii():
        own = text if text.isalnum() else text.encode().translate(None, _ASCII_SIGNS).decode()
        return own.upper()
    return nfkc(text).replace("μ", "U").upper().translate(_LOOK)


def nfkc(text: str) -> str:
    """The text in Unicode's NFKC form, with trade mark symbols as spaces instead of the letters TM and SM."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", text.translate(_TRADE_MARKS))


def without_invisible(text: str) -> str:
    """The text without characters that take no place: zero-width spaces and joiners, soft hyphens, marks of
    direction (Unicode's category Cf)."""
    if text.isascii() or text.isprintable():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def repair_lookalikes(text: str) -> str:
    """The text with every word repaired that mixes Latin letters with Cyrillic or Greek look-alikes.

    A word all of whose foreign letters look Latin is read as Latin ("Peak Еlectronics" with a Cyrillic Е);
    a Cyrillic word all of whose Latin letters look Cyrillic is read as Cyrillic; every other word stays.
    """
    if text.isascii() or not (_LATIN_LETTER.search(text) and _FOREIGN_LETTER.search(text)):
        return text
    return _WORD.sub(lambda match: _repaired_word(match.group()), text)


def search_text(text: str) -> str:
    """What to store for a substring search by `fold`: the key, and the repaired reading where it differs.

    The two are on lines of their own, so that no substring spans both.
    """
    if text.isascii():
        return fold(text)
    as_written, repaired = fold(text), fold(repair_lookalikes(text))
    return as_written if as_written == repaired else f"{as_written}\n{repaired}"


def script_of(text: str) -> Script:
    """The script that a text's letters belong to; digits and symbols do not count.

    Japanese (kana with ideographs) is "kana", Korean with ideographs "hangul"; any other two scripts are
    "mixed". A script without a name of its own here (Hebrew, Armenian, Thai…) is "other", and a text
    without letters "none".
    """
    scripts = {_SCRIPTS[char] for char in nfkc(text)} - {""}
    if len(scripts) == 2 and "han" in scripts:
        scripts -= {"han"} if scripts & {"kana", "hangul"} else set()
    if not scripts:
        return "none"
    return _SCRIPT_NAMES.get(scripts.pop(), "other") if len(scripts) == 1 else "mixed"


def printable(text: str) -> str:
    r"""The text on one line without control characters: what is not visible is shown as an escape.

    Control characters, line ends, direction marks, invisible characters and lone surrogates appear as
    ``\n``, ``\x1b``, ``\u202e``. Everything else, backslashes included, stays as it is: this is for eyes,
    not for reading back.
    """
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _words(text: str) -> list[str]:
    if text.isascii():
        return text.encode().translate(_ASCII_WORDS, _ASCII_APOSTROPHES).decode().split()
    return nfkc(text).casefold().translate(_SOUND).split()


def _sound(char: str) -> str:
    """Transliteration of one casefolded character: Latin small letters and digits, nothing, or a space."""
    if char.isascii():
        return char if char.isalnum() else "" if char in _APOSTROPHES else " "
    category = unicodedata.category(char)
    if char in _APOSTROPHES or char in _UNHEARD or category == "Cf":
        return ""
    if category[0] not in "LMN":
        return " "
    if char in _ALEFS:
        return "a"
    # Slow to import, and ASCII text never needs it.
    from anyascii import anyascii

    heard = "".join(filter(str.isalnum, anyascii(char).lower()))
    return heard if heard or category[0] == "M" or category == "Lm" else char


def _repaired_word(word: str) -> str:
    latin = {ord(char) for char in word if _SCRIPTS[char] == "latin"}
    cyrillic = {ord(char) for char in word if _SCRIPTS[char] == "cyrillic"}
    foreign = cyrillic | {ord(char) for char in word if _SCRIPTS[char] == "greek"}
    if not latin or not foreign:
        return word
    if foreign <= _TO_LATIN.keys():
        return word.translate(_TO_LATIN)
    if foreign == cyrillic and latin <= _TO_CYRILLIC.keys():
        return word.translate(_TO_CYRILLIC)
    return word


def _letter_script(char: str) -> str:
    """First word of a letter's Unicode name, with the three East Asian writings brought to one word each."""
    if unicodedata.category(char)[0] != "L":
        return ""
    name = unicodedata.name(char, "UNNAMED").split()[0]
    if name == "MODIFIER":
        return ""
    return _SCRIPT_WORDS.get(name, name.lower())


def _shown(char: str) -> str:
    if unicodedata.category(char) in _SHAPELESS:
        return char.encode("unicode_escape").decode("ascii")
    return char


_SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SCRIPT_WORDS = {
    "CJK": "han",
    "IDEOGRAPHIC": "han",
    "HIRAGANA": "kana",
    "KATAKANA": "kana",
    "KATAKANA-HIRAGANA": "kana",
}
_SCRIPT_NAMES: dict[str, Script] = {
    "latin": "latin",
    "cyrillic": "cyrillic",
    "han": "han",
    "arabic": "arabic",
    "hangul": "hangul",
    "kana": "kana",
    "greek": "greek",
}
_SOUND = _SoundTable()
_ASCII_APOSTROPHES = b"'`"
_ASCII_WORDS = bytes(code if chr(code).isalnum() else 32 for code in range(128)).lower() + bytes(
    range(128, 256)
)
_LOOK = _LookTable()
_SCRIPTS = _ScriptTable()
