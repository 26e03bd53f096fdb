"""Short names that more than one firm goes by: none of them is assumed.

The table is ``seed/ambiguous_name.csv``. A firm that is on record under such a name is still found by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from provenance.core.seed import seed_rows
from provenance.text.firm_names import name_key


def ambiguity_of(name: str) -> str | None:
    """Which firms a short name may mean, in words; None for a name that is not known to be ambiguous."""
    return _table().get(name_key(name))


@cache
def _table() -> Mapping[str, str]:
    return {name_key(row["name"]): row["note"] for row in seed_rows("ambiguous_name.csv")}
