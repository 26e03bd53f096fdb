"""Cells that hold no value are collected by line, each once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.sources.tables import CellProblem, CellProblems

PROBLEM = st.builds(
    CellProblem,
    line=st.integers(2, 6),
    column=st.sampled_from(["Category", "Дата"]),
    text=st.sampled_from(["#N/A", "?"]),
    problem=st.sampled_from(["an error", "not a date"]),
)


@given(st.lists(PROBLEM))
def test_every_cell_is_there_once_in_the_order_of_the_lines(noted: list[CellProblem]) -> None:
    problems = CellProblems()
    for each in noted:
        problems.add(*each)
    assert set(problems) == set(noted)
    assert len(problems) == len(set(noted)) == len(list(problems))
    assert [each.line for each in problems] == sorted(each.line for each in set(noted))
    assert all(each in problems.of_line(each.line) for each in noted)


def test_a_problem_names_line_column_and_reason() -> None:
    problems = CellProblems()
    problems.add(4, "Serial", "#REF!", "#REF! is an error, not a value")
    assert str(next(iter(problems))) == "line 4, Serial: #REF! is an error, not a value"
