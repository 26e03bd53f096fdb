"""Supply graphs as SVG: self-contained, every text as text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from provenance.text.plurals import many
from provenance.tracing.graph import WEAPON, Edge, Node, SupplyGraph
from provenance.tracing.layout import Layout, lay_out

COLOURS = {
    "maker": "#2b6cb0",
    "authorised_distributor": "#38a169",
    "independent_distributor": "#d69e2e",
    "broker": "#dd6b20",
    "marketplace": "#b7791f",
    "forwarder": "#718096",
    "importer": "#805ad5",
    "supplier": "#4a8fa8",
    "procurement_front": "#c53030",
    "end_user": "#742a2a",
    "unknown": "#a0aec0",
    WEAPON: "#1a202c",
}

_NODE_WIDTH, _NODE_HEIGHT = 176, 34
_COLUMN_GAP, _ROW_GAP = 96, 16
_MARGIN, _HEADER, _LEGEND_ROW = 28, 64, 22
_LETTERS, _SMALL_LETTERS = 27, 36
_THINNEST, _WIDEST = 1.2, 9.0
_WIDTH_OF_LETTER = 6.4


def svg(graph: SupplyGraph) -> str:
    """The graph as one SVG document, laid out from left to right."""
    found = lay_out(graph)
    x = [_MARGIN + at * (_NODE_WIDTH + _COLUMN_GAP) for at in found.layer]
    step = _NODE_HEIGHT + _ROW_GAP
    y = [_HEADER + _MARGIN + at * step for at in found.height]
    heights = [at for way in found.routes for at in way] + found.height
    bottom = _HEADER + _MARGIN + max(heights, default=0) * step + _NODE_HEIGHT
    width = max([at + _NODE_WIDTH + _MARGIN for at in x] + [640])
    legend, legend_height = _legend(graph, bottom + _MARGIN, width)
    place = {node.key: number for number, node in enumerate(graph.nodes)}
    greatest = max((edge.quantity or 0 for edge in graph.edges), default=0)
    lines = [_line(edge, number, found, (x, y), place, greatest) for number, edge in enumerate(graph.edges)]
    boxes = [_box(node, x[number], y[number]) for number, node in enumerate(graph.nodes)]
    whole = bottom + _MARGIN + legend_height
    title = (
        f'<text x="{_MARGIN}" y="34" font-size="18" font-weight="600" fill="#1a202c">'
        f"{escape(graph.title)}</text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{whole:.0f}"'
        f' viewBox="0 0 {width:.0f} {whole:.0f}" font-family="Helvetica, Arial, sans-serif">\n'
        f"<title>{bare(escape(graph.title))}</title>\n{_MARKERS}"
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
        + bare("\n".join([title, *lines, *boxes, *legend]))
        + "\n</svg>\n"
    )


def bare(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))


_MARKERS = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
    ' markerUnits="userSpaceOnUse" orient="auto">'
    '<path d="M0 0 L8 4 L0 8 z" fill="#4a5568"/></marker></defs>\n'
)


def line_width(quantity: float | None, greatest: float) -> float:
    """The width of a line, by the logarithm of its quantity; the thinnest where it is not known."""
    if not quantity or greatest <= 1:
        return _THINNEST
    return _THINNEST + (_WIDEST - _THINNEST) * math.log1p(quantity) / math.log1p(greatest)


def _line(
    edge: Edge,
    number: int,
    found: Layout,
    at: tuple[Sequence[float], Sequence[float]],
    place: dict[str, int],
    greatest: float,
) -> str:
    (x, y), tail, head = at, place[edge.tail], place[edge.head]
    middle = _NODE_HEIGHT / 2
    if found.backward[number]:
        path = _bow(x[tail], y[tail] + middle, x[head], y[head] + middle)
        centre = ((x[tail] + x[head]) / 2 + _NODE_WIDTH / 2, (y[tail] + y[head]) / 2 + middle - 30)
    else:
        step = _NODE_HEIGHT + _ROW_GAP
        stops = [_HEADER + _MARGIN + at * step + middle for at in found.routes[number]]
        path = _curve(x[tail] + _NODE_WIDTH, stops)
        before = len(stops) // 2 - 1 if len(stops) > 1 else 0
        centre = (
            x[tail] + _NODE_WIDTH + _COLUMN_GAP / 2 + before * (_NODE_WIDTH + _COLUMN_GAP),
            (stops[before] + stops[before + 1]) / 2,
        )
    tooltip = f"<title>{escape(describe(edge))}</title>"
    if edge.gap:
        mark = (
            f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="8" fill="#fff" stroke="#c53030"/>'
            f'<text x="{centre[0]:.1f}" y="{centre[1] + 4:.1f}" font-size="11" text-anchor="middle"'
            ' fill="#c53030">?</text>'
        )
        style = 'stroke="#c53030" stroke-width="1.2" stroke-dasharray="1 7" stroke-linecap="round"'
        return f'<g>{tooltip}<path d="{path}" fill="none" {style}/>{mark}</g>'
    dashes = "" if edge.documented else ' stroke-dasharray="7 5"'
    width = line_width(edge.quantity, greatest)
    return (
        f'<g>{tooltip}<path d="{path}" fill="none" stroke="#4a5568" stroke-opacity="0.55"'
        f' stroke-width="{width:.1f}"{dashes} marker-end="url(#arrow)"/></g>'
    )


def colour_of(node: Node) -> str:
    """The colour of a node's role."""
    return COLOURS.get(node.role or "unknown", COLOURS["unknown"])


def describe(edge: Edge) -> str:
    """An edge in words, as the tooltip of its line."""
    if edge.gap:
        return "gap: no record shows this step"
    amount = (
        f"{edge.quantity:,.10g} {edge.unit or ''}".strip()
        if edge.quantity is not None
        else "quantity not stated"
    )
    kind = "documented" if edge.documented else "not documented"
    return f"{many(edge.transfers, 'transfer')}, {amount}, {kind}" + (f", {edge.dates}" if edge.dates else "")


def _curve(start: float, stops: Sequence[float]) -> str:
    """A line from the right side of one node, through its stops, to the left side of another."""
    pieces = [f"M{start:.1f} {stops[0]:.1f}"]
    at = start
    for number, (one, other) in enumerate(pairwise(stops)):
        half, end = at + _COLUMN_GAP / 2, at + _COLUMN_GAP
        pieces.append(f"C{half:.1f} {one:.1f} {half:.1f} {other:.1f} {end:.1f} {other:.1f}")
        at = end
        if number < len(stops) - 2:
            at += _NODE_WIDTH
            pieces.append(f"L{at:.1f} {other:.1f}")
    return " ".join(pieces)


def _bow(tail_x: float, tail_y: float, head_x: float, head_y: float) -> str:
    """A line backward, or within a column: an arc over the top of both nodes."""
    top = min(tail_y, head_y) - _NODE_HEIGHT
    begin, end = tail_x + _NODE_WIDTH * 0.75, head_x + _NODE_WIDTH * 0.25
    first, last = tail_y - _NODE_HEIGHT / 2, head_y - _NODE_HEIGHT / 2
    return f"M{begin:.1f} {first:.1f} C{begin:.1f} {top:.1f} {end:.1f} {top:.1f} {end:.1f} {last:.1f}"


def _box(node: Node, x: float, y: float) -> str:
    colour = colour_of(node)
    role = (node.role or "role unknown").replace("_", " ")
    second = ", ".join(filter(None, (role, node.country)))
    dashes = ' stroke-dasharray="4 3"' if node.role is None else ""
    whole = f"{node.label} ({second})" + (f" {node.ref}" if node.ref else "")
    words = (
        (15, 11.5, "#1a202c", shortened(node.label)),
        (27, 9, "#4a5568", shortened(second, _SMALL_LETTERS)),
    )
    texts = "".join(
        f'<text x="{x + 12:.1f}" y="{y + down:.1f}" font-size="{size}" fill="{ink}">{escape(text)}</text>'
        for down, size, ink, text in words
    )
    return (
        f"<g><title>{escape(whole)}</title>"
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{_NODE_WIDTH}" height="{_NODE_HEIGHT}" rx="5" fill="#fff"'
        f' stroke="{colour}" stroke-width="1.6"{dashes}/>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="6" height="{_NODE_HEIGHT}" rx="2" fill="{colour}"/>'
        f"{texts}</g>"
    )


def shortened(text: str, letters: int = _LETTERS) -> str:
    """A text cut to fit its node; wide scripts take twice the room."""
    room, kept = float(letters), ""
    for char in text:
        room -= 1.9 if ord(char) > 0x2E7F else 1
        if room < 1:
            return kept + "…"
        kept += char
    return kept


def _legend(graph: SupplyGraph, top: float, width: float) -> tuple[list[str], float]:
    """The key to colours and lines, with the cautions and notes; and its height."""
    roles = {node.role or "unknown" for node in graph.nodes}
    lines, x, y = [], float(_MARGIN), top + 14
    for role in [role for role in COLOURS if role in roles]:
        name = "found in" if role == WEAPON else role.replace("_", " ")
        size = 24 + len(name) * _WIDTH_OF_LETTER
        if x + size > width - _MARGIN:
            x, y = float(_MARGIN), y + _LEGEND_ROW
        lines.append(
            f'<rect x="{x:.1f}" y="{y - 10:.1f}" width="12" height="12" rx="2" fill="{COLOURS[role]}"/>'
            f'<text x="{x + 17:.1f}" y="{y:.1f}" font-size="11" fill="#2d3748">{escape(name)}</text>'
        )
        x += size
    kinds = (
        "Solid line: documented. Dashes: stated, not documented. Red dots with a question mark: a gap.",
        "Lines are wider the larger the stated quantity, each in its own unit.",
        "Being on a supply path is not evidence of wrongdoing.",
        *graph.notes,
    )
    room = int((width - 2 * _MARGIN) / 5.6)
    for text in (piece for note in kinds for piece in _wrapped(note, room)):
        y += _LEGEND_ROW - 5
        lines.append(f'<text x="{_MARGIN}" y="{y:.1f}" font-size="10.5" fill="#4a5568">{escape(text)}</text>')
    return lines, y - top + _MARGIN


def _wrapped(text: str, room: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, max(room, 20))
