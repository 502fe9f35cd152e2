import { Inject, Injectable } from '@nestjs/common'
import { Counterparties } from '#agreements'
import { RuleViolated, type Violation } from '#kernel'
import { Members } from '#members'
import {
  Audit,
  Clock,
  CONFIG,
  type Config,
  Database,
  SignInAgain,
  sha256Hex,
  type Tx,
  type Visitor,
} from '#platform'
import { Batches } from './batches.service.js'
import { Payables } from './payables.service.js'
import { PaymentNotices } from './payment-notices.js'
import { approvers, checkApproval, OFFICE, type Organisation } from './rules/approval.js'
import { changedAccounts, type FrozenPayment } from './rules/batch-content.js'
import { creditTransferXml } from './rules/credit-transfer.js'
import { insertApproval, insertOutcome, lockPayments, type StoredBatch } from './store/batch.store.js'

/** Approving a batch: two people, of organisations that are not the same. After the second the file is there. */
@Injectable()
export class Approving {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Pick<Config, 'cooperativeName'>,
    @Inject(Members) private readonly members: Members,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Batches) private readonly batches: Batches,
    @Inject(PaymentNotices) private readonly notices: PaymentNotices,
  ) {}

  /**
   * Approves what was on the screen. The second approval asks for a fresh sign-in and makes the payment file. A
   * repeat by the same person changes nothing; of two at once one is the first and the other the second.
   * @returns which approval it was
   * @throws NotFoundException; SignInAgain; RuleViolated of {@link checkApproval}, `paymentBatch.notApprover`, and
   * `paymentBatch.accountChanged` for each payment whose account is no longer the one that was frozen
   */
  async approve(visitor: Visitor, name: string, shown: { sha256: string; fresh: boolean }): Promise<1 | 2> {
    return this.database.transaction(async (tx) => {
      await lockPayments(tx)
      const batch = await this.batches.named(name, tx)
      const given = batch.approvals.find(({ personId }) => personId === visitor.personId)
      if (given) return given.place === 2 ? 2 : 1
      const organisations = await this.organisationsOf(visitor, tx)
      RuleViolated.throwIfAny(await this.violations(tx, batch, visitor, organisations, shown.sha256))
      const place = batch.approvals.length === 0 ? 1 : 2
      if (place === 2 && !shown.fresh) throw new SignInAgain()
      await this.record(tx, batch, visitor, organisations, place)
      return place
    })
  }

  /**
   * For which organisations somebody acts today: those of the roles that are for one (delegate, contact, treasurer,
   * coordinator); who has none of these belongs to the cooperative's own office.
   */
  async organisationsOf({ roles }: Visitor, tx: Tx = this.database.read): Promise<Organisation[]> {
    const scopes = [...new Set(roles.flatMap(({ scopeId }) => scopeId ?? []))]
    if (scopes.length === 0) return [{ key: OFFICE, name: this.config.cooperativeName }]
    const parties = await this.counterparties.all(tx)
    const today = this.clock.today()
    const found = new Map<string, Organisation>()
    for (const scope of scopes) {
      const party = parties.find(({ id }) => id === scope)
      const key = party?.memberId ?? scope
      const member = await this.members.find(key, today, tx)
      found.set(key, { key, name: member?.name ?? party?.name ?? '' })
    }
    return [...found.values()]
  }

  /** The payments of a batch whose account in the register is no longer the one that was frozen. */
  async changed({ content }: StoredBatch, tx: Tx = this.database.read): Promise<FrozenPayment[]> {
    const ids = content.payments.map(({ payableId }) => payableId)
    const now = new Map(
      (await this.payables.read({ ids }, tx)).map((payable) => [payable.id, payable.account]),
    )
    return changedAccounts(content.payments, (id) => now.get(id)?.iban ?? null)
  }

  private async violations(
    tx: Tx,
    batch: StoredBatch,
    visitor: Visitor,
    organisations: Organisation[],
    shown: string,
  ): Promise<Violation[]> {
    if (!visitor.has(...approvers)) return [{ code: 'paymentBatch.notApprover' }]
    const { sha256, approvals, outcome } = batch
    const standing = { sha256, approvals, isOpen: outcome === null }
    const found = checkApproval(standing, { personId: visitor.personId, organisations }, shown)
    if (found.length > 0) return found
    const changed = await this.changed(batch, tx)
    return changed.map(({ place, name }) => ({
      code: 'paymentBatch.accountChanged',
      params: { place: String(place), name },
    }))
  }

  private async record(
    tx: Tx,
    batch: StoredBatch,
    { personId, ...visitor }: Visitor,
    organisations: Organisation[],
    place: 1 | 2,
  ): Promise<void> {
    const { id, sha256, name, cents, count } = batch
    const at = this.clock.now()
    const role = approvers.find((one) => visitor.roles.some((held) => held.role === one))!
    const row = { batchId: id, place, sha256, role, approvedAt: at, approvedBy: personId }
    await insertApproval(tx, row, organisations)
    const subject = { kind: 'paymentBatch', id }
    const details = { name, place, sha256, organisations: organisations.map((one) => one.name) }
    await this.audit.record(tx, { actorId: personId, action: 'paymentBatch.approved', subject, details })
    if (place === 1) await this.notices.askApproval(tx, { id, name, cents, payments: count }, [personId])
    else await this.makeFile(tx, batch, at, personId)
  }

  /** The file is kept as it is made: whoever fetches it later gets the same bytes. */
  private async makeFile(tx: Tx, { id, content }: StoredBatch, at: Date, by: string): Promise<void> {
    const createdAt = `${at.toISOString().slice(0, 19)}Z`
    const file = creditTransferXml(content, createdAt, this.clock.today())
    await insertOutcome(tx, {
      ...{
        batchId: id,
        outcome: 'approved',
        secondApproval: 2,
        reason: '',
        file,
        fileSha256: sha256Hex(file),
      },
      ...{ decidedAt: at, decidedBy: by },
    })
  }
}
