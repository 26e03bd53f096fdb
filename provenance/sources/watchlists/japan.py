"""Japan's End User List (METI): the numbered table as a workbook or CSV; aliases are a list in one cell.

The numbers run on from edition to edition, so that a party is known by its name.
"""

from __future__ import annotations

from provenance.core.vocabulary.watched import Asks, ListedNameKind
from provenance.sources.watchlists.cell_items import items
from provenance.sources.watchlists.party_layout import NameColumns, PartyLayout
from provenance.sources.watchlists.published import PublishedList

_LAYOUT = PartyLayout(
    required=("Country or Region", "Company or Organization", "Also Known As", "Type of WMD"),
    names=(
        NameColumns(("Company or Organization",), ListedNameKind.PRIMARY),
        NameColumns(("Also Known As",), ListedNameKind.ALIAS, split=items),
    ),
    lasting=False,
    own_id=("No.",),
    countries=("Country or Region",),
    program=("Type of WMD",),
    asks=Asks.LICENCE,
)

JAPAN_END_USERS = PublishedList(
    name="jp-meti",
    title="Japan's End User List (METI), workbook or CSV",
    watchlist="jp-meti-eul",
    tables=[_LAYOUT],
)
