"""Columns of a published table by the names of a layout, however an edition writes its header."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.sources.headers import header_key


def layout_columns(header: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """The columns of a layout that a header has, each with the header's own text.

    A header has a column's name letter for letter; or in other case, spaces and punctuation; or, for a column
    that it has in neither way, behind its name in another script ("国名、地域名 Country or Region").
    """
    found = {column: column for column in wanted if column in header}
    for same in (_alike, _in_two_scripts):
        for column in wanted:
            if column not in found:
                free = (name for name in header if name not in found.values())
                if (name := next((one for one in free if same(one, column)), None)) is not None:
                    found[column] = name
    return found


def _alike(name: str, column: str) -> bool:
    return bool(name) and header_key(name) == header_key(column)


def _in_two_scripts(name: str, column: str) -> bool:
    before, found, after = name.casefold().partition(column.casefold())
    return bool(found) and not after.strip() and bool(before.strip()) and not before.isascii()
