import BetterSqlite3 from 'better-sqlite3'

export type Connection = BetterSqlite3.Database

/**
 * Opens the database file. Readers never wait for a writer (WAL). A commit returns only when it is on disk
 * (synchronous=FULL). `secure_delete` overwrites what is deleted: a removed draft must not lie about in free
 * pages, where its answers and the hash of its token would still be side by side.
 *
 * @param patience how long a statement may block while another connection holds a lock, milliseconds
 */
export function connect(file: string, use: 'read' | 'write', patience: number): Connection {
  const db = new BetterSqlite3(file, { timeout: patience })
  try {
    db.pragma('foreign_keys = on')
    if (use === 'read') {
      db.pragma('query_only = on')
      db.pragma('cache_size = -32000')
    } else {
      if (db.pragma('journal_mode = wal', { simple: true }) !== 'wal') {
        throw new Error(`${file} cannot be written to safely: its folder does not allow a write-ahead log`)
      }
      db.pragma('synchronous = full')
      db.pragma('secure_delete = on')
      db.pragma('cache_size = -16000')
      // A log that one large import has blown up is cut back to this at the next checkpoint.
      db.pragma('journal_size_limit = 67108864')
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const codeOf = (error: unknown): string => (error instanceof BetterSqlite3.SqliteError ? error.code : '')

/** Another connection holds the write lock. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY')

/** The row was at fault, not the disk: the transaction can go on without it. */
export const isRowFault = (error: unknown): boolean =>
  !(error instanceof BetterSqlite3.SqliteError) ||
  /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR$)/.test(error.code)
