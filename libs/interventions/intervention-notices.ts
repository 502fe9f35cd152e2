import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import { type Day, daysBetween } from '#kernel'
import { Notices } from '#notices'
import { Clock, Messages, type Tx, type Visitor } from '#platform'
import { deadlineOf, meetingOf, wordsOf } from './case-words.js'
import type { KnownCase } from './interventions.service.js'
import type { Act, Actor } from './rules/steps.js'

/** How many days before the last day whose turn it is hears of it once more. */
const REMIND_DAYS = 3
/** What silence did longer ago is no news: nobody is told of it after the fact. */
const NEWS_DAYS = 14

/** The mails around a case: after each act, when silence did something, and shortly before a last day. */
@Injectable()
export class InterventionNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** Tells everyone concerned what somebody did, except who did it. */
  async done(
    tx: Tx,
    known: KnownCase,
    event: { number: number; act: Act; actor: Actor; reason: string },
    by: Visitor,
  ): Promise<void> {
    const told = (await this.concerned(tx, known)).filter(({ personId }) => personId !== by.personId)
    const words = this.wordsOf(known)
    const done = words(`acts.${event.act}.done`)
    const who = words('timeline.by', {
      name: by.name,
      actor: words(`actor.${event.actor}`),
    })
    const model = { ...this.modelOf(known), done, who, reason: event.reason }
    await this.send(tx, 'step', `intervention-step:${known.id}:${event.number}`, told, model)
  }

  /** Tells everyone concerned what happened by itself: by silence, or by the assembly. A repeat tells nobody twice. */
  async happened(tx: Tx, known: KnownCase): Promise<void> {
    const words = this.wordsOf(known)
    for (const moment of known.now.moments.filter(({ on }) => this.isNews(on))) {
      const told = () => this.concerned(tx, known)
      const model = this.modelOf(known)
      if (moment.kind === 'silence') {
        const done = words(`silenceDone.${moment.from}`)
        const key = `intervention-silence:${known.id}:${moment.from}:${moment.on}`
        await this.send(tx, 'silence', key, await told(), { ...model, done })
      }
      if (moment.kind === 'decision') {
        const { number, adopted } = moment
        const done = words(`timeline.${adopted ? 'adopted' : 'rejected'}`)
        const key = `intervention-decided:${known.id}:${number}`
        await this.send(tx, 'decided', key, await told(), { ...model, done, decision: number })
      }
    }
  }

  /** Reminds whose turn it is, in the last days. A repeat reminds nobody twice. */
  async remind(tx: Tx, known: KnownCase, today: Day): Promise<void> {
    const { dueOn, turn, since, state } = known.now
    if (!dueOn || daysBetween(today, dueOn) > REMIND_DAYS || daysBetween(since, dueOn) <= REMIND_DAYS) return
    const told = await this.holders(tx, known, turn)
    await this.send(
      tx,
      'reminder',
      `intervention-reminder:${known.id}:${state}:${dueOn}`,
      told,
      this.modelOf(known),
    )
  }

  private isNews(on: Day): boolean {
    return daysBetween(on, this.clock.today()) <= NEWS_DAYS
  }

  /** Both parties, who acted, and whose turn it is now. */
  private async concerned(tx: Tx, known: KnownCase): Promise<Holder[]> {
    const { direction, events, now } = known
    const parties: Actor[] = ['counterparty', direction === 'toCounterparty' ? 'staff' : 'director']
    return this.holders(tx, known, [...parties, ...events.map(({ actor }) => actor), ...now.turn])
  }

  private async holders(tx: Tx, { agreement }: KnownCase, wanted: readonly Actor[]): Promise<Holder[]> {
    const roles = {
      staff: ['serviceTeam', 'teamLead'],
      director: ['director'],
      chair: ['chair'],
      counterparty: ['treasurer', 'coordinator'],
    } as const
    const found = new Map<string, Holder>()
    for (const actor of new Set(wanted)) {
      for (const role of roles[actor]) {
        for (const holder of await this.people.holders(role, this.clock.today(), tx)) {
          if (actor !== 'counterparty' || holder.scopeId === agreement.counterparty.id)
            found.set(holder.personId, holder)
        }
      }
    }
    return [...found.values()]
  }

  private async send(tx: Tx, notice: string, key: string, to: readonly Holder[], model: object) {
    await this.notices.send(
      tx,
      to.map(({ personId, name, email }) => ({
        notice: `interventions/${notice}`,
        to: { personId, name, email },
        model,
        key: `${key}:${personId}`,
      })),
    )
  }

  private modelOf(known: KnownCase) {
    const { state, silence } = known.now
    const words = this.wordsOf(known)
    const when = [meetingOf(words, 'nl', known), deadlineOf(words, 'nl', known.now)].filter(Boolean)
    return {
      ...{ reference: known.reference, subject: known.subject },
      kind: words(`direction.${known.direction}`),
      next: [words(`next.${state}`), ...when].join(' '),
      silence: silence && words(`silence.${state}`),
      path: `/ingrepen/${known.id}`,
    }
  }

  /** Mails are Dutch. */
  private wordsOf({ agreement }: KnownCase) {
    return wordsOf(this.messages, 'nl', agreement)
  }
}
