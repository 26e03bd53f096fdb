"""Places as people write them: WGS 84 in degrees, MGRS, or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d+)?"
_MINUTES = rf"(?P<{{0}}m>{_NUMBER})\s*['′’]?\s*"
_SECONDS = rf"(?P<{{0}}s>{_NUMBER})\s*(?:[\"″”]|'')?\s*"
_DEGREES = rf"(?P<{{0}}d>-?{_NUMBER})\s*°?\s*(?:{_MINUTES}(?:{_SECONDS})?)?"
_NORTH_SOUTH = r"[NS]|ПНШ|ПДШ|ПН|ПД|СШ|ЮШ"
_EAST_WEST = r"[EW]|СХД|ЗХД|СХ|ЗХ|ВД|ЗД"
_SOUTHERN = ("S", "ПДШ", "ПД", "ЮШ")
_WESTERN = ("W", "ЗХД", "ЗХ", "ЗД")
_AFTER = re.compile(
    _DEGREES.format("a")
    + rf"(?P<ns>{_NORTH_SOUTH})\s*[,;]?\s*"
    + _DEGREES.format("o")
    + rf"(?P<ew>{_EAST_WEST})"
)
_BEFORE = re.compile(
    rf"(?P<ns>{_NORTH_SOUTH})\s*"
    + _DEGREES.format("a")
    + rf"[,;]?\s*(?P<ew>{_EAST_WEST})\s*"
    + _DEGREES.format("o")
)
_PLAIN = re.compile(r"(?P<ad>[+-]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*(?P<od>[+-]?\d+(?:\.\d+)?)\s*°?")
_PLAIN_COMMAS = re.compile(r"(?P<ad>[+-]?\d+,\d+)\s*°?\s*[;\s]\s*(?P<od>[+-]?\d+,\d+)\s*°?")
_MGRS = re.compile(r"(?P<zone>\d{1,2}[C-HJ-NP-X])(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])(?P<digits>\d*)")
_MGRS_CYRILLIC = str.maketrans("АВСЕНКМРТХ", "ABCEHKMPTX")
_METRES_BY_DIGITS = {0: 100_000.0, 1: 10_000.0, 2: 1_000.0, 3: 100.0, 4: 10.0, 5: 1.0}


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84: degrees north and east; ``precision_m`` in metres, None where it is not stated.

    ``as_written`` is the text it was read from.
    """

    latitude: float
    longitude: float
    precision_m: float | None
    as_written: str


def read_position(text: str) -> Position:
    """Reads degrees (decimal, or with minutes and seconds) or an MGRS reference.

    Latitude comes first unless letters say which is which (N S E W, пн.ш. пд.ш. сх.д. зх.д.). An MGRS
    reference stands for the middle of its square, whose side is its precision.

    Raises:
        ValueError: it is neither, or it lies off the globe.
    """
    written = text.strip()
    plain = written.upper().replace(".Ш", "Ш").replace(".Д", "Д").replace("Ш.", "Ш").replace("Д.", "Д")
    if looks_like_mgrs(written):
        return _from_mgrs(written)
    for pattern in (_AFTER, _BEFORE):
        if match := pattern.fullmatch(plain):
            latitude, longitude = _angle(match, "a"), _angle(match, "o")
            south, west = match["ns"] in _SOUTHERN, match["ew"] in _WESTERN
            return _on_the_globe(-latitude if south else latitude, -longitude if west else longitude, written)
    match = _PLAIN.fullmatch(plain) or _PLAIN_COMMAS.fullmatch(plain)
    if match:
        return _on_the_globe(_decimal(match["ad"]), _decimal(match["od"]), written)
    raise ValueError(f"not a position: {text!r}; write 49.9935, 36.2304 or 37U CR 01497 41584")


def looks_like_mgrs(text: str) -> bool:
    """Whether a text has the form of an MGRS reference, right or wrong."""
    return _MGRS.fullmatch(_bare_mgrs(text)) is not None


def _bare_mgrs(text: str) -> str:
    return "".join(text.split()).upper().translate(_MGRS_CYRILLIC)


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _angle(match: re.Match[str], side: str) -> float:
    degrees, minutes, seconds = (_decimal(match[side + unit] or "0") for unit in "dms")
    if minutes >= 60 or seconds >= 60:
        raise ValueError(f"not a position: {match[0]!r} has sixty minutes or seconds, or more")
    if degrees < 0:
        raise ValueError(f"not a position: {match[0]!r} has a sign and a letter")
    return degrees + minutes / 60 + seconds / 3600


def _on_the_globe(
    latitude: float, longitude: float, written: str, precision: float | None = None
) -> Position:
    if not -90 <= latitude <= 90:
        raise ValueError(f"off the globe: latitude {latitude:g} is not between -90 and 90 ({written})")
    if not -180 <= longitude <= 180:
        raise ValueError(f"off the globe: longitude {longitude:g} is not between -180 and 180 ({written})")
    return Position(round(latitude, 7), round(longitude, 7), precision, written)


def _from_mgrs(written: str) -> Position:
    import mgrs

    bare = _bare_mgrs(written)
    match = _MGRS.fullmatch(bare)
    assert match is not None
    half, odd = divmod(len(match["digits"]), 2)
    if odd or half > 5:
        raise ValueError(
            f"not an MGRS reference: {written!r} needs as many digits east as north, five at most"
        )
    head = match["zone"] + match["square"]
    east, north = match["digits"][:half], match["digits"][half:]
    # The library gives a square's corner; one more digit each way, a five, is its middle.
    middle = f"{east}5{north}5" if half < 5 else east + north
    try:
        latitude, longitude = mgrs.MGRS().toLatLon(head + middle)
    except mgrs.core.MGRSError:
        raise ValueError(f"off the globe: there is no such MGRS square: {written!r}") from None
    return _on_the_globe(latitude, longitude, written, _METRES_BY_DIGITS[half])
