from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.core.seed import seed_rows
from provenance.text.firm_names import LegalForm, LegalForms, name_key, packaged_forms

TABLE = list(seed_rows("legal_form.csv"))

forms_at_end = st.sampled_from([row["form"] for row in TABLE if row["place"] != "start"])
forms_at_start = st.sampled_from([row["form"] for row in TABLE if row["place"] != "end"])
words = st.sampled_from(
    ["Delta", "Micro", "Кремний", "Circuits", "ON", "Интеграл", "Semiconductor", "Ölflex", "2000", "U-blox"]
)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    "spellings",
    [
        ("ОАО Интеграл", "INTEGRAL OJSC", "JSC «Integral»", "Integral"),
        ("ОАО Интеграл", "Открытое акционерное общество «Интеграл»", "Интеграл (ОАО)"),
        ("АО ВНИИР-Прогресс", "VNIIR-PROGRESS JSC", "VNIIR Progress"),
        ("ООО ИРЗ-СВЯЗЬ", "OOO IRZ-SVYAZ", "Irz-Svyaz LLC"),
        ("ООО ИРЗ-СВЯЗЬ", "Общество с ограниченной ответственностью «ИРЗ-Связь»"),
        ("ТОВ «Радіореле»", "Радіореле", "Radiorele"),
        ("C & I Semiconductors co., ltd", "C&I Semiconductors", "C and I Semiconductors Company Limited"),
        ("Micro Crystal AG", "Micro Crystal", "MICRO-CRYSTAL A.G."),
        ("U-blox", "ublox AG", "U Blox A.G."),
        ("Vishay Intertechnology, Inc.", "VISHAY INTERTECHNOLOGY INCORPORATED", "Vishay Intertechnology"),
        ("Camozzi Automation S.P.A", "Camozzi Automation SpA"),
        ("X-Tec Sp. z o.o.", "X-TEC Spółka z ograniczoną odpowiedzialnością", "x tec sp. z oo"),
        ("Koç A.Ş.", "KOC A.S.", "Koç Anonim Şirketi"),
        ("深圳科技有限公司", "深圳科技股份有限公司", "深圳科技", "Shenzhen Keji Co., Ltd."),
        ("株式会社東芝", "東芝株式会社", "㈱東芝", "東芝(株)", "東芝"),
        ("삼성전자주식회사", "주식회사 삼성전자", "㈜삼성전자", "삼성전자"),
        ("Acme GmbH & Co. KG", "ACME", "Acme GmbH", "Acme & Co."),
        ("Acme Sdn. Bhd.", "Acme Pte Ltd", "Acme (Pvt.) Ltd", "Acme FZE", "Acme FZ-LLC", "Acme Kft."),
        ("Acme A/S", "Acme Oy", "Acme AB", "Acme N.V.", "Acme PLC", "Acme Pty Ltd", "Acme S.A. de C.V."),
        ("The Boeing Company", "Boeing", "BOEING CO"),
        ("YXC Сo., Ltd", "YXC Co., Ltd"),
        ("Xi'an UnilC Semiconductors Co., Ltd.", "Xian UnilC Semiconductors"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({name_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ON Semiconductor", "onsemiconductor"),
        ("Semiconductor Components Industries, LLC", "semiconductorcomponentsindustries"),
        ("Semiconductor", "semiconductor"),
        ("Delta Co.", "delta"),
        ("AS", "as"),
        ("SE", "se"),
        ("Co., Ltd", "coltd"),
        ("The", "the"),
        ("A.O. Smith", "aosmith"),
        ("IP Camera", "ipcamera"),
        ("ИП Иванов", "ivanov"),
        ("PT Electronics", "ptelectronics"),
        ("SA Technologies", "satechnologies"),
        ("C&K", "candk"),
        ("&", "and"),
        ("***", "***"),
        ("", ""),
    ],
)
def test_what_is_kept_of_a_name(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("ON Semi", "Semi"), ("Delta", "Delta Electronics"), ("Micro Crystal", "Crystal Micro")],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_the_key_of_a_key_is_that_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.text(min_size=1))
def test_a_name_with_something_in_it_has_a_key(name: str) -> None:
    assume(name.strip())
    assert name_key(name)


@given(names)
def test_case_does_not_matter(name: str) -> None:
    assert name_key(name.upper()) == name_key(name.lower()) == name_key(name)


@given(names, st.sampled_from(["-", ".", ", ", " / ", "  ", "_", "«", "”"]))
def test_punctuation_between_words_does_not_matter(name: str, sign: str) -> None:
    assert name_key(name.replace(" ", sign)) == name_key(name)


@given(names, forms_at_end, st.sampled_from([" ", ", ", " «", "-"]))
def test_a_form_after_a_name_does_not_matter(name: str, form: str, gap: str) -> None:
    assert name_key(f"{name}{gap}{form}") == name_key(name)


@given(names, forms_at_start)
def test_a_form_before_a_name_does_not_matter(name: str, form: str) -> None:
    assert name_key(f"{form} «{name}»") == name_key(name)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["form"])
def test_a_name_that_is_a_form_keeps_it(row: dict[str, str]) -> None:
    assert name_key(row["form"]) != ""
    assert packaged_forms().is_only_forms(row["form"])


@pytest.mark.parametrize("text", ["LTD", "Co., Ltd.", "GmbH & Co. KG", "ООО", "INC", "JSC", "S.A. de C.V."])
def test_text_of_nothing_but_forms(text: str) -> None:
    assert packaged_forms().is_only_forms(text)


@pytest.mark.parametrize("text", ["", "-", "TREK JSC", "Limited Brands", "LLC IQ"])
def test_text_with_more_than_forms(text: str) -> None:
    assert not packaged_forms().is_only_forms(text)


def test_other_forms_can_be_given() -> None:
    forms = LegalForms.of([LegalForm("Guild", "end"), LegalForm("S.X.", "either")])
    assert name_key("Silk Guild", forms) == name_key("SX Silk", forms) == "silk"
    assert name_key("Silk Ltd", forms) == "silkltd"


def test_the_table_of_forms_is_sound() -> None:
    assert 500 < len(TABLE) < 700
    assert {row["place"] for row in TABLE} == {"start", "end", "either"}
    assert {row["source"] for row in TABLE} == {"gleif-elf-1.4.1", "common-usage"}
    assert len({row["form"] for row in TABLE}) == len(TABLE)
    for row in TABLE:
        assert len(row["country"]) == 2 and row["country"].isupper(), row
        assert len(row["elf_code"]) == 4 or (not row["elf_code"] and row["source"] == "common-usage"), row
        assert row["note"] or row["source"] == "gleif-elf-1.4.1", row
