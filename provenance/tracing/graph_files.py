"""Supply graphs as files: DOT, GraphML and GEXF for other programs, and an HTML page around the SVG."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from html import escape
from xml.sax.saxutils import quoteattr

from provenance.tracing.graph import Edge, SupplyGraph
from provenance.tracing.svg import bare, colour_of, describe, svg

_EDGE_FIELDS = (
    ("transfers", "int"),
    ("quantity", "double"),
    ("unit", "string"),
    ("documented", "boolean"),
    ("gap", "boolean"),
    ("dates", "string"),
)
_NODE_FIELDS = (
    ("label", "string"),
    ("role", "string"),
    ("country", "string"),
    ("members", "int"),
    ("ref", "string"),
)


def _attribute(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return quoteattr(bare(text))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def dot(graph: SupplyGraph) -> str:
    """The graph in the language of Graphviz, drawn from left to right."""
    lines = [
        "digraph supply_paths {",
        f"  graph [rankdir=LR, label={_quoted(graph.title)}, labelloc=t];",
        "  node [shape=box, fontname=Helvetica];",
    ]
    for node in graph.nodes:
        colour = colour_of(node)
        lines.append(f"  {_quoted(node.key)} [label={_quoted(node.label)}, color={_quoted(colour)}];")
    for edge in graph.edges:
        style = "dotted" if edge.gap else "solid" if edge.documented else "dashed"
        lines.append(
            f"  {_quoted(edge.tail)} -> {_quoted(edge.head)}"
            f" [style={style}, tooltip={_quoted(describe(edge))}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def _edge_values(edge: Edge) -> dict[str, object]:
    return {name: value for name, _kind in _EDGE_FIELDS if (value := getattr(edge, name)) not in (None, "")}


def graphml(graph: SupplyGraph) -> str:
    """The graph as GraphML; unknown values are left out."""
    keys = [
        f'  <key id="{side}_{name}" for="{side}" attr.name="{name}" attr.type="{kind}"/>'
        for side, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS))
        for name, kind in fields
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *keys,
        '  <graph edgedefault="directed">',
    ]
    for node in graph.nodes:
        data = "".join(
            _data("node", name, value)
            for name, _kind in _NODE_FIELDS
            if (value := getattr(node, name)) is not None
        )
        lines.append(f"    <node id={_attribute(node.key)}>{data}</node>")
    for edge in graph.edges:
        data = "".join(_data("edge", name, value) for name, value in _edge_values(edge).items())
        lines.append(f"    <edge source={_attribute(edge.tail)} target={_attribute(edge.head)}>{data}</edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>"]) + "\n"


def _data(side: str, name: str, value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else escape(bare(str(value)), quote=False)
    return f'<data key="{side}_{name}">{text}</data>'


def gexf(graph: SupplyGraph) -> str:
    """The graph as GEXF 1.3, which Gephi reads."""
    numbers = {node.key: number for number, node in enumerate(graph.nodes)}
    kinds = {"int": "integer"}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        '  <graph defaultedgetype="directed">',
    ]
    for side, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        lines.append(f'    <attributes class="{side}">')
        lines += [
            f'      <attribute id="{name}" title="{name}" type="{kinds.get(kind, kind)}"/>'
            for name, kind in fields
        ]
        lines.append("    </attributes>")
    lines.append("    <nodes>")
    for node in graph.nodes:
        values = {name: getattr(node, name) for name, _kind in _NODE_FIELDS}
        lines.append(
            f'      <node id="{numbers[node.key]}" label={_attribute(node.label)}>{_values(values)}</node>'
        )
    lines += ["    </nodes>", "    <edges>"]
    for number, edge in enumerate(graph.edges):
        lines.append(
            f'      <edge id="{number}" source="{numbers[edge.tail]}" target="{numbers[edge.head]}">'
            f"{_values(_edge_values(edge))}</edge>"
        )
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>"]) + "\n"


def _values(values: dict[str, object]) -> str:
    text = "".join(
        f"<attvalue for={_attribute(name)} value={_attribute(value)}/>"
        for name, value in values.items()
        if value is not None
    )
    return f"<attvalues>{text}</attvalues>" if text else ""


def page(graph: SupplyGraph) -> str:
    """One self-contained HTML file with the graph and its lines as a table."""
    names = {node.key: node.label for node in graph.nodes}
    rows = "".join(
        f"<tr><td>{escape(names[edge.tail])}</td><td>{escape(names[edge.head])}</td>"
        f"<td>{escape(describe(edge))}</td></tr>"
        for edge in graph.edges
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(graph.title)}</title><style>"
        "body{font:14px/1.5 Helvetica,Arial,sans-serif;margin:1.5em}figure{overflow:auto;margin:0}"
        "table{border-collapse:collapse}"
        "td,th{border-bottom:1px solid #cbd5e0;padding:.2em .8em;text-align:left}"
        f"</style></head><body><figure>{svg(graph)}</figure>"
        f"<table><thead><tr><th>from</th><th>to</th><th>what</th></tr></thead><tbody>{rows}</tbody></table>"
        "</body></html>\n"
    )


class GraphFormat(StrEnum):
    """A kind of file for a graph, by its ending."""

    SVG = "svg"
    DOT = "dot"
    GRAPHML = "graphml"
    GEXF = "gexf"
    HTML = "html"


WRITERS: dict[GraphFormat, Callable[[SupplyGraph], str]] = {
    GraphFormat.SVG: svg,
    GraphFormat.DOT: dot,
    GraphFormat.GRAPHML: graphml,
    GraphFormat.GEXF: gexf,
    GraphFormat.HTML: page,
}
