"""The list formats that the program reads."""

from __future__ import annotations

from provenance.core.errors import UsageError
from provenance.sources.watchlists.base import ListFormat
from provenance.sources.watchlists.bis import DeniedPersons
from provenance.sources.watchlists.csl import ConsolidatedScreeningList
from provenance.sources.watchlists.eu import EuRegulation
from provenance.sources.watchlists.letters import Letter
from provenance.sources.watchlists.ofac import OfacSdn
from provenance.sources.watchlists.opensanctions import OpenSanctionsFtm, OpenSanctionsSimple

LIST_FORMATS: tuple[ListFormat, ...] = (
    OfacSdn(),
    ConsolidatedScreeningList(),
    DeniedPersons(),
    EuRegulation(),
    OpenSanctionsSimple(),
    OpenSanctionsFtm(),
    Letter("csv", "a list of your own: id, name, aliases, address, country, identifiers"),
    Letter("xlsx", "the same as a workbook; its first sheet is read"),
    Letter("docx", "the tables of a letter; without one, a paragraph is an entry"),
)


def list_format_named(name: str) -> ListFormat:
    """The format of that name.

    Raises:
        UsageError: there is none; names those that there are.
    """
    for known in LIST_FORMATS:
        if known.name == name:
            return known
    raise UsageError(
        f"There is no list format {name}", hint=f"It is one of {', '.join(one.name for one in LIST_FORMATS)}."
    )
