"""A cell that holds name, aliases and address together, split into them: a guess, which is shown for review.

Cells of letters follow the entries of the Entity List (15 CFR 744, Supplement No. 4): "NAME, a.k.a., the
following two aliases: —ONE; and —TWO. ADDRESS, COUNTRY", or NAME, "and any successor, sub-unit, or subsidiary
thereof" and an address; others separate them by lines, semicolons or labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from provenance.sources.watchlists.base import country_or_none
from provenance.text.folding import fold
from provenance.text.name_words import name_words
from provenance.text.party_names import parted_at_successors

SplitCell = dict[str, list[str]]
"""Names, aliases, addresses and numbers of a cell."""

_LABEL = re.compile(
    r"(?P<label>address(?:es)?|registered (?:at|address)|located at|адрес[аи]?|адреса|地址|"
    r"inn|инн|ogrn|огрн|tax id|brn|reg(?:istration)?\.? (?:no|number)|company (?:no|number)|lei|"
    r"a\.?k\.?a\.?|aliases|also known as|country)\s*[:.#№]*\s+(?=\S)",
    re.IGNORECASE,
)
_ADDRESS_LIKE = re.compile(
    r"\b(?:room|rm|unit|flat|floor|street|st|road|rd|avenue|ave|building|bldg|district|block|p\.?o\.? box|"
    r"улица|ул|дом|офис|проспект|шоссе|вул|буд|mah|cad|sok)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"[\s,]*\b[afnd]\.?\s?[kb]\.?\s?a\.?,?\s*(?:the\s+)?following\s+(?:[\w-]+\s+)?alias(?:es)?\s*:?\s*",
    re.IGNORECASE,
)
_BEFORE_ALIAS = re.compile(r"^\s*(?:and\s+)?[—–-]*\s*", re.IGNORECASE)
_ENDS = " ,;:()\t"


def is_combined(cell: str, *, header: str, has_address: bool) -> bool:
    """Whether a name's cell holds more than names; ``has_address`` says that another cell has the address."""
    if "\n" in cell.strip() or _LABEL.search(cell) or _FOLLOWING.search(cell):
        return True
    if has_address:
        return False
    if "address" in header.casefold() or (";" in cell and _ADDRESS_LIKE.search(cell)):
        return True
    return _is_place(parted_at_successors(cell)[1])


def split_cell(cell: str) -> SplitCell:
    """Names, aliases, addresses and numbers of a cell; whatever is not recognised stays a name."""
    if following := _FOLLOWING.search(cell):
        return _with_listed_aliases(cell[: following.start()], cell[following.end() :])
    name, rest = _name_and_place(" ".join(cell.split()))
    if rest and "\n" not in cell.strip() and ";" not in cell and not _LABEL.search(cell):
        return {"name": [name], "aliases": [], "address": [rest], "identifiers": []}
    return _by_labels(cell)


def summary_of(found: Mapping[str, Sequence[str]]) -> str:
    """What was read, for review."""
    return "; ".join(f"{kind}: {' | '.join(values)}" for kind, values in found.items() if values)


def _with_listed_aliases(name: str, rest: str) -> SplitCell:
    found: SplitCell = {"name": [name.strip(_ENDS)], "aliases": [], "address": [], "identifiers": []}
    for item in re.split(r"\s*[;\n]\s*", rest):
        text = _BEFORE_ALIAS.sub("", item).strip()
        if not text:
            continue
        if found["address"]:
            found["address"].append(text)
            continue
        alias, place = _alias_and_place(text)
        found["aliases"] += [alias] if alias else []
        found["address"] += [place] if place else []
    return found


def _alias_and_place(text: str) -> tuple[str, str]:
    """An alias and the address after its full stop, where there is one; "Co. Ltd." does not end one."""
    for stop in re.finditer(r"\.\s+", text):
        alias, rest = text[: stop.start()], text[stop.end() :]
        if _is_place(rest) and not name_words(rest.split(",")[0].split(".")[0]).only_forms:
            return alias.strip(_ENDS), rest.strip(_ENDS + ".")
    return text.strip(_ENDS + "."), ""


def _name_and_place(cell: str) -> tuple[str, str]:
    """A name and what follows it where that is a place: after the successors, or after a comma."""
    name, rest = parted_at_successors(cell)
    if _is_place(rest):
        return name.strip(_ENDS), rest.strip(_ENDS)
    head, *segments = name.split(",")
    while segments and name_words(segments[0]).only_forms:
        head = f"{head},{segments.pop(0)}"
    behind = ",".join(segments).strip(_ENDS)
    return (head.strip(_ENDS), behind) if _is_place(behind) else (cell, "")


def _is_place(text: str) -> bool:
    """Whether a text looks like an address: it names a street or a room, or ends in a country."""
    *before, last = text.strip(_ENDS + ".").split(",")
    return bool(_ADDRESS_LIKE.search(text)) or (bool(before) and country_or_none(last.strip()) is not None)


def _by_labels(cell: str) -> SplitCell:
    """Names, aliases, addresses and numbers of a cell, by labels, line ends and the look of an address."""
    found: SplitCell = {"name": [], "aliases": [], "address": [], "identifiers": []}
    for line in re.split(r"\n|;", cell):
        at = "name" if not found["name"] else "address" if _ADDRESS_LIKE.search(line) else "aliases"
        for label, piece in _labelled(line):
            target = _target(label) or at
            if text := piece.strip(" ,;:()\t"):
                found[target].append(f"{label}: {text}" if target == "identifiers" else text)
    if not found["name"]:
        found["name"] = [found["aliases"].pop(0)] if found["aliases"] else [cell]
    return found


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    """The pieces of a line, each with the label before it."""
    label, at = "", 0
    for match in _LABEL.finditer(line):
        yield label, line[at : match.start()]
        label, at = match["label"], match.end()
    yield label, line[at:]


def _target(label: str) -> str | None:
    key = label.casefold()
    if not key:
        return None
    if key.startswith(("address", "registered", "located", "адрес", "地址")):
        return "address"
    return "aliases" if fold(key) in ("aka", "aliases", "alsoknownas") else "identifiers"
