import { Inject, Injectable } from '@nestjs/common'
import { formatCents } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { Approving } from './approving.service.js'
import { Batches } from './batches.service.js'
import { Payables } from './payables.service.js'
import { Payees } from './payees.service.js'
import { approvers, checkApproval } from './rules/approval.js'
import { readApproved } from './store/file.store.js'

/** What payments ask of the delegates of who is paid, of the controller, and of who approves. */
@Injectable()
export class PaymentsStartPage {
  constructor(
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Batches) private readonly batches: Batches,
    @Inject(Approving) private readonly approving: Approving,
    @Inject(Payees) private readonly payees: Payees,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Database) private readonly database: Database,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    return [
      ...(await this.ibans(visitor)),
      ...(await this.gathering(visitor)),
      ...(await this.approvals(visitor)),
      ...(await this.fetching(visitor)),
      ...(await this.accounts(visitor)),
    ]
  }

  /** A delegate hears what was paid or came back; a controller and the approvers which batches were approved. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const own = await this.payables.ofVisitor(visitor)
    const happenings: Happening[] = own.flatMap(({ last, paidOn, cents, reference, payeeName }) => {
      if (!last?.paidOn) return []
      const values = { amount: formatCents(cents), reference, name: payeeName }
      const key = `payments.happenings.${paidOn ? 'paid' : 'returned'}`
      const day = paidOn ?? last.endedOn ?? last.paidOn
      return [{ key, values, href: '/betalingen/mijn', at: new Date(`${day}T12:00:00Z`) }]
    })
    if (!visitor.has(...approvers)) return happenings
    const approved = await readApproved(this.database.read)
    return [
      ...happenings,
      ...approved.map(({ name, cents, at }) => ({
        ...{ key: 'payments.happenings.approved', values: { name, amount: formatCents(cents) }, at },
        href: `/betalingen/${name}`,
      })),
    ]
  }

  /** The own organisation can't be paid: no IBAN, or the money came back. */
  private async ibans(visitor: Visitor): Promise<Task[]> {
    const own = await this.payables.ofMembers(visitor.scopesOf('delegate'))
    const waiting = own.filter(({ state }) => state === 'waitingForIban' || state === 'returned')
    const members = [...new Set(waiting.flatMap(({ payeeMemberId }) => payeeMemberId ?? []))]
    return Promise.all(
      members.map(async (memberId) => {
        const ofMember = waiting.filter(({ payeeMemberId }) => payeeMemberId === memberId)
        const cents = ofMember.reduce((sum, payable) => sum + payable.cents, 0n)
        const member = await this.members.find(memberId, this.clock.today())
        const kind = ofMember.some(({ state }) => state === 'returned') ? 'correctIban' : 'enterIban'
        const values = { amount: formatCents(cents), name: member?.name ?? '' }
        return task(kind, values, `/organisatie/${member?.number}/wijziging`)
      }),
    )
  }

  /** What is ready, and who can't be paid for want of an account. */
  private async gathering(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('controller')) return []
    const open = await this.payables.read({ open: true })
    const lacking = open.filter((one) => one.state === 'waitingForIban' && one.payeeMemberId === null)
    const asked = [...new Set(lacking.map(({ payeeName }) => payeeName))].map((name) =>
      task('enterAccount', { name }, '/betalingen/rekeningen'),
    )
    const ready = open.filter(({ state }) => state === 'ready')
    if (ready.length === 0) return asked
    const cents = ready.reduce((sum, payable) => sum + payable.cents, 0n)
    return [
      ...asked,
      task('gather', { count: String(ready.length), amount: formatCents(cents) }, '/betalingen'),
    ]
  }

  /** Only what this person may approve: not when somebody of the same organisation did. */
  private async approvals(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has(...approvers)) return []
    const open = (await this.batches.all()).filter(({ outcome }) => outcome === null)
    if (open.length === 0) return []
    const approver = {
      personId: visitor.personId,
      organisations: await this.approving.organisationsOf(visitor),
    }
    return open
      .filter((batch) => checkApproval({ ...batch, isOpen: true }, approver, batch.sha256).length === 0)
      .map(({ name, cents }) => task('approve', { name, amount: formatCents(cents) }, `/betalingen/${name}`))
  }

  /** Approved, and nobody fetched the file yet. */
  private async fetching(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('controller')) return []
    const waiting = (await readApproved(this.database.read)).filter(({ downloads }) => downloads === 0)
    return waiting.map(({ name, cents }) =>
      task('fetch', { name, amount: formatCents(cents) }, `/betalingen/${name}`),
    )
  }

  private async accounts(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has(...approvers)) return []
    const waiting = (await this.payees.all()).filter(
      ({ answer, enteredBy }) => answer === null && enteredBy !== visitor.personId,
    )
    return waiting.map(({ payeeName }) =>
      task('confirmAccount', { name: payeeName }, '/betalingen/rekeningen'),
    )
  }
}

function task(key: string, values: Record<string, string>, href: string): Task {
  return { key: `payments.tasks.${key}`, values, href, dueOn: null, openNow: false }
}
