import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { People } from '#identity'
import { formatCents } from '#kernel'
import { groupedIban } from '#members'
import {
  dayInDigits,
  formErrors,
  Ids,
  type Language,
  longDay,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visit,
  type Visitor,
} from '#platform'
import { actorOf } from '../defaults.service.js'
import { type Call, type CalledHolder, callPath } from '../guarantee-calls.service.js'
import { lastReminderOn } from '../rules/claim.js'
import { checkDefault, checkDefaultAnswer } from '../rules/default.js'
import { CALL_WORKERS } from '../start-page.service.js'
import { CallWords, maySeeHolder, VIEWS } from './call-words.js'

/** One holder's part of a call: what it pays and paid, and what happens when it does not. */
@Injectable()
export class HolderPage {
  constructor(
    @Inject(CallWords) private readonly words: CallWords,
    @Inject(People) private readonly people: People,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** @throws NotFoundException also when it is nothing for this visitor */
  find(visitor: Visitor, call: Call, memberId: string): CalledHolder {
    const holder = call.holders.find((one) => one.memberId === memberId && one.claim !== null)
    if (!holder || !maySeeHolder(visitor, memberId)) throw new NotFoundException()
    return holder
  }

  async show(
    { lang, visitor, fresh }: Visit,
    call: Call,
    memberId: string,
    refused?: RefusedForm,
  ): Promise<Page> {
    const holder = this.find(visitor, call, memberId)
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const errors = refused ? formErrors(this.words.messages, lang, refused.errors) : null
    const state = this.words.claimState(lang, holder)!
    const { pending } = holder
    const works = visitor.has(...CALL_WORKERS)
    const actor = actorOf(visitor, memberId)
    const treatments = (['pursued', 'writtenOff'] as const).filter(
      (one) => works && checkDefault(holder.state, one, pending !== null, actor).length === 0,
    )
    const model = {
      title: text('holder.title', { member: holder.name }),
      ...{
        stateText: state.value,
        stateTone: state.tone,
        callReference: call.reference,
        callHref: callPath(call),
      },
      actionPath: this.words.holderPath(call, holder),
      open: holder.openCents > 0n ? holder.openCents : null,
      pay: this.payment(lang, call, holder),
      facts: this.facts(lang, call, holder),
      callReason: call.content.reason,
      timeline: await this.timeline(lang, call, holder),
      lastReminder: longDay(lang, lastReminderOn(call.issue!)),
      treatments: treatments.map((value) => ({
        ...{ value, label: text(`default.${value}`), hint: text(`default.${value}Hint`) },
      })),
      pending: pending && {
        heading: text(`default.proposed.${pending.treatment}`, {
          name: (await this.people.named([pending.recordedBy])).get(pending.recordedBy)?.name ?? '',
          amount: formatCents(pending.cents),
        }),
        reason: pending.reason,
        path: `${callPath(call)}/wanbetaling/${pending.id}`,
        mayAnswer: works && checkDefaultAnswer(pending.recordedBy, actor).length === 0,
        mayWithdraw: pending.recordedBy === visitor.personId,
      },
      requestKey: this.ids.next(),
      signInAgain: !fresh,
      typed: refused?.typed ?? null,
      errors,
    }
    return page(`${VIEWS}/holder.hbs`, model, errors ? 422 : 200)
  }

  private payment(lang: Language, { issue }: Call, { openCents, claim }: CalledHolder) {
    const text = (key: string) => this.words.say(lang, key)
    if (openCents === 0n) return null
    return [
      { label: text('holder.amount'), value: formatCents(openCents) },
      { label: text('call.dueOn'), value: longDay(lang, issue!.dueOn) },
      { label: text('holder.iban'), value: groupedIban(issue!.iban), note: issue!.accountName },
      { label: text('holder.reference'), value: claim!.reference },
    ]
  }

  private facts(lang: Language, call: Call, holder: CalledHolder) {
    const text = (key: string) => this.words.say(lang, key)
    return [
      { label: text('label.call'), value: call.reference, href: callPath(call) },
      { label: text('label.pledged'), value: formatCents(holder.pledgedCents) },
      { label: text('label.part'), value: formatCents(holder.partCents) },
      ...(holder.offsetCents > 0n
        ? [{ label: text('label.offset'), value: formatCents(holder.offsetCents) }]
        : []),
      { label: text('label.paidByBank'), value: formatCents(holder.paidCents) },
      { label: text('label.open'), value: formatCents(holder.openCents) },
    ]
  }

  /** Everything that happened, the latest first. */
  private async timeline(lang: Language, { issue }: Call, { claim }: CalledHolder) {
    const text = (key: string, values?: Record<string, unknown>) =>
      this.words.say(lang, `happened.${key}`, values)
    const { payments, reminders, defaults } = claim!
    const people = await this.people.named(
      defaults.flatMap((one) => [one.recordedBy, ...(one.answer ? [one.answer.answeredBy] : [])]),
    )
    const name = (id: string) => people.get(id)?.name ?? ''
    const events = [
      { at: issue!.issuedAt, heading: text('called'), text: '' },
      ...payments.map(({ recordedAt, cents, paidOn }) => ({
        ...{ at: recordedAt, heading: text('paid', { amount: formatCents(cents) }) },
        text: text('paidOn', { day: dayInDigits(paidOn) }),
      })),
      ...reminders.map(({ sentAt }) => ({ at: sentAt, heading: text('reminded'), text: '' })),
      ...defaults.flatMap((one) => [
        {
          ...{ at: one.recordedAt, text: one.reason },
          heading: text(`default.${one.treatment}`, { name: name(one.recordedBy) }),
        },
        ...(one.answer
          ? [
              {
                ...{ at: one.answer.answeredAt, text: one.answer.note },
                heading: text(`answer.${one.answer.answer}`, { name: name(one.answer.answeredBy) }),
              },
            ]
          : []),
      ]),
    ]
    return events
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())
      .map(({ at, ...event }) => ({ ...event, when: moment(lang, at) }))
  }
}
