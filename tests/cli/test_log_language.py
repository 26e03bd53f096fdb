"""What the forms say, in English and Ukrainian."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from provenance.cli.forms.language import Translation, translation, yes_or_no
from provenance.cli.forms.questions import ASKED, CHOICES, QUESTIONS
from provenance.core.errors import UsageError
from provenance.fields.entries import CELLS, Kind, cell
from tests.support.commands import CHECKOUT


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    """The program that keeps the translations."""
    pytest.importorskip("babel", reason="translations are compiled with Babel")
    spec = importlib.util.spec_from_file_location("translate", CHECKOUT / "docs" / "translate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["translate"] = module
    spec.loader.exec_module(module)
    return module


def test_everything_is_translated_and_compiled(translate: ModuleType) -> None:
    assert [fault for language in translate.languages() for fault in translate.faults(language)] == []
    assert translate.languages() == ["uk"]


def test_every_question_of_every_form_is_one(translate: ModuleType) -> None:
    assert set(ASKED) == set(map(str, Kind))
    for kind, names in ASKED.items():
        assert {*names} <= {each.name for each in CELLS[Kind(kind)]}
        assert {*names} <= QUESTIONS.keys()
        required = {each.name for each in CELLS[Kind(kind)] if each.required}
        assert required <= {*names}
        for name in names:
            for member in cell(Kind(kind), name).choices or ():
                assert member in CHOICES or name == "tlp", f"{name} {member}"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "uk_UA.UTF-8"}, "uk"),
        ({"LANG": "uk_UA.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "uk:en"}, "uk"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment(environment: dict[str, str], language: str) -> None:
    assert translation(None, environment).language == language


def test_or_the_one_asked_for() -> None:
    assert translation("uk", {"LANG": "en_US"}).language == "uk"
    with pytest.raises(UsageError, match="en, uk"):
        translation("fr", {})


def test_an_answer_is_understood_in_both() -> None:
    assert {yes_or_no(word) for word in ("y", "Yes", "т", "ТАК")} == {True}
    assert {yes_or_no(word) for word in ("n", "NO", "н", "Ні")} == {False}
    assert yes_or_no("maybe") is None


def test_a_message_has_its_values_filled_in() -> None:
    asked = "{what}. Is that correct"
    assert Translation("uk")(asked, what="{x}") == "{x}. Це правильно"
    assert Translation("en")(asked, what="{x}") == "{x}. Is that correct"
