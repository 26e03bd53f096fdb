"""What a customs description of goods states in words: part numbers, the maker, date codes, a quantity.

Declarations have one free text for it ("МИКРОСХЕМЫ, АРТ. AD9361BBCZ, ПРОИЗВОДИТЕЛЬ ANALOG DEVICES, D/C 2135,
20 ШТ"). A number behind a word for "article" is stated. Any other token of letters and digits only may be a
part number: a part on record or a maker stated beside it has to decide.
Source of the words: the editors' reading of published declarations and bills of lading, unverified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.text.folding import nfkc
from provenance.text.written_numbers import is_pieces

_ARTICLE = re.compile(
    r"(?<!\w)(?:артикул[ыа]?|арт|модел[ьи]|article|art|p\s*/\s*n|part\s*(?:number|no|num|#|№)|mpn|mfr\.?\s*part"
    r"|партномер|парт\s*номер)\b(?:\s*(?:no|№|#))?\s*[.:=)№#]*\s*",
    re.IGNORECASE,
)
_MAKER = re.compile(
    r"(?<!\w)(?:производител[ья]|изготовител[ья]|фирма[ -]изготовитель|марка|товарный\s+знак|тов\.?\s*знак"
    r"|торговая\s+марка|brand|manufacturer|mfr|maker|trade\s*mark|виробник)\b\s*[.:=)]*\s*"
    r"(?P<name>[^,;:()]+?)\s*(?=[,;:()]|\.\s|\.$|$)",
    re.IGNORECASE,
)
_DATE_CODE = re.compile(
    r"(?<!\w)(?:d\s*/\s*c|date\s*code|dc(?=\s*[:.=]?\s*\d)|дата-?\s*код|код\s+даты)\s*[.:=]*\s*"
    r"(?P<code>\d{2}\+|\d{4}\+?)(?!\w)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![\w.,/-])(?P<count>\d{1,3}(?:[  ]\d{3})+|\d+)\s*(?P<unit>[^\W\d_]{2,8})(?!\w)")
_TOKEN = re.compile(r"[^\s,;:()\"'«»]+")
_SHAPE = re.compile(r"(?=(?:[^\d]*\d){2})(?=.*[A-Z])[A-Z0-9][A-Z0-9./#+-]{4,}", re.IGNORECASE)
_ARTICLE_SHAPE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./#+-]{3,}", re.IGNORECASE)
_NOT_A_PART = re.compile(
    r"(?:rs|usb|ip|iec|iso|en|din|mil|std|astm|jesd|ansi|ieee|gost|ip|ddr|pci|hdmi|lte|gsm|cat|awg|tu)"
    r"[-.]?\d[\d./-]*\w?"
    r"|(?:[a-z]{0,4}(?:qfn|qfp|bga|sop|soic|dip|lcc|son|sot|tssop|msop|dfn|lga|csp|sod)|to|do)-?\d{1,4}(?:-\d+)?"
    r"|\d+(?:[.,/x-]\d+)*(?:v|a|w|mm|cm|m|kg|g|hz|khz|mhz|ghz|bit|kb|mb|gb|pf|nf|uf|ohm|k|pcs|pc|ma|mw|kw|c|vdc"
    r"|vac|in|ch|pin|pins|ea)"
    r"|\d+[x/-]\d+(?:[x/-]\d+)*",
    re.IGNORECASE,
)
"""Standards, packages and measures: letters and digits, and no part."""
_LOOKALIKES = str.maketrans("АВСЕНКМОРТХУавсенкмортху", "ABCEHKMOPTXYabcehkmoptxy")


@dataclass(frozen=True, slots=True)
class GoodsWords:
    """What a description states; each list in its order, without repeats.

    ``numbers`` stand behind a word for "article"; ``candidates`` only look like part numbers. ``makers`` are
    names as written. ``pieces`` is the one number of pieces that the text states, None for none or several.
    """

    numbers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    date_codes: tuple[str, ...] = ()
    pieces: int | None = None


@lru_cache(maxsize=4096)
def read_goods(text: str) -> GoodsWords:
    """What a description of goods states in words; empty where it states nothing of the kind."""
    plain = nfkc(text)
    numbers = tuple(dict.fromkeys(number for number in map(_behind, _places(plain)) if number))
    keys = {number.casefold() for number in numbers}
    candidates = dict.fromkeys(
        token for token in map(_trimmed, _TOKEN.findall(plain)) if _looks_like_part(token)
    )
    return GoodsWords(
        numbers,
        tuple(token for token in candidates if token.casefold() not in keys),
        tuple(dict.fromkeys(match["name"].strip(" .\"'«»") for match in _MAKER.finditer(plain))),
        tuple(dict.fromkeys(match["code"] for match in _DATE_CODE.finditer(plain))),
        _pieces(plain),
    )


def _places(text: str) -> list[str]:
    """What follows each word for "article"."""
    return [text[match.end() :] for match in _ARTICLE.finditer(text)]


def _behind(rest: str) -> str | None:
    token = _TOKEN.match(rest)
    number = _trimmed(token.group()) if token else ""
    return number if _ARTICLE_SHAPE.fullmatch(number) and not _NOT_A_PART.fullmatch(number) else None


def _trimmed(token: str) -> str:
    """A token without punctuation around it, Cyrillic look-alikes as the Latin letters they stand for."""
    bare = token.strip(".,/-#")
    typed = bare.translate(_LOOKALIKES)
    return typed if typed.isascii() else bare


def _looks_like_part(token: str) -> bool:
    return _SHAPE.fullmatch(token) is not None and _NOT_A_PART.fullmatch(token) is None


def _pieces(text: str) -> int | None:
    counts = {
        int(re.sub(r"\D", "", match["count"])) for match in _COUNT.finditer(text) if is_pieces(match["unit"])
    }
    return counts.pop() if len(counts) == 1 else None
