import { Inject, Injectable } from '@nestjs/common'
import { Members } from '#members'
import { Database, isId, type Tx } from '#platform'
import { Agenda } from '../convocation/agenda.service.js'
import { Electorate } from '../polls/electorate.service.js'
import { presentAt, quorumNow } from '../rules/presence.js'
import { proxiesInForce } from '../rules/proxies.js'
import { staysOf } from '../rules/stays.js'
import { findAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { readProgress } from '../store/floor.store.js'
import { listGuests, readAttendanceLog } from '../store/hall.store.js'
import { readProxies } from '../store/proxy.store.js'
import { readAdjournments, readPollLines, readVoters } from '../store/record.store.js'
import { RecordedItems } from './record-items.js'
import { RecordedOfficers } from './record-officers.js'

/** Everything that was logged of an assembly, joined: what minutes are drafted from. It changes nothing. */
@Injectable()
export class AssemblyRecords {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Agenda) private readonly agenda: Agenda,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(RecordedItems) private readonly items: RecordedItems,
    @Inject(RecordedOfficers) private readonly officers: RecordedOfficers,
  ) {}

  /** What the pages about a record of this assembly show; null when there is none. */
  async assembly(id: string, tx: Tx = this.database.read) {
    const found = isId(id) ? await findAssembly(tx, id) : null
    if (!found) return null
    const { title, kind, heldOn, startsAt, endedAt, cancelledAt, convenedOn, place, onlineAddress } = found
    return { id, title, kind, heldOn, startsAt, endedAt, cancelledAt, convenedOn, place, onlineAddress }
  }

  /**
   * The record of an assembly; null when there is none.
   * @throws RuleViolated `statutes.missing`
   */
  async of(id: string, tx: Tx = this.database.read) {
    const assembly = isId(id) ? await findAssembly(tx, id) : null
    if (!assembly) return null
    const hall = await this.hallOf(assembly, tx)
    const guests = await listGuests(tx, id)
    return {
      assembly,
      officers: await this.officers.of(assembly, tx),
      members: hall.members,
      guests: guests.map(({ name, cameAt, leftAt }) => ({ name, cameAt, leftAt })),
      opening: hall.opening,
      adjournments: await readAdjournments(tx, id),
      items: await this.items.of(assembly, await this.agenda.items(id, tx), hall.names, tx),
    }
  }

  /** Who was there or represented, and the quorum at the opening: when the first item began, else the hour it was set for. */
  private async hallOf(assembly: AssemblyRow, tx: Tx) {
    const { id, heldOn, startsAt } = assembly
    const members = await this.members.asOf(heldOn, tx)
    const electors = await this.electorate.on(heldOn, tx)
    const rule = await this.electorate.ruleOn(heldOn, 'ordinary', tx)
    const log = await readAttendanceLog(tx, id)
    const proxies = await readProxies(tx, id)
    const voters = await readVoters(tx, id)
    const names = new Map(members.map((member) => [member.id, member.name]))
    const weights = new Map(electors.map(({ memberId, weight }) => [memberId, weight]))

    const holdersAt = (instant: Date) => {
      const present = presentAt(log, instant)
      const inForce = proxiesInForce(proxies, instant, present, new Set(weights.keys()))
      return {
        present,
        holders: new Map([...inForce].map(([principal, { holderId }]) => [principal, holderId])),
      }
    }
    const begun = (await readProgress(tx, id)).find(({ kind }) => kind === 'begun')?.at
    const openedAt = begun ?? startsAt
    const atOpening = holdersAt(openedAt)
    const { present, represented, electorate, needed, reached } = quorumNow(
      electors,
      atOpening.present,
      atOpening.holders,
      rule,
    )
    const moments = [openedAt, ...(await readPollLines(tx, id)).map((poll) => poll.openedAt)]
    const heldBy = new Map<string, Set<string>>()
    for (const { present: there, holders } of moments.map(holdersAt))
      for (const [principal, holder] of holders)
        if (there.has(holder)) heldBy.set(principal, (heldBy.get(principal) ?? new Set()).add(holder))

    return {
      names,
      opening: { at: openedAt, quorum: { present: present + represented, electorate, needed, reached } },
      members: members.map((member) => ({
        number: member.number,
        name: member.name,
        mayVote: weights.has(member.id),
        weight: weights.get(member.id) ?? 0,
        stays: staysOf(log, member.id),
        heldBy: [...(heldBy.get(member.id) ?? [])].map((holder) => names.get(holder) ?? ''),
        voted: voters.get(member.id) ?? null,
      })),
    }
  }
}
