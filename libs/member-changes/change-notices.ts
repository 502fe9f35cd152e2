import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { MemberOnDay } from '#members'
import { Notices } from '#notices'
import { Clock, longDay, Messages, type Tx } from '#platform'
import type { ActingAs } from './rules/who-may.js'
import type { MemberChange } from './store/change-records.js'
import { fieldNames, tailOf } from './words.js'

/** What there is to tell about a change. */
export type Telling =
  | 'recorded'
  | 'proposed'
  | 'carriedOut'
  | 'refused'
  | 'withdrawn'
  | 'objected'
  | 'settled'

const NOTICES: Record<Telling, string> = {
  recorded: 'member-changes/recorded',
  proposed: 'member-changes/proposed',
  carriedOut: 'member-changes/decided',
  refused: 'member-changes/decided',
  withdrawn: 'member-changes/decided',
  settled: 'member-changes/decided',
  objected: 'member-changes/objected',
}
export const changeNotices = [...new Set(Object.values(NOTICES))]

interface Receiver {
  personId: string | null
  name: string
  email: string
}

interface About {
  member: MemberOnDay
  /** The contact as the register named it before the act: the old address gets notice too. */
  contact: { contactName: string | null; contactEmail: string | null } | null
  what: Telling
}

/**
 * Tells the delegates and the contact what happened, in the act's own transaction. A notice names the fields and
 * the end of an account number; names, addresses and telephone numbers of persons stay out of it.
 */
@Injectable()
export class ChangeNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tell(tx: Tx, change: MemberChange, { member, contact, what }: About): Promise<void> {
    const receivers = await this.receivers(tx, change, contact)
    if (what === 'objected')
      receivers.push(...(await this.people.holders('serviceTeam', this.clock.today(), tx)))
    const model = await this.model(tx, change, member, what)
    await this.notices.send(
      tx,
      byAddress(receivers).map(({ personId, name, email }) => ({
        notice: NOTICES[what],
        to: { personId, name, email },
        model: { ...model, personId, isProposer: personId === change.proposedBy },
        key: `member-change:${change.id}:${what}:${email}`,
      })),
    )
  }

  /** Why the register changed, for its timeline: who by their part, and where the rest stands. */
  registerReason(reference: string, proposedAs: ActingAs, confirmedAs: ActingAs | null): string {
    const as = (role: ActingAs) => this.messages.text('nl', `member-changes.as.${role}`)
    const values = { reference, proposed: as(proposedAs), confirmed: confirmedAs ? as(confirmedAs) : '' }
    const key = confirmedAs ? 'confirmed' : 'atOnce'
    return this.messages.text('nl', `member-changes.registerReason.${key}`, values)
  }

  private async model(tx: Tx, change: MemberChange, member: MemberOnDay, what: Telling) {
    const text = (key: string, values: object = {}) =>
      this.messages.text('nl', `member-changes.${key}`, { ...values })
    const last = change.events.at(-1)
    const named = await this.people.named([change.proposedBy, ...(last?.byPerson ? [last.byPerson] : [])], tx)
    const effectiveOn = change.events.find(({ type }) => type === 'carriedOut')?.effectiveOn
    const iban = change.changes.find(({ field }) => field === 'iban')
    const values = {
      member: member.name,
      reference: change.reference,
      fields: fieldNames(this.messages, 'nl', change.changes),
      day: longDay('nl', effectiveOn ?? change.holdsFrom),
      proposer: `${named.get(change.proposedBy)?.name ?? '?'} (${text(`as.${change.proposedAs}`)})`,
      by: `${(last?.byPerson && named.get(last.byPerson)?.name) || '?'} (${text(`as.${last?.byAs ?? 'contact'}`)})`,
    }
    return {
      ...values,
      changeId: change.id,
      subject: text(`notice.${what}.subject`, values),
      message: text(`notice.${what}.text`, values),
      ibanLine: iban
        ? text('notice.iban', { from: iban.from ? tailOf(iban.from) : 'none', to: tailOf(iban.to) })
        : null,
      note: what === 'refused' || what === 'withdrawn' || what === 'settled' ? (last?.reason ?? '') : '',
      path: `/wijzigingen/${change.id}`,
      canObject: what === 'recorded' || what === 'proposed' || what === 'carriedOut',
    }
  }

  private async receivers(tx: Tx, change: MemberChange, contact: About['contact']): Promise<Receiver[]> {
    const today = this.clock.today()
    const { memberId, proposedBy } = change
    const own = [
      ...(await this.people.assignments('contact', [memberId], today, tx)),
      ...(await this.people.assignments('delegate', [memberId], today, tx)),
    ].filter(({ from }) => from <= today)
    const proposer = (await this.people.named([proposedBy], tx)).get(proposedBy)
    return [
      ...(proposer ? [{ personId: proposedBy, ...proposer }] : []),
      ...own,
      ...(await this.oldContact(tx, contact)),
    ]
  }

  private async oldContact(tx: Tx, contact: About['contact']): Promise<Receiver[]> {
    if (!contact?.contactEmail) return []
    const { contactEmail: email, contactName } = contact
    const person = await this.people.withAddress(email, tx)
    return [{ personId: person?.id ?? null, name: contactName ?? person?.name ?? email, email }]
  }
}

/** One notice for one address, however many parts its owner has. */
function byAddress(receivers: readonly Receiver[]): Receiver[] {
  return receivers.filter(({ email }, at) => receivers.findIndex((one) => one.email === email) === at)
}
