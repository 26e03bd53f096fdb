"""The arrows of the layout, held: who may know whom, how big a room may be, what a start costs."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.commands import CHECKOUT, program

PACKAGE = CHECKOUT / "provenance"
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if not path.relative_to(PACKAGE).parts[0].startswith("_")
)
"""All of the program but `__init__`, `__main__` and what a wheel adds."""

LONGEST_FILE = 400
LONGEST_BODY = 50
"""Lines of a function below its signature: a command's signature is the list of its options."""

FLOORS = (
    ("core",),
    ("text",),
    ("schema", "fields"),
    ("domain", "sources", "identify"),
    ("queries",),
    ("importing", "watchlists", "evidence"),
    ("seeding", "tracing"),
    ("screening",),
    ("exports", "exchange", "letters", "duplicates"),
    ("reports",),
    ("services",),
    ("cli", "web"),
)
"""A room may know those on its own floor and below."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    """The room that a module is in: a package of `provenance`, or a module beside them."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a module imports, at its top or inside a function, by full name."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            # `from provenance import text` names a room where `from provenance.text.names import x` does not.
            found |= (
                {f"{module}.{alias.name}" for alias in node.names} if module == "provenance" else {module}
            )
    return frozenset(found)


def outside(path: Path) -> set[str]:
    """The packages that a module imports from elsewhere, the standard library left out."""
    names = {name.split(".")[0] for name in imports(path)}
    return names - set(sys.stdlib_module_names) - {"provenance"}


def rooms_known_to(path: Path) -> set[str]:
    """The rooms of `provenance` that a module imports from."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("provenance.")} - {"__version__"}


def defines_tables(path: Path) -> bool:
    """Whether a module defines tables, or the base that they have in common."""
    text = path.read_text("utf-8")
    return room_of(path) == "schema" and ("class TableModel" in text or "(TableModel, table=True)" in text)


def modules_of(*rooms: str) -> Iterator[Path]:
    """The modules in some rooms."""
    return (path for path in MODULES if room_of(path) in rooms)


def name_of(path: Path) -> str:
    """How a failure names a module."""
    return path.relative_to(CHECKOUT).as_posix()


class TestArrows:
    """They point one way."""

    def test_every_room_has_its_floor(self) -> None:
        assert {room_of(path) for path in MODULES} <= set(FLOOR)

    def test_the_document_draws_the_floors_that_are_held(self) -> None:
        """From the top down, as far as the rooms are there."""
        text = (CHECKOUT / "docs" / "development.md").read_text(encoding="utf-8")
        drawn = [line.split(", ") for line in text.split("```")[1].strip().splitlines()]
        there = {room_of(path) for path in MODULES}
        held = [[room for room in rooms if room in there] for rooms in reversed(FLOORS)]
        assert [sorted(rooms) for rooms in drawn] == [sorted(rooms) for rooms in held if rooms]

    def test_nobody_knows_a_higher_floor(self) -> None:
        upwards = [
            f"{name_of(path)} knows {room}"
            for path in MODULES
            for room in rooms_known_to(path)
            if FLOOR[room] > FLOOR[room_of(path)]
        ]
        assert upwards == []

    def test_no_two_rooms_know_each_other(self) -> None:
        known = {
            (room_of(path), room)
            for path in MODULES
            for room in rooms_known_to(path)
            if room != room_of(path)
        }
        assert sorted(pair for pair in known if pair[::-1] in known) == []

    @pytest.mark.parametrize(
        ("package", "rooms"),
        [
            ("alembic", {"schema"}),
            ("typer", {"cli"}),
            ("click", {"cli"}),
            ("rich", {"cli"}),
            ("platformdirs", {"cli"}),
        ],
    )
    def test_only_some_know_a_package(self, package: str, rooms: set[str]) -> None:
        assert {room_of(path) for path in MODULES if package in outside(path)} <= rooms

    def test_only_the_command_line_looks_at_the_environment(self) -> None:
        looking = {
            room_of(path) for path in MODULES if re.search(r"\benviron\b|\bgetenv\b", path.read_text("utf-8"))
        }
        assert looking <= {"cli"}

    def test_text_is_pure(self) -> None:
        for path in modules_of("text"):
            assert outside(path) <= {"anyascii", "rapidfuzz", "pycountry", "stdnum"}, name_of(path)
            assert rooms_known_to(path) <= {"text", "core"}, name_of(path)
            assert not imports(path) & {"pathlib", "csv", "os"}, f"{name_of(path)} reads files"
            assert "today()" not in path.read_text("utf-8"), f"{name_of(path)} asks for the day"

    def test_the_collector_is_switched_by_commands_alone(self) -> None:
        switching = {name_of(path) for path in MODULES if "gc" in imports(path)}
        assert {name for name in switching if not name.startswith("provenance/cli/")} == set()

    def test_formats_know_no_database(self) -> None:
        for path in modules_of("sources"):
            assert not outside(path) & {"sqlalchemy", "sqlmodel", "psycopg"}, name_of(path)
            assert "schema" not in rooms_known_to(path), name_of(path)
            assert "sqlite3" not in imports(path), name_of(path)

    def test_identification_knows_no_database_outside_its_store(self) -> None:
        for path in modules_of("identify"):
            if "store" in path.relative_to(PACKAGE).parts:
                continue
            assert not outside(path) & {"sqlalchemy", "sqlmodel", "psycopg"}, name_of(path)
            assert "schema" not in rooms_known_to(path), name_of(path)
            assert not any(name.startswith("provenance.identify.store") for name in imports(path))

    def test_the_core_needs_nothing(self) -> None:
        for path in modules_of("core"):
            assert outside(path) <= {"uuid6", "stdnum"}, name_of(path)
            assert rooms_known_to(path) <= {"core"}, name_of(path)

    def test_the_schema_knows_vocabularies_and_errors(self) -> None:
        for path in modules_of("schema"):
            assert outside(path) <= {"sqlalchemy", "sqlmodel", "pydantic", "alembic"}, name_of(path)
            assert rooms_known_to(path) <= {"schema", "core"}, name_of(path)

    def test_transactions_end_in_one_place(self) -> None:
        ending = {
            name_of(path)
            for path in MODULES
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
        }
        assert ending == {"provenance/schema/session.py"}

    def test_nothing_prints_past_the_printer(self) -> None:
        printing = {
            name_of(path)
            for path in MODULES
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        }
        assert printing <= {"provenance/cli/render.py"}


class TestDoor:
    """One way in: commands ask services, and nothing below asks for the time or writes words for options."""

    def test_the_command_line_knows_services_and_what_is_pure(self) -> None:
        for path in modules_of("cli"):
            assert rooms_known_to(path) <= {"cli", "services", "core", "text", "fields"}, name_of(path)
            assert not outside(path) & {"sqlalchemy", "sqlmodel", "numpy"}, name_of(path)

    def test_a_command_asks_one_service(self) -> None:
        # Which of a module's functions depends on the options: `top --evidence` asks another than `top`.
        asked = {
            f"{name_of(path)}:{node.name}": sorted(found)
            for path in modules_of("cli")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef) and is_command(node)
            if len(found := services_imported_in(node)) > 1
        }
        assert asked == {}

    def test_only_the_core_asks_the_clock(self) -> None:
        asking = {
            name_of(path)
            for path in MODULES
            if re.search(r"\b(?:datetime\.now|date\.today|utcnow|time\.time)\(", path.read_text("utf-8"))
        }
        assert asking == {"provenance/core/clock.py"}

    def test_only_the_command_line_switches_the_collector(self) -> None:
        switching = {name_of(path) for path in MODULES if "gc" in imports(path)}
        assert {name.split("/")[1] for name in switching} <= {"__main__.py", "cli"}

    def test_options_are_named_by_the_command_line_alone(self) -> None:
        naming = [
            f"{name_of(path)}:{node.lineno}: {node.value}"
            for path in MODULES
            if room_of(path) != "cli"
            for node in strings(tree(path))
            if re.search(r"(?<![\w-])--[a-z]", node.value)
        ]
        assert naming == []

    def test_rows_are_written_as_rows_of_their_tables(self) -> None:
        """Which mypy checks column by column; a statement takes any word for a column."""
        by_statement = {
            name_of(path)
            for path in MODULES
            if room_of(path) != "schema"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
            if any(alias.name == "insert" for alias in node.names)
        }
        # Of two writers of the same part on PostgreSQL, one gives way.
        assert by_statement == {"provenance/domain/batches.py"}

    def test_the_audit_trail_is_told_tables_and_not_their_names(self) -> None:
        by_name = [
            f"{name_of(path)}:{node.lineno}"
            for path in MODULES
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if node.func.id in ("add_entry", "Logged")
            if any(
                isinstance(said, ast.Constant | ast.JoinedStr)
                for said in (*node.args[:1], *(each.value for each in node.keywords if each.arg == "table"))
            )
        ]
        assert by_name == []

    def test_a_kind_of_record_is_called_as_its_table(self) -> None:
        from provenance.domain.record_kinds import RecordKind, tables

        named = {kind: table.__table__.name for kind, table in tables().items()}
        assert named == {kind: kind.value for kind in RecordKind}

    def test_tables_and_columns_are_typed_attributes(self) -> None:
        by_name = [
            f"{name_of(path)}:{number}"
            for path in MODULES
            if room_of(path) != "schema"
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
            if re.search(r"metadata\.tables|__table__\.c\[|\.c\[|\btable\(\"", line)
        ]
        assert by_name == []


class TestStart:
    """What a user waits for before anything happens."""

    HEAVY = frozenset(
        (
            *("sqlalchemy", "sqlmodel", "alembic", "numpy", "pydantic", "openpyxl", "pycountry", "psycopg"),
            *("PIL", "pillow_heif", "zxingcpp", "fpdf", "segno"),
        )
    )

    def loaded_by(self, statement: str) -> set[str]:
        """The heavy packages that a fresh interpreter has loaded after a statement."""
        told = f"import json, sys\n{statement}\nprint(json.dumps(list(sys.modules)))"
        command = [sys.executable, "-c", told]
        done = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, check=True)
        return self.HEAVY & set(json.loads(done.stdout.splitlines()[-1]))

    def loaded_by_running(self, *words: str) -> set[str]:
        """The heavy packages that the program has loaded when it ends."""
        run = f"sys.argv = {['provenance', *words]}\nimport provenance.cli.main as main\n"
        return self.loaded_by(f"{run}try: main.run()\nexcept SystemExit as left: assert not left.code")

    def test_importing_the_command_line_loads_nothing_heavy(self) -> None:
        assert self.loaded_by("import provenance.cli.main") == set()

    @pytest.mark.parametrize("word", ["--help", "--version"])
    def test_neither_does_asking_for_help(self, word: str) -> None:
        assert self.loaded_by_running(word) == set()

    @pytest.mark.parametrize(
        "command",
        [
            *("same", "duplicates", "review"),
            *("init", "db", "import", "top", "exposure", "new", "find", "show", "seizures", "identify"),
            *("log", "evidence", "custody", "checklist", "label", "trace", "watchlist", "screen", "judge"),
        ],
    )
    def test_nor_does_the_help_of_a_command(self, command: str) -> None:
        # Typer itself reads a command's options with Pydantic.
        assert self.loaded_by_running(command, "--help") <= {"pydantic"}

    def test_a_module_run_as_the_program_is_the_program(self) -> None:
        shown = program(None, "--version")
        assert (shown.code, shown.err) == (0, "")
        assert re.fullmatch(r"provenance \d+\.\d+\.\d+\n", shown.out)


class TestRooms:
    """Small, explained and honest about what they silence."""

    def test_no_file_is_longer_than_a_head_can_hold(self) -> None:
        lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
        assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}

    def test_no_function_is_longer_than_a_screen(self) -> None:
        long = {
            f"{name_of(path)}:{node.name}": length
            for path in MODULES
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if (length := (node.end_lineno or 0) - node.body[0].lineno + 1) > LONGEST_BODY
        }
        assert long == {}

    def test_everything_public_says_what_it_promises(self) -> None:
        silent = [
            f"{name_of(path)}:{getattr(node, 'name', 'module')}"
            for path in MODULES
            for node in (tree(path), *public_definitions(tree(path)))
            if not ast.get_docstring(node)
        ]
        assert silent == []

    def test_nothing_is_silenced_without_a_reason_beside_it(self) -> None:
        bare = [
            f"{name_of(path)}:{line}: {comment}"
            for path in [
                *MODULES,
                *sorted(CHECKOUT.glob("tests/**/*.py")),
                *sorted(CHECKOUT.glob("bench/*.py")),
            ]
            for line, comment in comments(path)
            if SILENCED.search(comment) and not SILENCED_FOR_A_REASON.search(comment)
        ]
        assert bare == []

    def test_annotations_are_never_evaluated_but_in_the_tables(self) -> None:
        # SQLModel reads the annotations of its tables; elsewhere reading them would cost time for nothing.
        for path in MODULES:
            annotated = any(
                isinstance(node, ast.FunctionDef | ast.AnnAssign) for node in ast.walk(tree(path))
            )
            if defines_tables(path):
                assert "__future__" not in imports(path), name_of(path)
            elif annotated:
                assert "__future__" in imports(path), name_of(path)

    def test_tests_mirror_the_program(self) -> None:
        """Each room has its tests, below the command line too; `intake` goes through all of them."""
        rooms = {room_of(path) for path in MODULES if path.parent != PACKAGE}
        mirrored = {path.name for path in (CHECKOUT / "tests").iterdir() if any(path.glob("test_*.py"))}
        assert mirrored - {"support", "intake"} == rooms


SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:|ruff:|mypy:)")
SILENCED_FOR_A_REASON = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+ - |type: ignore\[[a-z0-9, -]+\]  # )\S.*\S")


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a module with their lines; what stands in a string is none."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def public_definitions(module: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """The public classes and functions of a module, and the public methods of its public classes."""
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(ast.Module(node.body, []))


def is_command(node: ast.FunctionDef) -> bool:
    """Whether a function is a command: it takes Typer's context."""
    return any(
        isinstance(argument.annotation, ast.Attribute) and argument.annotation.attr == "Context"
        for argument in node.args.args
    )


def services_imported_in(node: ast.FunctionDef) -> set[str]:
    """The modules of services (contracts and the workspace left out) that a function imports."""
    found = set()
    for imported in ast.walk(node):
        if isinstance(imported, ast.ImportFrom) and imported.module == "provenance.services":
            found |= {alias.name for alias in imported.names}
        elif isinstance(imported, ast.ImportFrom) and (imported.module or "").startswith(
            "provenance.services."
        ):
            found.add((imported.module or "").split(".")[2])
    # A guided form asks its service question by question: `custody_form` is `custody`.
    return {name.removesuffix("_form").rstrip("s") for name in found - {"contracts", "workspace"}}


def strings(module: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that are not docstrings."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node
