import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { type MemberOnDay, Members } from '#members'
import { Clock, type Language, longDay, moment, type Page, page, type Visitor } from '#platform'
import { actorFor, seesIban } from '../actor.js'
import { lastDetails } from '../held-details.js'
import { MemberChanges } from '../member-changes.service.js'
import { effectiveDay, overtakenFields } from '../rules/change.js'
import { type ChangeState, isOpen } from '../rules/state.js'
import { checkConfirming, checkRefusing, checkSettling, checkWithdrawing } from '../rules/who-may.js'
import type { MemberChange } from '../store/change-records.js'
import { fieldNames } from '../words.js'
import { type Refused, Shown } from './shown.js'

const TONES: Record<ChangeState, 'good' | 'warn' | 'bad' | 'neutral'> = {
  waiting: 'warn',
  blocked: 'bad',
  contested: 'bad',
  carriedOut: 'good',
  refused: 'neutral',
  withdrawn: 'neutral',
}
export const toneOf = (state: ChangeState) => TONES[state]

/** One change: what was asked, how it stands, and what this reader can do with it. */
@Injectable()
export class ChangePage {
  constructor(
    @Inject(MemberChanges) private readonly changes: MemberChanges,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Shown) private readonly shown: Shown,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async build(
    lang: Language,
    visitor: Visitor,
    change: MemberChange,
    member: MemberOnDay,
    refused?: Refused,
  ): Promise<Page> {
    const text = (key: string, values?: object) => this.shown.words(lang, key, values)
    const reader = await this.shown.reader(lang, seesIban(visitor, member.id))
    const actor = actorFor(visitor, member)
    const current = (await lastDetails(this.members, member.id))!
    const overtaken = isOpen(change.state) ? overtakenFields(change.changes, current) : []
    const can = (check: typeof checkConfirming) => check(actor, change).length === 0
    const day = effectiveDay(change.holdsFrom, this.clock.today(), current.on)
    const model = {
      title: text('change.title', { fields: fieldNames(this.shown.messages, lang, change.changes) }),
      member,
      change,
      mine: change.proposedBy === visitor.personId,
      stateText: this.shown.state(lang, change),
      stateTone: toneOf(change.state),
      next: text(`next.${change.state}`),
      asked: this.shown.table(reader, change.changes, isOpen(change.state) ? 'now' : 'was'),
      about: await this.about(lang, change, day),
      happened: await this.happened(lang, change),
      together: (await this.changes.select({ requestKey: change.requestKey }))
        .filter(({ id }) => id !== change.id)
        .map(({ id, reference }) => ({
          href: `/wijzigingen/${id}`,
          label: text('change.together', { reference }),
        })),
      overtaken:
        overtaken.length > 0
          ? fieldNames(
              this.shown.messages,
              lang,
              overtaken.map((field) => ({ field })),
            )
          : null,
      mayConfirm: overtaken.length === 0 && can(checkConfirming),
      withIban: change.changes.some(({ field }) => field === 'iban'),
      effectiveOn: day,
      mayRefuse: can(checkRefusing),
      mayWithdraw: can(checkWithdrawing),
      maySettle: can(checkSettling),
      // Why someone who looks for the button does not find it.
      whyNot: isOpen(change.state) ? this.whyNot(lang, checkConfirming(actor, change)[0]?.code) : null,
      typed: refused?.typed ?? null,
      errors: this.shown.errors(lang, refused),
    }
    return page('libs/member-changes/pages/views/change.hbs', model, refused ? 422 : 200)
  }

  private whyNot(lang: Language, code: string | undefined): string | null {
    if (code === undefined || code === 'memberChange.notYours') return null
    return this.shown.messages.violation(lang, { code })
  }

  private async about(lang: Language, change: MemberChange, day: string) {
    const item = (label: string, value: string) => ({
      label: this.shown.words(lang, `label.${label}`),
      value,
    })
    const proposer = (await this.people.named([change.proposedBy])).get(change.proposedBy)?.name ?? '?'
    const as = this.shown.words(lang, `as.${change.proposedAs}`)
    const done = change.events.find(({ type }) => type === 'carriedOut')
    return [
      item('reference', change.reference),
      item('proposedBy', `${proposer} (${as})`),
      item('proposedAt', moment(lang, change.proposedAt)),
      item('holdsFrom', longDay(lang, done?.effectiveOn ?? (isOpen(change.state) ? day : change.holdsFrom))),
      ...(change.reason ? [item('reason', change.reason)] : []),
    ]
  }

  private async happened(lang: Language, change: MemberChange) {
    const people = await this.people.named(change.events.flatMap(({ byPerson }) => byPerson ?? []))
    return change.events
      .filter(({ type }) => !(type === 'carriedOut' && change.sensitive))
      .map(({ type, at, byPerson, byAs, reason }) => {
        const name = (byPerson && people.get(byPerson)?.name) || this.shown.words(lang, 'someone')
        const as = byAs ? ` (${this.shown.words(lang, `as.${byAs}`)})` : ''
        return {
          when: moment(lang, at),
          at: at.toISOString(),
          heading: this.shown.words(lang, `events.${type}`),
          text: [`${name}${as}.`, reason].filter(Boolean).join(' '),
          tone: type === 'objected' ? 'bad' : undefined,
        }
      })
      .reverse()
  }
}
