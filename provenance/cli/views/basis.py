"""The basis in words, as a block that can be skimmed; `--explain` prints all of it."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.cli.speech.language import said
from provenance.cli.views.filters import filters_in_words
from provenance.cli.views.tables import wrapped
from provenance.cli.views.words import many, plain_name
from provenance.core.basis import Basis, LeftOut

_WIDTH = 100
"""Two lines of this length for each heading, unless the whole basis is asked for."""

_LINES = 2
_SEIZURES = "seizures"
_RANKED = ("firms", "parts", "weapons", "countries")
_INDENT = "  "


def basis_lines(basis: Basis, *, explain: bool = False, width: int = _WIDTH) -> list[str]:
    """The basis as lines: Counted, Filters, Left out, Unknown, Caution, at most two lines each.

    What is longer is cut after a whole statement, and the heading ends with how many more there are and how
    to see them. A narrower window shows the same statements on more lines.
    """
    headings = (
        ("Counted", [_counted(basis)]),
        ("Filters", [filters_in_words(basis.filters)]),
        ("Left out", _left_out(basis, unjudged=False)),
        ("Unknown", [*_left_out(basis, unjudged=True), *basis.unknown]),
        ("Caution", basis.cautions),
        ("Notes", basis.notes),
    )
    wide = width if explain else min(width, _WIDTH)
    lines: list[str] = []
    for heading, statements in headings:
        if explain or heading != "Notes":
            lines += _block(heading, [each for each in statements if each], explain, wide)
    return [*lines, *wrapped(_foot(basis, explain), wide, following=_INDENT)]


def _block(heading: str, statements: Sequence[str], explain: bool, width: int) -> list[str]:
    """A heading with its statements, as many as two lines hold, and the number of the others."""
    if not statements:
        return []
    heading, statements = said(heading), list(map(said, statements))
    if explain:
        lines = wrapped(f"{heading}: {statements[0]}", width, following=_INDENT)
        for statement in statements[1:]:
            lines += wrapped(statement, width, first=_INDENT, following=_INDENT * 2)
        return lines
    for count in range(len(statements), 0, -1):
        more = f" {said(f'{len(statements) - count:,} more: --explain.')}" if count < len(statements) else ""
        text = f"{heading}: {' '.join(statements[:count])}{more}"
        if count == 1 or len(wrapped(text, _WIDTH, following=_INDENT)) <= _LINES:
            return wrapped(text, width, following=_INDENT)
    raise AssertionError("one statement is always shown")


def _left_out(basis: Basis, *, unjudged: bool) -> list[str]:
    """What the rules left out, those that left out most first."""
    left_out = [left for left in basis.left_out if left.unjudged is unjudged]
    left_out.sort(key=lambda left: (-left.recoveries, -left.components))
    return [_rule(left, basis.unit) for left in left_out]


def _rule(left: LeftOut, unit: str) -> str:
    if unit == _SEIZURES:
        return f"{said(many(left.recoveries, 'seizure'))} {said(left.reason)}."
    components, recoveries = said(many(left.components, "component")), said(many(left.recoveries, "recovery"))
    return f"{components} ({recoveries}) {said(left.reason)}."


def _counted(basis: Basis) -> str:
    """What was counted, out of how many; an answer that counts no components names what it counts."""
    counted, whole = basis.counted, basis.out_of
    if basis.unit == _SEIZURES:
        return (
            f"{many(counted.get('recoveries', 0), 'seizure')} with"
            f" {many(counted.get('components', 0), 'component')}, out of"
            f" {many(whole.get('recoveries', 0), 'seizure')}."
        )
    if counted and "components" not in counted:
        if len(counted) == 1:
            return f"{said(basis.unit)}: {next(iter(counted.values())):,}{said(_of_all(basis))}."
        these = ", ".join(f"{said(plain_name(name))} {count:,}" for name, count in counted.items())
        all_ = ", ".join(f"{said(plain_name(name))} {count:,}" for name, count in whole.items())
        return f"{said(basis.unit)}; {these}" + (said(f", out of {all_}.") if all_ else ".")
    return (
        f"{basis.unit}; {many(counted.get('components', 0), 'component')} in"
        f" {many(counted.get('recoveries', 0), 'recovery')}, out of {whole.get('components', 0):,} in"
        f" {whole.get('recoveries', 0):,}.{_groups(basis)}"
    )


def _of_all(basis: Basis) -> str:
    """Out of how many a single figure is; empty where that is not stated."""
    return f", out of {next(iter(basis.out_of.values())):,}" if len(basis.out_of) == 1 else ""


def _groups(basis: Basis) -> str:
    """How many groups a ranking has, how many have enough recoveries, and how many are shown."""
    counted = basis.counted
    if "shown" not in counted:
        return ""
    name = next(name for name in counted if name in _RANKED)
    least = basis.filters.get("at_least_recoveries", "1")
    qualifying = f", {counted.get('qualifying', 0):,} in {least}+ recoveries" if least != "1" else ""
    return f" {name.capitalize()}: {counted[name]:,}{qualifying}, {counted['shown']:,} shown."


def _foot(basis: Basis, explain: bool) -> str:
    parts = []
    if basis.handling is not None:
        unmarked = basis.handling.unmarked
        amber = f" ({many(unmarked, 'unmarked record')} treated as AMBER)" if unmarked else ""
        parts.append(f"TLP:{basis.handling.tlp}{amber}.")
    parts.append(f"Data: {basis.data}.")
    if basis.notes and not explain:
        parts.append(f"{many(len(basis.notes), 'note')}: --explain.")
    return " ".join(map(said, parts))
