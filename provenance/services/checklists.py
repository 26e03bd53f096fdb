"""Checklists: what the documentation of a record must show, and what is there."""

from __future__ import annotations

from provenance.core.basis import Basis
from provenance.core.tlp import stricter_than
from provenance.core.vocabulary import Verification
from provenance.core.vocabulary.evidence import Need, RequirementSubject
from provenance.evidence.checklist import Checklist, fetch_checklist
from provenance.evidence.subjects import subject_named
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.session import Session
from provenance.services.contracts.custody import ChecklistRequest, ChecklistResult
from provenance.services.workspace import Workspace


def show_checklist(workspace: Workspace, request: ChecklistRequest) -> ChecklistResult:
    """What is required for this kind of record, and what is there, up to the workspace's clearance.

    Raises:
        NotFound: the record does not exist, or is marked more strictly than the clearance.
        UsageError: it is not a recovery, unit or component.
    """
    with workspace.reading() as session:
        about = subject_named(session, request.ref, highest=workspace.clearance)
        found = fetch_checklist(session, about, workspace.clearance)
        return ChecklistResult(
            basis=_basis(session, workspace, found),
            subject=about.title,
            subject_ref=about.ref,
            subject_kind=about.table,
            missing=found.missing,
            rows=found.items,
        )


def _basis(session: Session, workspace: Workspace, found: Checklist) -> Basis:
    required = [item for item in found.items if item.need is Need.REQUIRED]
    basis = Basis(
        question=f"what is required for {found.subject.name}",
        unit="required items",
        data=data_fingerprint(session),
        filters={"list": _which_list(found)},
        counted={"required_items_present": sum(item.met for item in required)},
        out_of={"required_items": len(required)},
        handling=found.handling,
    )
    if found.photos_without_view:
        basis.unknown.append(
            f"Of {found.photos:,} photos, {found.photos_without_view:,} do not say which view they show."
        )
    if found.left_out:
        basis.filters["max_tlp"] = str(workspace.clearance)
        left = ", ".join(f"{what.replace('_', ' ')} {count:,}" for what, count in found.left_out.items())
        basis.cautions.append(f"Left out, {stricter_than(workspace.clearance)}: {left}.")
    unverified = sum(item.verification == Verification.UNVERIFIED for item in found.items)
    basis.cautions.append(
        f"Of {len(found.items):,} requirements, {unverified:,} rest on the editors' knowledge of practice."
    )
    return basis


def _which_list(found: Checklist) -> str:
    if found.subject.table is not RequirementSubject.COMPONENT:
        return f"for a {found.subject.table}"
    if found.category is None:
        return "general (the component's category is unknown)"
    if found.category_has_its_own:
        return f"general and {found.category}"
    return f"general (there is none for {found.category})"
