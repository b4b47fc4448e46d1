"""The signed file of a document that was issued without one."""

from __future__ import annotations

from workflow.accounts.records import Actor
from workflow.directives.usecases import Ground
from workflow.documents.entries import signed_entry
from workflow.documents.ports import DocumentMemory
from workflow.documents.records import DocumentState
from workflow.documents.secret_names import refuse_secret_name
from workflow.documents.usecases import require_office
from workflow.errors import NotFound, Refused
from workflow.evidence.records import StoredFile


def attach_signed(
    memory: DocumentMemory, actor: Actor, document_id: int, file: StoredFile, *, ground: Ground
) -> None:
    """Keep the signed file of an issued document that has none; all who read it read the file.

    Forbidden for others than the office, NotFound for a draft, whose form takes its file;
    Refused("signed_already") where one stands: work was given by that one.
    """
    require_office(actor, ground)
    document = memory.document(document_id)
    if document is None or document.state is DocumentState.DRAFT:
        raise NotFound
    if document.file is not None:
        raise Refused("signed_already", name=document.file.name)
    refuse_secret_name(file.name)
    memory.attach_file(document_id, file)
    memory.append(signed_entry(actor, document, file, ground.at))
