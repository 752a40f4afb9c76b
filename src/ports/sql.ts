/** One statement's answer. Row keys are the column names as selected. */
export interface SqlResult<Row> {
  readonly rows: readonly Row[]
  /** Rows changed by an insert, update or delete; for a select, the rows returned. */
  readonly rowCount: number
}

/** Where statements go: the database, or one transaction. */
export interface SqlQueryable {
  /**
   * Runs one statement with `$1` placeholders. Without `values` the text may hold several statements,
   * stored together or not at all; the rows of all of them come back in one list.
   *
   * Back comes `jsonb` parsed, `timestamptz` as `Date`, `bytea` as `Uint8Array`, `int8` and `count(*)`
   * as `number` (nothing here outgrows 2^53), `numeric` and `date` as text. In go the same, and: an
   * object is JSON, an array is a Postgres array (`any($1)`), so a JSON array goes in as
   * `JSON.stringify(list)`; `undefined` is null.
   *
   * Rejects with `HP_ERR_STORE_UNAVAILABLE` if the database does not answer (whatever waits for it
   * stays held), otherwise with Postgres's error: `code` is the SQLSTATE, `constraint` the name.
   */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<SqlResult<Row>>
}

/**
 * The only way to the database. Two adapters, `pg` and PGlite; both pass `test/contracts/sql.ts`.
 *
 * One path serves both, so callers keep no session state (no advisory session locks, SET, temporary
 * tables). PGlite has one session: everybody waits while a transaction is open, so it is short, and
 * nothing in it waits for the network or a person.
 */
export interface Sql extends SqlQueryable {
  readonly dialect: 'postgres' | 'pglite'
  /**
   * Commits when `run` resolves, rolls back when it throws, and also when a statement failed and
   * `run` swallowed it. When the commit itself is cut off, it rejects, and may yet have happened.
   *
   * Inside `run` only `tx` is used: `query`, `transaction` and `listen` of the handle throw there, as
   * on PGlite, or with the pool used up, they would wait for the transaction that waits for them.
   */
  transaction<T>(run: (tx: SqlQueryable) => Promise<T>): Promise<T>
  /**
   * All listeners of a process share one connection. Resolves once listening is in force, so
   * subscribe first and read second. `onReconnect` is called after a lost connection came back:
   * notifications may have been missed, look again. On PGlite only this process hears and is heard.
   */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onReconnect?: () => void,
  ): Promise<{ close(): Promise<void> }>
  /** Answers what is under way, refuses what comes later, and never hangs. Twice is harmless. */
  close(): Promise<void>
}
