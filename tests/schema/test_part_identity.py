"""The migration that gives parts a key in which decimal points stay."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

from sqlalchemy import select

from provenance.core.identity import natural_uid
from provenance.domain.parts import add_keys, add_top_codes
from provenance.schema import migrations as schema
from provenance.schema.engines import writing_engine
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification
from provenance.schema.reference import Part, PartKey
from provenance.schema.session import session_scope
from provenance.text.folding import fold_marking
from provenance.text.part_numbers import part_key
from tests.support.rows import Rows

REVISION, BEFORE = "0013", "0012"


class TestPartIdentity:
    """Parts of a database whose keys had letters and digits only."""

    def test_merged_parts_are_two_again_where_the_number_was_kept_as_written(self, migrated: str) -> None:
        engine = writing_engine(migrated)
        with session_scope(engine) as session:
            rows = Rows(session)
            maker, recovery = rows.add("organization"), rows.add("recovery")
            part = rows.add("part", mpn="SMBJ5.0A", mpn_key="SMBJ50A", organization_id=maker, top_codes="KE")
            other = rows.add("part", mpn="AD8572ARZ-REEL", mpn_key="AD8572ARZREEL", organization_id=maker)
            add_keys(session, [(part, "SMBJ5.0A")])
            add_top_codes(session, [(part, ("KE",))])
            for written in ("SMBJ5.0A", "SMBJ50A", "smbj5.0a"):
                component = rows.add("component", recovery_id=recovery)
                rows.add(
                    "identification",
                    component_id=component, part_id=part, as_written=written, status="published",
                )  # fmt: skip
        schema.downgrade(engine, BEFORE)
        schema.upgrade(engine)
        with session_scope(engine) as session:
            stated = select(Identification.as_written, Part.mpn, Part.mpn_key, Part.uid).join(
                Part, Part.id == Identification.part_id
            )
            found = {row.as_written: row for row in session.execute(stated)}
            assert {name: row.mpn_key for name, row in found.items()} == {
                "SMBJ5.0A": "SMBJ5.0A",
                "SMBJ50A": "SMBJ50A",
                "smbj5.0a": "SMBJ5.0A",
            }
            uid = session.execute(select(Organization.uid).where(Organization.id == maker)).scalar_one()
            assert found["SMBJ5.0A"].uid == natural_uid("part", "SMBJ5.0A", uid)
            assert found["SMBJ50A"].uid == natural_uid("part", "SMBJ50A", uid)
            assert session.execute(select(Part.mpn_key).where(Part.id == other)).scalar() == "AD8572ARZREEL"
            keys = set(session.execute(select(PartKey.key).where(PartKey.part_id != part)).scalars())
            assert keys, "found by a marking"
            assert not any(key.startswith(".") for key in keys), "but not by the other's top code"
        schema.downgrade(engine, BEFORE)
        schema.upgrade(engine)

    def test_the_step_gives_the_keys_that_the_program_gives(self) -> None:
        script = schema.migrations_path() / "versions" / f"{REVISION}_part_identity.py"
        spec = spec_from_file_location("part_identity", script)
        assert spec is not None and spec.loader is not None
        step = module_from_spec(spec)
        spec.loader.exec_module(step)
        for mpn in ("SMBJ5.0A", "LM2596S-3.3", "MAX3232ECD+T", "2.5/25", "BAT54H,115", "AD 7606", "К10.5-2"):
            assert step.identity(mpn, fold_marking(mpn)) == part_key(mpn)
