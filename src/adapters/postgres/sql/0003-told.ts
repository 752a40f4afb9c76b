import type { Migration } from '../migrate.ts'

/** How each request had ended when whoever asked for verdicts (`onVerdict`) was last told of it. */
export const told: Migration = {
  id: 3,
  name: 'told',
  sql: `
alter table holdpoint.requests add column told text;
-- What ended before anybody could ask to be told is no news.
update holdpoint.requests set told = state where state <> 'pending';
create index requests_untold on holdpoint.requests (closed_at, number)
  where state <> 'pending' and told is distinct from state;
`,
}
