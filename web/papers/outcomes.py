"""How a paper ended, line by line: nothing that was on it is dropped in silence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from web.directives.called import report_label
from web.refusals import sentence
from web.speech import gettext as _
from web.speech import ngettext
from workflow.papers.records import Outcome

Answer = str | tuple[str, int] | Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the outcome: done, refused with its sentence, or left out by choice."""

    number: str
    act: str = ""
    reason: str = ""


def told(outcomes: Sequence[Outcome]) -> tuple[list[Told], list[Told]]:
    """Return the lines that were refused and those that are done, in their order."""
    refused, done = [], []
    for one in outcomes:
        act = report_label(one.action, of_period=one.of_period)
        if one.refusal is None:
            done.append(Told(number=one.number, act=act))
        else:
            reason = sentence(one.refusal.code, one.refusal.params)
            refused.append(Told(number=one.number, act=act, reason=reason))
    return refused, done


def end_with(
    outcomes: Sequence[Outcome], left_out: Collection[str], title: str, back: str
) -> Answer:
    """Go back with one sentence when every line went well, else show each line's end."""
    refused, done = told(outcomes)
    if outcomes and all(one.of_period for one in outcomes):
        title = report_label(outcomes[0].action, of_period=True)
        if not refused and not left_out:
            flash(_of_periods(title, outcomes), "success")
            return redirect(back, 303)
    return shown(refused, done, left_out, title, back)


def _of_periods(title: str, outcomes: Sequence[Outcome]) -> str:
    """Say what was filed of standing work: nothing of it is finished."""
    return ngettext(
        "%(what)s: đã ghi nhận %(num)s kỳ, nhiệm vụ vẫn tiếp tục.",
        "%(what)s: đã ghi nhận %(num)s kỳ, nhiệm vụ vẫn tiếp tục.",
        len(outcomes),
        what=title,
    )


def shown(
    refused: Sequence[Told],
    done: Sequence[Told],
    left_out: Collection[str],
    title: str,
    back: str,
) -> Answer:
    """Answer with lines that were refused, done and left out, as `end_with` does."""
    if not refused:
        flash(summary(title, len(done), len(left_out)), "success")
        return redirect(back, 303)
    page = render_template(
        "papers/outcomes.html",
        title=title,
        refused=refused,
        done=done,
        left_out=sorted(left_out),
        back=back,
    )
    return page, 409 if not done else 200


def summary(title: str, done: int, left_out: int) -> str:
    """Return one sentence for a paper on which nothing was refused."""
    if left_out:
        return _(
            "%(what)s: xong %(done)s nhiệm vụ, để lại %(left)s.",
            what=title,
            done=done,
            left=left_out,
        )
    return _("%(what)s: xong %(done)s nhiệm vụ.", what=title, done=done)
