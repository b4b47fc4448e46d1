"""Make the application from the environment, ready to answer; nothing else happens here."""

from web.factory import app_from_environment

app = app_from_environment(settled=True)
