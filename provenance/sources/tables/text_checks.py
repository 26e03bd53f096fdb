"""Texts that a spreadsheet program left where a value was: error values, rounded numbers, made-up dates."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum


class Use(StrEnum):
    """What a column's values are for, which decides what may stand in its cells.

    ``IDENTIFYING`` values (numbers, codes, names) are compared character by character; a ``CODE`` is a short
    one with rules of its own, by which it may be written as a date; ``TEXT`` may say anything. What stands in
    a ``DECIDING`` column is never left out, because no word there would decide something as well: who may see
    the row. ``PUBLISHED`` columns are those of a format that a publisher fixes, with words of its own.
    """

    IDENTIFYING = "identifying"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    DECIDING = "deciding"
    PUBLISHED = "published"


_ERRORS = (
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!"
    r"|UNKNOWN!|BUSY!|EXTERNAL!|PYTHON!|ERROR!"
    r"|Н/Д|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ДЕЛ/0!|ЧИСЛО!|ПУСТО!|ПЕРЕНОС!|ВЫЧИСЛ!"
    r"|ПОСИЛАННЯ!|ЗНАЧЕННЯ!|ІМ['’]Я\?|ДІЛ/0!|НУЛЬ!|ПЕРЕЛИВ!|ОБЧИСЛ!)"
    r"|#{3,}|(?:Err|Помилка|Ошибка):5\d\d"
    r"|(?:Loading|Загрузка|Завантаження)\s?(?:\.{2,}|…)"
)
"""What spreadsheet programs show where a formula failed (ECMA-376, 18.17.3, and what Excel, its Russian and
Ukrainian editions, LibreOffice and Google Sheets show besides), where a column was too narrow, or where a
value of another sheet had not come yet."""

_TRUTHS = frozenset(
    spelled
    for word in ("true", "false", "истина", "ложь", "істина", "хибність", "правда", "неправда")
    for spelled in (word, word.upper(), word.capitalize())
)
"""What a comparison gives in a spreadsheet program, in the editions named above."""
_DITTOS = frozenset(
    (
        *('"', "''", '""', "″", "”", "“", "„", "〃", "〟", "//", "—//—", "-//-", "–//–", "--//--", "- // -"),
        *("— // —", '-"-', '- " -', '—"—', '–"–', '--"--', '— " —', "-''-", "-II-", "-||-", "-»-", "—»—"),
        *(
            spelled
            for word in (
                "same",
                "the same",
                "same as above",
                "as above",
                "ditto",
                "idem",
                "do.",
                "те саме",
                "те ж",
                "те ж саме",
                "так само",
                "той самий",
                "той же",
                "то же",
                "то же самое",
                "тоже",
                "тот же",
                "та же",
                "там же",
                "там само",
                "同上",
                "同前",
                "同左",
            )
            for spelled in (word, word.upper(), word.capitalize())
        ),
    )
)
"""What stands for the cell above. It is not filled in: rows may have been sorted, or left out, since."""

_ANSWERS = frozenset({Use.IDENTIFYING, Use.CODE, Use.NUMBER, Use.DATE, Use.TEXT})
"""Uses in which such a word answers a question that the column does not ask."""

_ROUNDED = r"[+-]?\d(?:[.,]\d+)?[EЕ][+-]\d{1,3}|[+-]?\d[.,]\d+[EЕ]\d{1,3}"
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
    "|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек"
    "|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру"
)
_MADE_DATE = (
    rf"\d{{1,2}}[-. ](?:{_MONTHS})\.?(?:[-. ]\d{{2,4}})?|(?:{_MONTHS})\.?[- ]\d{{2}}"
    r"|(?:19|20)\d\d-\d\d-\d\d(?:[ T]00:00(?::00)?)?|\d{1,2}月\d{1,2}日"
)
"""How Excel writes a date that it made of a part number such as MAR-8, into CSV too."""

_FORMULA = r"=\s*[-+@(\"$'A-Za-zА-Яа-яЁёІіЇїЄєҐґ\d].*"
"""A formula as a text editor sees it in a file that a program wrote without computing it."""

WITHOUT_DECIMALS = frozenset({Use.IDENTIFYING, Use.CODE})
"""Uses in which a whole number has no decimals."""

_FAULTS = (
    (re.compile(_ERRORS, re.IGNORECASE), "an error, not a value", frozenset(Use)),
    (
        re.compile(_FORMULA),
        "a formula, not its value",
        frozenset({Use.IDENTIFYING, Use.CODE, Use.NUMBER, Use.DATE}),
    ),
    (
        re.compile(_ROUNDED, re.IGNORECASE),
        "a number that a spreadsheet program rounded, not a value",
        frozenset({Use.IDENTIFYING, Use.CODE}),
    ),
    (
        re.compile(_MADE_DATE, re.IGNORECASE),
        "a date, perhaps made of the text by a spreadsheet program",
        frozenset({Use.IDENTIFYING}),
    ),
)
_ANY = {
    use: re.compile(
        rf"^\s*(?:{'|'.join(found.pattern for found, _words, uses in _FAULTS if use in uses)})\s*$",
        re.IGNORECASE | re.MULTILINE,
    )
    for use in Use
}
_SIGNS = ("#", ":5", "..", "…")
"""One of these is in every error."""

_MAY_BE_FORMULA = re.compile(r"^\s*=", re.MULTILINE)

_SHAPES = re.compile(
    r"^\W{0,2}(?:\d(?:[.,]\d+)?[EeЕе]|\d\d?[-. ]?[^\W\d]|\d{4}-\d\d-|[^\W\d]{3,4}\.?[- ]\d\d\s*$)",
    re.MULTILINE,
)
"""What rounded numbers and made-up dates have in common; much quicker than to look for each."""
_DECIMALS = re.compile(r"^(?:0|[1-9]\d*)\.0$", re.MULTILINE)

_WHOLE = re.compile(r"(0|[1-9]\d*)\.0")


def needs_look(cells: Collection[str], use: Use) -> bool:
    """Whether some of a column's cells may have to be changed or withheld; quick."""
    text = "\n".join(cells)
    # All errors but those of LibreOffice and of sheets that were still loading begin with the same sign.
    if any(sign in text for sign in _SIGNS) and _ANY[Use.TEXT].search(text):
        return True
    if use in _ANSWERS and not (_TRUTHS.isdisjoint(cells) and _DITTOS.isdisjoint(cells)):
        return True
    if "=" in text and use in _ANSWERS and _MAY_BE_FORMULA.search(text):
        return True
    if use not in WITHOUT_DECIMALS:
        return False
    if ".0" in text and _DECIMALS.search(text):
        return True
    return _SHAPES.search(text) is not None and _ANY[use].search(text) is not None


def fault(text: str, use: Use) -> str:
    """Why a text is not a value of a column of that use; empty where it may be one."""
    plain = text.strip()
    if plain in _DITTOS and use in _ANSWERS:
        return f"{plain} stands for the cell above, which is not read; write it out"
    if plain in _TRUTHS and use in _ANSWERS:
        return f"{plain} is the answer of a spreadsheet program to a question, not a value"
    return next(
        (f"{plain} is {words}" for found, words, uses in _FAULTS if use in uses and found.fullmatch(plain)),
        "",
    )


def without_decimals(text: str) -> str:
    """A whole number without the ``.0`` that programs add which know only numbers with decimals."""
    found = _WHOLE.fullmatch(text.strip())
    return found[1] if found else text
