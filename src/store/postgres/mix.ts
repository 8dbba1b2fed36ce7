import { lockSql, type Pool } from './connection.ts'

/** Up to which transaction rows were mixed. */
const KEY = 'postgres-mixed'

/** Who took part, and what a transaction that brings a response writes of them. */
const mixed = [
  { table: 'spent', columns: 'token_hash, survey', key: 'token_hash', which: 'true' },
  {
    table: 'access_code',
    columns: 'code_hash, survey, state, school, grp, sheet',
    key: 'code_hash',
    which: `state = 'used'`,
  },
]

/**
 * PostgreSQL keeps beside each row which transaction wrote it, and rows in the order in which they came. Both would lead
 * from a spent token or a used code to the response that came with it. What has been written since the last time is
 * written again here, in one transaction and in the order of its hash; what was left behind, and drafts that were sent,
 * is then cleared away. (SQLite keeps these tables by their hash and knows no transaction.)
 */
export async function mix(pool: Pool): Promise<void> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query(`begin; ${lockSql('pg_advisory_xact_lock', 'writes')}`)
    try {
      const { rows } = await client.query<{ now: number; last: number | null }>(
        `select pg_current_xact_id()::text::bigint as now,
           (select value::bigint from setting where key = '${KEY}') as last`,
      )
      const { now = 0, last = null } = rows[0] ?? {}
      // Of another server, where a copy came from, the number says nothing.
      const since = last === null || last > now ? 2 ** 31 - 1 : now - last
      for (const { table, columns, key, which } of mixed)
        await client.query(
          `with lately as (delete from ${table} where ${which} and age(xmin) < $1 returning ${columns})
           insert into ${table} (${columns}) select ${columns} from lately order by ${key}`,
          [since],
        )
      await client.query(
        `insert into setting (key, value) values ('${KEY}', $1) on conflict (key) do update set value = excluded.value`,
        [String(now)],
      )
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
    for (const table of ['draft', 'spent', 'access_code']) await client.query(`vacuum ${table}`)
    broken = false
  } finally {
    client.release(broken)
  }
}
