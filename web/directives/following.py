"""Naming who of the office follows the directives chosen in the list."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from models.accounts.standing_in import colleagues
from models.directives.chosen import chosen_by
from web.checked import NEEDED, Choice
from web.directives.choosing import Answer
from web.identity import current_actor
from web.papers.outcomes import Told, shown
from web.placing import tried
from web.refusals import sentence
from web.returning import local_path
from web.speech import gettext
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.following import MOST_AT_ONCE, Followed, set_follower
from workflow.errors import NotFound


class FollowForm(FlaskForm):
    """Who follows from now on."""

    follower = Choice(_("Chuyên viên theo dõi"), [NEEDED])


class Following:
    """Directives chosen by somebody of the office, and who is to follow them."""

    def __init__(self) -> None:
        self.actor = current_actor()
        if self.actor.role is not Role.OFFICE or self.actor.agency_id is None:
            raise NotFound
        self.numbers = list(dict.fromkeys(request.values.getlist("chosen")))[:MOST_AT_ONCE]
        self.back = local_path(request.values.get("back"), url_for("directives.index"))
        self.form = FollowForm()
        people = colleagues(reading_unit().connection, [self.actor.agency_id], office().today())
        names = {str(one.account_id): one.name for one in people if one.role is Role.OFFICE}
        self.form.follower.choices = [("", gettext("Chọn người")), *names.items()]

    def page(self) -> Answer:
        """Show what was chosen, and the one question."""
        if not self.numbers:
            return redirect(self.back)
        unit, today = reading_unit(), office().today()
        found = chosen_by(unit.connection, self.actor, today, self.numbers, most=MOST_AT_ONCE)
        return render_template(
            "directives/follow.html", form=self.form, directives=found, back=self.back
        )

    def carry_out(self) -> Answer:
        """Name the follower, and tell how it ended for each."""
        done: list[Followed] = []
        numbers, at = self.numbers, office().clock()
        answer = tried(
            self.form,
            lambda: str(self.page()),
            lambda unit: done.extend(
                set_follower(
                    unit.followers, self.actor, numbers, int(self.form.follower.data), at=at
                )
            ),
        )
        if answer is not None:
            return answer
        title = gettext("Giao theo dõi")
        kept = [Told(number=one.number, act=title) for one in done if one.refusal is None]
        refused = [
            Told(number=one.number, reason=sentence(one.refusal.code, one.refusal.params))
            for one in done
            if one.refusal is not None
        ]
        return shown(refused, kept, (), title, self.back)
