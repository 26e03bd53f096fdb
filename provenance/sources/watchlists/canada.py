"""The Consolidated Canadian Autonomous Sanctions List (SEMA), XML; element names may be in two languages.

A record is a party of a schedule. Item numbers begin again in each schedule and are given again after a
delisting, so that a party is known by country and name. ``Country`` is that of the regulation, which is not
always the party's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.cell_items import items, joined_forms
from provenance.sources.watchlists.party_layout import ISO_DAY, NameColumns, NumberColumns, PartyLayout
from provenance.sources.watchlists.published import PublishedList, XmlList
from provenance.sources.watchlists.xml_records import XmlShape


def _in_both_languages(cell: str) -> Sequence[str]:
    """A name in English and, after a slash, in French."""
    return re.split(r"\s+/\s+", cell)


def _aliases(cell: str) -> Sequence[str]:
    """The aliases of a cell: the list separates them by commas."""
    return [alias for item in items(cell) for alias in joined_forms(item)]


_LAYOUT = PartyLayout(
    required=(),
    lasting=False,
    own_id=("Schedule", "Item"),
    names=(
        NameColumns(("EntityOrShip",), split=_in_both_languages),
        NameColumns(("Entity",), split=_in_both_languages),
        NameColumns(("GivenName", "LastName")),
        NameColumns(("Aliases",), ListedNameKind.ALIAS, split=_aliases),
    ),
    numbers=(NumberColumns("ShipIMONumber", "IMO"),),
    kind_if_filled=(
        ("ShipIMONumber", PartyKind.VESSEL),
        ("LastName", PartyKind.PERSON),
        ("GivenName", PartyKind.PERSON),
        ("EntityOrShip", PartyKind.ENTITY),
        ("Entity", PartyKind.ENTITY),
    ),
    section=("Country",),
    program=("Country", "Schedule"),
    since=("DateOfListing",),
    day_patterns=(ISO_DAY, "%d-%m-%Y"),
)

CANADA_SEMA = PublishedList(
    name="ca-sema",
    title="Consolidated Canadian Autonomous Sanctions List, XML",
    watchlist="ca-sema",
    xml=XmlList(
        XmlShape("data-set", ("record",), marks=("Schedule", "EntityOrShip", "LastName"), two_languages=True),
        _LAYOUT,
    ),
)
