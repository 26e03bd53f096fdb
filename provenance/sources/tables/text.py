"""The lines of a text file: decoded strictly, in blocks, so that memory is limited whatever the length of a
line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import StringIO
from itertools import chain
from pathlib import Path

from provenance.core.errors import BadInput

LONGEST_LINE = 2 << 20
"""Characters of a line; the longest entries of published lists have some thousands."""

UTF_8 = "utf-8"

_BLOCK = 1 << 18
"""Bytes decoded at once: enough to be fast, and little memory compared with a list."""

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_WINDOWS_CHARACTERS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Characters of Windows-1252 that became control characters in UTF-8."""


class Unfinished(BadInput):
    """The file ends before its last record does; what came before is whole."""


def text_lines(file: Path, encoding: str = UTF_8) -> Iterator[str]:
    """The lines of a file with their ends, without a byte order mark.

    Raises:
        BadInput: no such file; bytes that are not of the encoding; a line longer than `LONGEST_LINE`.
            Names file and line.
    """
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    # C code splits the lines, a block at a time.
    return chain.from_iterable(StringIO(block, newline="") for block in _blocks(file, encoding))


def strict_lines(file: Path, encoding: str = UTF_8) -> Iterator[str]:
    """The lines of `text_lines`; Windows-1252 characters that became control characters are read as meant.

    Raises:
        BadInput: as `text_lines`, or a null character; names file and line.
    """
    for number, line in enumerate(text_lines(file, encoding), start=1):
        if "\0" in line:
            raise BadInput("a null character: the file is binary or damaged", file=file.name, line=number)
        if line.isascii():
            yield line
        else:
            yield line.translate(_WINDOWS_CHARACTERS)


def _blocks(file: Path, encoding: str) -> Iterator[str]:
    """The text in pieces that end at line ends."""
    decoder = _decoder(file, encoding)
    rest, line, ended = "", 1, False
    with file.open("rb") as stream:
        while not ended:
            raw = stream.read(_BLOCK)
            ended = not raw
            try:
                text = rest + decoder.decode(raw, ended)
            except UnicodeDecodeError as error:
                raise _not_in(encoding, error, file, line) from None
            except UnicodeError as error:
                raise BadInput(f"not {encoding}: {error}", file=file.name, line=line) from None
            end = len(text) if ended else _end_of_lines(text)
            whole, rest = text[:end], text[end:]
            yield whole
            line += whole.count("\n")
            if len(rest) > LONGEST_LINE:
                raise BadInput(
                    f"the line has more than {LONGEST_LINE:,} characters: this is not a list",
                    file=file.name,
                    line=line,
                )


def _decoder(file: Path, encoding: str) -> codecs.IncrementalDecoder:
    try:
        "".encode(encoding)
        return codecs.getincrementaldecoder("utf-8-sig" if encoding == UTF_8 else encoding)()
    except LookupError:
        # Python's other codecs (base64, zip) do not encode texts.
        raise BadInput(f"there is no encoding {encoding!r} of texts", file=file.name) from None


def _end_of_lines(text: str) -> int:
    """Where the last whole line of a text ends; a carriage return at its very end may be half a line end."""
    return max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1


def _not_in(encoding: str, error: UnicodeDecodeError, file: Path, line: int) -> BadInput:
    before = error.object[: error.start]
    name = "UTF-8" if encoding == UTF_8 else encoding
    hint = "Save the file as UTF-8 and try again."
    with file.open("rb") as stream:
        if encoding == UTF_8 and stream.read(2) in _UTF_16_MARKS:
            hint = "The file is in UTF-16. Save it as UTF-8 and try again."
    return BadInput(
        f"not {name} (byte {error.object[error.start]:#04x})",
        file=file.name,
        line=line + before.count(b"\n"),
        hint=hint,
    )
