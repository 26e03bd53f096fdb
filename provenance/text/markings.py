"""Markings: what is printed on a part, split into words, measures, numbers and marking tokens.

Five items are kept apart. `Reading` keeps the raw lines and the text as read; its tokens are what the text
falls into; which part number they name, and what of it is base part or suffix, is said by
`provenance.text.part_numbers`. Nothing here knows a maker.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from provenance.text.folding import fold_marking, repair_lookalikes

MAX_MARKING_LENGTH = 2000
"""Characters of a marking that are read; a package carries fewer, and descriptions seldom more."""
MAX_TOKENS = 80
"""Tokens of a marking that are read."""
_MAX_JOINED_LENGTH = 26
_SHORT_PIECE = 6
_SHORTEST_PART_LIKE = 4
_WHOLE_NUMBER = 9
"""A number of at least this length does not continue after a space with four digits that can be a date;
shorter ones do: MSP430F 1612, DSPIC30F 2010."""
_YEAR_AND_WEEK = re.compile(r"\d\d(0[1-9]|[1-4]\d|5[0-3])")
_DIGITS_MEET = re.compile(r"^(\w*[A-Za-z]\w*\d) +(?=\d+[A-Za-z])")

_CYRILLIC_LAYOUT = "йцукенгшщзхъфывапролджэячсмитьбюёіїєґ"
_LATIN_LAYOUT = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]'\\"
_LAYOUT = {ord(key): typed for key, typed in zip(_CYRILLIC_LAYOUT, _LATIN_LAYOUT, strict=True)}
_SOVIET_NUMBER = re.compile(
    r"(?:[АБВЕЄИКЛМНОПРСТУФХЦШЭЮЯ]{0,3}\d{3,4}[А-Я]{2}\d{1,4}[А-Я]{0,2}\d?[A-Z]{0,3}|[123КГА][ТДСПЛОУВИ]\d{3}[А-Я])"
    r"(?:[-/.][А-Я0-9]+)*",
    re.IGNORECASE,
)
"""Series, two letters of function, number; or a transistor or diode. Source: GOST 18682, 10862, by memory."""
_LOOKS_LATIN = frozenset("АВЕЅІЈКМНОРСТУХҮԚԜӀавеѕіјкмнорстухԛԝ")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_FOREIGN = re.compile("[\u0530-\uabff\uf900-\ufeff]")
"""Scripts whose letters resemble no Latin ones: what is written in them is a word, not a marking."""
_THREE = re.compile(r"(?<=\d)[Зз]|[Зз](?=\d)")
"""The Cyrillic letter that looks like a 3, next to a digit."""
_LATIN_OR_DIGIT = re.compile("[A-Za-z0-9]")
_TRADE_MARKS = str.maketrans({"®": " ", "™": " ", "©": " ", "№": "#"})
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_LINES = re.compile(r"[\r\n|]+")
_BREAKS = re.compile(r"[\s,;()\[\]{}|\"«»“”„?!<>=]+")
_EDGES = ".:*'-+/_~`´’&^"
_CONFUSED = str.maketrans("OQILBSZ", "0011852")
_CONFUSED_BYTES = bytes.maketrans(b"OQILBSZ", b"0011852")
_TO_LETTERS = str.maketrans("0158", "OISB")
_MISREAD_HEAD = re.compile(r"^[0158](?=[A-Z]{1,4}\d{2})")
_MISREAD_TAIL = re.compile(
    r"(?<=\d)[OIL](?=\d)|(?<=[A-Z])[OI](?=\d{2})|(?<=[A-Z]{2})O(?=\d)|(?<=\d)O(?=[A-Z]|$)"
)
_LETTERS_ONLY = re.compile(r"[^\W\d_][^\W\d_'’./-]*(?:['’./-][^\W\d_]*)*")
_HASH_DATE = re.compile(r"#\d{3,4}[A-Z]?\*?")
_HASH_BEHIND = re.compile(r"(?<!\w)([A-Z])#(?=\d{3,4}(?!\w))")
"""A letter of the site directly before a date with its number sign: B#1347."""
_PLAIN_CODE = re.compile("[A-Za-z]+[0-9][A-Za-z0-9]*")
"""Latin letters, then digits among them: not a measure or date, nor a word except for a few acronyms."""
_CYRILLIC_UNITS = {
    "в": "v", "кв": "kv", "мв": "mv", "а": "a", "ма": "ma", "мач": "mah", "ач": "ah", "вт": "w", "квт": "kw",
    "гц": "hz", "кгц": "khz", "мгц": "mhz", "ггц": "ghz", "ом": "ohm", "ком": "kohm", "мкф": "uf", "пф": "pf",
    "нф": "nf", "мм": "mm", "см": "cm", "кг": "kg", "біт": "bit", "бит": "bit", "гб": "gb", "мб": "mb",
}  # fmt: skip
_MEASURE = re.compile(
    r"f/?\d{1,2}(?:[.,]\d+)?|[±~]?\d+(?:[.,]\d+)?(?:[x/]\d+)?-?(?:°?c|bits?|pins?|axis|channels?|ports?|poles?|lines?|chip|v|kv|mv|w|mw"
    r"|kw|a|ma|ah|mah|hz|khz|mhz|ghz|f|uf|µf|μf|mkf|pf|nf|mf|ohms?|ω|kω|mω|kohms?|mm|cm|m|g|kg|rpm|db|dbm"
    rf"|kb|mb|gb|tb|kbit|mbit|gbit|kbps|mbps|gbps|%|{'|'.join(_CYRILLIC_UNITS)})",
    re.IGNORECASE,
)
_CODE_LETTER = re.compile(r"^(?:\d+[CGMF]|\d{4,}A)$")
"""A capital that small passives print behind their value for a class; the unit is a small letter, or °C."""
_BEFORE_UNIT = re.compile(r"\d \D")
_APART = r"(?<![\w.,#/-])"
_UNIT_APART = re.compile(
    rf"{_APART}(\d+(?:[.,]\d+)?) (?=(?:[kmMG]?Hz|[kKmM]?Ohms?|[kKmM]?[ΩΩ]|[kmM]?Bits?|[kMG]bps|[KMG][Bb]|dBm?"
    r"|[μµun]F|pF|[km]V|[km]W|mAh?|Ah|[mc]m|kg|rpm|[kмМГк]?Гц|к?Вт|к?Ом|мкФ|пФ|нФ|мм|см)(?!\w))"
    rf"|{_APART}(\d{{1,3}}|\d+[.,]\d+) (?=[VWВ](?![\w./-]))"
    rf"|{_APART}(\d{{1,2}}|\d+[.,]\d+) (?=[AА](?![\w./-]))"
)
"""A number whose unit is separate; single letters only after numbers too short for a part number."""


_SAYS_SERIAL = re.compile(r"S\s?/\s?N|SN\s?:|SERIAL|ЗАВ|С/Н|СЕР", re.IGNORECASE)
_SERIAL_NUMBER = re.compile(
    r"(?<![\w/])(?:(?:S\s?/\s?N|С/Н|SERIAL(?:\s+(?:NO|NUM(?:BER)?))?|(?:ЗАВ|СЕР)(?:ОДСЬК\w*|ОДСК\w*|ІЙН\w*|ИЙН\w*)?)"
    r"(?:\s*[.:#№]+\s*|\s+(?=[\w-]*\d))|SN\s?[.:#№]+\s*)[\w./-]*\d[\w./-]*"
    r"|(?<!\w)#\s?\d{5,}(?![\w-])",
    re.IGNORECASE,
)
"""A number that its own words call a serial number ("S/N 46-320", "SN#: 46-320"), or five digits and more
behind № or #: four digits there are a date, letters and digits may be a part number."""


_NOT_IN_RUSSIAN_NUMBERS = frozenset("ЙЩЪЫЬ")
"""Capitals that Soviet and Russian part numbers do not use; on a keyboard they are Q, O, ], S and M."""
_COMMON_ACRONYMS_TEXT = """
ac adc alu arinc arm asic asics bnc can cmos cpld cpu dac dc ddr ddr2 ddr3 dip dma dram dsp eeprom emi eprom
esd ethernet fet fifo flash fm fpga fpv fram gan gnss glonass gps gsm hf iam ic id ieee if igbt imu io ir
jfet lan lcd ldo led lna lsi lvds lvttl mcu mems mlcc mmic mos mosfet mram nand nor npn ntc oem op opamp
osc otp pa pci pcie pcb phy pin plc pld plis pll plm pnp power prom psram ptc pwm quad ram rf risc rms
rom rohs rs rs232 rs422 rs423 rs485 rtc rx sar saw sdram shf simd smd smt soc spdt spi spst sram ssd tcxo
ttl tvs tx uart uhf usb vco vcxo vhf vlsi wifi wlan
"""
_COMMON_ACRONYMS = frozenset(_COMMON_ACRONYMS_TEXT.split())
"""Names of kinds of parts and of packages; capitals do not make them markings."""


class TokenKind(StrEnum):
    """What a piece of a marking's text can be."""

    WORD = "word"
    MEASURE = "measure"
    NUMBER = "number"
    CODE = "code"
    HASH_DATE = "hash-date"


_MARKS = (TokenKind.CODE, TokenKind.NUMBER)
_WORDS = (TokenKind.WORD, TokenKind.MEASURE)


class Token(NamedTuple):
    """One piece of a marking: as written, its search key (`fold_marking`) and what it can be.

    ``typed_key`` is the key under the supposition that a Cyrillic keyboard was on while Latin was meant;
    empty where that changes nothing.
    """

    text: str
    key: str
    kind: TokenKind
    typed_key: str = ""


class PartText(NamedTuple):
    """A stretch of a marking that may be a part number: its key, its text, and how it was joined."""

    key: str
    text: str
    joined_after: int = 0
    """Where the first join lies in the key; 0 where the stretch is one token."""
    retyped: bool = False

    @property
    def is_cyrillic(self) -> bool:
        """Whether it is printed in Cyrillic: its key is a transliteration, not a Latin number's."""
        return not (self.text.isascii() or self.retyped) and is_in_cyrillic(self.text)

    @property
    def number(self) -> str:
        """The stretch as a part number is written: no spaces, capitals, its own dashes and slashes.

        Latin letters, unless it is a Russian number (`is_cyrillic`): that stays as it is printed.

        Where a space separates digits after a number, makers write a dash: ATMEGA128 16AU is
        ATMEGA128-16AU.
        """
        if self.is_cyrillic:
            return "".join(self.text.split()).upper()
        text = self.text if self.text.isascii() else repair_lookalikes(self.text)
        if self.joined_after:
            text = _DIGITS_MEET.sub(r"\1-", text)
        shown = "".join(text.split()).upper()
        return shown if shown.isascii() and not self.retyped else self.key


class Reading(NamedTuple):
    """A marking as given (its lines), as read (one line, harmless characters), and its tokens in order."""

    raw_lines: tuple[str, ...]
    as_read: str
    tokens: tuple[Token, ...]
    parts: tuple[PartText, ...]
    """Every stretch that may be a part number, see `part_texts`."""
    words: tuple[str, ...]
    """The description's words and the units of its measures, as small letters."""
    has_part_like_code: bool
    """Whether some token mixes letters and digits over at least four places, as part numbers do."""
    as_given: str = ""
    """The text as ``as_read`` would have it in the order of its own lines; empty where that is the same."""

    @property
    def marks(self) -> tuple[Token, ...]:
        """The tokens that can be printed on the part itself: codes and bare numbers."""
        return tuple(token for token in self.tokens if token.kind in _MARKS)


def read_marking(text: str) -> Reading:
    """Splits a marking, with or without a description around it, into tokens; lines end at a line end or `|`.

    Control characters become spaces, № becomes #, foreign letters that look Latin are read as Latin inside
    codes. What the text itself calls a serial number is in ``as_read`` only: it names no part and no date.
    Text beyond `MAX_MARKING_LENGTH` characters or `MAX_TOKENS` tokens is not read. Never raises.
    """
    shown = text[:MAX_MARKING_LENGTH]
    raw_lines = tuple([line for each in _LINES.split(shown) if (line := each.strip())])
    joined = as_read = " ".join(_harmless(shown).split())
    if _BEFORE_UNIT.search(as_read):
        joined = _UNIT_APART.sub(lambda match: match.group().rstrip(), as_read)
    if "#" in joined or _SAYS_SERIAL.search(joined):
        joined = _SERIAL_NUMBER.sub(" ", joined)
    if "#" in joined:
        joined = _HASH_BEHIND.sub(r"\1 #", joined)
    pieces = [piece for each in _BREAKS.split(joined) if (piece := each.strip(_EDGES))]
    tokens = tuple(islice(filter(None, map(_token, pieces)), MAX_TOKENS))
    words = tuple([token.text for token in tokens if token.kind in _WORDS])
    part_like = any(token.kind is TokenKind.CODE and _is_part_like(token.key) for token in tokens)
    return Reading(raw_lines, as_read, tokens, part_texts(tokens), words, part_like)


def part_texts(tokens: Sequence[Token]) -> tuple[PartText, ...]:
    """Every stretch that may be a part number: single codes, then neighbours joined ("ATMEGA 2560").

    A short piece (up to six characters) is joined with the next and the next two marks; so is a code with
    what follows it at once, as orderable numbers are split over lines, but not a long one with year and week.
    Keys are distinct, in order of reading, 3 to 26 characters long.
    """
    found: dict[str, PartText] = {}
    marks = [token for token in tokens if token.kind is not TokenKind.MEASURE]
    for position, token in enumerate(marks):
        if token.kind not in _MARKS:
            continue
        _add(found, PartText(token.key, token.text))
        if token.typed_key:
            _add(found, PartText(token.typed_key, token.text, retyped=True))
        for joined in _joined(marks, position):
            _add(found, joined)
    return tuple(found.values())


def confusion_key(key: str) -> str:
    """The key with letters that are taken for digits made digits: O and Q are 0, I and L 1, B 8, S 5, Z 2."""
    if key.isascii():
        return key.encode().translate(_CONFUSED_BYTES).decode()
    return key.translate(_CONFUSED)


def keyboard_repaired(text: str) -> str:
    """The text as it would read had a Latin keyboard been on ("фвь3202" is "adm3202")."""
    return text.lower().translate(_LAYOUT)


def in_cyrillic(text: str) -> bool:
    """Whether a text has Cyrillic letters that look like no Latin ones ("РП15", but not "С8051")."""
    return not text.isascii() and any(char not in _LOOKS_LATIN for char in _CYRILLIC.findall(text))


def is_in_cyrillic(text: str) -> bool:
    """Whether a number is Russian: letters that look like no Latin ones, or the numbering of Soviet circuits.

    К1804ВС1 and УМ5701ВЕ51 are, although every letter of theirs looks Latin; МАХ3490 and 74НС54 are not.
    """
    return in_cyrillic(text) or _SOVIET_NUMBER.fullmatch(text) is not None


def as_meant(key: str) -> str:
    """The key with likely misreadings corrected: digits in its leading letters, letters among its digits.

    "AMPO3G" is AMP03G, "5N74LS04" is SN74LS04. The key itself where nothing looks misread.
    """
    head = _MISREAD_HEAD.sub(lambda match: match.group().translate(_TO_LETTERS), key)
    return _MISREAD_TAIL.sub(lambda match: match.group().translate(_CONFUSED), head)


def _harmless(text: str) -> str:
    composed = text if text.isascii() else _composed(text)
    if composed.isprintable():
        return composed
    return "".join(char if char.isprintable() else " " for char in composed)


def _composed(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text.translate(_TRADE_MARKS))
    return _DASHES.sub("-", composed)


@lru_cache(maxsize=1024)
def _token(piece: str) -> Token | None:
    if _PLAIN_CODE.fullmatch(piece) and piece.lower() not in _COMMON_ACRONYMS:
        return Token(piece, piece.upper(), TokenKind.CODE)
    piece = _THREE.sub("3", piece)
    if _HASH_DATE.fullmatch(piece.upper()):
        return Token(piece, fold_marking(piece), TokenKind.HASH_DATE)
    if not any(map(str.isalnum, piece)):
        return None
    if _MEASURE.fullmatch(piece) and not _CODE_LETTER.search(piece):
        unit = re.sub(r"[\d.,/±~]+", "", piece).lower()
        return Token(_CYRILLIC_UNITS.get(unit, unit) or piece, "", TokenKind.MEASURE)
    if _is_word(piece):
        return Token(piece.lower(), "", TokenKind.WORD)
    key = fold_marking(piece)
    if not key:
        return None
    kind = TokenKind.NUMBER if key.isdigit() else TokenKind.CODE
    return Token(piece, key, kind, _typed_key(piece, key))


def _is_word(piece: str) -> bool:
    """Letters only, not all capitals (an acronym may be a marking), and not a code in look-alike letters."""
    if _is_acronym(piece.lower()):
        return True
    if _FOREIGN.search(piece) and not _LATIN_OR_DIGIT.search(piece):
        return True
    if not _LETTERS_ONLY.fullmatch(piece):
        return False
    if len(piece) == 1:
        return piece.islower()
    return not piece.isupper() and (piece[1:].islower() or "-" in piece or piece.islower())


def _is_acronym(piece: str) -> bool:
    """A common acronym, or several separated by dashes or slashes ("RS-232", "DC/DC", "RS-422/RS-485")."""
    joined = piece.replace("-", "")
    if joined in _COMMON_ACRONYMS:
        return True
    apart = joined.split("/") if "/" in piece else piece.split("-")
    return len(apart) > 1 and all(each in _COMMON_ACRONYMS for each in apart)


def _typed_key(piece: str, key: str) -> str:
    if not in_cyrillic(piece):
        return ""
    if not any(char.islower() or char in _NOT_IN_RUSSIAN_NUMBERS for char in _CYRILLIC.findall(piece)):
        # In capitals that Russian part numbers use it is one ("РП15-50ШВ"), and the keyboard was right.
        return ""
    typed = keyboard_repaired(piece)
    if not all(char.isascii() and (char.isalnum() or char in "-./#+ ") for char in typed):
        return ""
    typed_key = fold_marking(typed)
    return typed_key if typed_key != key else ""


def _joined(tokens: list[Token], position: int) -> list[PartText]:
    first = tokens[position]
    joined = []
    keys, texts = [first.key], [first.text]
    for following in tokens[position + 1 : position + 3]:
        if following.kind not in _MARKS or _is_date_of(following, first):
            break
        if len(keys) == 2 and len(keys[0]) + len(keys[1]) > _SHORT_PIECE + 2:
            break
        keys.append(following.key)
        texts.append(following.text)
        joined.append(PartText("".join(keys), " ".join(texts), len(first.key)))
    return joined


def _is_date_of(following: Token, first: Token) -> bool:
    """Whether what follows a number is its date and not part of it: year and week after a long code."""
    if len(first.key) < _WHOLE_NUMBER or not _is_part_like(first.key):
        return False
    return _YEAR_AND_WEEK.fullmatch(following.key) is not None


def _add(found: dict[str, PartText], part: PartText) -> None:
    if 3 <= len(part.key) <= _MAX_JOINED_LENGTH and part.key not in found:
        found[part.key] = part


def _is_part_like(key: str) -> bool:
    return len(key) >= _SHORTEST_PART_LIKE and not key.isalpha() and not key.isdigit()
