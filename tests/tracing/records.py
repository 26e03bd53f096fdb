"""Transfers and components in a database, few words each, for tests that count by hand."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from provenance.schema.session import Session
from provenance.text.firm_names import name_key
from provenance.text.folding import fold_marking
from tests.support.rows import Rows

_HASHES = count(1)


class Records:
    """Makes records in one session; each method gives the row's number."""

    def __init__(self, session: Session) -> None:
        self.rows = Rows(session)

    def firm(self, label: str, *, listed_name: bool = True, **values: Any) -> int:
        """An organization with its own name."""
        number = self.rows.add("organization", label=label, **values)
        if listed_name:
            self.rows.add("organization_name", organization_id=number, name=label, name_key=name_key(label))
        return number

    def part(self, mpn: str, maker: int | None = None) -> int:
        """A part number, of a maker if one is given."""
        return self.rows.add("part", mpn=mpn, mpn_key=fold_marking(mpn), organization_id=maker)

    def party(self, transfer: int, side: str, who: int | str, **values: Any) -> int:
        """A party to a transfer: a firm by its number, or a bare name."""
        firm = who if isinstance(who, int) else None
        name = f"firm {who}" if isinstance(who, int) else who
        values = {"role": "unknown", "as_written": name, **values}
        return self.rows.add(
            "transfer_party", transfer_id=transfer, organization_id=firm, side=side, **values
        )

    def transfer(self, sender: int | str | None, recipient: int | str | None, **values: Any) -> int:
        """A transfer between two parties; None is an unknown side. ``on`` is its day."""
        if (day := values.pop("on", None)) is not None:
            values |= {"earliest": day, "latest": day}
        values.setdefault("evidence_class", "trade_record_same_part")
        number = self.rows.add("transfer", **values)
        for side, who in (("from", sender), ("to", recipient)):
            if who is not None:
                self.party(number, side, who)
        return number

    def source(self, **values: Any) -> int:
        """A source, not graded and not marked unless said."""
        return self.rows.add("source", **values)

    def cite(self, transfer: int, source: int | None = None, **values: Any) -> int:
        """A source's record of a transfer."""
        source = self.source() if source is None else source
        return self.rows.add("citation", source_id=source, transfer_id=transfer, component_id=None, **values)

    def recovery(self, label: str = "Kh-101 A", *, recovered: date | None = None, **values: Any) -> int:
        """A wreck, with the day on which it was recovered if that is known."""
        number = self.rows.add("recovery", label=label, **{"kind": "battlefield", **values})
        if recovered:
            self.rows.add(
                "recovery_date", recovery_id=number, kind="recovered", earliest=recovered, latest=recovered
            )
        return number

    def component(
        self, recovery: int, *, part: int | None = None, maker: int | None = None, status: str = "published",
        **values: Any,
    ) -> int:  # fmt: skip
        """A component with its stated part number and maker."""
        number = self.rows.add("component", recovery_id=recovery, **values)
        if part is not None:
            self.rows.add("identification", component_id=number, part_id=part, status=status)
        if maker is not None:
            self.rows.add("maker_attribution", component_id=number, organization_id=maker, status=status)
        return number

    def same(self, kind: str, left: int, right: int) -> None:
        """Two records of a kind are one."""
        columns = {f"left_{kind}_id": left, f"right_{kind}_id": right}
        if kind != "organization":
            columns |= {"left_organization_id": None, "right_organization_id": None}
        self.rows.add("same_as", verdict="same", **columns)

    def photo(self, component: int, tlp: str | None) -> int:
        """A photo of a component."""
        number = self.rows.add("photo", tlp=tlp, sha256=f"{next(_HASHES):064x}")
        self.rows.add("photo_subject", photo_id=number, component_id=component)
        return number

    def listing(self, name: str, key: str, began: date, ended: date | None = None) -> None:
        """A party on a watchlist under a name, from a day on until a day."""
        watchlist = self.rows.add("watchlist", key=key)
        party = self.rows.add("listed_party", watchlist_id=watchlist)
        record = self.rows.add("listed_record", party_id=party)
        self.rows.add("listed_name", record_id=record, name=name)
        interval = {
            "began_earliest": began,
            "began_latest": began,
            "ended_earliest": ended,
            "ended_latest": ended,
        }
        self.rows.add("listing_interval", party_id=party, **interval)

    def stake(self, owner: int, owned: int, percent: float | None, **values: Any) -> None:
        """A completed stake in a whole firm."""
        values = {"scope": "all", "status": "completed", "verification": "verified", **values}
        self.rows.add("ownership", owner_id=owner, owned_id=owned, share_percent=percent, **values)
