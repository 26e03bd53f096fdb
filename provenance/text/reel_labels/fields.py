"""The fields of a label's code: every identifier and value is a stretch of the text, nothing is added.

What cannot be separated with certainty is not separated: a code whose separators were lost has no fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.core.vocabulary.labels import PART_MEANINGS, LabelMeaning, LabelSyntax
from provenance.text.reel_labels.identifiers import APPLICATION_IDENTIFIERS, DATA_IDENTIFIERS, KEYS
from provenance.text.reel_labels.values import is_plausible

GS, RS, EOT = "\x1d", "\x1e", "\x04"

_ENVELOPE = re.compile(rf"\s*>?\[\)>(?P<before>[{RS}{GS}]|[^\w\s])?(?P<format>\d\d)(?P<body>.*)", re.DOTALL)
_NEXT_FORMAT = re.compile(rf"(?P<format>\d\d){GS}(?P<body>.*)", re.DOTALL)
_DATA_FIELD = re.compile(r"(?P<identifier>\d{0,3}[A-Z])(?P<value>.*)", re.DOTALL)
_BRACKETED = re.compile(r"\((?P<identifier>\d{2,4})\)(?P<value>[^(]*)")
_KEY_VALUE = re.compile(r"(?P<identifier>[a-z]{1,8}):(?P<value>.*)", re.DOTALL)
_TEXT_SEPARATORS = (GS, "|", ";", "@", "\n", ",", "\t")
_SHOWN_CONTROLS = str.maketrans({"␝": GS, "␞": RS, "␄": EOT})
_WRITTEN_CONTROLS = re.compile(r"[<{\[](GS|RS|EOT)[>}\]]", re.IGNORECASE)
_DATA_FORMAT, _GS1_FORMAT = "06", "05"
_LEAST_FIELDS = 2
"""Fields that a code without an envelope has at least: one letter and some digits may be anything."""

_LONGEST_IDENTIFIER = 4


@dataclass(frozen=True, slots=True)
class LabelField:
    """A field as it stands on the label; ``meaning`` is None where the identifier is not known."""

    identifier: str
    value: str
    meaning: LabelMeaning | None


@dataclass(frozen=True, slots=True)
class ReelLabel:
    """The fields of a label in their order; ``rest`` is what no identifier can be separated from.

    ``separators_lost`` says that a scanner or a copy removed what stood between the fields.
    """

    syntax: LabelSyntax
    fields: tuple[LabelField, ...]
    rest: tuple[str, ...] = ()
    separators_lost: bool = False

    def values(self, meaning: LabelMeaning) -> tuple[str, ...]:
        """The different values of all fields with that meaning, in order; empty ones are unknown."""
        values = (each.value.strip() for each in self.fields if each.meaning is meaning)
        return tuple(dict.fromkeys(value for value in values if value))


def read_reel_label(text: str, *, gs1: bool = False) -> ReelLabel | None:
    """The fields of a code; None where it is not the code of such a label.

    ``gs1`` says that the symbol itself is marked as GS1. Control characters may be written out (``<GS>``, ␝),
    as some scanners do. Without an envelope, text separators (``|``, ``;``, ``,``…) are understood where
    every piece begins with a known identifier and holds what such a field holds, one of them a part number.
    """
    plain = _with_controls(text)
    if (envelope := _ENVELOPE.fullmatch(plain)) is not None:
        return _enveloped(envelope)
    if gs1:
        return _label(LabelSyntax.GS1, _application_fields(plain))
    return _bracketed(plain) or _key_values(plain) or _bare(plain)


def _with_controls(text: str) -> str:
    if any(control in text for control in (GS, RS, EOT)):
        return text
    named = {"GS": GS, "RS": RS, "EOT": EOT}
    shown = text.translate(_SHOWN_CONTROLS)
    return _WRITTEN_CONTROLS.sub(lambda found: named[found[1].upper()], shown)


Piece = LabelField | str
"""A field, or a stretch of text that is none."""


def _label(syntax: LabelSyntax, pieces: Iterable[Piece], *, lost: bool = False) -> ReelLabel:
    found = list(pieces)
    return ReelLabel(
        syntax,
        tuple(each for each in found if isinstance(each, LabelField)),
        tuple(each for each in found if isinstance(each, str)),
        lost,
    )


def _enveloped(envelope: re.Match[str]) -> ReelLabel:
    """The fields of all records of an envelope, however its separators are written."""
    body = envelope["body"].rstrip("\r\n").removesuffix(EOT).removesuffix(RS)
    if GS in body:
        separator = GS
    elif body[:1] and not body[0].isalnum():
        separator = body[0]
    else:
        return _label(LabelSyntax.ISO_15434, [body] if body else [], lost=bool(body))
    pieces: list[Piece] = []
    number = envelope["format"]
    for place, record in enumerate(body.split(RS)):
        if place:
            named = _NEXT_FORMAT.fullmatch(record)
            if named is None:
                pieces += [record] if record else []
                continue
            number, record = named["format"], f"{GS}{named['body']}"
        pieces += _record(number, record, separator)
    return _label(LabelSyntax.ISO_15434, pieces)


def _record(number: str, record: str, separator: str) -> Iterator[Piece]:
    """The fields of one record; those of a format that is not known are left as they stand."""
    if number == _GS1_FORMAT:
        yield from _application_fields(record.removeprefix(separator))
        return
    for piece in record.removeprefix(separator).split(separator):
        if piece:
            yield _data_field(piece) if number == _DATA_FORMAT else piece


def _data_field(piece: str) -> Piece:
    found = _DATA_FIELD.fullmatch(piece)
    if found is None:
        return piece
    identifier = found["identifier"]
    return LabelField(identifier, found["value"], DATA_IDENTIFIERS.get(identifier))


def _application_fields(text: str) -> Iterator[Piece]:
    """The fields of GS1 element strings: of fixed length, or up to the next separator."""
    for stretch in text.split(GS):
        rest = stretch
        while rest:
            name = next(
                (
                    rest[:size]
                    for size in range(2, _LONGEST_IDENTIFIER + 1)
                    if rest[:size] in APPLICATION_IDENTIFIERS
                ),
                None,
            )
            if name is None:
                # Its length is not known, so that nothing after it can be told from it.
                yield rest
                break
            known = APPLICATION_IDENTIFIERS[name]
            value = rest[len(name) :][: known.length]
            if known.length is not None and len(value) < known.length:
                yield rest
                break
            yield LabelField(name, value, known.meaning)
            rest = rest[len(name) + len(value) :]


def _bracketed(text: str) -> ReelLabel | None:
    """GS1 as it is printed under the code: ``(01)09506000134352(10)ABC``."""
    plain = text.strip()
    found = list(_BRACKETED.finditer(plain))
    if len(found) < _LEAST_FIELDS or "".join(each[0] for each in found) != plain:
        return None
    if any(each["identifier"] not in APPLICATION_IDENTIFIERS for each in found):
        return None
    fields = (
        LabelField(each["identifier"], each["value"], APPLICATION_IDENTIFIERS[each["identifier"]].meaning)
        for each in found
    )
    return _label(LabelSyntax.GS1, fields)


def _key_values(text: str) -> ReelLabel | None:
    """What LCSC prints: ``{pbn:PICK1,on:SO1,pc:C1,pm:LM358,qty:10}``."""
    plain = text.strip()
    if not (plain.startswith("{") and plain.endswith("}")):
        return None
    found = [_KEY_VALUE.fullmatch(piece) for piece in plain[1:-1].split(",")]
    fields = [
        LabelField(each["identifier"], each["value"], KEYS.get(each["identifier"]))
        for each in found
        if each is not None
    ]
    if len(fields) != len(found) or not {"pm", "pc"} & {each.identifier for each in fields}:
        return None
    return _label(LabelSyntax.KEY_VALUES, fields)


def _bare(text: str) -> ReelLabel | None:
    """Data identifiers without an envelope."""
    plain = text.strip().strip("".join(_TEXT_SEPARATORS) + RS + EOT)
    for separator in _TEXT_SEPARATORS:
        pieces = [piece.strip() for piece in plain.split(separator) if piece.strip()]
        fields = [found for piece in pieces if isinstance(found := _data_field(piece), LabelField)]
        if _LEAST_FIELDS <= len(fields) == len(pieces) and _is_label(fields):
            return _label(LabelSyntax.DATA_IDENTIFIERS, fields)
    return None


def _is_label(fields: list[LabelField]) -> bool:
    """Whether every field is known and holds what it should, and one of them names a part."""
    return all(
        each.meaning is not None and is_plausible(each.meaning, each.value) for each in fields
    ) and any(each.meaning in (*PART_MEANINGS, LabelMeaning.CUSTOMER_PART) for each in fields)
