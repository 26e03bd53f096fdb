"""ZIP packages of XML parts, which XLSX and ODS files are: parts by name, and their XML as events.

Written for files of any program: names differ in case and slashes, namespaces in prefix and edition, so that
elements are told by their local names. XML with a document type is refused, since it may unfold without end.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from provenance.core.errors import BadInput, ProvenanceError

_BLOCK = 1 << 16


class Handler(Protocol):
    """Takes the elements of a part as they come; names and attributes are local names."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text within an element, in pieces."""


class Damaged(Exception):
    """A part is missing or broken; the text says which and how."""


class Package:
    """The parts of a ZIP package."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {_folded(name): name for name in archive.namelist()}

    def __contains__(self, part: str) -> bool:
        return _folded(part) in self._names

    def stream(self, part: str) -> IO[bytes]:
        """The bytes of a part.

        Raises:
            Damaged: it is missing.
        """
        try:
            return self._archive.open(self._names[_folded(part)])
        except KeyError:
            raise Damaged(f"it has no part {part}") from None

    def blocks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part in blocks."""
        with self.stream(part) as stream:
            while block := stream.read(_BLOCK):
                yield block

    def scan(self, part: str, handler: Handler) -> None:
        """Gives a handler all elements of a part.

        Raises:
            Damaged: the part is missing or broken.
        """
        for _block in self.scanned(part, handler):
            pass

    def scanned(self, part: str, handler: Handler) -> Iterator[None]:
        """As `scan`, block by block, so that what a handler has collected can be taken in between.

        Raises:
            Damaged: the part is missing or broken.
        """
        parser = _parser(part, handler)
        try:
            for block in self.blocks(part):
                parser.Parse(block, False)
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Damaged(f"{part} is broken: {error}") from None
        yield


@contextmanager
def opened(file: Path, called: str) -> Iterator[Package]:
    """The package in a file; whatever is wrong with it is bad input with its reason.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        with ZipFile(file) as archive:
            yield Package(archive)
    except ProvenanceError:
        raise
    # A wrong password, an unknown compression, a number where none can be: all of it is a damaged file.
    except (Damaged, BadZipFile, OSError, EOFError, RuntimeError, ValueError, LookupError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise BadInput(
            f"the {called} cannot be read: {reason[:200]}",
            file=file.name,
            hint="Open it in a spreadsheet program and save it again as XLSX or as CSV in UTF-8.",
        ) from error


def joined(base: str, target: str) -> str:
    """The name of a part as a relationship of another part names it."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


def local(name: str) -> str:
    """A name without its namespace's prefix."""
    return name.rpartition(":")[2]


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _parser(part: str, handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    start, end = handler.start, handler.end

    def begun(name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
        start(name, attributes)

    def ended(name: str) -> None:
        end(local(name) if ":" in name else name)

    def refused(*_declaration: object) -> None:
        raise Damaged(f"{part} declares a document type, which no spreadsheet program writes")

    parser.StartElementHandler = begun
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refused
    return parser


def elements(package: Package, part: str, name: str) -> list[dict[str, str]]:
    """The attributes of every element of that local name, by their local names."""
    found: list[dict[str, str]] = []
    package.scan(part, _Attributes(name, found.append))
    return found


class _Attributes:
    """Collects the attributes of elements of one name."""

    def __init__(self, name: str, take: Callable[[dict[str, str]], None]) -> None:
        self._name = name
        self._take = take

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes the attributes of an element of the name."""
        if name == self._name:
            self._take({local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""
