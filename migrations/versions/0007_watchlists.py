"""Watchlists by version, and screening runs."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening_index",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_screening_index")),
    )
    op.create_table(
        "screening_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program_version", sa.String(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("versions", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column("input_sha256", sa.String(), nullable=False),
        sa.Column("rows_screened", sa.Integer(), nullable=False),
        sa.Column("rows_not_screened", sa.Integer(), nullable=False),
        sa.Column("rows_with_hits", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("result_sha256", sa.String(), nullable=False),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('names', 'file', 'transfers', 'organizations')",
            name=op.f("ck_screening_run_kind_vocabulary"),
        ),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
            name=op.f("ck_screening_run_tlp_vocabulary"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_run")),
        sa.UniqueConstraint("uid", name=op.f("uq_screening_run_uid")),
    )
    op.create_table(
        "watchlist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("asks", sa.String(), nullable=True),
        sa.Column("asks_text", sa.String(), nullable=True),
        sa.Column("stale_after_days", sa.Integer(), nullable=False),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "asks IN ('voluntary', 'diligence', 'licence', 'prohibition')",
            name=op.f("ck_watchlist_asks_vocabulary"),
        ),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
            name=op.f("ck_watchlist_tlp_vocabulary"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist")),
        sa.UniqueConstraint("key", name=op.f("uq_watchlist_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_watchlist_uid")),
    )
    op.create_table(
        "listed_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("watchlist_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["watchlist_id"], ["watchlist.id"], name=op.f("fk_listed_party_watchlist_id_watchlist")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_party")),
        sa.UniqueConstraint("uid", name=op.f("uq_listed_party_uid")),
        sa.UniqueConstraint("watchlist_id", "key", name=op.f("uq_listed_party_watchlist_id_key")),
    )
    op.create_table(
        "screened_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["screening_run.id"], name=op.f("fk_screened_row_run_id_screening_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screened_row")),
        sa.UniqueConstraint("run_id", "row_number", name=op.f("uq_screened_row_run_id_row_number")),
    )
    op.create_table(
        "watchlist_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("watchlist_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("parties", sa.Integer(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_repeated", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program_version", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["watchlist_id"], ["watchlist.id"], name=op.f("fk_watchlist_version_watchlist_id_watchlist")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_version")),
        sa.UniqueConstraint("uid", name=op.f("uq_watchlist_version_uid")),
        sa.UniqueConstraint(
            "watchlist_id",
            "as_of",
            "content_digest",
            name=op.f("uq_watchlist_version_watchlist_id_as_of_content_digest"),
        ),
    )
    op.create_table(
        "listed_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("own_id", sa.String(), nullable=True),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=True),
        sa.Column("asks", sa.String(), nullable=True),
        sa.Column("asks_text", sa.String(), nullable=True),
        sa.Column("stated_from", sa.Date(), nullable=True),
        sa.Column("stated_to", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.CheckConstraint(
            "asks IN ('voluntary', 'diligence', 'licence', 'prohibition')",
            name=op.f("ck_listed_record_asks_vocabulary"),
        ),
        sa.CheckConstraint(
            "kind IN ('entity', 'person', 'vessel', 'aircraft', 'address', 'asset')",
            name=op.f("ck_listed_record_kind_vocabulary"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["listed_party.id"], name=op.f("fk_listed_record_party_id_listed_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_record")),
        sa.UniqueConstraint("party_id", "digest", name=op.f("uq_listed_record_party_id_digest")),
    )
    op.create_table(
        "listing_interval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("began_earliest", sa.Date(), nullable=True),
        sa.Column("began_latest", sa.Date(), nullable=False),
        sa.Column("began_basis", sa.String(), nullable=False),
        sa.Column("ended_earliest", sa.Date(), nullable=True),
        sa.Column("ended_latest", sa.Date(), nullable=True),
        sa.Column("ended_basis", sa.String(), nullable=True),
        sa.CheckConstraint(
            "began_basis IN ('stated', 'versions')", name=op.f("ck_listing_interval_began_basis_vocabulary")
        ),
        sa.CheckConstraint(
            "ended_basis IN ('stated', 'versions')", name=op.f("ck_listing_interval_ended_basis_vocabulary")
        ),
        sa.CheckConstraint(
            "began_earliest <= began_latest", name=op.f("ck_listing_interval_began_earliest_in_order")
        ),
        sa.CheckConstraint(
            "ended_earliest <= ended_latest", name=op.f("ck_listing_interval_ended_earliest_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["listed_party.id"], name=op.f("fk_listing_interval_party_id_listed_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_interval")),
    )
    op.create_index(op.f("ix_listing_interval_party_id"), "listing_interval", ["party_id"], unique=False)
    op.create_table(
        "listed_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("as_written", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["listed_record.id"], name=op.f("fk_listed_address_record_id_listed_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_address")),
    )
    op.create_index(op.f("ix_listed_address_record_id"), "listed_address", ["record_id"], unique=False)
    op.create_table(
        "listed_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("as_written", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["listed_record.id"], name=op.f("fk_listed_identifier_record_id_listed_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_identifier")),
    )
    op.create_index(op.f("ix_listed_identifier_record_id"), "listed_identifier", ["record_id"], unique=False)
    op.create_index(op.f("ix_listed_identifier_value"), "listed_identifier", ["value"], unique=False)
    op.create_table(
        "listed_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('primary', 'alias', 'weak', 'former')", name=op.f("ck_listed_name_kind_vocabulary")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["listed_record.id"], name=op.f("fk_listed_name_record_id_listed_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_name")),
    )
    op.create_index(op.f("ix_listed_name_record_id"), "listed_name", ["record_id"], unique=False)
    op.create_table(
        "listed_presence",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["listed_record.id"], name=op.f("fk_listed_presence_record_id_listed_record")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["watchlist_version.id"],
            name=op.f("fk_listed_presence_version_id_watchlist_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "record_id", name=op.f("pk_listed_presence")),
    )
    op.create_index(op.f("ix_listed_presence_record_id"), "listed_presence", ["record_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_listed_presence_record_id"), table_name="listed_presence")
    op.drop_table("listed_presence")
    op.drop_index(op.f("ix_listed_name_record_id"), table_name="listed_name")
    op.drop_table("listed_name")
    op.drop_index(op.f("ix_listed_identifier_value"), table_name="listed_identifier")
    op.drop_index(op.f("ix_listed_identifier_record_id"), table_name="listed_identifier")
    op.drop_table("listed_identifier")
    op.drop_index(op.f("ix_listed_address_record_id"), table_name="listed_address")
    op.drop_table("listed_address")
    op.drop_index(op.f("ix_listing_interval_party_id"), table_name="listing_interval")
    op.drop_table("listing_interval")
    op.drop_table("listed_record")
    op.drop_table("watchlist_version")
    op.drop_table("screened_row")
    op.drop_table("listed_party")
    op.drop_table("watchlist")
    op.drop_table("screening_run")
    op.drop_table("screening_index")
