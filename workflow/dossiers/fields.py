"""What a file can say of a dossier and of a step: the fields that a profile's columns fill."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """How the words of a cell become a value."""

    TEXT = "text"
    INSTANT = "instant"
    DAY = "day"
    COUNT = "count"
    STATUS = "status"
    CHANNEL = "channel"
    LEVEL = "level"
    SUPPLEMENT = "supplement"


LONGEST_TEXT = 500
LONGEST_CODE = 100
LONGEST_SOURCE = 64

COLUMNS = MappingProxyType(
    {
        "code": Kind.TEXT,
        "agency": Kind.TEXT,
        "receiving": Kind.TEXT,
        "field": Kind.TEXT,
        "procedure_code": Kind.TEXT,
        "procedure": Kind.TEXT,
        "officer": Kind.TEXT,
        "applicant": Kind.TEXT,
        "channel": Kind.CHANNEL,
        "online_level": Kind.LEVEL,
        "status": Kind.STATUS,
        "submitted_at": Kind.INSTANT,
        "receipt_limit_at": Kind.INSTANT,
        "received_at": Kind.INSTANT,
        "promised_on": Kind.DAY,
        "promised_last_on": Kind.DAY,
        "processed_at": Kind.INSTANT,
        "returned_at": Kind.INSTANT,
        "stopped_at": Kind.INSTANT,
        "supplement": Kind.SUPPLEMENT,
        "supplement_requests": Kind.COUNT,
        "apology_on": Kind.DAY,
        "second_new_date_at": Kind.INSTANT,
        "second_supplement_at": Kind.INSTANT,
        "wrong_jurisdiction_at": Kind.INSTANT,
        "no_slip_at": Kind.INSTANT,
        "refused_without_reason_at": Kind.INSTANT,
        "not_synced_at": Kind.INSTANT,
        "late_transfer_at": Kind.INSTANT,
    }
)
"""Every field of a dossier that one column can fill."""

PERSONAL = frozenset({"applicant"})
"""Fields whose words name a citizen; they stand in no list of rejected rows."""

SHORT = frozenset({"code", "procedure_code"})
"""Texts of at most 100 characters; every other has at most 500."""

REQUIRED = frozenset({"code", "received_at"})
"""A dossier is nothing without its code and the day it was received."""

CONSTANTS = frozenset({"agency", "receiving", "field", "procedure_code", "procedure", "channel"})
"""Fields that a profile may fill for the whole file."""

MARKS = frozenset(
    {
        "apology_on",
        "second_new_date_at",
        "second_supplement_at",
        "wrong_jurisdiction_at",
        "no_slip_at",
        "refused_without_reason_at",
        "not_synced_at",
        "late_transfer_at",
    }
)
"""Moments that a file may tell by a mark alone ("x", "2"): the profile says what moment it is."""

ASKED_AT = "asked_at"
"""When the first of the profile's waits was asked for."""

MOMENTS = frozenset(
    {
        "submitted_at", "received_at", "promised_on", "processed_at", "returned_at",
        "stopped_at", ASKED_AT,
    }
)  # fmt: skip
"""The moments that can stand in for one that a mark does not tell."""

STEP_COLUMNS = MappingProxyType(
    {
        "code": Kind.TEXT,
        "name": Kind.TEXT,
        "holder": Kind.TEXT,
        "officer": Kind.TEXT,
        "started_at": Kind.INSTANT,
        "ended_at": Kind.INSTANT,
        "limit_at": Kind.INSTANT,
    }
)
"""Every field of a step that one column can fill."""

DETECTIONS = MappingProxyType(
    {
        "V10": (("wrong_jurisdiction_at",),),
        "V11": (("second_supplement_at",),),
        "V12": (("no_slip_at",),),
        "V14": (("refused_without_reason_at",),),
        "V16": (("promised_on",), ("processed_at", "returned_at", "stopped_at")),
        "V17": (("promised_on",), ("processed_at", "returned_at", "stopped_at"), ("apology_on",)),
        "V18": (("second_new_date_at",),),
        "V19": (("receipt_limit_at",), ("channel",)),
        "V20": (("not_synced_at",),),
        "V21": (("late_transfer_at",),),
    }
)
"""What each detection needs (product.md §5): a field of every group, or it is off."""
