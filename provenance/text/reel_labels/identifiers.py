"""Identifiers of fields on labels: what each means.

Data identifiers are those of ANSI MH10.8.2 as the electronics industry uses them (ECIA EIGP 114), application
identifiers those of the GS1 General Specifications. An identifier that is not here is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.core.vocabulary.labels import LabelMeaning as M

DATA_IDENTIFIERS: Mapping[str, M] = {
    "P": M.CUSTOMER_PART,
    "1P": M.MAKER_PART,
    "2P": M.REVISION,
    # Digi-Key prints its own number as 30P; what other firms print under it is not the maker's either.
    "30P": M.SELLER_PART,
    "31P": M.ORDERABLE_PART,
    "33P": M.BIN,
    "T": M.LOT,
    "1T": M.LOT,
    "2T": M.SECOND_LOT,
    "S": M.SERIAL,
    "3S": M.PACKAGE,
    "4S": M.PACKAGE,
    "5S": M.PACKAGE,
    "D": M.DATE,
    "6D": M.DATE,
    "9D": M.DATE_CODE,
    "10D": M.DATE_CODE,
    "14D": M.EXPIRY_DATE,
    "16D": M.PRODUCTION_DATE,
    "Q": M.QUANTITY,
    "7Q": M.WEIGHT,
    "13Q": M.PACKAGES,
    "K": M.PURCHASE_ORDER,
    "1K": M.SALES_ORDER,
    "4K": M.ORDER_LINE,
    "10K": M.INVOICE,
    "11K": M.PACKING_LIST,
    "14K": M.ORDER_LINE,
    "4L": M.COUNTRY,
    "V": M.SUPPLIER,
    "1V": M.MAKER,
    "E": M.ROHS,
}


@dataclass(frozen=True, slots=True)
class ApplicationIdentifier:
    """A GS1 application identifier: its meaning, and how many characters a field of fixed length has."""

    meaning: M | None
    length: int | None = None


_FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
_MEANT = {
    "00": M.PACKAGE,
    "01": M.GTIN,
    "02": M.GTIN,
    "10": M.LOT,
    "11": M.PRODUCTION_DATE,
    "17": M.EXPIRY_DATE,
    "21": M.SERIAL,
    "30": M.QUANTITY,
    "37": M.QUANTITY,
    "240": M.SELLER_PART,
    "241": M.CUSTOMER_PART,
    "400": M.PURCHASE_ORDER,
    "422": M.COUNTRY,
}
_OTHERS = ("22", "235", "242", "243", "250", "251", "253", "254", "401", "403", "420", "421", "423", "8008")

APPLICATION_IDENTIFIERS: Mapping[str, ApplicationIdentifier] = {
    name: ApplicationIdentifier(_MEANT.get(name), _FIXED.get(name)) for name in {*_FIXED, *_MEANT, *_OTHERS}
}
"""Those whose length is known, so that what follows them can be found; some have no meaning of ours."""

KEYS: Mapping[str, M] = {
    "pm": M.MAKER_PART,
    "pc": M.SELLER_PART,
    "qty": M.QUANTITY,
    "on": M.SALES_ORDER,
}
"""The keys on labels of LCSC."""
