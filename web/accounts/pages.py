"""Pages of accounts: signing in, one's own account, and the admin's pages of people."""

from __future__ import annotations

from web.accounts import own, people, rights, signing
from web.accounts.blueprint import blueprint

__all__ = ["blueprint", "own", "people", "rights", "signing"]
