"""Vocabularies of the labels on bags and reels: what a field means, and in which syntax it was written."""

from __future__ import annotations

from enum import StrEnum


class LabelSyntax(StrEnum):
    """How a label's code separates its fields.

    ``iso_15434`` has the envelope "[)>"; ``data_identifiers`` are the same fields without it; ``gs1`` has GS1
    application identifiers; ``key_values`` is what LCSC prints.
    """

    ISO_15434 = "iso_15434"
    DATA_IDENTIFIERS = "data_identifiers"
    GS1 = "gs1"
    KEY_VALUES = "key_values"


class LabelMeaning(StrEnum):
    """What a field of a label says, whichever identifier it has.

    ``maker_part`` is the part number of whoever made or supplied the part, ``orderable_part`` the same with
    its packing, ``customer_part`` the buyer's own number, ``seller_part`` that of a distributor.
    """

    MAKER_PART = "maker_part"
    ORDERABLE_PART = "orderable_part"
    CUSTOMER_PART = "customer_part"
    SELLER_PART = "seller_part"
    REVISION = "revision"
    BIN = "bin"
    GTIN = "gtin"
    LOT = "lot"
    SECOND_LOT = "second_lot"
    SERIAL = "serial"
    DATE_CODE = "date_code"
    PRODUCTION_DATE = "production_date"
    EXPIRY_DATE = "expiry_date"
    DATE = "date"
    QUANTITY = "quantity"
    PACKAGES = "packages"
    WEIGHT = "weight"
    PURCHASE_ORDER = "purchase_order"
    ORDER_LINE = "order_line"
    SALES_ORDER = "sales_order"
    INVOICE = "invoice"
    PACKING_LIST = "packing_list"
    PACKAGE = "package"
    COUNTRY = "country"
    MAKER = "maker"
    SUPPLIER = "supplier"
    ROHS = "rohs"


PART_MEANINGS = (LabelMeaning.MAKER_PART, LabelMeaning.ORDERABLE_PART)
"""The fields that name a part as its maker does, in the order in which they are believed."""
