"""A subject comes to its reader as it was written, however long it is."""

import email
from email import policy
from email.message import EmailMessage
from random import Random

import pytest

from web.messages.subject import SubjectLine

WORDS = (
    "Vụ",
    "việc",
    "VPNL-2021-0019",
    "không",
    "còn",
    "căn",
    "cứ",
    "vì",
    "chung.",
    "a",
    "(mức 3)",
)


def sent(subject, how):
    message = EmailMessage()
    message["Subject"] = SubjectLine(subject)
    message["To"] = "a@khanhhoa.example"
    message.set_content("x")
    return message.as_bytes(policy=message.policy.clone(**how))


@pytest.mark.parametrize("how", [{}, {"linesep": "\r\n"}, {"linesep": "\r\n", "utf8": True}])
@pytest.mark.parametrize("seed", range(20))
def test_no_space_of_a_subject_is_lost(seed, how):
    dice = Random(seed)
    words = [dice.choice(WORDS) for _ in range(dice.randrange(1, 60))]
    subject = " ".join(["[Đôn Đốc]", *words])
    raw = sent(subject, how)
    assert email.message_from_bytes(raw, policy=policy.default)["Subject"] == subject
    assert max(map(len, raw.splitlines())) <= 78
