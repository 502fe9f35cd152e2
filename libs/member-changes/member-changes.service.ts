import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { type MemberOnDay, Members } from '#members'
import { Clock, Database, type Happening, type Task, type Tx, type Visitor } from '#platform'
import { actorFor } from './actor.js'
import { isOpen, needsServiceTeam } from './rules/state.js'
import { type Actor, checkConfirming, checkSettling } from './rules/who-may.js'
import {
  type ChangeSelection,
  countChanges,
  eraseMemberChangePersons,
  type IbanChange,
  type MemberChange,
  readChanges,
  readLastIbanChange,
} from './store/change-records.js'

const RECENT = 50

/** Changes that members ask for in their own details: what waits, what was done. */
@Injectable()
export class MemberChanges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A change, or null when there is none with this id. */
  async find(id: string): Promise<MemberChange | null> {
    return (await readChanges(this.database.read, { id }))[0] ?? null
  }

  /** The changes that match, the latest first. */
  select(selection: ChangeSelection, tx: Tx = this.database.read): Promise<MemberChange[]> {
    return readChanges(tx, selection)
  }

  count(selection: ChangeSelection): Promise<number> {
    return countChanges(this.database.read, selection)
  }

  /**
   * The last time that a member's IBAN changed with four eyes, for who is about to pay; null when it never did
   * (then it is the one of the admission or of an import).
   */
  lastIbanChange(memberId: string, tx: Tx = this.database.read): Promise<IbanChange | null> {
    return readLastIbanChange(tx, memberId)
  }

  /**
   * Empties what concerns persons in a member's changes: contact data, old and new, and reasons. What changed,
   * when and by whom stays. A repeat empties nothing more. Whether it may be done is the caller's to know.
   * @returns how many fields were emptied
   */
  erasePersons(tx: Tx, memberId: string): Promise<number> {
    return eraseMemberChangePersons(tx, memberId)
  }

  /**
   * For the own people of a member: proposals that they can confirm. For the service team: objections, and
   * proposals that nobody of the organisation itself can confirm.
   */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const serviceTeam = visitor.has('serviceTeam')
    const own = scopesOf(visitor)
    if (!serviceTeam && own.length === 0) return []
    const open = await readChanges(
      this.database.read,
      serviceTeam ? { open: true } : { open: true, memberIds: own },
    )
    const members = await this.membersOf(open)
    const stuck = serviceTeam ? await this.withoutConfirmer(open) : new Set<string>()
    return open.flatMap((change): Task[] => {
      const member = members.get(change.memberId)
      const key = member && taskOf(change, actorFor(visitor, member), stuck.has(change.id))
      if (!key) return []
      const values = { member: member.name, reference: change.reference }
      return [
        { key: `member-changes.tasks.${key}`, values, href: hrefOf(change), dueOn: null, openNow: false },
      ]
    })
  }

  /** What happened with the changes of the own members; for the service team of all. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const own = scopesOf(visitor)
    const serviceTeam = visitor.has('serviceTeam')
    if (!serviceTeam && own.length === 0) return []
    const selection = serviceTeam ? {} : { memberIds: own }
    const changes = await readChanges(this.database.read, { ...selection, limit: RECENT })
    const members = await this.membersOf(changes)
    return changes.flatMap((change) => {
      const values = { member: members.get(change.memberId)?.name ?? '?', reference: change.reference }
      const happening = (what: string, at: Date): Happening => ({
        key: `member-changes.happenings.${what}`,
        values,
        href: hrefOf(change),
        at,
      })
      const events = change.events
        .filter(({ type }) => type !== 'confirmed')
        .map(({ type, at }) => happening(change.sensitive ? type : `atOnce.${type}`, at))
      return change.sensitive ? [happening('proposed', change.proposedAt), ...events] : events
    })
  }

  private async membersOf(changes: readonly MemberChange[]): Promise<Map<string, MemberOnDay>> {
    const today = this.clock.today()
    const ids = [...new Set(changes.map(({ memberId }) => memberId))]
    const found = await Promise.all(ids.map((id) => this.members.find(id, today)))
    return new Map(found.flatMap((member) => (member ? [[member.id, member] as const] : [])))
  }

  /** Proposals of members without a second delegate or contact. */
  private async withoutConfirmer(changes: readonly MemberChange[]): Promise<Set<string>> {
    const today = this.clock.today()
    const ids = changes.map(({ memberId }) => memberId)
    const held = [
      ...(await this.people.assignments('contact', ids, today)),
      ...(await this.people.assignments('delegate', ids, today)),
    ].filter(({ from }) => from <= today)
    const stuck = changes.filter(
      ({ memberId, proposedBy }) =>
        !held.some(({ scopeId, personId }) => scopeId === memberId && personId !== proposedBy),
    )
    return new Set(stuck.map(({ id }) => id))
  }
}

function taskOf(change: MemberChange, actor: Actor, stuck: boolean): string | null {
  if (change.state === 'contested') return checkSettling(actor, change).length === 0 ? 'settle' : null
  if (!isOpen(change.state) || checkConfirming(actor, change).length > 0) return null
  if (needsServiceTeam(change.state)) return 'decide'
  return actor.own.length > 0 || stuck ? 'confirm' : null
}

function scopesOf(visitor: Visitor): string[] {
  return [...new Set([...visitor.scopesOf('delegate'), ...visitor.scopesOf('contact')])]
}

function hrefOf({ id }: MemberChange): string {
  return `/wijzigingen/${id}`
}
