"""Pages of accounts: signing in, one's own account, and the admin's pages of people."""

from __future__ import annotations

from web.accounts import handing_over, importing, own, people, rights, signing, standing_in
from web.accounts.blueprint import blueprint, colleagues

__all__ = [
    "blueprint",
    "colleagues",
    "handing_over",
    "importing",
    "own",
    "people",
    "rights",
    "signing",
    "standing_in",
]
