import { Injectable } from '@nestjs/common'
import type { Agreement } from '#agreements'
import type { Quarter } from '#kernel'
import type { Tx } from '#platform'

/** A quarter that was wholly approved and closed, with who closed it. */
export interface ClosedQuarter {
  agreement: Agreement
  quarter: Quarter
  versionNumber: number
  by: string
}

type Work = (tx: Tx, closed: ClosedQuarter) => Promise<void>

/** What other libraries do when a quarter closes, in the transaction that closes it: either both happen or neither. */
@Injectable()
export class QuarterClosings {
  private readonly works: Work[] = []

  onClose(work: Work): void {
    this.works.push(work)
  }

  /** Tells that a quarter closed; for whoever closes it. */
  async closed(tx: Tx, quarter: ClosedQuarter): Promise<void> {
    for (const work of this.works) await work(tx, quarter)
  }
}
