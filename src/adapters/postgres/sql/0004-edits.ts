import type { Migration } from '../migrate.ts'

/** Fields that a reviewer changed before approving, by name. */
export const edits: Migration = {
  id: 4,
  name: 'edits',
  sql: 'alter table holdpoint.decisions add column edited_values json;',
}
