"""Make the application: settings in, a Flask application out."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import models
from models.base import db, doubt_idle, engine_options, tune_sqlite
from web import commands, context, errors, formats, guard, labels, packing, spans, templating
from web.accounts.pages import blueprint as accounts
from web.accounts.pages import colleagues
from web.agencies.pages import blueprint as agencies
from web.assets import register_assets
from web.calendar.pages import blueprint as calendar
from web.causes.pages import blueprint as causes
from web.components.pages import blueprint as components
from web.config import Settings, from_env, settle
from web.directives.pages import blueprint as directives
from web.documents.pages import blueprint as documents
from web.dossiers.pages import blueprint as dossiers
from web.escalation.pages import blueprint as escalation
from web.evidence.pages import blueprint as evidence
from web.extensions import babel, csrf, login, migrate
from web.history.pages import blueprint as history
from web.home.pages import blueprint as home
from web.imports.pages import blueprint as imports
from web.jobs import engine as jobs_engine
from web.jobs.pages import blueprint as jobs
from web.looks.pages import blueprint as looks
from web.messages.pages import blueprint as messages
from web.papers.pages import blueprint as papers
from web.papers.pages import list_blueprint as paper_list
from web.periods.pages import blueprint as periods
from web.rates.pages import blueprint as rates
from web.review.pages import blueprint as review
from web.summaries.pages import blueprint as summaries
from web.templating import Application
from web.tidying import tidy_seldom
from web.views.pages import blueprint as views
from web.violations.pages import blueprint as violations
from web.wiring import Clock, Office, clock_of, close_reading, system_clock

ROOT = Path(__file__).resolve().parent.parent
FEATURES = (
    home,
    documents,
    directives,
    periods,
    papers,
    paper_list,
    dossiers,
    looks,
    rates,
    imports,
    violations,
    views,
    evidence,
    escalation,
    agencies,
    review,
    summaries,
    calendar,
    causes,
    accounts,
    colleagues,
    history,
    components,
    messages,
    jobs,
)


def app_from_environment(*, settled: bool = False) -> Flask:
    """Make the application that the environment describes, without a change to anything.

    Whoever answers requests asks for it `settled`: with a folder, and a secret to sign by.
    """
    settings = from_env(os.environ)  # noqa: TID251 - settings begin here
    settings = settle(settings) if settled else settings
    made = create_app(settings, clock=clock_of(settings))
    tidy_seldom()
    return made


def create_app(settings: Settings, *, clock: Clock = system_clock) -> Flask:
    """Make an application; RuntimeError when its front-end files were never built."""
    here = str(Path(__file__).parent)
    app = Application("web", root_path=here, instance_path=str(settings.instance))
    register_assets(app)
    packing.register(app)
    app.config.from_mapping(_flask_config(settings))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _bind_database(app, settings, clock)
    _bind_extensions(app)
    errors.register(app)
    guard.register(app, settings)
    labels.register(app)
    formats.register(app)
    spans.register(app)
    templating.register(app)
    context.register(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    commands.register(app)
    jobs_engine.register(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": settings.request_bytes,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 20_000,
        "SESSION_COOKIE_NAME": "dondoc",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_production,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "WTF_CSRF_TIME_LIMIT": None,
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "TESTING": settings.testing,
        "JSON_AS_ASCII": False,
    }


def _bind_database(app: Flask, settings: Settings, clock: Clock) -> None:
    assert models  # noqa: S101 - imported so that every table is known
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine, synchronous=settings.sqlite_synchronous)
    else:
        doubt_idle(engine)
    app.extensions["office"] = Office(engine, settings, clock)
    app.teardown_appcontext(close_reading)


def _bind_extensions(app: Flask) -> None:
    login.init_app(app)
    login.session_protection = None
    csrf.init_app(app)
    babel.init_app(app, locale_selector=context.locale)
