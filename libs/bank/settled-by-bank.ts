import { Injectable } from '@nestjs/common'
import type { Tx, Visitor } from '#platform'
import type { BankLine, OpenItem } from './rules/open-item.js'

/** A library whose claims and debts are settled by money that comes in or goes out. */
export interface SettlementSource {
  /** What waits for money now. */
  openItems(tx: Tx): Promise<OpenItem[]>
  /**
   * Settles an item, in the transaction in which a second person confirms it: books it too. `line.cents` is the part of
   * the line that is for this item. Called at most once for a line and an item.
   * @throws RuleViolated when it can't be settled any more; then nothing is confirmed
   */
  settle(tx: Tx, visitor: Visitor, itemId: string, line: BankLine): Promise<void>
}

/** Where libraries say what the bank's lines can settle; they register when they start. */
@Injectable()
export class SettledByBank {
  private readonly sources = new Map<string, SettlementSource>()

  add(kind: string, source: SettlementSource): void {
    this.sources.set(kind, source)
  }

  /** Everything that waits for money, of every kind. */
  async openItems(tx: Tx): Promise<OpenItem[]> {
    const items: OpenItem[] = []
    for (const [kind, source] of this.sources)
      items.push(...(await source.openItems(tx)).map((item) => ({ ...item, kind })))
    return items
  }

  /** Lets the owner of an item settle it. */
  async settle(tx: Tx, visitor: Visitor, kind: string, itemId: string, line: BankLine): Promise<void> {
    const source = this.sources.get(kind)
    if (!source) throw new Error(`Nobody settles items of kind ${kind}`)
    await source.settle(tx, visitor, itemId, line)
  }
}
