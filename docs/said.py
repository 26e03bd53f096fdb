"""Translations of answers, errors and help: `python docs/said.py` updates answers.po, compiles answers.json.

The sentences are collected from the code: what errors, hints, cautions, headings, cells, notes and help say,
each with ``{}`` in place of its values. `--check` reports what is not translated, has lost a value, or is out
of date (exit code 1). The sentences of the forms are in another catalogue (docs/translate.py), and join here.
"""

from __future__ import annotations

import ast
import csv
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from provenance.cli.speech.language import CATALOGUE


def _script(name: str) -> ModuleType:
    """Another script of this folder."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translate = _script("translate")
ROOT = Path(__file__).parents[1]
ROOM = ROOT / "provenance"
DOMAIN = "answers"
ERRORS = frozenset(
    (
        "ProvenanceError", "UsageError", "BadInput", "NotFound", "Ambiguous", "NoDatabase",
        "IntegrityFailure", "StoreFailure", "Withheld", "ValueError", "OddCell", "UnknownCountry",
        "Unreadable",
    )
)  # fmt: skip
"""Classes of errors whose first argument is said to people."""

SAID = frozenset(
    (
        "tell",
        "said",
        "word",
        "echo",
        "Section",
        "Rule",
        "leave_out",
        "counted_lines",
        "Basis",
        "Sign",
        "FieldSpec",
        "_basis",
        "_list_basis",
        "new_basis",
    )
)
"""Calls whose texts are said to people."""

HEADERS = frozenset(("text", "number", "Column", "flat", "text_column", "count_column"))
"""Calls in views whose first text is a column's header."""

COUNTS = frozenset(("counted", "out_of", "filters"))
"""Dictionaries of an answer whose keys are said in words."""

LISTS = frozenset(("cautions", "notes", "unknown", "questions", "doubts"))
"""Lists of sentences in an answer."""

KEYWORDS = frozenset(("help", "hint", "title", "problem", "finding", "unit", "question"))
VOCABULARIES = ("evidence", "tracing", "labels", "field", "watched")
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[A-Za-z]{2}")
_PLACE = re.compile(r"\{\w*\}")
_KEY = re.compile(r"[a-z0-9]+(?:[_.][a-z0-9]+)+|--[a-z-]+|[A-Z_]+")
_GLUE = frozenset(("an", "the", "this"))
"""Words that are nothing by themselves."""

_REASONS = frozenset(("reasons.py", "date_reasons.py"))
_SENTENCE = re.compile(r"[A-Z][^\n]* [^\n]* [^\n]*[.?]")
_CODE = re.compile(r"provenance [a-z-]+( [a-z-]+)?|SELECT .*|.*\\[bdsw].*")


def sentences() -> list[str]:
    """Every sentence and word that the program says outside its forms, in order of the alphabet."""
    rooms = (path for path in sorted(ROOM.rglob("*.py")) if "letters" not in path.parts)
    found = {text for path in rooms for text in _in_file(path)}
    found |= set(_vocabulary()) | set(_answers()) | set(_seed()) | set(_CLICK)
    # Letters to firms are in English, and the sentences of forms have their own catalogue.
    return sorted(text for text in found - set(translate.messages()) if _is_said(text))


_CLICK = (
    "Usage: ", "Options", "Arguments", "Commands", "Example: {}", "Missing argument '{}'.", "Error: {}",
    "Missing option '{}'.", "No such option: {}", "No such command '{}'.", "[required]",
    "Try '{} --help' for help.",
    "Option '{}' requires an argument.", "Got unexpected extra argument ({})", "Show this message and exit.",
    "Install completion for the current shell.", "Invalid value for '{}': {}", "Missing command.",
    "Show completion for the current shell, to copy it or customize the installation.",
    "included", "excluded", "least score", "not finished", "at least recoveries", "marking read",
    "yes", "no", "NO", "and", "by", "Counted", "Filters", "Left out", "Unknown", "Caution", "Notes",
)  # fmt: skip
"""What is said of a command line by the library that reads it, and the single words around answers."""


def _is_said(text: str) -> bool:
    if text.startswith("Example: ") and text != "Example: {}":
        return False
    own = _PLACE.sub("", text)
    if (
        text in _GLUE
        or "\n" in text
        or not _WORD.search(own)
        or _KEY.fullmatch(text)
        or _CODE.fullmatch(text)
    ):
        return False
    return not _PLACE.search(text) or len(_LETTERS.findall(own)) >= 3


def _in_file(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    in_views = "views" in path.parts
    in_cli = "cli" in path.parts
    # What identification gives as its reasons is said word for word.
    in_sentences = in_views or path.name in _REASONS
    quiet = _docstrings(tree) | _parts(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _in_call(node, in_views)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            yield from _in_assignment(node)
        elif isinstance(node, ast.Constant) and id(node) not in quiet and _is_sentence(node.value):
            yield str(node.value).strip()
        if in_views and isinstance(node, ast.Dict):
            yield from (
                v.value for v in node.values if isinstance(v, ast.Constant) and isinstance(v.value, str)
            )
        if in_views and isinstance(node, ast.IfExp | ast.Return | ast.BoolOp):
            yield from _single_words(node)
        elif in_cli and isinstance(node, ast.FunctionDef | ast.Module):
            yield from _help(ast.get_docstring(node))
        if in_sentences and isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in quiet:
            text = template(node)
            if text and " " in text.strip():
                yield text.strip()
    if in_cli:
        yield from (
            text for node in ast.walk(tree) if isinstance(node, ast.Constant) for text in _long_help(node)
        )


def _single_words(node: ast.AST) -> Iterator[str]:
    """The words among which a view chooses, such as "new" and "known"."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and inner.value.strip():
            yield inner.value.strip()


def _is_sentence(value: object) -> bool:
    """Whether a constant is a sentence for people: it begins and ends like one."""
    return isinstance(value, str) and bool(_SENTENCE.fullmatch(value.strip()))


def _long_help(node: ast.Constant) -> Iterator[str]:
    """The paragraphs of a help text that is not a docstring."""
    if isinstance(node.value, str) and "Example: " in node.value:
        yield from _help(node.value)


def _help(text: str | None) -> Iterator[str]:
    """The paragraphs of a command's help, as they are shown."""
    if text and "Example: " in text:
        for paragraph in text.split("\n\n"):
            line = " ".join(paragraph.split())
            if not line.startswith("Example: "):
                yield line


def _in_call(node: ast.Call, in_views: bool) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in ERRORS or name in SAID:
        for argument in node.args[:4] if name in SAID else node.args[:1]:
            yield from texts(argument)
    if in_views and name in HEADERS and node.args:
        yield from texts(node.args[0])
    if name == "many" and len(node.args) > 1:
        yield from (f"1 {noun}" for noun in texts(node.args[1]) if "{" not in noun)
    if name in ("append", "extend", "insert") and isinstance(node.func, ast.Attribute):
        held = node.func.value
        if (held.attr if isinstance(held, ast.Attribute) else getattr(held, "id", "")) in LISTS:
            for argument in node.args:
                yield from texts(argument)
    for keyword in node.keywords:
        if keyword.arg in COUNTS and isinstance(keyword.value, ast.Dict):
            yield from _keys(keyword.value)
        if keyword.arg in KEYWORDS or keyword.arg in LISTS:
            for text in texts(keyword.value):
                yield from (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _in_assignment(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> Iterator[str]:
    """Cautions that are set as a whole, hints by code, and sentences that are constants."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in targets]
    if node.value is None:
        return
    if any(name in COUNTS for name in names) and isinstance(node.value, ast.Dict):
        yield from _keys(node.value)
    if any(name in LISTS for name in names):
        yield from texts(node.value)
    elif any(name.isupper() for name in names) and isinstance(node.value, ast.Dict | ast.Constant):
        values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.endswith("."):
                yield value.value


def _keys(node: ast.Dict) -> Iterator[str]:
    """The keys of counts and filters, in words."""
    return (str(key.value).replace("_", " ") for key in node.keys if isinstance(key, ast.Constant))


def texts(node: ast.expr) -> Iterator[str]:
    """The sentences of an expression: whole ones with their values left open, then those in their values."""
    whole = template(node)
    if whole is not None and _WORD.search(_PLACE.sub("", whole)):
        yield whole.strip()
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.expr) and not (whole is not None and isinstance(inner, ast.Constant)):
            if isinstance(inner, ast.Constant) and isinstance(node, ast.Call | ast.Subscript | ast.Compare):
                continue
            yield from texts(inner)


def template(node: ast.AST) -> str | None:
    """A text with ``{}`` for its values; None where the expression is not a text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = template(node.left), template(node.right)
        return None if left is None and right is None else f"{left or '{}'}{right or '{}'}"
    return None


def _docstrings(tree: ast.AST) -> set[int]:
    """The constants that only tell a reader of the code something."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _parts(tree: ast.AST) -> set[int]:
    """The constants that are pieces of a text with values."""
    return {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    }


def _answers() -> Iterator[str]:
    """The names of what answers contain, which `show` and lists use as words."""
    for folder in ("queries/records", "queries/lists"):
        for path in sorted((ROOM / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    lines = (line.target for line in node.body if isinstance(line, ast.AnnAssign))
                    yield from (
                        target.id.replace("_", " ") for target in lines if isinstance(target, ast.Name)
                    )


def _vocabulary() -> Iterator[str]:
    """The words of the vocabularies that answers show."""
    for name in ("__init__", *VOCABULARIES):
        tree = ast.parse((ROOM / "core" / "vocabulary" / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(
                getattr(base, "id", "") == "StrEnum" for base in node.bases
            ):
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                        yield str(line.value.value).replace("_", " ")


def _seed() -> Iterator[str]:
    """What the documentation of a record must show, as the seed words it."""
    with (ROOT / "seed" / "evidence_requirement.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["asks"]


def po_file(language: str) -> Path:
    """The file of a language's translations."""
    return translate.LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(language: str) -> dict[str, str]:
    """The translations of a language by sentence."""
    if not po_file(language).exists():
        return {}
    with po_file(language).open("rb") as stream:
        return {str(each.id): str(each.string) for each in read_po(stream, locale=language) if each.id}


def write(language: str, known: dict[str, str]) -> None:
    """Writes the catalogue with exactly the sentences of the code, and compiles it."""
    new = Catalog(locale=language, domain=DOMAIN, project="provenance", version="1", fuzzy=False)
    new.header_comment = f"# {language}: answers, errors and help. Updated by docs/said.py."
    new.creation_date = new.revision_date = translate._WRITTEN
    for text in sentences():
        new.add(text, known.get(text, ""))
    with po_file(language).open("wb") as stream:
        write_po(stream, new, width=110, sort_output=True)
    json_file(language).write_text(compiled(language), encoding="utf-8")


def json_file(language: str) -> Path:
    """What the program reads."""
    return po_file(language).with_name(CATALOGUE)


def compiled(language: str) -> str:
    """All translations of a language, those of the forms too, with values by number."""
    forms = {str(each.id): str(each.string) for each in translate.catalog(language) if each.id}
    entries = {**{text: _numbered(text, said) for text, said in forms.items()}, **catalogue(language)}
    return json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=0) + "\n"


def _numbered(text: str, translated: str) -> str:
    """A translation whose values go by name in the forms, by their place in the sentence here."""
    for place, name in enumerate(_PLACE.findall(text)):
        translated = translated.replace(name, f"{{{place}}}")
    return translated


def faults(language: str) -> list[str]:
    """What is wrong with a language's catalogue."""
    known, wanted = catalogue(language), sentences()
    found = [f"{language}: not translated: {text}" for text in wanted if not known.get(text)]
    for text in wanted:
        if (translated := known.get(text)) and not _keeps_values(text, translated):
            found.append(f"{language}: values differ: {text}")
        if translated and text.startswith("1 ") and translated.count("|") != 2:
            found.append(f"{language}: a noun needs three forms, for 1, 2 and 5: {text}")
    found += [f"{language}: not used: {text}" for text in sorted(known.keys() - set(wanted))]
    if not json_file(language).exists() or json_file(language).read_text(encoding="utf-8") != compiled(
        language
    ):
        found.append(f"{language}: {CATALOGUE} is out of date: python docs/said.py")
    return found


def _keeps_values(text: str, translated: str) -> bool:
    """Whether a translation has every value of its sentence once, by number or in order."""
    count = len(_PLACE.findall(text))
    places = _PLACE.findall(translated)
    return sorted(places) == sorted(["{}"] * count) or sorted(places) == sorted(
        f"{{{n}}}" for n in range(count)
    )


def main(words: list[str]) -> int:
    """Updates, or with ``--check`` only reports."""
    languages = translate.languages()
    if "--check" not in words:
        for language in languages:
            write(language, catalogue(language))
    reported = [fault for language in languages for fault in faults(language)]
    sys.stderr.write("".join(f"{fault}\n" for fault in reported))
    return 1 if reported else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
