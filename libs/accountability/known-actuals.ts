import { Injectable } from '@nestjs/common'
import type { Cents, Quarter } from '#kernel'
import type { Tx } from '#platform'

/** What was spent per line since 1 January according to the wijk's own books; null when those are not there. */
type Source = (tx: Tx, agreementId: string, quarter: Quarter) => Promise<ReadonlyMap<string, Cents> | null>

/** Where a new draft finds what was spent so far. Without a source it begins with the quarter before. */
@Injectable()
export class KnownActuals {
  private source: Source | null = null

  readFrom(source: Source): void {
    this.source = source
  }

  async of(tx: Tx, agreementId: string, quarter: Quarter): Promise<ReadonlyMap<string, Cents> | null> {
    return this.source ? this.source(tx, agreementId, quarter) : null
  }
}
