import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { dayOf } from '#kernel'
import { Clock, DailyWork, Database, Ids, sha256Hex, type Tx } from '#platform'
import { LedgerSealer } from './ledger-sealer.service.js'
import { ChainCheck, type LedgerFinding } from './rules/check-chain.js'
import type { LedgerCheckRow } from './store/period-entities.js'
import {
  insertCheck,
  readLastCheck,
  readOutsideTheChain,
  readSealed,
  readSeals,
  readWrongSnapshots,
} from './store/seal.store.js'

/** So many entries at most are in memory at once: seals hold up to a thousand each. */
const SEALS_AT_ONCE = 5

/** What a check found: nothing, when the books are as they were booked. */
export interface LedgerVerdict {
  entries: bigint
  postings: bigint
  seals: number
  lastSha256: string | null
  /** Entries that were booked after the last seal. */
  unsealed: bigint
  /** Entries whose texts were erased. */
  erased: bigint
  /** The first hundred. */
  findings: LedgerFinding[]
  /** How many there are. */
  found: number
}

/** Walks the chain of seals and adds everything up again. */
@Injectable()
export class LedgerCheck implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LedgerSealer) private readonly sealer: LedgerSealer,
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.daily.add('ledger-check', async (today) => {
      const last = await this.last()
      if (!last || dayOf(last.checkedAt) < today) await this.checkAndKeep(null)
    })
  }

  /** The whole ledger as it is at one moment. Reads only. */
  async check(): Promise<LedgerVerdict> {
    return this.database.snapshot(async (tx) => {
      const chain = new ChainCheck(sha256Hex)
      await walk(tx, chain)
      const { unsealed, ...outside } = await readOutsideTheChain(tx)
      if (outside.passedOver > 0n) chain.report('passedOver', { count: String(outside.passedOver) })
      if (outside.strayPostings > 0n) chain.report('strayPostings', { count: String(outside.strayPostings) })
      for (const entry of outside.unbalanced) chain.report('unbalancedLoose', { entry })
      for (const entry of outside.wrongReversals) chain.report('wrongReversal', { entry })
      for (const day of await readWrongSnapshots(tx)) chain.report('wrongSnapshot', { day })
      const { entries, postings, seals, lastSha256, erased, findings, found } = chain
      return { entries, postings, seals, lastSha256, unsealed: BigInt(unsealed), erased, findings, found }
    })
  }

  /** Seals, checks, and keeps what came out. */
  async checkAndKeep(by: string | null): Promise<LedgerVerdict> {
    await this.sealer.seal()
    const verdict = await this.check()
    const { found: _, ...kept } = verdict
    await this.database.transaction((tx) =>
      insertCheck(tx, { id: this.ids.next(), checkedAt: this.clock.now(), checkedBy: by, ...kept }),
    )
    return verdict
  }

  /** What came out the last time. */
  async last(): Promise<LedgerCheckRow | null> {
    return readLastCheck(this.database.read)
  }
}

async function walk(tx: Tx, chain: ChainCheck): Promise<void> {
  for (let from = 1; ; ) {
    const seals = await readSeals(tx, from, SEALS_AT_ONCE)
    if (seals.length === 0) return
    const last = seals.at(-1)!.number
    const entries = await readSealed(tx, seals[0]!.number, last)
    let at = 0
    for (const seal of seals) {
      const start = at
      while (entries[at]?.seal === seal.number) at += 1
      chain.add(seal, entries.slice(start, at))
    }
    from = last + 1
  }
}
