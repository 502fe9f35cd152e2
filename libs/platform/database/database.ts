import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { askingOnce } from './asking-once.js'

/** The transaction that a use case passes to everything it calls. */
export type Tx = EntityManager

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const ATTEMPTS = 5

/** The PostgreSQL error code (SQLSTATE) behind an error, or null when it has another cause. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown; driverError?: { code?: unknown } })?.driverError?.code
  const direct = (error as { code?: unknown })?.code
  const found = code ?? direct
  return typeof found === 'string' ? found : null
}

/** The name of the constraint that refused a statement, or null. */
export function violatedConstraint(error: unknown): string | null {
  const driverError = (error as { driverError?: { constraint?: unknown } })?.driverError
  const found = driverError?.constraint ?? (error as { constraint?: unknown })?.constraint
  return typeof found === 'string' ? found : null
}

/** The one door to PostgreSQL. One use case is one transaction. */
@Injectable()
export class Database {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** For reading outside a transaction. */
  get read(): EntityManager {
    return this.source.manager
  }

  /** Reads for one page that many libraries contribute to: what several of them ask is asked once. */
  readingOnce<T>(work: () => Promise<T>): Promise<T> {
    return askingOnce(work)
  }

  /**
   * Runs `work` in one transaction. After a serialization failure or a deadlock the whole of it
   * is run again (at most five times), so `work` may have no effect outside the transaction.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.source.transaction(work)
      } catch (error) {
        const state = sqlState(error)
        if (attempt >= ATTEMPTS || (state !== SERIALIZATION_FAILURE && state !== DEADLOCK)) throw error
      }
    }
  }

  /**
   * One snapshot for several reads that must agree with each other (a report, a projection).
   * Reading only: the database refuses to write here.
   */
  async snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', async (tx) => {
      await tx.query('SET TRANSACTION READ ONLY')
      return work(tx)
    })
  }
}
