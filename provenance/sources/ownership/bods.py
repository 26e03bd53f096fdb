"""Open Ownership's Beneficial Ownership Data Standard, versions 0.2 to 0.4: JSON or one statement a line.

Firms and their interests are statements of their own, in any order, so a file is read twice. What an interest
is decides what its owner has: shares are economic control, votes and appointments legal control. Of a range
the lower end is kept, which the note tells. https://standard.openownership.org
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput
from provenance.core.vocabulary import Control
from provenance.sources.ownership.records import NotOwnership, Stated, StatedFirm, StatedStake, Unreadable
from provenance.text.partial_dates import DateSpan
from provenance.text.written_dates import read_date

_SCHEMES = {"XI-LEI": "LEI", "GB-COH": "UK COMPANY", "RU-INN": "INN", "RU-OGRN": "OGRN", "UA-EDR": "EDRPOU"}
"""Registers of org-id.guide, by the name that their numbers have here; others keep their own."""

_ECONOMIC = {
    "shareholding",
    "rightstosurplusassets",
    "rightstoprofitorincome",
    "rightstosurplusassetsondissolution",
}
_LEGAL = {
    "votingrights",
    "appointmentofboard",
    "otherinfluenceorcontrol",
    "seniormanagingofficial",
    "controlviacompanyrulesorarticles",
    "controlbylegalframework",
    "boardmember",
    "boardchair",
    "trustee",
    "nominee",
    "nominator",
}

Raw = Mapping[str, Any]


@dataclass
class _Known:
    """The firms of a file by the ids that others refer to, the persons, and what later statements replace."""

    firms: dict[str, StatedFirm] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)


def read_bods(file: Path) -> Iterator[Stated]:
    """Every statement of ownership or control of a firm by a firm, in order.

    Raises:
        BadInput: the file is not JSON, or not statements of this standard.
    """
    known = _Known()
    statements = 0
    for line, raw in _statements(file):
        statements += 1
        _learn(known, line, raw)
    if not statements:
        raise BadInput("there is no statement in it", file=file.name)
    for line, raw in _statements(file):
        kind = _kind(raw)
        if kind == "relationship":
            yield from _stakes(known, line, raw)
        elif kind is None:
            yield NotOwnership(line, "a statement of another kind")


def _statements(file: Path) -> Iterator[tuple[int, Raw]]:
    """Every statement with its line, or its place in an array."""
    import ijson

    with file.open("rb") as stream:
        begins = stream.read(4096).lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
        stream.seek(0)
        try:
            if begins == b"[":
                for place, raw in enumerate(ijson.items(stream, "item", use_float=True), start=1):
                    yield place, _object(file, place, raw)
                return
            for line, text in enumerate(stream, start=1):
                if text.strip():
                    yield line, _object(file, line, json.loads(text))
        except (ijson.common.JSONError, ValueError) as error:
            raise BadInput(f"this is not JSON: {error}", file=file.name) from None


def _object(file: Path, line: int, raw: Any) -> Raw:
    if not isinstance(raw, dict):
        raise BadInput("this is not a statement", file=file.name, line=line)
    return raw


def _kind(raw: Raw) -> str | None:
    said = str(raw.get("recordType") or raw.get("statementType") or "")
    return {
        "entity": "entity",
        "entityStatement": "entity",
        "person": "person",
        "personStatement": "person",
        "relationship": "relationship",
        "ownershipOrControlStatement": "relationship",
    }.get(said)


def _ids(raw: Raw) -> list[str]:
    return [str(raw[name]) for name in ("recordId", "statementId", "statementID") if raw.get(name)]


def _learn(known: _Known, line: int, raw: Raw) -> None:
    kind = _kind(raw)
    known.replaced.update(map(str, raw.get("replacesStatements") or ()))
    if kind == "entity":
        firm = _firm(_details(raw))
        known.firms.update(dict.fromkeys(_ids(raw), firm))
    elif kind == "person":
        known.persons.update(_ids(raw))
    elif kind == "relationship" and raw.get("recordId"):
        # Of several statements of one record the last one holds.
        known.last[str(raw["recordId"])] = line


def _details(raw: Raw) -> Raw:
    details = raw.get("recordDetails")
    return details if isinstance(details, dict) else raw


def _firm(details: Raw) -> StatedFirm:
    numbers = []
    for each in details.get("identifiers") or ():
        label = _SCHEMES.get(str(each.get("scheme") or ""), each.get("scheme") or each.get("schemeName"))
        if label and each.get("id"):
            numbers.append((str(label), str(each["id"])))
    place = details.get("jurisdiction") or details.get("incorporatedInJurisdiction") or {}
    code = str(place.get("code") or "")[:2].upper() if isinstance(place, dict) else ""
    name = str(details.get("name") or "").strip() or None
    return StatedFirm(name, tuple(numbers), code or None)


def _stakes(known: _Known, line: int, raw: Raw) -> Iterator[Stated]:
    ids = _ids(raw)
    if known.replaced & set(ids):
        yield NotOwnership(line, "a statement that a later one replaces")
        return
    record = raw.get("recordId")
    if record and known.last[str(record)] != line:
        yield NotOwnership(line, "a statement that a later one replaces")
        return
    details = _details(raw)
    owned, owner = (_party(details.get(side)) for side in ("subject", "interestedParty"))
    if owner in known.persons:
        yield NotOwnership(line, "an owner who is a person")
        return
    if owner is None or owned is None:
        yield NotOwnership(line, "an owner or a firm that is not named")
        return
    if owner not in known.firms or owned not in known.firms:
        missing = owner if owner not in known.firms else owned
        yield Unreadable(line, f"it refers to {missing}, which is not in the file")
        return
    try:
        yield _stake(line, known.firms[owner], known.firms[owned], raw, details)
    except (ValueError, TypeError, AttributeError) as error:
        yield Unreadable(line, str(error))


def _party(side: Any) -> str | None:
    """The id that a side of a statement refers to; None where it names nobody."""
    if isinstance(side, str):
        return side
    if isinstance(side, dict):
        for name in ("describedByEntityStatement", "describedByPersonStatement"):
            if side.get(name):
                return str(side[name])
    return None


def _stake(line: int, owner: StatedFirm, owned: StatedFirm, raw: Raw, details: Raw) -> Stated:
    interests = [each for each in details.get("interests") or () if isinstance(each, dict)]
    kinds = {str(each.get("type") or "").replace("-", "").casefold(): each for each in interests}
    economic = [each for kind, each in kinds.items() if kind in _ECONOMIC]
    legal = [each for kind, each in kinds.items() if kind in _LEGAL]
    if not economic and not legal:
        named = ", ".join(str(each.get("type")) for each in interests) or "none"
        return NotOwnership(line, f"an interest that is no ownership or control: {named}")
    control = Control.BOTH if economic and legal else Control.ECONOMIC if economic else Control.LEGAL
    of_shares = next((each for each in (*economic, *legal) if each.get("share")), None)
    percent, words = _share(of_shares["share"]) if of_shares else (None, None)
    chosen = (*economic, *legal)
    since = _bound([each.get("startDate") for each in chosen], first=True)
    until = _bound([each.get("endDate") for each in chosen], first=False)
    if until is None and raw.get("recordStatus") == "closed":
        closed = _day(raw.get("statementDate"))
        if closed is None:
            raise ValueError("the record is closed, and nothing says since when")
        until = DateSpan(None, closed.latest)
    indirect = all(
        str(each.get("directOrIndirect") or each.get("interestLevel") or "") == "indirect" for each in chosen
    )
    notes = [words, "indirect" if indirect else None, *(each.get("details") for each in chosen)]
    note = "; ".join(str(each) for each in notes if each) or None
    return StatedStake(line, owner, owned, percent, None, control, since, until, note=note, indirect=indirect)


def _bound(texts: list[Any], *, first: bool) -> DateSpan | None:
    """When the first interest began, or the last one ended; None where nothing is said, or one goes on."""
    days = [_day(text) for text in texts]
    known = [day for day in days if day is not None]
    if not known or (not first and len(known) < len(days)):
        return None
    ordered = sorted(known, key=lambda day: (day.earliest or date.min, day.latest or date.max))
    return ordered[0] if first else ordered[-1]


def _day(text: Any) -> DateSpan | None:
    return read_date(str(text)[:10]) if text else None


def _share(share: Raw) -> tuple[float | None, str | None]:
    """The share in percent, and what to say of it: of a range, its lower end."""
    if share.get("exact") is not None:
        return _percent(share["exact"]), None
    low = share.get("minimum", share.get("exclusiveMinimum"))
    high = share.get("maximum", share.get("exclusiveMaximum"))
    low = low if not isinstance(low, bool) else share.get("minimum")
    high = high if not isinstance(high, bool) else share.get("maximum")
    if low is None:
        return (None, None) if high is None else (0.0, f"share up to {_percent(high):g} %")
    words = f"share between {_percent(low):g} and {_percent(high):g} %" if high is not None else None
    return _percent(low), words or f"share of at least {_percent(low):g} %"


def _percent(value: Any) -> float:
    percent = float(value)
    if not 0 <= percent <= 100:
        raise ValueError(f"a share of {value} % cannot be")
    return percent
