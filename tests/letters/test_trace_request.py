"""Letters to makers and distributors: what they say, what they never say, and that nothing is invented."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from provenance.letters.trace_request import TraceLetter, draft_letter
from provenance.schema.session import Session
from tests.tracing.records import Records


class Case:
    """A component and a request about it, made with as little or as much as a test wants to be known."""

    def __init__(self, session: Session, *, recovery: dict[str, Any] | None = None, **component: Any) -> None:
        self.session, self.records = session, Records(session)
        self.recovery = self.records.recovery(**(recovery or {}))
        self.component = self.records.component(self.recovery, **component)

    def letter(self, **request: Any) -> TraceLetter:
        """The letter of a request to North Semi."""
        firm = self.records.firm("North Semi AG")
        trace = self.records.rows.add("trace", component_id=self.component)
        values = {"kind": "trace", "asked": None, "days": 28, **request}
        number = self.records.rows.add("trace_request", trace_id=trace, organization_id=firm, **values)
        return draft_letter(self.session, number)


def facts(letter: TraceLetter) -> dict[str, str]:
    return dict(letter.facts)


class TestContent:
    def test_what_is_known_of_the_item(self, scratch: Session) -> None:
        records = Records(scratch)
        maker = records.firm("North Semi")
        weapon = records.rows.add("weapon_system", designation="Kh-101")
        case = Case(
            scratch, recovery={"weapon_system_id": weapon}, description="microcontroller",
            marking="NORTH\n1 2226", part=records.part("NORTH-1", maker), maker=maker, lot="L7",
            date_code="2226", made_earliest=date(2022, 6, 27), made_latest=date(2022, 7, 3), pieces=2,
        )  # fmt: skip
        found = facts(case.letter())
        assert found.pop("Our reference").startswith("Y-")
        assert found.pop("Item").startswith("C-")
        assert found == {
            "Description": "microcontroller", "Marking, line by line": "NORTH\n1 2226",
            "Part number": "NORTH-1", "Brand": "North Semi", "Lot": "L7", "Date code": "2226",
            "Manufactured": "2022-06-27..2022-07-03", "Pieces": "2", "Found in": "Kh-101",
            "Photos": "none attached",
        }  # fmt: skip

    def test_it_is_addressed_and_asks_the_standard_questions_and_one_more(self, scratch: Session) -> None:
        letter = Case(scratch).letter(asked="Who signed for it?")
        assert letter.opening[0] == "North Semi AG"
        assert letter.questions[0] == (
            "Did you manufacture this item? If you believe it is counterfeit, what indicates that?"
        )
        assert letter.questions[-1] == "Who signed for it?"
        assert len(letter.questions) == 5
        assert "is not evidence of wrongdoing by anyone" in letter.opening[1]

    @pytest.mark.parametrize(("days", "said"), [(28, "within 28 days"), (1, "within 1 day of")])
    def test_the_days_to_answer(self, scratch: Session, days: int, said: str) -> None:
        assert said in Case(scratch).letter(days=days).closing[0]

    def test_a_right_of_reply_asks_for_a_comment_and_nothing_about_sales(self, scratch: Session) -> None:
        letter = Case(scratch).letter(kind="right_of_reply")
        assert letter.heading.startswith("Right of reply Y-")
        assert "before anything is published" in letter.opening[1]
        assert len(letter.questions) == 1
        assert "found in a weapon" not in letter.markdown()


class TestUnknown:
    def test_what_is_unknown_stays_unknown(self, scratch: Session) -> None:
        found = facts(Case(scratch).letter())
        unknown = ("Description", "Part number", "Lot", "Date code", "Manufactured", "Pieces")
        assert {found[name] for name in unknown} == {"unknown"}
        assert found["Brand"] == "not identified"
        assert found["Marking, line by line"] == "none legible or published"
        assert found["Found in"] == "a weapon of unknown type"

    def test_a_tentative_part_number_says_so_and_a_tentative_maker_is_none(self, scratch: Session) -> None:
        records = Records(scratch)
        maker = records.firm("North Semi")
        case = Case(scratch, part=records.part("NORTH-1", maker), maker=maker, status="tentative")
        found = facts(case.letter())
        assert found["Part number"] == "NORTH-1 (read from the marking, tentative)"
        assert found["Brand"] == "not identified"

    def test_a_published_part_number_goes_before_a_tentative_one(self, scratch: Session) -> None:
        records = Records(scratch)
        case = Case(scratch, part=records.part("GUESS-1"), status="tentative")
        records.rows.add(
            "identification", component_id=case.component, part_id=records.part("NORTH-1"), status="published"
        )
        assert facts(case.letter())["Part number"] == "NORTH-1"

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("battlefield", "was found in a weapon"),
            ("seizure", "was seized by an authority"),
            ("interception", "was found in an intercepted shipment"),
        ],
    )
    def test_how_it_was_found_is_not_invented(self, scratch: Session, kind: str, said: str) -> None:
        letter = Case(scratch, recovery={"kind": kind}).letter()
        assert said in letter.opening[1]
        assert ("Found in" in facts(letter)) is (kind == "battlefield")
        assert kind == "battlefield" or "found in a weapon" not in letter.markdown()


class TestDiscretion:
    def test_no_other_firm_no_place_no_serial_number_of_the_find(self, scratch: Session) -> None:
        records = Records(scratch)
        case = Case(
            scratch,
            recovery={"label": "Kh-101 No. 7001", "country": "UA", "place": "Vinnytsia", "note": "N9"},
        )
        transfer = records.transfer(records.firm("Alder"), records.firm("Birch"), component_id=case.component)
        records.party(transfer, "to", "Geheim", confidential=True)
        text = case.letter().markdown() + case.letter().html()
        for kept_out in ("Alder", "Birch", "Geheim", "7001", "Vinnytsia", "UA", "N9"):
            assert kept_out not in text

    def test_photos_that_are_marked_too_strictly_are_not_even_mentioned(self, scratch: Session) -> None:
        case = Case(scratch)
        for tlp in ("RED", "AMBER+STRICT"):
            case.records.photo(case.component, tlp)
        assert facts(case.letter())["Photos"] == "none attached"
        for tlp in ("CLEAR", "GREEN", "AMBER", None):
            case.records.photo(case.component, tlp)
        shown = facts(case.letter())["Photos"]
        assert shown.count("SHA-256") == 4
        assert shown.endswith("; attached")


class Text(HTMLParser):
    """The text of a page, and the elements in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


class TestFiles:
    HOSTILE = "<script>alert(1)</script> *bold* [link](http://x) & `code`"

    def test_text_from_the_data_stays_text(self, scratch: Session) -> None:
        letter = Case(scratch, marking=f"A\n{self.HOSTILE}", lot=self.HOSTILE).letter(asked=self.HOSTILE)
        page = Text()
        page.feed(letter.html())
        assert "script" not in page.tags
        assert page.text.count(self.HOSTILE) == 3
        markdown = letter.markdown()
        assert r"\<script\>alert(1)\</script\> \*bold\* \[link\](http://x) & \`code\`" in markdown
        assert "A / " in markdown

    def test_both_files_say_the_same(self, scratch: Session) -> None:
        letter = Case(scratch, marking="NORTH 1").letter()
        page = Text()
        page.feed(letter.html())
        for text in (letter.heading, *letter.opening, *letter.questions, *letter.closing):
            assert text in page.text
            assert text.replace("_", r"\_") in letter.markdown()

    def test_a_page_needs_nothing_from_elsewhere(self, scratch: Session) -> None:
        page = Case(scratch).letter().html()
        assert "http" not in page and "src=" not in page
