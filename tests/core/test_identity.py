"""Identities that travel, and the references that people say aloud."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.core import identity
from provenance.schema.everything import metadata

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERED = sorted(identity.REFERENCE_LETTERS)

uids = st.uuids().map(str)
tables = st.sampled_from(LETTERED)
keys = st.lists(st.text(), min_size=1, max_size=4)


class TestNaturalUid:
    """Two laptops that load the same list agree on the identity of its rows."""

    @given(keys)
    def test_is_the_uuid5_of_the_joined_key(self, key: list[str]) -> None:
        assume("\x1f" not in "".join(key))
        namespace = uuid.uuid5(uuid.NAMESPACE_URL, "https://provenance.example/records")
        assert identity.natural_uid(*key) == str(uuid.uuid5(namespace, "\x1f".join(key)))

    @given(st.text(), st.lists(st.text()), st.lists(st.text(), max_size=2))
    def test_of_many_records_is_that_of_each(
        self, source: str, records: list[str], behind: list[str]
    ) -> None:
        each = [identity.natural_uid("component", source, record, *behind) for record in records]
        assert identity.natural_uids("component", source, records, *behind) == each

    def test_never_changes(self) -> None:
        # A changed identity would part what is the same in every database that is out there.
        assert identity.natural_uid("source", "gur-war-sanctions") == "f70b01fa-3a9a-52d5-b5ba-9ce5629df5fa"

    def test_tells_where_one_part_of_a_key_ends(self) -> None:
        assert identity.natural_uid("ab", "c") != identity.natural_uid("a", "bc")

    def test_is_another_for_another_kind_of_record(self) -> None:
        assert identity.natural_uid("recovery", "7") != identity.natural_uid("component", "7")


class TestNewUid:
    """What a person enters has an identity of its own."""

    def test_is_a_uuid7_and_never_the_same(self) -> None:
        made = [identity.new_uid() for _ in range(100)]
        assert len(set(made)) == 100
        assert {uuid.UUID(uid).version for uid in made} == {7}

    def test_later_ones_come_later(self) -> None:
        made = [identity.new_uid() for _ in range(100)]
        assert made == sorted(made)


class TestReference:
    """A short reference with a check character."""

    def test_looks_like_this(self) -> None:
        reference = identity.reference("recovery", "01890a5d-ac96-774b-bcce-b302099a8057")
        letter, first, last = reference.split("-")
        assert (letter, len(first), len(last)) == ("R", 5, 5)
        assert set(first + last) <= set(CROCKFORD)

    def test_every_letter_is_a_table_of_its_own(self) -> None:
        letters = identity.REFERENCE_LETTERS
        assert len(set(letters.values())) == len(letters)
        assert set(letters) <= set(metadata.tables)

    @given(tables, uids)
    def test_leads_back_to_its_record(self, table: str, uid: str) -> None:
        read = identity.read_reference(identity.reference(table, uid))
        assert read is not None
        assert read[0] == table
        assert identity.matches_reference(uid, read[1])
        assert uid.replace("-", "").endswith(identity.reference_suffix(read[1]))

    @given(tables, uids, uids)
    def test_leads_to_no_other(self, table: str, uid: str, other: str) -> None:
        read = identity.read_reference(identity.reference(table, uid))
        assert read is not None
        assume(int(uid.replace("-", ""), 16) % 2**45 != int(other.replace("-", ""), 16) % 2**45)
        assert not identity.matches_reference(other, read[1])

    @given(tables, uids, st.integers(0, 9), st.sampled_from(CROCKFORD))
    def test_one_wrong_character_is_always_noticed(
        self, table: str, uid: str, place: int, wrong: str
    ) -> None:
        reference = identity.reference(table, uid)
        characters = list(reference.replace("-", "")[1:])
        assume(characters[place] != wrong)
        characters[place] = wrong
        misheard = f"{reference[0]}-{''.join(characters[:5])}-{''.join(characters[5:])}"
        with pytest.raises(ValueError, match="misspelt"):
            identity.read_reference(misheard)

    @given(tables, uids, st.data())
    def test_is_read_as_people_write_it(self, table: str, uid: str, data: st.DataObject) -> None:
        reference = identity.reference(table, uid)
        letter, said = reference[0], reference[1:]
        for digit, alike in (("0", "Oo"), ("1", "IiLl")):
            said = said.replace(digit, data.draw(st.sampled_from([digit, *alike])))
        written = data.draw(st.sampled_from([letter + said, (letter + said).lower(), f" {letter}{said} "]))
        spaced = written.replace("-", data.draw(st.sampled_from(["-", " - "])))
        assert identity.read_reference(spaced) == identity.read_reference(reference)

    @given(tables, uids)
    def test_one_character_too_few_is_no_reference(self, table: str, uid: str) -> None:
        assert identity.read_reference(identity.reference(table, uid)[:-1]) is None

    @pytest.mark.parametrize(
        "text",
        ["", "-", "R", "R-", "S29AL032D70TFI", "Kh-101", "TMS320-VC5416", "С8051F120", "R-7К3М9-Q2X4H"],
    )
    def test_a_marking_is_no_reference(self, text: str) -> None:
        assert identity.read_reference(text) is None
