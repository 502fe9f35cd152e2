import { Inject, Injectable } from '@nestjs/common'
import { Clock, Database } from '#platform'
import { Electorate } from '../polls/electorate.service.js'
import type { PollRule } from '../rules/poll-rule.js'
import { instantAfter, presentAt, type QuorumNow, quorumNow } from '../rules/presence.js'
import { proxiesInForce } from '../rules/proxies.js'
import type { AssemblyRow } from '../store/entities.js'
import type { GuestRow } from '../store/hall.entities.js'
import { type LoggedAttendance, lastInHall, listGuests, readAttendanceLog } from '../store/hall.store.js'
import type { NewElector } from '../store/poll.store.js'
import { type ProxyRecord, readProxies } from '../store/proxy.store.js'

/** Who is in the hall at this moment, who is represented by whom, and what that makes of the quorum. */
export interface HallNow {
  now: Date
  electors: NewElector[]
  log: LoggedAttendance[]
  present: Set<string>
  proxies: ProxyRecord[]
  /** By principal. */
  inForce: Map<string, { holderId: string }>
  quorum: QuorumNow
  /** The rule for ordinary decisions, which the quorum is of. */
  rule: PollRule
}

/** Reads the hall; everything is computed from the log and the proxies, nothing is kept. */
@Injectable()
export class Hall {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Electorate) private readonly electorate: Electorate,
  ) {}

  /** @throws RuleViolated `statutes.missing` */
  async now({ id, heldOn, endedAt }: Pick<AssemblyRow, 'id' | 'heldOn' | 'endedAt'>): Promise<HallNow> {
    const tx = this.database.read
    // What another process recorded with a clock that runs a little ahead has happened.
    const now = endedAt ?? instantAfter(this.clock.now(), await lastInHall(tx, id, 'all'))
    const electors = await this.electorate.on(heldOn)
    const log = await readAttendanceLog(tx, id)
    const proxies = await readProxies(tx, id)
    const rule = await this.electorate.ruleOn(heldOn, 'ordinary')
    const present = presentAt(log, now)
    const mayVote = new Set(electors.map(({ memberId }) => memberId))
    const inForce = proxiesInForce(proxies, now, present, mayVote)
    const holders = new Map([...inForce].map(([principalId, { holderId }]) => [principalId, holderId]))
    return {
      ...{ now, electors, log, present, proxies, inForce, rule },
      quorum: quorumNow(electors, present, holders, rule),
    }
  }

  /** Those of these members who are in the hall. */
  async presentOf(assemblyId: string, memberIds: readonly string[], now: Date): Promise<Set<string>> {
    return presentAt(await readAttendanceLog(this.database.read, assemblyId, memberIds), now)
  }

  /** The guests in the order in which they came. */
  async guests(assemblyId: string): Promise<GuestRow[]> {
    return listGuests(this.database.read, assemblyId)
  }
}
