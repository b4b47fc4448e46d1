"""The subject of a letter: in as many encoded words as it takes, with every space in them.

What `EmailMessage` makes of a long text leaves spaces between the encoded words, where RFC 2047
tells readers to pass over them: words of the subject grow together.
"""

from __future__ import annotations

from email.header import Header
from email.policy import Policy


class SubjectLine(str):
    """A subject that folds itself; the email package asks what has a name for its lines."""

    __slots__ = ()
    name = "Subject"

    def fold(self, *, policy: Policy) -> str:
        """Return the header's lines as they are sent."""
        header = Header(self, "utf-8", header_name=self.name)
        return f"{self.name}: {header.encode(linesep=policy.linesep)}{policy.linesep}"
