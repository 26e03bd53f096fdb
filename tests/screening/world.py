"""Listed parties in a line each, indexed as an import indexes them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from provenance.screening.calibration import THRESHOLD, likeness_for
from provenance.screening.index import NamedParty, NameIndex, build
from provenance.screening.matcher import Candidate, Matcher
from provenance.sources.customers import Customer
from provenance.text.addresses import read_address
from provenance.text.name_words import name_words
from provenance.text.party_names import read_names


def names_index(names: Sequence[str]) -> NameIndex:
    """An index in which each cell of names is a party, numbered by its place."""
    return build(
        NamedParty(place, place, words)
        for place, cell in enumerate(names)
        for name in read_names(cell)
        if not (words := name_words(name.name)).only_forms
    )


def matcher(names: Sequence[str], addresses: Sequence[str] = ()) -> Matcher:
    """A matcher over names and addresses, each its own party."""
    placed = [
        NamedParty(place, place, parts.words)
        for place, text in enumerate(addresses)
        if (parts := read_address(text)).locates
    ]
    return Matcher(names_index(names), build(placed))


def found(names: Sequence[str], asked: str) -> list[Candidate]:
    """What a name finds among listed ones, best first, from the threshold on.

    Names of one general word are left out: what is listed settles whether they are hits.
    """
    (one,) = matcher(names).by_name([Customer(1, asked)], likeness_for(THRESHOLD))
    return [hit for hit in one if hit.score >= likeness_for(THRESHOLD) and not hit.general]


def is_found(listed: str, asked: str) -> bool:
    """Whether a name finds a listed one that stands among others."""
    return any(hit.party == 0 for hit in found([listed, *OTHERS], asked))


OTHERS = [
    "Granit-Vektor JSC", "Marble Reef GmbH", "Quartz Inn", "Zircon Bay Shipping",
    "Delta Electronics Trading LLC",
    "Beijing Institute of Technology", "General Trading Company", "Shenzhen Electronics Technology Co., Ltd.",
    "International Business Services", "Petrov, Ivan Ivanovich", "54th Research Institute of China",
]  # fmt: skip

WORDS = [
    "obsidian", "helix", "granit", "vektor", "marble", "reef", "trading", "electronics", "zircon",
    "bay", "54",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(" ".join)
"""Names of one to four different words, distinctive, generic and a number among them."""
