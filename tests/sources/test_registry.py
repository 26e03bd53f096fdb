"""The formats that can be asked for by name."""

from __future__ import annotations

import pytest

from provenance.core.errors import UsageError
from provenance.sources.registry import FORMATS, format_named
from tests.sources.test_every_format import SHAPES


def test_every_format_goes_through_the_contract() -> None:
    assert {shape.name for shape in SHAPES} == {known.name for known in FORMATS}


def test_a_format_is_found_by_its_name() -> None:
    assert format_named("gur-components") is FORMATS[0]


def test_a_format_that_is_not_known_gets_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no format 'gur'") as caught:
        format_named("gur")
    assert "gur-components, components" in caught.value.hint
