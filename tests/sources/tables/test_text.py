"""The lines of text files: the same as Python's own, in blocks, strictly decoded and never without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.errors import BadInput
from provenance.sources.tables import LONGEST_LINE, strict_lines, text, text_lines

LINES = st.lists(
    st.tuples(st.text('aй\x0b\x85\u2028," ', max_size=12), st.sampled_from(["\n", "\r\n", "\r"])), max_size=30
)


def written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


@given(LINES, st.text("xй", max_size=5), st.integers(1, 9))
def test_the_lines_are_those_that_python_reads_whatever_the_size_of_a_block(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]], last: str, size: int
) -> None:
    content = "".join(line + end for line, end in lines) + last
    file = written(tmp_path_factory.mktemp("text") / "list.csv", content.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_BLOCK", size)
        found = list(text_lines(file))
    with file.open(encoding="utf-8", newline="") as stream:
        assert found == list(stream)


def test_bytes_that_are_not_utf_8_are_named_with_their_line_however_far_down(tmp_path: Path) -> None:
    content = b"name\n" * 200_000 + "назва\n".encode("cp1251")
    with pytest.raises(BadInput, match=r"list\.csv:200001: not UTF-8 \(byte 0xed\)"):
        list(text_lines(written(tmp_path / "list.csv", content)))


def test_utf_16_is_called_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        list(text_lines(written(tmp_path / "list.csv", "name\n".encode("utf-16"))))
    assert "UTF-16" in caught.value.hint


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_an_encoding_that_is_named_is_read(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path / "list.csv", "назва,країна\nКварц,Україна\n".encode(encoding))
    assert list(text_lines(file, encoding)) == ["назва,країна\n", "Кварц,Україна\n"]


def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no encoding 'klingon'"):
        list(text_lines(written(tmp_path / "list.csv", b"name\n"), "klingon"))


def test_a_line_without_end_is_refused_and_never_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "_BLOCK", 1 << 16)
    file = written(tmp_path / "list.csv", b"name\n" + b"x" * (LONGEST_LINE * 2))
    lines = text_lines(file)
    assert next(lines) == "name\n"
    with pytest.raises(BadInput, match=r"list\.csv:2: the line has more than"):
        next(lines)


def test_a_null_character_is_refused_where_lists_are_read_strictly(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", b"name\nQuar\0tz\n")
    assert list(text_lines(file)) == ["name\n", "Quar\0tz\n"]
    with pytest.raises(BadInput, match=r"list\.csv:2: a null character"):
        list(strict_lines(file))


def test_windows_characters_that_became_control_characters_are_read_as_meant(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", "Quartz \x93Q\x94\n".encode())
    assert list(strict_lines(file)) == ["Quartz “Q”\n"]
