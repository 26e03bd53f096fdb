"""Part numbers in full where a maker leaves out their beginning on small packages: LVC14A is SN74LVC14A.

Source: the makers' symbolization tables and data sheets as the editors remember them, unverified. Left out is
what can be several parts of one maker (TI's HC245 is SN74HC245 or CD74HC245).
"""

from __future__ import annotations

import re
from functools import lru_cache

_LOGIC = "LVCH?|LVCC|LVTH?|ALVCH?|ALVTH?|AHCT?|ABTH?|AUP|AUC|AVCH?|CBTLV|CBTD?|BCT|GTLP?"
_NXP_LOGIC = "LVC|LVTH?|ALVC|ALVT|AHCT?|ABT|AUP|AVC|HCT?|CBTLV|CBT|LV"
_SHORTENED = tuple(
    (makers, re.compile(printed), full)
    for makers, printed, full in (
        (("texas-instruments",), rf"(?=({_LOGIC})\d)", "SN74"),
        (("texas-instruments",), r"LC(?=\d{2,3}A$)", "SN74LVC"),
        (("texas-instruments",), r"M(?=430[A-Z])|(?=430[FG]\d)", "MSP"),
        (("texas-instruments",), r"(?=PS\d{3})", "T"),
        (("texas-instruments",), r"VP(?=23[0-5])", "SN65HVD"),
        (("texas-instruments",), r"(?=(65|75)(HVD|LBC|LVDS)\d)", "SN"),
        (("texas-instruments",), r"(?=320(F|C|VC|LF|DM)\d)", "TMS"),
        (("nxp", "nexperia"), rf"(?=({_NXP_LOGIC})\d)", "74"),
        (("analog-devices",), r"(?=XL\d{3})", "AD"),
        (("stmicroelectronics",), r"(?=32[FLGHW]\d)", "STM"),
        (("microchip",), r"(?=1[0268]L?[FC]\d)", "PIC"),
        (("microchip",), r"(?=3[03](FJ?|EP)\d)", "DSPIC"),
        (("international-rectifier", "infineon"), r"(?=(F[RUBPZS]?|L[RUZ]|L)\d{3,4})", "IR"),
    )
)


def full_number(family: str, number: str) -> str:
    """The number in full; itself where nothing was left out, or nobody can say what.

    ``family`` is the key of the marking rule that the number belongs to: it begins with the maker's own key.
    """
    for printed, full in _left_out_by(family):
        if match := printed.match(number):
            return full + number[match.end() :]
    return number


@lru_cache(maxsize=4096)
def _left_out_by(family: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What the maker of a family leaves out: how such numbers are printed, and their beginning."""
    return tuple(
        (printed, full)
        for makers, printed, full in _SHORTENED
        if family.startswith(tuple(f"{maker}-" for maker in makers))
    )
