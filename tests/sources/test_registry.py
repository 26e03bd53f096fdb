"""The formats that can be asked for by name."""

from __future__ import annotations

import pytest

from provenance.core.errors import UsageError
from provenance.sources.kinds import SourceKind
from provenance.sources.registry import COMPONENTS, IMPORTED, KINDS, PARTS, WATCHLISTS, every_format, kind_of


def test_no_two_formats_have_one_name_whatever_their_kind() -> None:
    names = [known.name for known in every_format()]
    assert len(set(names)) == len(names)


def test_every_kind_of_file_has_a_format() -> None:
    assert [known.kind for known in KINDS] == list(SourceKind)
    assert all(known.formats for known in KINDS)
    assert all(each.kind == known.kind for known in KINDS for each in known.formats)


def test_a_format_is_found_by_its_name() -> None:
    assert COMPONENTS.named("gur-components") is COMPONENTS.formats[0]
    assert kind_of("parts", IMPORTED) is PARTS


def test_a_format_that_is_not_known_gets_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no format 'gur'") as caught:
        kind_of("gur", IMPORTED)
    assert "gur-components, components, parts, transfers" in caught.value.hint
    with pytest.raises(UsageError, match="no format 'gur' for watchlists") as caught:
        WATCHLISTS.named("gur")
    assert "ofac-sdn, csl" in caught.value.hint


def test_a_format_of_another_kind_is_named_as_such() -> None:
    with pytest.raises(UsageError) as caught:
        kind_of("csl", IMPORTED)
    assert caught.value.hint.startswith("csl is a format of watchlists.")
