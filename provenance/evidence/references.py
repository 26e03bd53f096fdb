"""References in file names and QR codes: which record a photo is labelled with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from provenance.core.identity import REFERENCE_LETTERS, read_reference
from provenance.core.vocabulary.evidence import RequirementSubject, View

_LETTERS = "".join(REFERENCE_LETTERS[kind] for kind in RequirementSubject)
_GAP = r"[-_ .–—]?"
_SPOKEN = re.compile(
    rf"(?<![0-9A-Za-z])(?P<letter>[{_LETTERS}]){_GAP}(?P<first>[0-9A-Z]{{5}})(?P<gap>{_GAP})"
    r"(?P<last>[0-9A-Z]{5})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_UKRAINIAN_VIEWS = {
    "зверху": View.TOP,
    "верх": View.TOP,
    "знизу": View.BOTTOM,
    "низ": View.BOTTOM,
    "спереду": View.FRONT,
    "ззаду": View.BACK,
    "зліва": View.LEFT,
    "справа": View.RIGHT,
    "масштаб": View.SCALE,
    "маркування": View.MARKING,
    "на_місці": View.IN_PLACE,
    "плата": View.HOST_BOARD,
    "блок": View.UNIT,
    "шильдик": View.DATA_PLATE,
    "роз_єми": View.CONNECTORS,
    "загальний": View.OVERVIEW,
    "місце": View.SITE,
    "пломба": View.SEAL,
    "документ": View.DOCUMENT,
}
_VIEWS = {view.value: view for view in View} | _UKRAINIAN_VIEWS
"""What people write into file names; an underscore stands for any separator."""


@dataclass(frozen=True, slots=True)
class NamedRecords:
    """References in a text: valid ones, such as ``C-7K3M9-Q2X4H``, and misspelt ones.

    A misspelt one has the form of a reference, hyphens included, but its check character is wrong.
    """

    references: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()


def records_named(text: str) -> NamedRecords:
    """The references of recoveries, units and components in a text, in any case, with or without hyphens."""
    references: dict[str, None] = {}
    misspelt: dict[str, None] = {}
    for match in _SPOKEN.finditer(text):
        spoken = f"{match['letter']}-{match['first']}-{match['last']}".upper()
        try:
            if read_reference(spoken) is not None:
                references[spoken] = None
        except ValueError:
            # Without hyphens, ten characters after a letter are more likely a camera's own numbering.
            if match["gap"] and any(map(str.isdigit, match["first"] + match["last"])):
                misspelt[spoken] = None
    return NamedRecords(tuple(references), tuple(misspelt))


def view_named(word: str) -> View | None:
    """The view of that name, English or Ukrainian, in any case, with any separator; None if there is none."""
    return _VIEWS.get(re.sub(r"[^a-zа-щьюяґєії]+", "_", word.strip().casefold()))


def views_named(file_name: str) -> tuple[View, ...]:
    """The views named in a file name, such as ``top``, in the order of the vocabulary.

    The words may be English or Ukrainian.
    """
    stem = _SPOKEN.sub(" ", PurePath(file_name).stem).casefold()
    words = f"_{re.sub(r'[^a-zа-щьюяґєії]+', '_', stem)}_"
    named = {view for word, view in _VIEWS.items() if f"_{word}_" in words}
    return tuple(view for view in View if view in named)
