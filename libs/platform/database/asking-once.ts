import { AsyncLocalStorage } from 'node:async_hooks'
import { DataSource, type QueryRunner } from 'typeorm'

type Query = QueryRunner['query']

/** The questions of the work that is under way, with their answers. */
const asked = new AsyncLocalStorage<Map<string, Promise<unknown>>>()

/**
 * Runs `work`; within it the same SELECT with the same values goes to the database once, however many libraries ask.
 * For a page that many libraries each contribute to: reading only. In a transaction every question is asked as it is.
 */
export function askingOnce<T>(work: () => Promise<T>): Promise<T> {
  return asked.run(new Map(), work)
}

/** A data source whose questions can be shared by {@link askingOnce}. */
export class SharingDataSource extends DataSource {
  override createQueryRunner(...mode: Parameters<DataSource['createQueryRunner']>): QueryRunner {
    const runner = super.createQueryRunner(...mode)
    const query = runner.query.bind(runner) as Query
    const shared = (sql: string, values?: unknown[], structured?: boolean) => {
      const known = asked.getStore()
      if (!known || runner.isTransactionActive || !/^\s*SELECT\b/i.test(sql))
        return query(sql, values, structured as true)
      return share(known, keyOf(sql, values, structured), () => query(sql, values, structured as true))
    }
    runner.query = shared as Query
    return runner
  }
}

/** Everyone gets rows of their own: what one does to them is not seen by another. */
async function share(
  known: Map<string, Promise<unknown>>,
  key: string,
  ask: () => Promise<unknown>,
): Promise<unknown> {
  const answer = known.get(key) ?? ask()
  known.set(key, answer)
  const given = await answer
  if (Array.isArray(given)) return copied(given)
  const { records = [] } = given as { records?: object[] }
  const rows = copied(records)
  return Object.assign(Object.create(Object.getPrototypeOf(given)), given, { records: rows, raw: rows })
}

const copied = (rows: readonly object[]) => rows.map((row) => ({ ...row }))

const keyOf = (...question: unknown[]) =>
  JSON.stringify(question, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
