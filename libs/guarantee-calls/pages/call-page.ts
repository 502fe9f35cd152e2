import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { formatCents } from '#kernel'
import { groupedIban } from '#members'
import {
  formErrors,
  type Language,
  longDay,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visit,
  type Visitor,
} from '#platform'
import { type Call, callPath } from '../guarantee-calls.service.js'
import { mayBeCancelled } from '../issuing.service.js'
import { CallTable } from './call-table.js'
import { CallWords, VIEWS } from './call-words.js'

/** A call: what each holder is asked, and once it is out what each paid. */
@Injectable()
export class CallPage {
  constructor(
    @Inject(CallWords) private readonly words: CallWords,
    @Inject(CallTable) private readonly tables: CallTable,
    @Inject(People) private readonly people: People,
  ) {}

  async list({ lang, visitor }: Visit): Promise<Page> {
    const text = (key: string) => this.words.say(lang, key)
    const calls = await this.words.calls.all()
    return page(`${VIEWS}/list.hbs`, {
      title: text('list.title'),
      mayPrepare: visitor.has('director'),
      own: calls.filter(({ state }) => state === 'issued').flatMap((call) => this.own(lang, visitor, call)),
      columns: [
        { label: text('label.call') },
        { label: text('label.year') },
        { label: text('label.amount'), kind: 'money' },
        { label: text('label.paid'), kind: 'money' },
        { label: text('label.open'), kind: 'money' },
        { label: text('label.state') },
      ],
      rows: calls.map((call) => [
        { value: call.reference, href: callPath(call) },
        String(call.year),
        call.amountCents,
        call.issue ? call.paidCents : null,
        call.issue ? call.openCents : null,
        this.words.callState(lang, call),
      ]),
    })
  }

  async show({ lang, visitor, fresh }: Visit, call: Call, refused?: RefusedForm): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const errors = refused ? formErrors(this.words.messages, lang, refused.errors) : null
    const state = this.words.callState(lang, call)
    const director = visitor.has('director')
    const model = {
      title: text('call.title', { amount: formatCents(call.amountCents) }),
      ...{ call, stateText: state.value, stateTone: state.tone, actionPath: callPath(call) },
      callReason: call.content.reason,
      own: this.own(lang, visitor, call),
      standing: this.standing(lang, call),
      facts: await this.facts(lang, call),
      table: this.tables.table(lang, visitor, call),
      mayIssue: director && call.state === 'adopted',
      mayWithdraw: director && !call.withdrawal && !call.issue && call.standing.state !== 'voting',
      mayCancel: director && mayBeCancelled(call),
      lost: call.writtenOffCents > 0n ? call.writtenOffCents : null,
      mayPrepare: director,
      signInAgain: !fresh,
      typed: refused?.typed ?? null,
      errors,
    }
    return page(`${VIEWS}/call.hbs`, model, errors ? 422 : 200)
  }

  /** The parts of the visitor's own members: large and first. */
  private own(lang: Language, visitor: Visitor, call: Call) {
    return call.holders
      .filter(({ memberId }) => visitor.hasFor('delegate', memberId))
      .map((holder) => {
        const due = holder.claim && holder.openCents > 0n
        const key = due
          ? 'due'
          : holder.claim
            ? holder.state === 'settled'
              ? 'settled'
              : 'over'
            : 'expected'
        return {
          heading: this.words.say(lang, `own.${key}`, {
            ...{
              member: holder.name,
              open: formatCents(holder.openCents),
              part: formatCents(holder.partCents),
            },
          }),
          tone: due ? 'warn' : key === 'settled' ? 'good' : 'neutral',
          text: this.words.say(lang, `own.${key}Text`, {
            reference: holder.claim?.reference ?? '',
            day: call.issue ? longDay(lang, call.issue.dueOn) : '',
            iban: call.issue ? groupedIban(call.issue.iban) : '',
            account: call.issue?.accountName ?? '',
            pledged: formatCents(holder.pledgedCents),
          }),
          href: this.words.holderPath(call, holder),
        }
      })
  }

  private standing(lang: Language, call: Call) {
    const text = (key: string, values?: Record<string, unknown>) =>
      this.words.say(lang, `standing.${key}`, values)
    if (call.cancellation)
      return { tone: 'neutral', text: text('cancelled', { reason: call.cancellation.reason }) }
    if (call.withdrawal)
      return { tone: 'neutral', text: text('withdrawn', { reason: call.withdrawal.reason }) }
    if (call.issue) {
      const { dueOn, decisionNumber } = call.issue
      return {
        tone: call.openCents === 0n ? 'good' : 'neutral',
        text: text(call.openCents === 0n ? 'settled' : 'issued', {
          ...{ day: longDay(lang, dueOn), number: decisionNumber },
          ...{ paid: formatCents(call.paidCents), open: formatCents(call.openCents) },
        }),
      }
    }
    const { standing } = call
    const number = 'decision' in standing ? standing.decision.number : ''
    return { tone: call.state === 'adopted' ? 'good' : 'neutral', text: text(call.state, { number }) }
  }

  private async facts(lang: Language, call: Call) {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const ids = [call.proposedBy, ...(call.issue ? [call.issue.issuedBy] : [])]
    const names = await this.people.named(ids)
    const by = (id: string, at: Date) =>
      text('call.by', { name: names.get(id)?.name ?? '', when: moment(lang, at) })
    return [
      { label: text('call.proposed'), value: by(call.proposedBy, call.proposedAt) },
      { label: text('call.referenceDay'), value: longDay(lang, call.referenceDay) },
      ...(call.issue
        ? [
            { label: text('call.issued'), value: by(call.issue.issuedBy, call.issue.issuedAt) },
            { label: text('call.dueOn'), value: longDay(lang, call.issue.dueOn) },
          ]
        : []),
      { label: text('call.hash'), value: call.sha256 },
    ]
  }
}
