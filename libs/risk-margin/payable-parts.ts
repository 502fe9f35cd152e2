import { Inject, Injectable } from '@nestjs/common'
import type { Cents } from '#kernel'
import { Payables } from '#payments'
import { Messages, type Tx, type Visitor } from '#platform'
import { type Proposal, payoutReference } from './risk-margin.service.js'
import { accounts } from './rules/accounts.js'
import type { Division } from './rules/division.js'
import { explain, explainCarried } from './rules/explain.js'
import { thaw } from './rules/frozen-inputs.js'

/** Hands every part of a payout over to be paid, in the transaction that books it. */
@Injectable()
export class PayableParts {
  constructor(
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Each part has a key of its own: a repeat adds nothing. Parts of nothing are not to be paid. */
  async handOver(
    tx: Tx,
    { personId }: Visitor,
    { id, year, inputs: text }: Proposal,
    { parts, earnedBack }: Division,
    decisionNumber: string,
  ): Promise<void> {
    const inputs = thaw(text)
    const named = [...inputs.shares, ...(inputs.preInvestments?.outstanding ?? [])]
    const names = new Map(named.map((one) => [one.id, one.name]))
    const reference = payoutReference(year)
    const add = (
      key: string,
      kind: 'riskMargin' | 'preInvestment',
      memberId: string,
      cents: Cents,
      explanation: string,
    ) =>
      this.payables.add(tx, {
        ...{ key, kind, memberId, payeeName: names.get(memberId) ?? '?', cents, reference, decisionNumber },
        description: this.text(`payable.${kind}`, { year }),
        explanation,
        debitAccount: accounts.payable,
        document: `${reference}, besluit ${decisionNumber}`,
        by: personId,
      })
    for (const { memberId, partCents, outstandingCents } of earnedBack) {
      if (partCents === 0n) continue
      const values = explain(partCents, outstandingCents, outstandingCents, partCents)
      const words = this.text('payable.earnedBack', { part: values.amount, outstanding: values.share })
      await add(`distribution:${id}:pre:${memberId}`, 'preInvestment', memberId, partCents, words)
    }
    const divided = parts.reduce((sum, { partCents }) => sum + partCents, 0n)
    const total = parts.reduce((sum, { weight }) => sum + weight, 0n)
    for (const { memberId, partCents, weight } of parts) {
      if (partCents === 0n) continue
      const changes = inputs.shares.find((share) => share.id === memberId)?.changes
      const carried = changes
        ? [this.text('computation.carried', { carried: explainCarried(year, changes) })]
        : []
      const { rounding, ...steps } = explain(divided, weight, total, partCents)
      const words = [...carried, this.text(`computation.${rounding}`, steps)].join(' ')
      await add(`distribution:${id}:${memberId}`, 'riskMargin', memberId, partCents, words)
    }
  }

  private text(key: string, values: Record<string, unknown>): string {
    return this.messages.text('nl', `risk-margin.${key}`, values)
  }
}
