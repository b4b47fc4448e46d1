"""The memory: typed rows, what use cases ask of them, and reads for pages.

Every row module is imported here, so that migrations see all tables.
"""

from models.accounts import rows as accounts_rows
from models.agencies import rows as agencies_rows
from models.calendar import rows as calendar_rows
from models.causes import rows as causes_rows
from models.directives import matter_rows
from models.directives import rows as directives_rows
from models.documents import rows as documents_rows
from models.dossiers import rows as dossiers_rows
from models.escalation import rows as escalation_rows
from models.evidence import rows as evidence_rows
from models.history import rows as history_rows
from models.imports import rows as imports_rows
from models.jobs import rows as jobs_rows
from models.looks import rows as looks_rows
from models.messages import rows as messages_rows
from models.papers import rows as papers_rows
from models.periods import rows as periods_rows
from models.review import rows as review_rows
from models.views import rows as views_rows
from models.violations import rows as violations_rows

__all__ = [
    "accounts_rows",
    "agencies_rows",
    "calendar_rows",
    "causes_rows",
    "directives_rows",
    "documents_rows",
    "dossiers_rows",
    "escalation_rows",
    "evidence_rows",
    "history_rows",
    "imports_rows",
    "jobs_rows",
    "looks_rows",
    "matter_rows",
    "messages_rows",
    "papers_rows",
    "periods_rows",
    "review_rows",
    "views_rows",
    "violations_rows",
]
