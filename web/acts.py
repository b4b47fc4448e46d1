"""One act as a page with a form, from what was typed to its outcome."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from flask import flash, redirect
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from web.placing import place_errors
from web.uploads.kept import Brought, UnfitFile
from workflow.errors import Invalid, Refused, Stale

Answer = str | tuple[str, int] | Response


class Act(ABC):
    """One act of the signed-in person on one thing: nothing typed is lost, nothing done twice."""

    brought = Brought()
    """What came with the form and is kept for a second try, where the act keeps it."""

    @abstractmethod
    def form(self) -> FlaskForm:
        """Return the form, filled from the request."""

    @abstractmethod
    def do(self, form: FlaskForm) -> None:
        """Do what the form says; Stale if the thing is no longer as the person saw it."""

    @abstractmethod
    def tell_what_changed(self, form: FlaskForm) -> Answer:
        """Return the form again over the thing as it stands now, with what others did to it."""

    @abstractmethod
    def render(self, form: FlaskForm, status: int = 200, **more: Any) -> Answer:
        """Return the page of the form."""

    @abstractmethod
    def done(self) -> str:
        """Say what was done."""

    @abstractmethod
    def back(self) -> str:
        """Return where the person goes on."""

    def carry_out(self) -> Answer:
        """Do what the form says and go back; else say why, form in hand."""
        form = self.form()
        try:
            self.do(form)
        except Stale:
            return self.tell_what_changed(form)
        except (Invalid, Refused, UnfitFile) as error:
            status = place_errors(form, error)
            if self.brought.unfit:
                form["files"].errors = self.brought.words
            return self.render(form, status)
        flash(self.done(), "success")
        return redirect(self.back(), 303)
