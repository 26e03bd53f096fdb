"""Cells that hold name, aliases and address together, as the Entity List and letters write them."""

from __future__ import annotations

import pytest

from provenance.sources.watchlists.combined_cells import is_combined, split_cell

TWO_ALIASES = (
    "Alfa Beta Trading Limited, a.k.a., the following two aliases: —ABT Ltd; and —Alfa-Beta. "
    "Room 1318-19, Cedar Plaza, 610 Cedar Road, Kowloon, Hong Kong"
)


@pytest.mark.parametrize(
    ("cell", "name", "aliases", "addresses"),
    [
        (
            TWO_ALIASES,
            "Alfa Beta Trading Limited",
            ["ABT Ltd", "Alfa-Beta"],
            ["Room 1318-19, Cedar Plaza, 610 Cedar Road, Kowloon, Hong Kong"],
        ),
        (
            "OOO Gamma, and any successor, sub-unit, or subsidiary thereof, ul. Lenina 5, Moscow, Russia",
            "OOO Gamma",
            [],
            ["ul. Lenina 5, Moscow, Russia"],
        ),
        (
            # A full stop within a legal form ends no alias; a second address follows a semicolon.
            "Zeta AO, a.k.a., the following one alias: —Zeta Co. Ltd. 12 Lenina Street, Moscow, Russia;"
            " and Omsk, Russia",
            "Zeta AO",
            ["Zeta Co. Ltd"],
            ["12 Lenina Street, Moscow, Russia", "Omsk, Russia"],
        ),
        (
            "Beijing Foo Technology Co., Ltd., No. 5 Cedar Road, Beijing, China",
            "Beijing Foo Technology Co., Ltd.",
            [],
            ["No. 5 Cedar Road, Beijing, China"],
        ),
        (
            # A paragraph of a letter: numbered, with a second address.
            "(2) Foo Global Limited, Rm 2902-11, 29/F, 602 Cedar Road, Hong Kong;"
            " and Flat 2408, 438 Oak Road, Hong Kong",
            "Foo Global Limited",
            [],
            ["Rm 2902-11, 29/F, 602 Cedar Road, Hong Kong", "Flat 2408, 438 Oak Road, Hong Kong"],
        ),
        (
            "Foo Co., Ltd., a/k/a Bar Co., Ltd., Baz Trading Ltd. and Qux Ltd., 12 Main Road, Perm, Russia",
            "Foo Co., Ltd.",
            ["a/k/a Bar Co., Ltd.", "Baz Trading Ltd.", "Qux Ltd."],
            ["12 Main Road, Perm, Russia"],
        ),
        (
            "Foo Co., Ltd. (a/k/a Bar Trading; f/k/a Baz Trading), 12 Main Road, Perm, Russia",
            "Foo Co., Ltd.",
            ["a/k/a Bar Trading", "f/k/a Baz Trading"],
            ["12 Main Road, Perm, Russia"],
        ),
        (
            "Foo Co., Ltd. and Bar Co., Ltd., 12 Main Road, Perm, Russia",
            "Foo Co., Ltd.",
            ["Bar Co., Ltd."],
            ["12 Main Road, Perm, Russia"],
        ),
        (
            # As web pages have it: a line for each alias, the address below.
            "Foo, a.k.a., the following two aliases:\n—Foo One;\nand\n—Foo Two.\n12 Main Road, Perm, Russia",
            "Foo",
            ["Foo One", "Foo Two"],
            ["12 Main Road, Perm, Russia"],
        ),
        ("ABC Ltd; 5 High Street, London", "ABC Ltd", [], ["5 High Street, London"]),
        ("ABC Ltd\nAKA: DEF\nAddress: 5 High Street", "ABC Ltd", ["DEF"], ["5 High Street"]),
        ("Acme Trading", "Acme Trading", [], []),
        ("Delta, Inc.", "Delta, Inc.", [], []),
    ],
)
def test_a_cell_is_split(cell: str, name: str, aliases: list[str], addresses: list[str]) -> None:
    found = split_cell(cell)
    assert (found["name"], found["aliases"], found["address"]) == ([name], aliases, addresses)


@pytest.mark.parametrize(
    ("cell", "header", "mixed"),
    [
        (TWO_ALIASES, "Party", True),
        ("OOO Gamma, and any successor, sub-unit, or subsidiary thereof", "Party", False),
        ("OOO Gamma, and any successor thereof, Moscow, Russia", "Party", True),
        ("Delta, Inc.", "Party", False),
        ("Petrov, Ivan, Russia", "Party", False),
        ("Acme Trading, Valletta, Malta", "Name and address", True),
    ],
)
def test_a_plain_name_is_left_alone(cell: str, header: str, mixed: bool) -> None:
    assert is_combined(cell, header=header, has_address=False) is mixed


def test_a_cell_beside_one_with_the_address_is_a_name() -> None:
    assert not is_combined("Acme Trading, Valletta, Malta", header="Name and address", has_address=True)
