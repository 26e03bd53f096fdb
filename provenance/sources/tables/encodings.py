"""The encoding of a text file: what its first bytes say, UTF-8 where it is that, otherwise a guess.

A guess is made among the encodings that lists in Ukrainian, Russian, Chinese and Western languages have, and
is reported with an example, so that a wrong one is seen.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

UTF_8 = "utf-8"

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = {
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1250": "Windows-1250 (Central European)",
    "koi8_u": "KOI8-U",
    "cp866": "DOS 866",
    "gb18030": "GB18030",
}
_NAMES = _CANDIDATES | {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32"}

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
"""Bytes by which an encoding is guessed: enough words, and quickly decoded several times."""

_FEWEST_ZEROS, _SHARE_OF_ZEROS = 4, 0.03
"""A Cyrillic or Chinese list has them in its delimiters, digits and line ends only."""

_WORD = re.compile(r"\w+")
_LATIN, _CYRILLIC = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[Ѐ-ӿ]")
_ODD_CASE = re.compile(r"[a-zа-яіїєґ][A-ZА-ЯІЇЄҐ]{2}|[а-яіїєґ][А-ЯІЇЄҐ]")
_ODD = re.compile(r"[\x80-\x9f\ue000-\uf8ff─-╿▀-▟¤¦§¨©¬¯°±²³´µ¶¸¹º»¼½¾¿×÷ÐÝÞðýþЂЃЉЊЌЋЏђѓљњќћџЎў]")
_COMMON = re.compile(r"[оеаинтсрвлОЕАИНТСРВЛіІ]")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Encoding:
    """A file's encoding, by Python's name for it; ``guessed`` says how, where it was not certain."""

    codec: str
    guessed: str = ""


def encoding_of(file: Path, known: Callable[[str], bool] = lambda _text: False) -> Encoding | None:
    """The encoding of a text file; None where the text is UTF-8 with damage, or nothing fits.

    ``known`` says whether a text is a known header, which tells encodings apart in a short list.
    """
    with file.open("rb") as stream:
        start = stream.read(_SAMPLE)
    for mark, codec in _BOMS:
        if start.startswith(mark):
            return Encoding(codec)
    if codec := _utf_16(start):
        return Encoding(codec, f"read as UTF-16, which has no mark here ({codec.upper()})")
    valid, sample = _as_utf_8(file)
    if valid:
        return Encoding(UTF_8)
    return None if _is_damaged_utf_8(sample) else _guess(sample, known)


def name_of(codec: str) -> str:
    """What people call an encoding."""
    return _NAMES.get(codec, codec)


def _utf_16(start: bytes) -> str:
    """UTF-16 without a mark: every other byte of its Latin letters, digits and line ends is zero."""
    even, odd = start[0::2], start[1::2]
    zeros, others = odd.count(0), even.count(0)
    fewest = max(_FEWEST_ZEROS, len(odd) * _SHARE_OF_ZEROS)
    if zeros >= fewest and others * 20 <= zeros:
        return "utf-16-le"
    return "utf-16-be" if others >= fewest and zeros * 20 <= others else ""


def _as_utf_8(file: Path) -> tuple[bool, bytes]:
    """Whether the whole file is UTF-8; if not, the lines around the bytes that are not ASCII."""
    decoder = codecs.getincrementaldecoder(UTF_8)()
    valid, sample = True, b""
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if block.isascii() and decoder.getstate()[0] == b"":
                continue
            if len(sample) < _SAMPLE:
                sample += _lines_beyond_ascii(block, _SAMPLE - len(sample))
            if not valid:
                break
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                valid = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    return valid, sample


def _lines_beyond_ascii(block: bytes, most: int) -> bytes:
    found, size = [], 0
    for line in block.splitlines(keepends=True):
        if not line.isascii():
            found.append(line)
            size += len(line)
            if size >= most:
                break
    return b"".join(found)


def _is_damaged_utf_8(sample: bytes) -> bool:
    """Whether most characters beyond ASCII are valid UTF-8: other encodings hardly ever look like it."""
    text = sample.decode(UTF_8, "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return whole > 2 * broken


def _guess(sample: bytes, known: Callable[[str], bool]) -> Encoding | None:
    texts = {codec: text for codec in _CANDIDATES if (text := _decoded(sample, codec)) is not None}
    if not texts:
        return None
    headers = {codec: sum(map(known, _cells(text))) for codec, text in texts.items()}
    oddity = {codec: _oddity(text) for codec, text in texts.items()}
    common = {codec: round(len(_COMMON.findall(text)) / len(text), 1) for codec, text in texts.items()}
    library = _library_says(sample, list(texts))
    best = min(texts, key=lambda codec: (-headers[codec], oddity[codec], -common[codec], codec != library))
    words = [word for word in _WORD.findall(texts[best]) if not word.isascii()]
    shown = ", ".join(dict.fromkeys(words[: _SHOWN * 2]))[:60]
    return Encoding(best, f"read as {name_of(best)}, which is a guess: {shown}")


def _decoded(sample: bytes, codec: str) -> str | None:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        return decoder.decode(sample)
    except UnicodeDecodeError:
        return None


def _cells(text: str) -> set[str]:
    first = text.splitlines()[:20]
    return {cell.strip(" \"'\ufeff") for line in first for cell in re.split(r"[;,\t|]", line)}


def _oddity(text: str) -> float:
    """The share of words beyond ASCII that nobody writes: two scripts in one, or odd capitals."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    odd = sum(
        1
        for word in words
        if (_LATIN.search(word) and _CYRILLIC.search(word)) or _ODD_CASE.search(word) or _is_mixed_han(word)
    )
    signs = len(_ODD.findall(text))
    return round((odd + signs) / (len(words) + signs), 2) if words or signs else 1.0


def _is_mixed_han(word: str) -> bool:
    """Whether a word mixes Chinese characters with rare ones: what other encodings make of Cyrillic."""
    han = [character for character in word if character >= "\u3400"]
    if not han:
        return False
    try:
        common = sum(1 for character in han if len(character.encode("gb2312")) == 2)
    except UnicodeEncodeError:
        return True
    return common < len(han)


def _library_says(sample: bytes, candidates: list[str]) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=candidates).best()
    return found.encoding if found else ""
