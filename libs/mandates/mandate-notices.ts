import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Members } from '#members'
import { Notices } from '#notices'
import { Clock, longDay, Messages, type Tx } from '#platform'
import { AroundMandates } from './around.service.js'
import { actingOn } from './rules/mandate.js'
import { type Around, confirmersOf } from './rules/who-confirms.js'
import { readMandates, type StoredMandate } from './store/mandate-records.js'
import { lastDay } from './words.js'

/** What the mail about a change says besides the mandate itself. */
interface Change {
  from: Day
  note?: string
  /** The mandates whose place it takes. */
  followed?: readonly StoredMandate[]
}

/** Mails about mandates, written in the act's own transaction: ask one to confirm, tell the others. */
@Injectable()
export class MandateNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(AroundMandates) private readonly around: AroundMandates,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Asks who may confirm to do so; tells the sitting delegate and the registered contact. */
  async proposed(tx: Tx, mandate: StoredMandate, around: Around): Promise<void> {
    const { personIds, serviceTeam } = confirmersOf(around)
    const team = serviceTeam ? await this.people.holders('serviceTeam', this.clock.today(), tx) : []
    const asked = [...personIds, ...team.map(({ personId }) => personId)].filter(
      (id) => id !== mandate.personId && id !== mandate.proposedBy,
    )
    const told = [...around.contacts, ...around.delegates].filter((id) => !asked.includes(id))
    const proposer = mandate.proposedBy ? await this.people.named([mandate.proposedBy], tx) : null
    const model = {
      ...(await this.model(tx, mandate, 'proposed', { from: mandate.from, note: mandate.reason })),
      proposedBy: proposer?.get(mandate.proposedBy!)?.name ?? '',
    }
    await this.send(tx, 'mandates/proposed', asked, model, `mandate-proposed:${mandate.id}`)
    await this.send(tx, 'mandates/changed', told, model, `mandate-told:${mandate.id}`)
  }

  /** Tells the person, the contact, the delegate (also the one before) and who proposed it what became of it. */
  async changed(
    tx: Tx,
    mandate: StoredMandate,
    what: 'confirmed' | 'refused' | 'withdrawn' | 'ended',
    change: Change,
  ): Promise<void> {
    const ofMember = await readMandates(tx, { memberIds: [mandate.memberId] })
    const delegate = actingOn(ofMember, 'delegate', this.clock.today())
    const involved = [
      ...(what === 'confirmed' || what === 'ended' ? [mandate.personId] : []),
      mandate.proposedBy,
      delegate?.mandate.personId,
      ...(change.followed ?? []).map(({ personId }) => personId),
      ...(await this.around.contactsOf(tx, mandate.memberId)),
    ].filter((id) => id !== null && id !== undefined)
    const key = `mandate-${what}:${mandate.id}${what === 'ended' ? `:${change.from}` : ''}`
    await this.send(tx, 'mandates/changed', involved, await this.model(tx, mandate, what, change), key)
  }

  private async model(
    tx: Tx,
    mandate: StoredMandate,
    what: string,
    { from, note = '', followed = [] }: Change,
  ) {
    const named = await this.people.named(
      [mandate, ...followed].map(({ personId }) => personId),
      tx,
    )
    const member = await this.members.find(mandate.memberId, this.clock.today(), tx)
    const text = (key: string, values: object = {}) =>
      this.messages.text('nl', `mandates.${key}`, { ...values })
    const values = {
      name: named.get(mandate.personId)?.name ?? '',
      member: member?.name ?? '',
      function: text(`functions.${mandate.function}`),
      day: longDay('nl', from),
      days: mandate.until ? 'bounded' : 'open',
      until: mandate.until ? longDay('nl', lastDay(mandate.until)) : '',
    }
    const before = followed.flatMap(({ personId }) => named.get(personId)?.name ?? []).join(', ')
    return {
      memberName: values.member,
      subject: text(`notice.${what}.subject`, values),
      message: text(`notice.${what}.text`, values),
      followed: before ? text('notice.followed', { ...values, before }) : '',
      note,
      path: `/mandaten/${mandate.id}`,
    }
  }

  private async send(tx: Tx, notice: string, personIds: readonly string[], model: object, key: string) {
    const ids = [...new Set(personIds)]
    const named = await this.people.named(ids, tx)
    await this.notices.send(
      tx,
      ids.flatMap((personId) => {
        const to = named.get(personId)
        return to ? [{ notice, to: { personId, ...to }, model, key: `${key}:${personId}` }] : []
      }),
    )
  }
}
