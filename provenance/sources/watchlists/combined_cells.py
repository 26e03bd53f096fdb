"""A cell that holds name, aliases and address together, split into them: a guess, which is shown for review.

Cells of letters follow the entries of the Entity List (15 CFR 744, Supplement No. 4): "NAME, a.k.a., the
following two aliases: —ONE; and —TWO. ADDRESS, COUNTRY", or NAME, "and any successor, sub-unit, or subsidiary
thereof" and an address; others separate them by lines, semicolons or labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from provenance.sources.watchlists.base import country_or_none
from provenance.sources.watchlists.cell_items import (
    BETWEEN_NAMES,
    ends_in_form,
    items,
    joined_forms,
    names_of,
)
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
_DASH = re.compile(r"\s*(?:and\s+)?[—–-]", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*\(?\d{1,4}[).]\s+")
_OTHER_NAME = re.compile(
    r"[\s,(]*\b(?:[afnd]\s?[./]?\s?[kb]\s?[./]?\s?a\b\.?"
    r"|also known as|formerly(?: known as)?|aliases)[\s:,.]*",
    re.IGNORECASE,
)
_JOINING = ("and", "or", "и", "та")
_ENDS = " ,;:()\t"


def is_combined(cell: str, *, header: str, has_address: bool) -> bool:
    """Whether a name's cell holds more than names; ``has_address`` says that another cell has the address."""
    if "\n" in cell.strip() or _LABEL.search(cell) or _FOLLOWING.search(cell):
        return True
    if has_address:
        return False
    if "address" in header.casefold() or (";" in cell and _ADDRESS_LIKE.search(cell)):
        return True
    return is_place(parted_at_successors(cell)[1])


def split_cell(cell: str) -> SplitCell:
    """Names, aliases, addresses and numbers of a cell; whatever is not recognised stays a name."""
    cell = _NUMBERED.sub("", cell)
    if following := _FOLLOWING.search(cell):
        found = _with_listed_aliases(cell[: following.start()], cell[following.end() :])
    elif _LABEL.search(_OTHER_NAME.sub(" ", cell)):
        found = _by_labels(cell)
    else:
        found = _by_look(cell)
    first, *others = names_of(found["name"][0]) or found["name"]
    return found | {"name": [first], "aliases": [*others, *found["name"][1:], *found["aliases"]]}


def name_before_address(cell: str) -> tuple[str, str]:
    """A name and the address after its first comma, in a cell that has both; a legal form is the name's."""
    head, *segments = joined_forms(" ".join(cell.split()))
    return head.strip(_ENDS), ", ".join(segments).strip(_ENDS)


def names_before_address(cell: str) -> tuple[list[str], str]:
    """As `name_before_address`, with what the party is also called between the two."""
    name, place = name_before_address(cell)
    segments = joined_forms(place)
    names = [name]
    while segments and _OTHER_NAME.match(segments[0]):
        names += names_of(segments.pop(0))
    return names, ", ".join(segments)


def summary_of(found: Mapping[str, Sequence[str]]) -> str:
    """What was read, for review."""
    return "; ".join(f"{kind}: {' | '.join(values)}" for kind, values in found.items() if values)


def _with_listed_aliases(name: str, rest: str) -> SplitCell:
    """An entry as the Entity List writes it: aliases behind dashes, then addresses."""
    found: SplitCell = {"name": [name.strip(_ENDS)], "aliases": [], "address": [], "identifiers": []}
    for item in re.split(r"\s*[;\n]\s*", rest):
        text = _BEFORE_ALIAS.sub("", item).strip()
        if not text or text.casefold() in _JOINING:
            continue
        is_alias = _DASH.match(item) is not None
        if found["address"] or (not is_alias and found["aliases"] and is_place(text)):
            found["address"].append(text.strip(_ENDS + "."))
            continue
        alias, place = _alias_and_place(text)
        found["aliases"] += [alias] if alias else []
        found["address"] += [place] if place else []
    return found


def _by_look(cell: str) -> SplitCell:
    """A name, what it is also called, and addresses, separated by commas, semicolons or lines."""
    found: SplitCell = {"name": [], "aliases": [], "address": [], "identifiers": []}
    for item in items(cell):
        if found["name"] and is_place(item) and not _OTHER_NAME.match(item):
            found["address"].append(item)
            continue
        names, place = _names_and_place(item)
        target = found["aliases"] if found["name"] else found["name"]
        target += names[:1]
        found["aliases"] += names[1:]
        found["address"] += [place] if place else []
    return found if found["name"] else found | {"name": [cell]}


def _names_and_place(item: str) -> tuple[list[str], str]:
    """The names of an item and the address after them, empty where there is none."""
    for match in BETWEEN_NAMES.finditer(item):
        left, right = item[: match.start()].strip(_ENDS), item[match.end() :]
        if ends_in_form(left) and ends_in_form(joined_forms(right)[0]) and not is_place(left):
            names, place = _names_and_place(right)
            return [left, *names], place
    name, place = _name_and_place(item)
    if not place or not (_OTHER_NAME.match(place) or (known := _OTHER_NAME.search(name))):
        return [name], place
    if _OTHER_NAME.match(place):
        segments = joined_forms(place)
        behind = next((at for at, one in enumerate(segments) if _begins_place(one)), len(segments))
        return [name, *names_of(", ".join(segments[:behind]))], ", ".join(segments[behind:])
    assert known is not None
    return [name[: known.start()].strip(_ENDS), *names_of(name[known.start() :].strip(_ENDS))], place


def _begins_place(segment: str) -> bool:
    """Whether a text between commas begins an address: it has a number or a word of one, or is a country."""
    has_digit = any(map(str.isdigit, segment))
    return has_digit or bool(_ADDRESS_LIKE.search(segment)) or country_or_none(segment.strip()) is not None


def _alias_and_place(text: str) -> tuple[str, str]:
    """An alias and the address after its full stop, where there is one; "Co. Ltd." does not end one."""
    for stop in re.finditer(r"\.\s+", text):
        alias, rest = text[: stop.start()], text[stop.end() :]
        if is_place(rest) and not name_words(rest.split(",")[0].split(".")[0]).only_forms:
            return alias.strip(_ENDS), rest.strip(_ENDS + ".")
    return text.strip(_ENDS + "."), ""


def _name_and_place(cell: str) -> tuple[str, str]:
    """A name and what follows it where that is a place: after the successors, or after a comma."""
    name, rest = parted_at_successors(cell)
    if is_place(rest):
        return name.strip(_ENDS), rest.strip(_ENDS)
    head, behind = name_before_address(name)
    return (head, behind) if is_place(behind) else (cell, "")


def is_place(text: str) -> bool:
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
