"""The records of an XML list, one element at a time, and their elements as rows of columns.

Elements and attributes are known by their local names. XML is read through defusedxml: a document type, which
may unfold without end or reach for other files, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from provenance.core.errors import BadInput
from provenance.sources.tables import Unfinished
from provenance.sources.watchlists.base import Row

_BLOCK = 1 << 16
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?(?P<name>[\w.-]+)")
_BETWEEN = "; "
_WRAPPED = re.compile(r"\s*\n[ \t]{2,}")
"""Where a program that prints XML breaks a text and indents the next line: no line of the text ends there."""

_ENDS_TOO_EARLY = ("no element found", "unclosed token", "unclosed CDATA section")
"""How expat calls a document that breaks off."""

RECORD = "#record"
"""The column that holds the name of a record's own element."""


def root_of(text: str) -> str:
    """The name of the root element of a document that begins so; empty where there is none."""
    found = _ROOT.search(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    return found["name"] if found else ""


@dataclass(frozen=True, slots=True)
class XmlShape:
    """Where the records of an XML list are: the root, their elements, and the paths that are rows of theirs.

    ``rows`` are paths from the record ("akaList/aka"); whatever lies in none of them is a column of the
    record's own row. "//NAME" is every element of that name in a row, however deep. ``key`` are columns of
    that row which the other rows repeat. ``marks`` are elements of which one is among the first of a file;
    empty where the root says enough. ``two_languages``: element names have a second language after a hyphen,
    or not ("Country-Pays").
    """

    root: str
    records: tuple[str, ...]
    rows: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    two_languages: bool = False

    def recognises(self, text: str) -> bool:
        """Whether a document that begins so is of this shape."""
        marked = not self.marks or any(f"<{mark}" in text for mark in self.marks)
        return marked and root_of(text) == self.root

    def read(self, file: Path) -> Iterator[Row]:
        """Every row of every record, in order; the record's own row comes first.

        Raises:
            BadInput: as `xml_records`.
        """
        for line, record in xml_records(file, self.root, self.records):
            if self.two_languages:
                for element in record.iter():
                    element.tag = element.tag.partition("-")[0]
            own: dict[str, list[str]] = {RECORD: [record.tag]}
            others: list[dict[str, list[str]]] = []
            _flatten(record, "", own, self.rows, others)
            first = _joined(own)
            shared = {column: first[column] for column in self.key if column in first}
            yield Row(line, first)
            for row in others:
                yield Row(line, _joined(row) | shared)


def _flatten(
    element: Element,
    path: str,
    row: dict[str, list[str]],
    wanted: Collection[str],
    others: list[dict[str, list[str]]],
) -> None:
    """Puts what an element says into its row, and the elements that are rows of their own into others."""
    before = f"{path}/" if path else ""
    for name, value in element.attrib.items():
        if value.strip():
            row.setdefault(f"{before}@{name}", []).append(value.strip())
    if path and element.text and (text := _WRAPPED.sub(" ", element.text).strip()):
        row.setdefault(path, []).append(text)
    for child in element:
        below = before + child.tag
        if below in wanted:
            found: dict[str, list[str]] = {}
            others.append(found)
            _flatten(child, below, found, wanted, others)
        else:
            _flatten(child, below, row, wanted, others)


def _joined(row: dict[str, list[str]]) -> dict[str, str]:
    """The texts by path, and those of all paths that end alike by that end: "//IMONumber"."""
    ends: dict[str, list[str]] = {}
    for path, texts in row.items():
        ends.setdefault(f"//{path.rpartition('/')[2]}", []).extend(texts)
    return {column: _BETWEEN.join(dict.fromkeys(texts)) for column, texts in (row | ends).items()}


def xml_records(file: Path, root: str, names: Collection[str]) -> Iterator[tuple[int, Element]]:
    """Every element of these names, outermost ones only, with the line in which it begins.

    Raises:
        Unfinished: the document breaks off.
        BadInput: it is not well-formed, has a document type or another root; names the line.
    """
    with file.open("rb") as stream:
        yield from _records(file, stream, root, frozenset(names))


def _records(
    file: Path, stream: IO[bytes], root: str, names: frozenset[str]
) -> Iterator[tuple[int, Element]]:
    # The library takes long to import and is needed for XML only.
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    target = _Collector(names)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.line_of = lambda: int(parser.parser.CurrentLineNumber)
    found = False
    try:
        while block := stream.read(_BLOCK):
            parser.feed(block)
            found = found or _check_root(file, target, root)
            yield from target.take()
        parser.close()
        yield from target.take()
    except DefusedXmlException:
        raise BadInput(
            "the XML declares a document type, which no publisher of a list does",
            file=file.name,
            line=target.line_of(),
            hint="Get it from its publisher again.",
        ) from None
    except ParseError as error:
        words = str(error)
        cut = words.startswith(_ENDS_TOO_EARLY)
        raise (Unfinished if cut else BadInput)(
            f"the XML {'breaks off' if cut else 'is broken'}: {words}",
            file=file.name,
            line=error.position[0],
            hint="A half-read file never becomes a version; get it again.",
        ) from None


def _check_root(file: Path, target: _Collector, root: str) -> bool:
    if target.root is not None and target.root != root:
        raise BadInput(
            f"the XML is a {target.root!r}, not a {root!r}",
            file=file.name,
            line=1,
            hint="It is another list, or another edition of this one.",
        )
    return target.root is not None


class _Collector:
    """Takes the events of a parser and keeps the elements that are wanted, whole."""

    def __init__(self, names: frozenset[str]) -> None:
        self.root: str | None = None
        self.line_of: Any = lambda: 1
        self._names = names
        self._open: list[Element] = []
        self._line = 1
        self._done: list[tuple[int, Element]] = []
        self._last: Element | None = None

    def take(self) -> list[tuple[int, Element]]:
        """The elements that ended since the last time."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        if self.root is None:
            self.root = name
        if not self._open and name not in self._names:
            return
        element = Element(name, {_local(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].append(element)
        else:
            self._line = self.line_of()
        self._open.append(element)
        self._last = None

    def end(self, _tag: str) -> None:
        """An element ends."""
        if not self._open:
            return
        self._last = self._open.pop()
        if not self._open:
            self._done.append((self._line, self._last))

    def data(self, text: str) -> None:
        """Text within an element, in pieces."""
        if not self._open:
            return
        if self._last is not None:
            self._last.tail = (self._last.tail or "") + text
        else:
            self._open[-1].text = (self._open[-1].text or "") + text

    def close(self) -> None:
        """The document ends."""


def _local(name: str) -> str:
    return name.rpartition("}")[2]
