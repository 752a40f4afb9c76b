import type { Migration } from '../migrate.ts'

/** Who has a question open, and what finds a session's first message. */
export const looking: Migration = {
  id: 2,
  name: 'looking',
  sql: `
create table holdpoint.looks (
  request_id text not null references holdpoint.requests (id),
  reviewer text not null,
  since timestamptz not null,
  last_at timestamptz not null,
  primary key (request_id, reviewer),
  constraint looks_order check (last_at >= since)
);
create index requests_by_session on holdpoint.requests (session, agent);
`,
}
