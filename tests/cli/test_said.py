"""What the program says in Ukrainian: every sentence has its translation, and values stay as they are."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.cli.speech.language import phrases_of, speak
from provenance.cli.speech.phrases import Phrases, plural_form
from tests.support.commands import CHECKOUT, run
from tests.support.field_log import component, recovery, say

PHRASES = Phrases(
    {
        "Nothing contains {}": "Ніде немає {}",
        "{} of {} bits differ": "різняться {} з {} бітів",
        "{} and {} are {} ({})": "{1} і {0} — {2} ({3})",
        "1 component": "компонент|компоненти|компонентів",
        "not stated": "не зазначено",
        "other": "інше",
        "sources": "джерела",
        "recovery": "знахідка",
        "whose maker is not identified": "виробника яких не визначено",
    }
)


@pytest.fixture(scope="module")
def said() -> ModuleType:
    """The script that collects the sentences."""
    spec = importlib.util.spec_from_file_location("said", CHECKOUT / "docs" / "said.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["said"] = module
    spec.loader.exec_module(module)
    return module


def test_every_sentence_of_the_code_is_translated_and_compiled(said: ModuleType) -> None:
    assert said.faults("uk") == []


def test_what_is_collected_is_what_is_said(said: ModuleType) -> None:
    """An error, a hint, a caution, a header, a cell, a help: each door has its sentences there."""
    found = set(said.sentences())
    assert {
        "{} is not a current entry of {}",
        "Look for merged cells or missing rows. Nothing was imported.",
        "Presence of a part is not evidence of wrongdoing by its maker.",
        "marking reads as",
        "whose maker is not identified",
        "Copies of each label.",
        "Interrupted. Nothing unfinished was saved.",
        "in place",
        "A close-up of the marking, sharp enough to be read again",
        "1 component",
    } <= found


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("Nothing contains other", "Ніде немає other"),
        ("Nothing contains not stated", "Ніде немає не зазначено"),
        ("20 of 256 bits differ", "різняться 20 з 256 бітів"),
        ("A and B are one (X)", "B і A — one (X)"),
        ("1 component", "1 компонент"),
        ("3 components", "3 компоненти"),
        ("1,211 components", "1,211 компонентів"),
        ("1,221 components", "1,221 компонент"),
        ("sources (3)", "джерела (3)"),
        ("recovery R-7K3M9-Q2X4H: other", "знахідка R-7K3M9-Q2X4H: other"),
        ("Not stated", "Не зазначено"),
        ("LM358N", "LM358N"),
        ("Something else entirely", "Something else entirely"),
        ("", ""),
    ],
)
def test_sentences(text: str, translated: str) -> None:
    assert PHRASES.said(text) == translated


@given(st.text(alphabet="ABCxyz 0123456789-./()[]{}", max_size=30))
def test_values_stand_in_the_translation_as_they_were(value: str) -> None:
    assert PHRASES.said(f"Nothing contains {value}") == f"Ніде немає {value}"
    assert plural_form(len(value)) in (0, 1, 2)


@settings(max_examples=25)
@given(st.text())
def test_the_whole_catalogue_takes_any_text(text: str) -> None:
    assert isinstance(phrases_of("uk").said(text), str)


def test_the_language_is_that_of_the_option_the_variable_or_the_system() -> None:
    try:
        assert speak([], {"LANG": "uk_UA.UTF-8"}) == "uk"
        assert speak([], {"LANG": "uk_UA.UTF-8", "PROVENANCE_LANGUAGE": "en"}) == "en"
        assert speak(["--language", "uk", "top"], {"LANG": "C"}) == "uk"
        assert speak(["log", "recovery", "--language=en"], {"PROVENANCE_LANGUAGE": "uk"}) == "en"
        assert speak([], {"LANG": "de_DE.UTF-8"}) == "en"
    finally:
        speak([], {})


class TestAnswers:
    """Commands as Ukrainian speakers meet them; data and JSON stay as they are."""

    @pytest.fixture(autouse=True)
    def _in_ukrainian(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PROVENANCE_LANGUAGE", "uk")

    def test_an_answer_a_caution_and_counts(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77")
        chip = component(ready, ref, "--marking", "none of these // OTHER", "--note", "not stated")
        shown = say(ready, "show", chip).out
        assert "маркування" in shown and "none of these / OTHER" in shown
        assert "штук" in shown and "невідомо" in shown
        found = say(ready, "top").out
        assert "Нічого не підходить." in found and "Порожній результат нічого не виправдовує" in found
        assert "1 компонент (1 знахідка)" in found
        document = say(ready, "top", "--format", "json").json
        assert "An empty result is not a clearance" in document["basis"]["cautions"][-1]

    def test_errors_hints_and_help(self, ready: str) -> None:
        refused = say(ready, "show", "R-00000-00000")
        assert refused.code == 4 and "Немає" in refused.err
        wrong = say(ready, "label")
        assert wrong.code == 2 and "Бракує" in wrong.err
        usage = run(None, "label", "--help").out
        assert "Використання:" in usage and "Параметри" in usage and "Надрукувати етикетки" in usage
        assert "--out" in usage and "Print labels" not in usage

    def test_the_option_decides_over_the_environment(self, ready: str) -> None:
        assert "Nothing matches." in run(ready, "--language", "en", "top").out
        assert "There is no" not in run(ready, "--language", "de", "top").out
        assert run(ready, "--language", "de", "top").code == 2


def test_a_name_with_a_small_word_in_it_stays_as_it_is() -> None:
    """ "Marks and Spencer" is no list of two things; three units and a name are."""
    phrases = Phrases({"{} and {}": "{} і {}", "1 unit": "вузол|вузли|вузлів"})
    assert phrases.said("Marks and Spencer") == "Marks and Spencer"
    assert phrases.said("3 units and Marks") == "3 вузли і Marks"
