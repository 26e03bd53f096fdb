"""Labels on bags and reels: every field is there and stands on the label, whatever the code says."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.labels import LabelMeaning, LabelSyntax
from provenance.text.reel_labels.fields import ReelLabel, read_reel_label
from provenance.text.reel_labels.identifiers import DATA_IDENTIFIERS
from provenance.text.reel_labels.values import read_value
from tests.support.days import TODAY
from tests.support.reel_labels import DIGIKEY, EOT, GS, RS, enveloped

PARTS = [each for each in DIGIKEY if each[1]]

values = st.text(
    st.characters(codec="utf-8", exclude_characters=f"{GS}{RS}{EOT}\r\n", exclude_categories=["Cs", "Cc"]),
    max_size=20,
)
identifiers = st.one_of(
    st.sampled_from(sorted(DATA_IDENTIFIERS)), st.from_regex(r"[0-9]{0,3}[A-Z]", fullmatch=True)
)
envelopes = st.lists(st.tuples(identifiers, values), min_size=1, max_size=12)


def pairs(label: ReelLabel | None) -> list[tuple[str, str]]:
    """The fields of a label as they stand on it."""
    assert label is not None
    return [(each.identifier, each.value) for each in label.fields]


@given(envelopes)
def test_any_envelope_is_read_as_it_was_written(fields: list[tuple[str, str]]) -> None:
    label = read_reel_label(enveloped(fields))
    assert pairs(label) == fields
    assert label is not None and (label.syntax, label.rest) == (LabelSyntax.ISO_15434, ())
    for each in label.fields:
        assert each.meaning is DATA_IDENTIFIERS.get(each.identifier)


@given(envelopes, st.integers(0, 10**9))
def test_a_damaged_one_never_has_a_field_that_does_not_stand_there(
    fields: list[tuple[str, str]], seed: int
) -> None:
    rolled, text = random.Random(seed), enveloped(fields)
    for _ in range(rolled.randrange(1, 6)):
        place = rolled.randrange(len(text) + 1)
        change = rolled.choice(("cut", "insert", "swap"))
        new = rolled.choice([GS, RS, EOT, "[", ")", ">", "0", "P", "Q", "06", "|", "(01)", "", "\n", "ї"])
        text = {
            "cut": text[:place] + text[place + 1 :],
            "insert": text[:place] + new + text[place:],
            "swap": text[:place] + new + text[place + len(new) :],
        }[change]
    for gs1 in (False, True):
        label = read_reel_label(text, gs1=gs1)
        stand_there(label, text)


@given(st.text(), st.booleans())
def test_any_text_at_all_is_no_label_or_one_of_its_own_words(text: str, gs1: bool) -> None:
    stand_there(read_reel_label(text, gs1=gs1), text)


_AROUND = (("", ""), ("(", ")"), ("", ":"))
"""What stands around an identifier."""


def stand_there(label: ReelLabel | None, text: str) -> None:
    """Every field stands in the text, in order, the identifier right before its value; so does the rest."""
    if label is None:
        return
    plain = text.translate(str.maketrans({"␝": GS, "␞": RS, "␄": EOT}))
    for name, control in (("GS", GS), ("RS", RS), ("EOT", EOT)):
        for begin, end in ("<>", "{}", "[]"):
            for word in (name, name.lower(), name.capitalize()):
                if not {GS, RS, EOT} & set(text):
                    plain = plain.replace(f"{begin}{word}{end}", control)
    place = 0
    for each in label.fields:
        spelled = (
            f"{each.identifier}{each.value}",
            f"({each.identifier}){each.value}",
            f"{each.identifier}:{each.value}",
        )
        at = [found for one in spelled if (found := plain.find(one, place)) >= 0]
        assert at, (each, text)
        place = min(at) + len(each.identifier)
    assert all(each in plain for each in label.rest)
    for each in label.fields:
        read_value(each.meaning, each.value, today=TODAY)


class TestSyntaxes:
    """The same fields as different printers and scanners write them."""

    @pytest.mark.parametrize(
        "text",
        [
            enveloped(PARTS),
            enveloped(PARTS).removesuffix(RS + EOT),
            enveloped(PARTS).replace(f"[)>{RS}06", ">[)>06"),  # Mouser
            enveloped(PARTS).replace(GS, "<GS>").replace(RS, "<RS>").replace(EOT, "<EOT>"),
            enveloped(PARTS).replace(GS, "␝").replace(RS, "␞").replace(EOT, "␄"),
            "[)>@06@" + "@".join(name + value for name, value in PARTS),  # Texas Instruments
            f"[)>{RS}06{GS}" + GS.join(n + v for n, v in PARTS[:4])
            + f"{RS}06{GS}" + GS.join(n + v for n, v in PARTS[4:]) + f"{RS}{EOT}",
        ],
        ids=["envelope", "cut", "mouser", "written", "shown", "text", "two records"],
    )  # fmt: skip
    def test_an_envelope(self, text: str) -> None:
        label = read_reel_label(text)
        assert pairs(label) == PARTS
        assert label is not None and label.syntax is LabelSyntax.ISO_15434
        assert label.values(LabelMeaning.MAKER_PART) == ("TPS54331DR",)

    def test_lost_separators_give_no_field(self) -> None:
        label = read_reel_label("[)>06PC11PTPS54331DRK1K867617839D22311T21001143664LMYQ2500")
        assert label is not None and label.separators_lost
        assert label.fields == () and label.rest == ("PC11PTPS54331DRK1K867617839D22311T21001143664LMYQ2500",)

    @pytest.mark.parametrize("separator", [GS, "|", ";", ",", "\n", " | "])
    def test_without_an_envelope(self, separator: str) -> None:
        fields = [("1P", "LM358N"), ("Q", "2500"), ("1T", "A1"), ("9D", "2231"), ("4L", "CN")]
        label = read_reel_label(separator.join(name + value for name, value in fields))
        assert pairs(label) == fields
        assert label is not None and label.syntax is LabelSyntax.DATA_IDENTIFIERS

    @pytest.mark.parametrize(
        "text",
        [
            "C-7K3M9-Q2X4H", "https://example.org/?q=1,2", "Quantum;Kyiv", "1PLM358N", "QR;Q5", "P;Q", "",
            "K4711|Q2500", "{}", "{a:b}", "(99)1(98)2", "(01)", "Серія 12; 1P", "1PLM358N|XX12", "T1|S2|K3",
        ],
    )  # fmt: skip
    def test_what_is_no_such_label(self, text: str) -> None:
        assert read_reel_label(text) is None

    def test_gs1(self) -> None:
        label = read_reel_label(f"010950600013435210ABC{GS}3012{GS}422156{GS}9912", gs1=True)
        assert pairs(label) == [("01", "09506000134352"), ("10", "ABC"), ("30", "12"), ("422", "156")]
        assert label is not None and label.rest == ("9912",)
        printed = read_reel_label("(01)09506000134352(10)ABC(30)12")
        assert pairs(printed) == pairs(label)[:3]
        inside = read_reel_label(f"[)>{RS}05{GS}10ABC{GS}21S1{RS}{EOT}")
        assert pairs(inside) == [("10", "ABC"), ("21", "S1")]

    def test_lcsc(self) -> None:
        label = read_reel_label("{pbn:PICK1,on:SO2,pc:C12345,pm:STM32F103C8T6,qty:10,mc:,cc:1,pdi:3}")
        assert label is not None and label.syntax is LabelSyntax.KEY_VALUES
        assert label.values(LabelMeaning.MAKER_PART) == ("STM32F103C8T6",)
        assert [each.identifier for each in label.fields if each.meaning is None] == [
            "pbn",
            "mc",
            "cc",
            "pdi",
        ]

    def test_another_format_of_the_envelope_is_left_as_it_stands(self) -> None:
        label = read_reel_label(f"[)>{RS}12{GS}PNR LM358{GS}SER 1{RS}{EOT}")
        assert label is not None and label.fields == () and label.rest == ("PNR LM358", "SER 1")


@pytest.mark.parametrize(
    ("meaning", "value", "read", "problem"),
    [
        (LabelMeaning.QUANTITY, "2500", "2,500", None),
        (LabelMeaning.QUANTITY, "2500PCS", None, "is not a whole number"),
        (LabelMeaning.QUANTITY, "", None, None),
        (LabelMeaning.DATE_CODE, "2231", "2022-08..2022-08-07", None),
        (LabelMeaning.DATE_CODE, "9999", None, "no date can be read from it"),
        (LabelMeaning.COUNTRY, "MY", "MY", None),
        (LabelMeaning.COUNTRY, "156", "CN", None),
        (LabelMeaning.COUNTRY, "XQ", None, "is not the code of a country"),
        (LabelMeaning.PRODUCTION_DATE, "20220801", "2022-08-01", None),
        (LabelMeaning.PRODUCTION_DATE, "220801", "2022-08-01", None),
        (LabelMeaning.PRODUCTION_DATE, "20221301", None, "is not a day written as YYYYMMDD or YYMMDD"),
        (LabelMeaning.GTIN, "09506000134352", "09506000134352", None),
        (LabelMeaning.GTIN, "09506000134353", None, "its check digit is wrong"),
        (LabelMeaning.LOT, "2100114366", None, None),
        (None, "PICK", None, None),
    ],
)
def test_values(meaning: LabelMeaning | None, value: str, read: str | None, problem: str | None) -> None:
    found = read_value(meaning, value, today=date(2026, 6, 1))
    assert (found.value, found.problem) == (read, problem)
