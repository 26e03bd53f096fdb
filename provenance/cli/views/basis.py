"""The basis in words, as a block that can be skimmed; `--explain` prints all of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from provenance.cli.views.words import many
from provenance.core.basis import Basis, LeftOut

_WIDTH = 100
"""Two lines of this length a heading, unless all of it is asked for."""

_LINES = 2
_MORE = "More: --explain"


def basis_lines(basis: Basis, *, explain: bool = False) -> list[str]:
    """The basis as lines: Counted, Filters, Left out, Unknown, Caution, each at most two lines.

    What is longer is cut after a whole statement, and the last line says how to see the rest.
    """
    headings = (
        ("Counted", [_counted(basis)]),
        ("Filters", [_filters(basis)]),
        ("Left out", [_left_out(left) for left in basis.left_out if not left.unjudged]),
        ("Unknown", [*(_left_out(left) for left in basis.left_out if left.unjudged), *basis.unknown]),
        ("Caution", basis.cautions),
        ("Notes", basis.notes),
    )
    lines: list[str] = []
    cut = False
    for heading, statements in headings:
        if heading == "Notes" and not explain:
            lines += statements
            continue
        shown, shortened = _block(heading, statements, explain)
        lines += shown
        cut |= shortened
    return [*lines, _foot(basis, cut)]


def _block(heading: str, statements: Iterable[str], explain: bool) -> tuple[list[str], bool]:
    """A heading with its statements, and whether some had to be left out."""
    whole = [statement for statement in statements if statement]
    if not whole:
        return [], False
    if explain:
        lines = [f"{heading}: {whole[0]}"]
        return [*lines, *(f"  {statement}" for statement in whole[1:])], False
    for count in range(len(whole), 0, -1):
        lines = textwrap.wrap(f"{heading}: {' '.join(whole[:count])}", _WIDTH, subsequent_indent="  ")
        if len(lines) <= _LINES or count == 1:
            return lines, count < len(whole)
    raise AssertionError("one statement is always shown")


def _left_out(left: LeftOut) -> str:
    where = many(left.recoveries, "recovery")
    return f"{many(left.components, 'component')} ({where}) {left.reason}."


def _filters(basis: Basis) -> str:
    stated = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in basis.filters.items())
    return f"{stated}." if stated else ""


def _counted(basis: Basis) -> str:
    """What was counted, out of how many; an answer that counts other things than components names them."""
    counted, whole = basis.counted, basis.out_of
    if counted and "components" not in counted:
        these = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counted.items())
        all_ = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in whole.items())
        return f"{basis.unit}; {these}" + (f", out of {all_}." if all_ else ".")
    return (
        f"{basis.unit}; {many(counted.get('components', 0), 'component')} in"
        f" {many(counted.get('recoveries', 0), 'recovery')}, out of {whole.get('components', 0):,} in"
        f" {whole.get('recoveries', 0):,}."
    )


def _foot(basis: Basis, cut: bool) -> str:
    parts = []
    if basis.handling is not None:
        unmarked = basis.handling.unmarked
        amber = f" ({many(unmarked, 'unmarked record')} treated as AMBER)" if unmarked else ""
        parts.append(f"TLP:{basis.handling.tlp}{amber}.")
    parts.append(f"Data: {basis.data}.")
    if cut:
        parts.append(f"{_MORE}.")
    return " ".join(parts)
