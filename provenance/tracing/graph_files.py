"""Pictures for other programs: DOT, GraphML and GEXF, and a page of HTML around the SVG."""

from __future__ import annotations

from html import escape
from xml.sax.saxutils import quoteattr

from provenance.tracing.picture import Edge, Picture
from provenance.tracing.svg import COLOURS, bare, describe, svg

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
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return quoteattr(bare(said))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def dot(picture: Picture) -> str:
    """The picture in the language of Graphviz, drawn from left to right."""
    lines = [
        "digraph chain {",
        f"  graph [rankdir=LR, label={_quoted(picture.title)}, labelloc=t];",
        "  node [shape=box, fontname=Helvetica];",
    ]
    for node in picture.nodes:
        colour = COLOURS.get(node.role, COLOURS["unknown"])
        lines.append(f"  {_quoted(node.key)} [label={_quoted(node.label)}, color={_quoted(colour)}];")
    for edge in picture.edges:
        style = "dotted" if edge.gap else "solid" if edge.documented else "dashed"
        lines.append(
            f"  {_quoted(edge.tail)} -> {_quoted(edge.head)}"
            f" [style={style}, tooltip={_quoted(describe(edge))}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def _edge_values(edge: Edge) -> dict[str, object]:
    return {name: value for name, _kind in _EDGE_FIELDS if (value := getattr(edge, name)) not in (None, "")}


def graphml(picture: Picture) -> str:
    """The picture as GraphML; what is not known has no value."""
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
    for node in picture.nodes:
        data = "".join(
            _data("node", name, value)
            for name, _kind in _NODE_FIELDS
            if (value := getattr(node, name)) is not None
        )
        lines.append(f"    <node id={_attribute(node.key)}>{data}</node>")
    for edge in picture.edges:
        data = "".join(_data("edge", name, value) for name, value in _edge_values(edge).items())
        lines.append(f"    <edge source={_attribute(edge.tail)} target={_attribute(edge.head)}>{data}</edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>"]) + "\n"


def _data(side: str, name: str, value: object) -> str:
    said = str(value).lower() if isinstance(value, bool) else escape(bare(str(value)), quote=False)
    return f'<data key="{side}_{name}">{said}</data>'


def gexf(picture: Picture) -> str:
    """The picture as GEXF 1.3, which Gephi reads."""
    numbers = {node.key: number for number, node in enumerate(picture.nodes)}
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
    for node in picture.nodes:
        values = {name: getattr(node, name) for name, _kind in _NODE_FIELDS}
        lines.append(
            f'      <node id="{numbers[node.key]}" label={_attribute(node.label)}>{_values(values)}</node>'
        )
    lines += ["    </nodes>", "    <edges>"]
    for number, edge in enumerate(picture.edges):
        lines.append(
            f'      <edge id="{number}" source="{numbers[edge.tail]}" target="{numbers[edge.head]}">'
            f"{_values(_edge_values(edge))}</edge>"
        )
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>"]) + "\n"


def _values(values: dict[str, object]) -> str:
    said = "".join(
        f"<attvalue for={_attribute(name)} value={_attribute(value)}/>"
        for name, value in values.items()
        if value is not None
    )
    return f"<attvalues>{said}</attvalues>" if said else ""


def page(picture: Picture) -> str:
    """One HTML file with the picture and its lines as a table; nothing is fetched from elsewhere."""
    names = {node.key: node.label for node in picture.nodes}
    rows = "".join(
        f"<tr><td>{escape(names[edge.tail])}</td><td>{escape(names[edge.head])}</td>"
        f"<td>{escape(describe(edge))}</td></tr>"
        for edge in picture.edges
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(picture.title)}</title><style>"
        "body{font:14px/1.5 Helvetica,Arial,sans-serif;margin:1.5em}figure{overflow:auto;margin:0}"
        "table{border-collapse:collapse}"
        "td,th{border-bottom:1px solid #cbd5e0;padding:.2em .8em;text-align:left}"
        f"</style></head><body><figure>{svg(picture)}</figure>"
        f"<table><thead><tr><th>from</th><th>to</th><th>what</th></tr></thead><tbody>{rows}</tbody></table>"
        "</body></html>\n"
    )


WRITERS = {".svg": svg, ".dot": dot, ".graphml": graphml, ".gexf": gexf, ".html": page}
"""How a picture is written, by the ending of its file."""
