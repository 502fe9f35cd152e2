import { Inject, Injectable } from '@nestjs/common'
import { Documents } from '#documents'
import { formatCents } from '#kernel'
import { groupedIban } from '#members'
import { CONFIG, type Config, longDay, Messages } from '#platform'
import { type Call, type CalledHolder, callPath } from './guarantee-calls.service.js'

/** The letter to a holder, in Dutch: what it has to pay, why, when and where to. */
@Injectable()
export class CallLetters {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The letter as it went out; made at the instant of the call, so it is always the same file. */
  write(call: Call, holder: CalledHolder): Promise<Buffer> {
    const issue = call.issue!
    const reference = holder.claim!.reference
    const text = (key: string, values?: Record<string, unknown>) =>
      this.messages.text('nl', `guarantee-calls.letter.${key}`, values)
    const owed = holder.partCents - holder.offsetCents
    const totalPledged = call.parts.reduce((sum, { pledgedCents }) => sum + pledgedCents, 0n)
    return this.documents.pdf({
      title: text('title', { reference }),
      subtitle: text('subtitle', { member: holder.name, day: longDay('nl', issue.issuedOn) }),
      lang: 'nl',
      footer: reference,
      madeAt: issue.issuedAt,
      blocks: [
        {
          kind: 'paragraph',
          text: text('why', {
            decision: issue.decisionNumber,
            year: call.year,
            amount: formatCents(call.amountCents),
          }),
        },
        { kind: 'note', heading: text('reason'), text: call.content.reason },
        {
          kind: 'facts',
          facts: [
            { label: text('pledged'), value: formatCents(holder.pledgedCents) },
            { label: text('part'), value: formatCents(holder.partCents) },
            ...(holder.offsetCents > 0n
              ? [{ label: text('offset'), value: formatCents(holder.offsetCents) }]
              : []),
            { label: text('owed'), value: formatCents(owed) },
            ...(owed > 0n
              ? [
                  { label: text('dueOn'), value: longDay('nl', issue.dueOn) },
                  { label: text('iban'), value: `${groupedIban(issue.iban)}, ${issue.accountName}` },
                  { label: text('reference'), value: reference },
                ]
              : []),
          ],
        },
        { kind: 'paragraph', text: owed > 0n ? text('pay', { reference }) : text('nothing') },
        {
          kind: 'paragraph',
          text: text('how', {
            ...{ pledged: formatCents(holder.pledgedCents), total: formatCents(totalPledged) },
            count: call.parts.length,
          }),
        },
        {
          kind: 'paragraph',
          soft: true,
          text: text('more', { address: this.config.baseUrl + callPath(call) }),
        },
      ],
    })
  }
}
