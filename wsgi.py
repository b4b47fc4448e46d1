"""Make the application from the environment; nothing else happens here."""

from web.factory import app_from_environment

app = app_from_environment()
