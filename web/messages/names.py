"""The name a letter keeps however often it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from web.background import Background


def new_message_id(background: Background) -> Callable[[], str]:
    """Return what makes Message-IDs of this installation."""
    host = urlsplit(background.public_url).hostname or "localhost"
    return lambda: f"<{uuid.uuid4().hex}@{host}>"
