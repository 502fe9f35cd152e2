import { Inject, Injectable } from '@nestjs/common'
import { groupedIban } from '#members'
import {
  Database,
  formErrors,
  type Language,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visit,
  type Visitor,
} from '#platform'
import { Approving } from '../approving.service.js'
import { Batches } from '../batches.service.js'
import { PaymentFiles } from '../payment-files.service.js'
import { approvers, checkApproval } from '../rules/approval.js'
import type { FrozenPayment } from '../rules/batch-content.js'
import type { StoredBatch } from '../store/batch.store.js'
import { type OfferedPayment, readPayments } from '../store/payment.store.js'
import { ibanOnOneLine, PaymentWords, VIEWS } from './payment-words.js'

/** One batch: what was frozen, who approved, the file, and what the bank did with each payment. */
@Injectable()
export class BatchPage {
  constructor(
    @Inject(PaymentWords) private readonly words: PaymentWords,
    @Inject(Database) private readonly database: Database,
    @Inject(Batches) private readonly batches: Batches,
    @Inject(Approving) private readonly approving: Approving,
    @Inject(PaymentFiles) private readonly files: PaymentFiles,
  ) {}

  async show({ lang, visitor, fresh }: Visit, name: string, refused?: RefusedForm): Promise<Page> {
    const batch = await this.batches.named(name)
    const payments = await readPayments(this.database.read, { batchId: batch.id })
    const { sha256, times } = await this.files.downloads(batch.id)
    const open = payments.filter(({ ended, paidOn }) => ended === null && paidOn === null)
    const isApproved = batch.outcome?.kind === 'approved'
    const changed = open.length > 0 && batch.outcome === null ? await this.approving.changed(batch) : []
    const changedSince = isApproved && open.length > 0 ? await this.changedOpen(batch, open) : []
    const model = {
      ...{ title: this.words.say(lang, 'batch.title', { name }), name, batch },
      state: this.words.batch(lang, batch),
      facts: this.facts(lang, batch, sha256),
      table: this.table(lang, batch, payments),
      timeline: this.timeline(lang, batch, times),
      earlier: this.earlier(lang, batch.content.payments),
      changed: this.named([...changed, ...changedSince]),
      isApproved,
      ...(await this.acts(visitor, batch, changed.length > 0)),
      askSignIn: batch.approvals.length === 1 && !fresh,
      refusable: isApproved && visitor.has('controller') ? this.refusable(open) : [],
      mayFetch: isApproved && visitor.has(...approvers),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/batch.hbs`, model, refused ? 422 : 200)
  }

  /** What this person can do now, or why not. */
  private async acts(visitor: Visitor, batch: StoredBatch, isChanged: boolean) {
    if (batch.outcome || !visitor.has(...approvers)) return { mayApprove: false, mayEnd: false, cannot: null }
    const { personId } = visitor
    const given = batch.approvals.some((approval) => approval.personId === personId)
    const organisations = await this.approving.organisationsOf(visitor)
    const found = checkApproval({ ...batch, isOpen: true }, { personId, organisations }, batch.sha256)
    const shared = found[0]?.params?.organisation ?? null
    return {
      mayApprove: !given && !isChanged && found.length === 0,
      mayEnd: true,
      cannot: given ? 'given' : shared ? 'sameOrganisation' : null,
      sharedOrganisation: shared,
    }
  }

  private async changedOpen(batch: StoredBatch, open: readonly OfferedPayment[]): Promise<FrozenPayment[]> {
    const ids = new Set(open.map(({ payableId }) => payableId))
    return (await this.approving.changed(batch)).filter(({ payableId }) => ids.has(payableId))
  }

  private named(payments: readonly FrozenPayment[]): string[] {
    return payments.map(({ place, name }) => `${place}. ${name}`)
  }

  private refusable(open: readonly OfferedPayment[]) {
    return open.map(({ endToEndId, name, cents }) => ({ endToEndId, name, cents }))
  }

  private facts(
    lang: Language,
    { content, sha256, makerName, madeAt }: StoredBatch,
    fileHash: string | null,
  ) {
    const { messageId, debtor } = content
    const fact = (key: string, value: string) => ({ label: this.words.say(lang, `batch.${key}`), value })
    return [
      fact('from', `${debtor.name}, ${groupedIban(debtor.iban)}`),
      fact('made', `${makerName}, ${moment(lang, madeAt)}`),
      fact('messageId', messageId),
      fact('sha256', sha256),
      ...(fileHash ? [fact('fileSha256', fileHash)] : []),
    ]
  }

  private table(lang: Language, { content, cents }: StoredBatch, payments: readonly OfferedPayment[]) {
    const label = (key: string) => this.words.say(lang, `label.${key}`)
    const states = new Map(payments.map((payment) => [payment.place, this.words.payment(lang, payment)]))
    return {
      columns: [
        ...[{ label: label('payee') }, { label: label('iban') }, { label: label('remittance') }],
        ...[{ label: label('amount'), kind: 'money' }, { label: label('state') }],
      ],
      rows: content.payments.map((payment) => [
        { value: `${payment.place}. ${payment.name}`, note: addressOf(payment) },
        ibanOnOneLine(payment.iban),
        { value: payment.remittance, note: payment.endToEndId },
        ...[payment.cents, states.get(payment.place)],
      ]),
      totals: [this.words.say(lang, 'batch.controlSum', { count: content.count }), null, null, cents, null],
    }
  }

  /** What an approver should know of payments that were offered before. */
  private earlier(lang: Language, payments: readonly FrozenPayment[]): string[] {
    return payments.flatMap(({ place, name, earlier }) => {
      if (!earlier) return []
      const key = earlier.sameAccount ? 'sameAccount' : earlier.ended
      return [
        this.words.say(lang, `earlier.${key}`, { place, name, batch: earlier.batch, reason: earlier.reason }),
      ]
    })
  }

  private timeline(lang: Language, batch: StoredBatch, downloads: readonly { at: Date; name: string }[]) {
    const entry = (key: string, at: Date, values: Record<string, string>, text?: string, tone?: string) => ({
      ...{ when: moment(lang, at), at, text, tone, heading: this.words.say(lang, `timeline.${key}`, values) },
    })
    const { outcome } = batch
    return [
      entry('made', batch.madeAt, { name: batch.makerName }),
      ...batch.approvals.map(({ name, organisations, approvedAt, place }) => {
        const of = organisations.map((one) => one.name).join(', ')
        return entry(`approved${place}`, approvedAt, { name, organisation: of }, undefined, 'good')
      }),
      ...(outcome && outcome.kind !== 'approved'
        ? [entry(outcome.kind, outcome.at, { name: outcome.byName }, outcome.reason, 'bad')]
        : []),
      ...downloads.map(({ at, name }) => entry('fetched', at, { name })),
    ]
  }
}

function addressOf({ street, buildingNumber, postalCode, town, country }: FrozenPayment): string {
  const line = [street, buildingNumber].filter(Boolean).join(' ')
  const place = [postalCode, town].filter(Boolean).join(' ')
  return [line, place, country === 'NL' ? '' : country].filter(Boolean).join(', ')
}
