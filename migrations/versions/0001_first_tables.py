"""The first tables: agencies, accounts, documents, directives, evidence, history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


KEEP_SQLITE = """
CREATE TRIGGER history_no_{verb} BEFORE {verb} ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
"""
KEEP_SQLITE_FROM_REPLACING = """
CREATE TRIGGER history_no_replace BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE serial = NEW.serial)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
"""
KEEP_POSTGRESQL = (
    """
    CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$
    """,
    """
    CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only()
    """,
    """
    CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()
    """,
)


def keep_history() -> None:
    """Let the database itself refuse to change or delete what was written."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(KEEP_SQLITE.format(verb=verb))
        op.execute(KEEP_SQLITE_FROM_REPLACING)
        return
    for statement in KEEP_POSTGRESQL:
        op.execute(statement)


def upgrade() -> None:
    op.create_table('accounts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('name_folded', sa.String(length=500), server_default='', nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('password_hash', sa.String(length=500), server_default='', nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('is_system', sa.Boolean(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts')),
    sa.UniqueConstraint('login', name=op.f('uq_accounts_login'))
    )
    op.create_table('agencies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('name_folded', sa.String(length=500), server_default='', nullable=False),
    sa.Column('sort_key', sa.String(length=1000), nullable=False),
    sa.Column('tier', sa.Enum('province', 'department', 'district', 'commune', 'special_zone', 'service_centre', 'branch', 'vertical', name='tier', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('is_office', sa.Boolean(), nullable=False),
    sa.Column('gso_code', sa.String(length=16), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_agencies_period_ordered')),
    sa.ForeignKeyConstraint(['parent_id'], ['agencies.id'], name=op.f('fk_agencies_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agencies')),
    sa.UniqueConstraint('code', name=op.f('uq_agencies_code'))
    )
    with op.batch_alter_table('agencies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agencies_path'), ['path'], unique=False)
        batch_op.create_index(batch_op.f('ix_agencies_sort_key'), ['sort_key'], unique=False)

    op.create_table('agency_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('phrases', sa.JSON(), nullable=False),
    sa.Column('tiers', sa.JSON(), nullable=False),
    sa.Column('included', sa.JSON(), nullable=False),
    sa.Column('excluded', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_groups')),
    sa.UniqueConstraint('code', name=op.f('uq_agency_groups_code'))
    )
    op.create_table('history',
    sa.Column('serial', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('actor_name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('role', sa.String(length=32), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('agency_name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('subject_key', sa.String(length=100), nullable=False),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('serial', name=op.f('pk_history'))
    )
    with op.batch_alter_table('history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_history_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_history_subject_subject_key_serial'), ['subject', 'subject_key', 'serial'], unique=False)

    op.create_table('history_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_history_head_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_head'))
    )
    op.create_table('serials',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_serials'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login_key', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('succeeded', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_attempts_address_at'), ['address', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_attempts_login_key_at'), ['login_key', 'at'], unique=False)

    op.create_table('agency_aliases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('alias', sa.String(length=500), server_default='', nullable=False),
    sa.Column('squeezed', sa.String(length=500), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_agency_aliases_agency_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_aliases')),
    sa.UniqueConstraint('squeezed', 'agency_id', name=op.f('uq_agency_aliases_squeezed_agency_id'))
    )
    with op.batch_alter_table('agency_aliases', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agency_aliases_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agency_aliases_squeezed'), ['squeezed'], unique=False)

    op.create_table('agency_names',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_agency_names_agency_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_names'))
    )
    with op.batch_alter_table('agency_names', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agency_names_agency_id'), ['agency_id'], unique=False)

    op.create_table('agency_successions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('predecessor_id', sa.Integer(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('merge', 'split', 'rename', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('act', sa.String(length=500), server_default='', nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('takes_over', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['predecessor_id'], ['agencies.id'], name=op.f('fk_agency_successions_predecessor_id')),
    sa.ForeignKeyConstraint(['successor_id'], ['agencies.id'], name=op.f('fk_agency_successions_successor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_successions'))
    )
    with op.batch_alter_table('agency_successions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agency_successions_predecessor_id'), ['predecessor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agency_successions_successor_id'), ['successor_id'], unique=False)

    op.create_table('calendar_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=500), server_default='', nullable=False),
    sa.Column('act', sa.String(length=500), server_default='', nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['entered_by'], ['accounts.id'], name=op.f('fk_calendar_days_entered_by')),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_days'))
    )
    op.create_table('divisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_divisions_agency_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_divisions'))
    )
    with op.batch_alter_table('divisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_divisions_agency_id'), ['agency_id'], unique=False)

    op.create_table('documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'issued', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('serial', sa.Integer(), nullable=True),
    sa.Column('reference', sa.String(length=500), server_default='', nullable=False),
    sa.Column('reference_key', sa.String(length=500), server_default='', nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('issued_year', sa.Integer(), nullable=True),
    sa.Column('issuer', sa.String(length=500), server_default='', nullable=False),
    sa.Column('issuer_key', sa.String(length=500), server_default='', nullable=False),
    sa.Column('signer', sa.String(length=500), server_default='', nullable=False),
    sa.Column('signer_title', sa.String(length=500), server_default='', nullable=False),
    sa.Column('subject', sa.Text(), server_default='', nullable=False),
    sa.Column('search', sa.Text(), server_default='', nullable=False),
    sa.Column('source', sa.Enum('committee', 'chairman', 'meeting', 'prime_minister', name='source', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('urgency', sa.Enum('normal', 'urgent', 'very_urgent', 'express', name='urgency', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('assigner_id', sa.Integer(), nullable=True),
    sa.Column('overseer_id', sa.Integer(), nullable=True),
    sa.Column('file_name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('file_sha256', sa.String(length=64), server_default='', nullable=False),
    sa.Column('file_type', sa.String(length=100), server_default='', nullable=False),
    sa.Column('file_size', sa.Integer(), server_default='0', nullable=False),
    sa.Column('imported_from', sa.String(length=500), server_default='', nullable=False),
    sa.Column('skipped_rows', sa.JSON(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state = 'draft' OR (serial IS NOT NULL AND issued_on IS NOT NULL)", name=op.f('ck_documents_issued_is_numbered')),
    sa.ForeignKeyConstraint(['assigner_id'], ['accounts.id'], name=op.f('fk_documents_assigner_id')),
    sa.ForeignKeyConstraint(['entered_by'], ['accounts.id'], name=op.f('fk_documents_entered_by')),
    sa.ForeignKeyConstraint(['overseer_id'], ['agencies.id'], name=op.f('fk_documents_overseer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('year', 'serial', name=op.f('uq_documents_year_serial'))
    )
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_documents_state_id'), ['state', 'id'], unique=False)
        batch_op.create_index('uq_documents_reference', ['issuer_key', 'reference_key', 'issued_year'], unique=True, sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'"))

    op.create_table('clauses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), server_default='', nullable=False),
    sa.Column('expected_output', sa.Text(), server_default='', nullable=False),
    sa.Column('target_indicator', sa.String(length=500), server_default='', nullable=False),
    sa.Column('target_value', sa.String(length=40), nullable=True),
    sa.Column('target_unit', sa.String(length=500), server_default='', nullable=False),
    sa.Column('priority', sa.Enum('normal', 'urgent', 'very_urgent', name='priority', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('index_refs', sa.String(length=500), server_default='', nullable=False),
    sa.Column('deadline_text', sa.String(length=500), server_default='', nullable=False),
    sa.Column('deadline_kind', sa.Enum('fixed', 'ongoing', 'relative', 'recurring', 'none', 'unknown', name='deadline_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('deadline', sa.JSON(), nullable=False),
    sa.Column('due_set_on', sa.Date(), nullable=True),
    sa.Column('due_set_reason', sa.String(length=500), server_default='', nullable=False),
    sa.Column('source_text', sa.String(length=500), server_default='', nullable=False),
    sa.Column('source_date', sa.Date(), nullable=True),
    sa.Column('assigner_id', sa.Integer(), nullable=True),
    sa.Column('monitor_id', sa.Integer(), nullable=True),
    sa.Column('lead_words', sa.Text(), server_default='', nullable=False),
    sa.Column('coordinating_words', sa.Text(), server_default='', nullable=False),
    sa.Column('carried_state', sa.Enum('in_progress', 'done', name='carried_state', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('carried_result', sa.Text(), server_default='', nullable=False),
    sa.Column('carried_on', sa.Date(), nullable=True),
    sa.Column('sheet_row', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['assigner_id'], ['accounts.id'], name=op.f('fk_clauses_assigner_id')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_clauses_document_id')),
    sa.ForeignKeyConstraint(['monitor_id'], ['accounts.id'], name=op.f('fk_clauses_monitor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clauses')),
    sa.UniqueConstraint('document_id', 'position', name=op.f('uq_clauses_document_id_position'))
    )
    with op.batch_alter_table('clauses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clauses_document_id'), ['document_id'], unique=False)

    op.create_table('memberships',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('office', 'leader', 'agency_head', 'agency_clerk', 'agency_officer', 'inspector', 'admin', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('division_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_to >= valid_from', name=op.f('ck_memberships_period_ordered')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_memberships_account_id')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_memberships_agency_id')),
    sa.ForeignKeyConstraint(['division_id'], ['divisions.id'], name=op.f('fk_memberships_division_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('account_id', 'role', 'agency_id', 'valid_from', name=op.f('uq_memberships_account_id_role_agency_id_valid_from'))
    )
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memberships_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memberships_agency_id'), ['agency_id'], unique=False)

    op.create_table('clause_parties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('lead', 'coordinating', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('group_code', sa.String(length=64), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('how', sa.String(length=16), nullable=False),
    sa.Column('without', sa.JSON(), nullable=False),
    sa.CheckConstraint('(agency_id IS NULL) <> (group_code IS NULL)', name=op.f('ck_clause_parties_agency_or_group')),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_clause_parties_agency_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_clause_parties_clause_id')),
    sa.ForeignKeyConstraint(['group_code'], ['agency_groups.code'], name=op.f('fk_clause_parties_group_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_parties'))
    )
    with op.batch_alter_table('clause_parties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_parties_clause_id'), ['clause_id'], unique=False)

    op.create_table('directives',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('clause_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('handed_by_id', sa.Integer(), nullable=True),
    sa.Column('lead_agency_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('assigned', 'in_progress', 'reported', 'verified', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), server_default='', nullable=False),
    sa.Column('expected_output', sa.Text(), server_default='', nullable=False),
    sa.Column('target_indicator', sa.String(length=500), server_default='', nullable=False),
    sa.Column('target_value', sa.String(length=40), nullable=True),
    sa.Column('target_unit', sa.String(length=500), server_default='', nullable=False),
    sa.Column('priority', sa.Enum('normal', 'urgent', 'very_urgent', name='priority', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('assigner_id', sa.Integer(), nullable=True),
    sa.Column('monitor_id', sa.Integer(), nullable=True),
    sa.Column('deadline_text', sa.String(length=500), server_default='', nullable=False),
    sa.Column('deadline_kind', sa.Enum('fixed', 'ongoing', 'relative', 'recurring', 'none', 'unknown', name='deadline_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=True),
    sa.Column('calendar_version', sa.String(length=64), server_default='', nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('first_due_on', sa.Date(), nullable=True),
    sa.Column('assigned_on', sa.Date(), nullable=False),
    sa.Column('lead_since', sa.Date(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reported_by', sa.Integer(), nullable=True),
    sa.Column('completed_on', sa.Date(), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('verdict', sa.Enum('met', 'partly_met', name='verdict', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('grade', sa.Enum('excellent', 'good', 'fair', 'poor', name='grade', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('ever_reported', sa.Boolean(), nullable=False),
    sa.Column('judged', sa.Boolean(), nullable=False),
    sa.Column('returned_count', sa.Integer(), nullable=False),
    sa.Column('decline_standing', sa.Boolean(), nullable=False),
    sa.Column('extension_asked_to', sa.Date(), nullable=True),
    sa.Column('extensions_granted', sa.Integer(), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=True),
    sa.Column('carried_over', sa.Boolean(), nullable=False),
    sa.Column('touched_by', sa.JSON(), nullable=False),
    sa.Column('search', sa.Text(), server_default='', nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state <> 'reported' OR (reported_at IS NOT NULL AND reported_by IS NOT NULL)", name=op.f('ck_directives_reported_has_reporter')),
    sa.CheckConstraint("state <> 'verified' OR carried_over OR (verified_on IS NOT NULL AND completed_on IS NOT NULL AND verdict IS NOT NULL)", name=op.f('ck_directives_verified_has_verdict')),
    sa.CheckConstraint('progress IS NULL OR (progress BETWEEN 0 AND 100)', name=op.f('ck_directives_progress_percent')),
    sa.ForeignKeyConstraint(['assigner_id'], ['accounts.id'], name=op.f('fk_directives_assigner_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_directives_clause_id')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_directives_document_id')),
    sa.ForeignKeyConstraint(['handed_by_id'], ['agencies.id'], name=op.f('fk_directives_handed_by_id')),
    sa.ForeignKeyConstraint(['lead_agency_id'], ['agencies.id'], name=op.f('fk_directives_lead_agency_id')),
    sa.ForeignKeyConstraint(['monitor_id'], ['accounts.id'], name=op.f('fk_directives_monitor_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['directives.id'], name=op.f('fk_directives_parent_id')),
    sa.ForeignKeyConstraint(['reported_by'], ['accounts.id'], name=op.f('fk_directives_reported_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_directives')),
    sa.UniqueConstraint('number', name=op.f('uq_directives_number'))
    )
    with op.batch_alter_table('directives', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directives_clause_id'), ['clause_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directives_document_id_clause_id'), ['document_id', 'clause_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directives_due_on_id'), ['due_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directives_handed_by_id'), ['handed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directives_lead_agency_id_id'), ['lead_agency_id', 'id'], unique=False)
        batch_op.create_index('ix_directives_open_due', ['due_on', 'id'], unique=False, sqlite_where=sa.text("state IN ('assigned', 'in_progress', 'reported')"), postgresql_where=sa.text("state IN ('assigned', 'in_progress', 'reported')"))
        batch_op.create_index(batch_op.f('ix_directives_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directives_state_id'), ['state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directives_updated_at_id'), ['updated_at', 'id'], unique=False)

    op.create_table('directive_coordinating',
    sa.Column('directive_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agencies.id'], name=op.f('fk_directive_coordinating_agency_id')),
    sa.ForeignKeyConstraint(['directive_id'], ['directives.id'], name=op.f('fk_directive_coordinating_directive_id')),
    sa.PrimaryKeyConstraint('directive_id', 'agency_id', name=op.f('pk_directive_coordinating'))
    )
    with op.batch_alter_table('directive_coordinating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directive_coordinating_agency_id'), ['agency_id'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('directive_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('result', 'paper', name='purpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name', sa.String(length=500), server_default='', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=True),
    sa.Column('period_to', sa.Date(), nullable=True),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('uploaded_by', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('pending', 'accepted', 'rejected', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('judged_by', sa.Integer(), nullable=True),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.CheckConstraint("state <> 'rejected' OR reason <> ''", name=op.f('ck_evidence_rejected_has_reason')),
    sa.CheckConstraint('period_to IS NULL OR period_from IS NULL OR period_to >= period_from', name=op.f('ck_evidence_period_ordered')),
    sa.ForeignKeyConstraint(['directive_id'], ['directives.id'], name=op.f('fk_evidence_directive_id')),
    sa.ForeignKeyConstraint(['judged_by'], ['accounts.id'], name=op.f('fk_evidence_judged_by')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['accounts.id'], name=op.f('fk_evidence_uploaded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('directive_id', 'purpose', 'name', 'version', name=op.f('uq_evidence_directive_id_purpose_name_version'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_directive_id'), ['directive_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_sha256'), ['sha256'], unique=False)

    op.create_table('reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('directive_id', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('result', sa.Text(), server_default='', nullable=False),
    sa.Column('report_number', sa.String(length=500), server_default='', nullable=False),
    sa.Column('report_date', sa.Date(), nullable=True),
    sa.Column('signer', sa.String(length=500), server_default='', nullable=False),
    sa.Column('figure', sa.String(length=40), nullable=True),
    sa.Column('open_parts_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('filed_by', sa.Integer(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('outcome_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['directive_id'], ['directives.id'], name=op.f('fk_reports_directive_id')),
    sa.ForeignKeyConstraint(['filed_by'], ['accounts.id'], name=op.f('fk_reports_filed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('directive_id', 'serial', name=op.f('uq_reports_directive_id_serial'))
    )
    keep_history()


def downgrade() -> None:
    op.drop_table('reports')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_sha256'))
        batch_op.drop_index(batch_op.f('ix_evidence_directive_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('directive_coordinating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directive_coordinating_agency_id'))

    op.drop_table('directive_coordinating')
    with op.batch_alter_table('directives', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directives_updated_at_id'))
        batch_op.drop_index(batch_op.f('ix_directives_state_id'))
        batch_op.drop_index(batch_op.f('ix_directives_parent_id'))
        batch_op.drop_index('ix_directives_open_due', sqlite_where=sa.text("state IN ('assigned', 'in_progress', 'reported')"), postgresql_where=sa.text("state IN ('assigned', 'in_progress', 'reported')"))
        batch_op.drop_index(batch_op.f('ix_directives_lead_agency_id_id'))
        batch_op.drop_index(batch_op.f('ix_directives_handed_by_id'))
        batch_op.drop_index(batch_op.f('ix_directives_due_on_id'))
        batch_op.drop_index(batch_op.f('ix_directives_document_id_clause_id'))
        batch_op.drop_index(batch_op.f('ix_directives_clause_id'))

    op.drop_table('directives')
    with op.batch_alter_table('clause_parties', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_parties_clause_id'))

    op.drop_table('clause_parties')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memberships_agency_id'))
        batch_op.drop_index(batch_op.f('ix_memberships_account_id'))

    op.drop_table('memberships')
    with op.batch_alter_table('clauses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clauses_document_id'))

    op.drop_table('clauses')
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.drop_index('uq_documents_reference', sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'"))
        batch_op.drop_index(batch_op.f('ix_documents_state_id'))

    op.drop_table('documents')
    with op.batch_alter_table('divisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_divisions_agency_id'))

    op.drop_table('divisions')
    op.drop_table('calendar_days')
    with op.batch_alter_table('agency_successions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agency_successions_successor_id'))
        batch_op.drop_index(batch_op.f('ix_agency_successions_predecessor_id'))

    op.drop_table('agency_successions')
    with op.batch_alter_table('agency_names', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agency_names_agency_id'))

    op.drop_table('agency_names')
    with op.batch_alter_table('agency_aliases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agency_aliases_squeezed'))
        batch_op.drop_index(batch_op.f('ix_agency_aliases_agency_id'))

    op.drop_table('agency_aliases')
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_attempts_login_key_at'))
        batch_op.drop_index(batch_op.f('ix_sign_in_attempts_address_at'))

    op.drop_table('sign_in_attempts')
    op.drop_table('serials')
    op.drop_table('history_head')
    with op.batch_alter_table('history', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_history_subject_subject_key_serial'))
        batch_op.drop_index(batch_op.f('ix_history_at'))

    op.drop_table('history')
    op.drop_table('agency_groups')
    with op.batch_alter_table('agencies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agencies_sort_key'))
        batch_op.drop_index(batch_op.f('ix_agencies_path'))

    op.drop_table('agencies')
    op.drop_table('accounts')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS history_is_append_only()")
