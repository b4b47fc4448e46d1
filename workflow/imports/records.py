"""A file that was brought, what a trial of it found, and a profile made on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from workflow.history.records import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A file as it is brought: by its hash it is found, by this profile's text it is read."""

    sha256: str
    size: int
    file_name: str
    profile: str
    toml: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was brought; `trial` is what a dry run of it found, None before one ended.

    `import_id` is the import that took it in. `trouble` is the code of why a trial or an
    import was refused, with `trouble_params` for its sentence.
    """

    id: int
    new: NewUpload
    account_id: int
    at: datetime
    trial: Mapping[str, Plain] | None = None
    import_id: int | None = None
    asked_at: datetime | None = None
    trouble: str = ""
    trouble_params: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProfile:
    """A profile made on a page, as one of its versions; 0 is one that is shipped."""

    name: str
    version: int
    toml: str
