import type { Migration } from '../migrate.ts'

/**
 * Requests, decisions, deliveries, pictures, the audit chain, and signed-in reviewers.
 *
 * Documents are `json`, not `jsonb`: they hold text that a hostile page wrote, and `jsonb` refuses a
 * NUL or half a surrogate pair. The digests are over that text, so it is kept as it came.
 */
export const requests: Migration = {
  id: 1,
  name: 'requests',
  sql: `
create table holdpoint.requests (
  number bigint generated always as identity primary key,
  id text not null unique generated always as ('HP-' || number::text) stored,
  state text not null default 'pending' check (state in
    ('pending', 'approved', 'rejected', 'expired', 'withdrawn', 'lapsed')),
  agent text not null check (agent <> ''),
  session text not null check (session <> ''),
  on_behalf_of text,
  task text,
  kind text not null,
  risk text not null check (risk in ('high', 'low')),
  title text not null,
  identity json not null,
  identity_digest text not null check (identity_digest ~ '^[0-9a-f]{64}$'),
  terms json not null,
  terms_digest text not null check (terms_digest ~ '^[0-9a-f]{64}$'),
  evidence json not null,
  evidence_digest text not null check (evidence_digest ~ '^[0-9a-f]{64}$'),
  findings json not null,
  says text,
  confidence double precision,
  follows text references holdpoint.requests (id),
  follows_changed json,
  idempotency_key text,
  warnings json,
  policy json not null,
  policy_digest text not null check (policy_digest ~ '^[0-9a-f]{64}$'),
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  closed_reason text,
  verdict text,
  execution_state text not null default 'none' check (execution_state in
    ('none', 'claimed', 'started', 'sent', 'succeeded', 'unverified', 'failed', 'refused',
     'in-doubt', 'settled')),
  execution_token integer not null default 0 check (execution_token >= 0),
  execution_owner text,
  execution_lease_until timestamptz,
  execution_label text,
  execution_status integer,
  constraint requests_deadline check (expires_at > opened_at),
  constraint requests_closed check ((state = 'pending') = (closed_at is null)),
  constraint requests_verdict check (state not in ('approved', 'rejected', 'lapsed') or verdict is not null),
  -- Nothing runs that is not approved; a claim that had not started may be left behind by a withdrawal.
  constraint requests_execution check
    (state = 'approved' or execution_state in ('none', 'claimed', 'failed', 'refused'))
);
create unique index requests_idempotency on holdpoint.requests (agent, idempotency_key)
  where idempotency_key is not null;
create index requests_by_agent on holdpoint.requests (agent, opened_at);
create index requests_by_identity on holdpoint.requests (identity_digest, number);
create index requests_pending on holdpoint.requests (expires_at) where state = 'pending';
create index requests_running on holdpoint.requests (execution_state)
  where state = 'approved' and execution_state in ('none', 'claimed', 'started', 'sent');
create index requests_follows on holdpoint.requests (follows) where follows is not null;

create table holdpoint.decisions (
  number bigint generated always as identity primary key,
  request_id text not null references holdpoint.requests (id),
  reviewer text not null,
  answer text not null check (answer in ('approve', 'reject')),
  reason text,
  channel text not null,
  terms_digest text not null,
  evidence_digest text not null,
  decided_at timestamptz not null,
  dedupe_key text not null unique,
  unique (request_id, reviewer)
);

create table holdpoint.deliveries (
  request_id text not null references holdpoint.requests (id),
  channel text not null,
  ref json,
  attempted_at timestamptz,
  attempts integer not null,
  shown text,
  last_error text,
  delivered_at timestamptz,
  updated_at timestamptz not null,
  primary key (request_id, channel)
);

create table holdpoint.images (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  bytes bytea not null
);
create table holdpoint.request_images (
  request_id text not null references holdpoint.requests (id),
  role text not null check (role in ('full', 'crop', 'after')),
  sha256 text not null references holdpoint.images (sha256),
  media_type text not null,
  primary key (request_id, role)
);

create table holdpoint.audit (
  seq bigint primary key,
  event text not null,
  request_id text,
  actor text not null,
  details json not null,
  at timestamptz not null,
  previous_hash text not null,
  hash text not null unique
);
create index audit_by_request on holdpoint.audit (request_id, seq);
create index audit_by_actor on holdpoint.audit (actor, event, seq);
-- One row, made by the first entry: the end of the chain. Its lock keeps the chain in one line.
create table holdpoint.audit_head (
  one boolean primary key default true check (one),
  seq bigint not null,
  hash text not null
);

create function holdpoint.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete on holdpoint.audit
  for each row execute function holdpoint.refuse_change();
create trigger decisions_append_only before update or delete on holdpoint.decisions
  for each row execute function holdpoint.refuse_change();

create table holdpoint.sign_in_links (
  token_sha256 text primary key,
  reviewer text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table holdpoint.web_sessions (
  token_sha256 text primary key,
  reviewer text not null,
  csrf text not null,
  expires_at timestamptz not null
);
`,
}
