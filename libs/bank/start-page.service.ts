import { Inject, Injectable } from '@nestjs/common'
import { Database, type Happening, type Role, type Task, type Visitor } from '#platform'
import { BankAccounts } from './bank-accounts.service.js'
import { checkConfirmer } from './rules/matching.js'
import { readUnfinishedLines } from './store/line.store.js'
import { readWaiting } from './store/proposal.store.js'

/** Who works with the bank. */
export const BANK_WORKERS = ['controller', 'director', 'chair'] as const satisfies readonly Role[]

/** What the bank asks of who works with it. */
@Injectable()
export class BankStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BankAccounts) private readonly accounts: BankAccounts,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has(...BANK_WORKERS)) return []
    const read = this.database.read
    const waiting = (await readWaiting(read)).filter(
      (one) => checkConfirmer(visitor.personId, one, one).length === 0,
    )
    const open = visitor.has('controller')
      ? (await readUnfinishedLines(read)).filter(({ state }) => state === 'open')
      : []
    const account = (await this.accounts.all(read)).find(
      ({ confirmedAt, recordedBy }) => confirmedAt === null && recordedBy !== visitor.personId,
    )
    const one = { dueOn: null, openNow: false }
    const tasks: Task[] = []
    if (waiting.length > 0) {
      const href = waiting.length === 1 ? `/bank/regels/${waiting[0]!.lineId}` : '/bank'
      tasks.push({ key: 'bank.tasks.confirm', values: { count: String(waiting.length) }, href, ...one })
    }
    if (open.length > 0)
      tasks.push({ key: 'bank.tasks.place', values: { count: String(open.length) }, href: '/bank', ...one })
    if (account)
      tasks.push({ key: 'bank.tasks.account', values: { iban: account.iban }, href: '/bank', ...one })
    return tasks
  }

  async happeningsFor(_visitor: Visitor): Promise<Happening[]> {
    return []
  }
}
