import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Clock, DailyWork, Database, sha256Hex, sqlState, type Tx } from '#platform'
import type { FoundEntry } from './rules/check-chain.js'
import { NO_SEAL, numbered, sealHash, textHash } from './rules/seal.js'
import { holdLedger } from './store/journal.store.js'
import {
  holdSeals,
  insertSeal,
  readLastNumbers,
  readLastSeal,
  readLastSequence,
  readUnsealed,
} from './store/seal.store.js'

const ENTRIES_PER_SEAL = 1_000
/** Longer nobody has to wait with booking because someone else takes long to finish. */
const PATIENCE = '2s'
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Chains the entries in batches, after they were booked: so that whoever books never waits for another. It is also
 * what gives each entry its number, without a gap.
 */
@Injectable()
export class LedgerSealer implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.add('ledger-seals', () => this.seal())
  }

  /**
   * Seals what was booked up to now. A repeat finds nothing to do; two at the same time seal nothing twice.
   * @returns how many entries were sealed; 0 too when a booking took too long to wait for
   */
  async seal(): Promise<number> {
    const through = await this.reach()
    if (through === null) return 0
    let sealed = 0
    for (;;) {
      const batch = await this.database.transaction((tx) => this.sealBatch(tx, through))
      sealed += batch
      if (batch < ENTRIES_PER_SEAL) return sealed
    }
  }

  /** Up to where all that was booked can be seen: nobody is booking at this moment, so no earlier one comes after. */
  private async reach(): Promise<bigint | null> {
    try {
      return await this.database.transaction(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = '${PATIENCE}'`)
        await holdLedger(tx, 'alone')
        return readLastSequence(tx)
      })
    } catch (error) {
      if (sqlState(error) === LOCK_NOT_AVAILABLE) return null
      throw error
    }
  }

  private async sealBatch(tx: Tx, through: bigint): Promise<number> {
    await holdSeals(tx)
    const last = await readLastSeal(tx)
    const found = await readUnsealed(tx, last?.lastSequence ?? 0n, through, ENTRIES_PER_SEAL)
    if (found.length === 0) return 0
    const years = [...new Set(found.map(({ onDay }) => Number(onDay.slice(0, 4))))]
    const entries: FoundEntry[] = numbered(found, await readLastNumbers(tx, years)).map((entry) => ({
      ...entry,
      textSha256: textHash(sha256Hex, entry.salt, entry.description, entry.document),
    }))
    const previousSha256 = last?.sha256 ?? NO_SEAL
    const seal = {
      number: (last?.number ?? 0) + 1,
      firstSequence: entries[0]!.sequence,
      lastSequence: entries.at(-1)!.sequence,
      entries: entries.length,
      previousSha256,
      sha256: sealHash(sha256Hex, previousSha256, entries),
      sealedAt: this.clock.now(),
    }
    await insertSeal(tx, seal, entries)
    return entries.length
  }
}
