"""The pages of imports hang on this; a file of dossiers may be larger than any other."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from web.identity import current_actor
from web.wiring import office
from workflow.accounts.records import Role

blueprint = Blueprint("imports", __name__, url_prefix="/dossiers")


@blueprint.url_value_preprocessor
def let_large_files_in(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limit of a request for who may bring a file, before its body is read."""
    if request.method != "POST" or not current_user.is_authenticated:
        return
    if current_actor().role is Role.ADMIN:
        request.max_content_length = office().settings.analysis.import_bytes
