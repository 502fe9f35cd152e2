import { Inject, Injectable } from '@nestjs/common'
import { Database, type Tx } from '#platform'
import type { OpenItem } from './rules/open-item.js'
import { candidates, type Suggestion, suggest } from './rules/suggest.js'
import { SettledByBank } from './settled-by-bank.js'
import { readUnfinishedLines, type StoredLine } from './store/line.store.js'
import { readSettled } from './store/proposal.store.js'

/** What lines of the bank most likely settle; a person decides. */
@Injectable()
export class Suggestions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SettledByBank) private readonly settledByBank: SettledByBank,
  ) {}

  /** What a line most likely settles, and everything it could settle. */
  async ofLine(
    line: StoredLine,
    tx: Tx = this.database.read,
  ): Promise<{ suggestion: Suggestion | null; items: OpenItem[] }> {
    const used = await readSettled(tx, line.id)
    const open = (await this.settledByBank.openItems(tx)).filter(
      (item) => !used.some(({ kind, itemId }) => kind === item.kind && itemId === item.id),
    )
    const left = { ...line, cents: line.openCents }
    return { suggestion: suggest(left, open), items: candidates(left, open) }
  }

  /** The suggestion for every line that is open, by the id of the line. */
  async all(tx: Tx = this.database.read): Promise<Map<string, Suggestion>> {
    const open = await this.settledByBank.openItems(tx)
    const found = new Map<string, Suggestion>()
    for (const line of await readUnfinishedLines(tx)) {
      const suggestion = line.state === 'open' ? suggest({ ...line, cents: line.openCents }, open) : null
      if (suggestion) found.set(line.id, suggestion)
    }
    return found
  }
}
