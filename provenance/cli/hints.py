"""Hints that name options, by the code of an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from provenance.core.errors import ProvenanceError
from provenance.core.vocabulary.field import NewName

FUTURE = {"future": "If the date is correct, add --yes."}
ODD = {"odd": "If it is correct nevertheless, add --confirm-odd."}
NEW_NAMES = {f"new_{what}": f"If it is new, add --new-{what.replace('_', '-')}." for what in NewName}
DATABASE = {
    "location": "Choose another place with --db.",
    "missing": "With a small sample: provenance init --sample",
    "unreachable": "Check the address or path given with --db or in PROVENANCE_DB.",
}
"""Of errors that any command may end in."""

TAGS = {"shows_nothing": "Say what it shows: --recovery, --unit or --component."}
LABELS = {
    "label_component": "Say which: --component C-…",
    "label_number": "Say which: --label N",
    "label_parties": "Say who sold it with --from, who bought it with --to, or whom to ask with --ask.",
}
SIZE = {"too_large": "If it is meant, raise the limit with --max-size MIB."}
SINCE = {"since": "Give one of --since DATE, --entered-since DATE and --since-import last."}
STORE = {"store": "Give it with --store FOLDER or in PROVENANCE_STORE."}


@contextmanager
def option_hints(hints: Mapping[str, str]) -> Iterator[None]:
    """Adds to an error the hint for its code."""
    try:
        yield
    except ProvenanceError as error:
        error.hint = "\n".join(line for line in (error.hint, hints.get(error.code, "")) if line)
        raise
