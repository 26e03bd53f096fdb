"""Tracing: documents, what moved, countries passed, traces, requests, answers, rules about ownership."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OLD_DOCUMENTS = sa.text(
    "SELECT t.id, t.document_kind, t.document_reference, MIN(c.source_id) AS source_id"
    " FROM transfer t JOIN citation c ON c.transfer_id = t.id"
    " WHERE t.document_reference IS NOT NULL"
    " GROUP BY t.id, t.document_kind, t.document_reference ORDER BY t.id"
)


def upgrade() -> None:
    _make_document()
    _make_traces()
    op.create_table(
        "transfer_transit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_transit_transfer_id_transfer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_transit")),
        sa.UniqueConstraint("transfer_id", "position", name=op.f("uq_transfer_transit_transfer_id_position")),
    )
    with op.batch_alter_table("transfer") as batch_op:
        batch_op.add_column(sa.Column("lot", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("part_family", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("weapon_system_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("document_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_transfer_weapon_system_id_weapon_system"), "weapon_system", ["weapon_system_id"], ["id"]
        )
        batch_op.create_foreign_key(
            op.f("fk_transfer_document_id_document"), "document", ["document_id"], ["id"]
        )
    _give_documents_rows()
    with op.batch_alter_table("transfer") as batch_op:
        batch_op.drop_column("document_kind")
        batch_op.drop_column("document_reference")
        for column in ("lot", "part_family", "document_id"):
            condition = sa.text(f"{column} IS NOT NULL")
            batch_op.create_index(
                f"ix_transfer_{column}",
                [column],
                unique=False,
                sqlite_where=condition,
                postgresql_where=condition,
            )
    with op.batch_alter_table("transfer_party") as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_transfer_party_channel_vocabulary"), "channel IN ('authorised', 'independent')"
        )


def downgrade() -> None:
    with op.batch_alter_table("transfer_party") as batch_op:
        batch_op.drop_constraint(op.f("ck_transfer_party_channel_vocabulary"), type_="check")
        batch_op.drop_column("place")
    with op.batch_alter_table("transfer") as batch_op:
        batch_op.add_column(sa.Column("document_kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("document_reference", sa.String(), nullable=True))
    op.execute(
        "UPDATE transfer SET"
        " document_kind = (SELECT kind FROM document WHERE document.id = transfer.document_id),"
        " document_reference = (SELECT reference FROM document WHERE document.id = transfer.document_id)"
        " WHERE document_id IS NOT NULL"
    )
    with op.batch_alter_table("transfer") as batch_op:
        for column in ("document_id", "part_family", "lot"):
            batch_op.drop_index(f"ix_transfer_{column}")
        batch_op.drop_constraint(op.f("fk_transfer_document_id_document"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_transfer_weapon_system_id_weapon_system"), type_="foreignkey")
        for column in ("entered_at", "document_id", "weapon_system_id", "part_family", "lot"):
            batch_op.drop_column(column)
    for table in ("transfer_transit", "ownership_rule", "trace_answer", "trace_request", "trace"):
        op.drop_table(table)
    op.drop_table("document")


def _make_document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("reference_key", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("origin_group", sa.String(), nullable=False),
        sa.Column("issued_earliest", sa.Date(), nullable=True),
        sa.Column("issued_latest", sa.Date(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('customs_declaration', 'invoice', 'bill_of_lading', 'packing_list', 'contract', 'bank_statement', 'indictment', 'court_filing', 'trace_answer', 'correspondence', 'trade_records', 'other')",
            name=op.f("ck_document_kind_vocabulary"),
        ),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
            name=op.f("ck_document_tlp_vocabulary"),
        ),
        sa.CheckConstraint(
            "issued_earliest <= issued_latest", name=op.f("ck_document_issued_earliest_in_order")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_document_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("uid", name=op.f("uq_document_uid")),
        sa.UniqueConstraint(
            "origin_group", "kind", "reference_key", name=op.f("uq_document_origin_group_kind_reference_key")
        ),
    )
    with op.batch_alter_table("document") as batch_op:
        batch_op.create_index(batch_op.f("ix_document_source_id"), ["source_id"], unique=False)
        batch_op.create_index(
            "ix_document_reference_key",
            ["reference_key"],
            unique=False,
            sqlite_where=sa.text("reference_key IS NOT NULL"),
            postgresql_where=sa.text("reference_key IS NOT NULL"),
        )


def _give_documents_rows() -> None:
    """Makes documents of what older rows wrote into the transfer itself."""
    connection = op.get_bind()
    document = sa.table(
        "document",
        *map(sa.column, ("uid", "reference", "reference_key", "title", "origin_group", "source_id", "note")),
    )
    made: dict[tuple[int, str], int] = {}
    for row in connection.execute(_OLD_DOCUMENTS).all():
        key = (row.source_id, row.document_reference)
        if key not in made:
            group = connection.execute(
                sa.text("SELECT origin_group FROM source WHERE id = :id"), {"id": row.source_id}
            ).scalar_one()
            connection.execute(
                sa.insert(document).values(
                    uid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"document {group} {row.document_reference}")),
                    reference=row.document_reference,
                    reference_key="".join(row.document_reference.casefold().split()),
                    title=f"{row.document_kind or 'document'} {row.document_reference}",
                    origin_group=group,
                    source_id=row.source_id,
                    note=row.document_kind,
                )
            )
            made[key] = connection.execute(sa.text("SELECT MAX(id) FROM document")).scalar_one()
        connection.execute(
            sa.text("UPDATE transfer SET document_id = :document WHERE id = :id"),
            {"document": made[key], "id": row.id},
        )


def _make_traces() -> None:
    op.create_table(
        "trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("component_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')", name=op.f("ck_trace_tlp_vocabulary")
        ),
        sa.CheckConstraint("opened_on <= closed_on", name=op.f("ck_trace_opened_on_in_order")),
        sa.ForeignKeyConstraint(
            ["component_id"], ["component.id"], name=op.f("fk_trace_component_id_component")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace")),
        sa.UniqueConstraint("uid", name=op.f("uq_trace_uid")),
    )
    op.create_table(
        "trace_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("trace_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("tlp", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('trace', 'right_of_reply')", name=op.f("ck_trace_request_kind_vocabulary")
        ),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
            name=op.f("ck_trace_request_tlp_vocabulary"),
        ),
        sa.CheckConstraint("sent_on <= received_on", name=op.f("ck_trace_request_sent_on_in_order")),
        sa.CheckConstraint("days >= 1", name=op.f("ck_trace_request_days_range")),
        sa.ForeignKeyConstraint(["trace_id"], ["trace.id"], name=op.f("fk_trace_request_trace_id_trace")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_trace_request_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_trace_request_uid")),
    )
    op.create_table(
        "trace_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("trace_request_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('full', 'partial', 'no_records', 'not_ours', 'counterfeit', 'refused', 'no_reply')",
            name=op.f("ck_trace_answer_outcome_vocabulary"),
        ),
        sa.ForeignKeyConstraint(
            ["trace_request_id"],
            ["trace_request.id"],
            name=op.f("fk_trace_answer_trace_request_id_trace_request"),
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_trace_answer_source_id_source")),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["trace_answer.id"], name=op.f("fk_trace_answer_superseded_by_trace_answer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_trace_answer_uid")),
    )
    for table, columns in (
        ("trace", ["component_id"]),
        ("trace_request", ["trace_id", "organization_id"]),
        ("trace_answer", ["trace_request_id"]),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    _make_ownership_rule()


def _make_ownership_rule() -> None:
    op.create_table(
        "ownership_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("least_percent", sa.Float(), nullable=False),
        sa.Column("aggregate", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("suspended_from", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("verification", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "verification IN ('verified', 'partly', 'unverified', 'conflict')",
            name=op.f("ck_ownership_rule_verification_vocabulary"),
        ),
        sa.CheckConstraint("since <= until", name=op.f("ck_ownership_rule_since_in_order")),
        sa.CheckConstraint(
            "suspended_from <= suspended_until", name=op.f("ck_ownership_rule_suspended_from_in_order")
        ),
        sa.CheckConstraint(
            "least_percent BETWEEN 0 AND 100", name=op.f("ck_ownership_rule_least_percent_range")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_ownership_rule_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_ownership_rule_key")),
    )
