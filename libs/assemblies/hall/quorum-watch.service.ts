import { Inject, Injectable } from '@nestjs/common'
import { Clock, Database } from '#platform'
import type { QuorumNow } from '../rules/presence.js'
import type { AssemblyRow } from '../store/entities.js'
import { hallMark } from '../store/hall.store.js'
import { Hall } from './hall.service.js'

/** The register changes without a line in the hall, as when a member is suspended: then it is seen after this long. */
const KEPT_MS = 30_000
/** How many assemblies are kept at hand. */
const AT_HAND = 20

/**
 * The quorum for who looks often, as the room does after every announcement: counted anew when somebody came, went
 * or gave a proxy, not at every ballot. Each process keeps its own; what it keeps is checked against the log each time.
 */
@Injectable()
export class QuorumWatch {
  private readonly known = new Map<string, { mark: string; readAt: number; quorum: QuorumNow }>()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Hall) private readonly hall: Hall,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws RuleViolated `statutes.missing` */
  async of(assembly: Pick<AssemblyRow, 'id' | 'heldOn' | 'endedAt'>): Promise<QuorumNow> {
    // The mark is older than what is counted: what comes in between is seen the next time.
    const mark = `${await hallMark(this.database.read, assembly.id)} ${assembly.endedAt?.getTime() ?? ''}`
    const readAt = this.clock.now().getTime()
    const known = this.known.get(assembly.id)
    if (known && known.mark === mark && Math.abs(readAt - known.readAt) < KEPT_MS) return known.quorum
    const { quorum } = await this.hall.now(assembly)
    this.known.delete(assembly.id)
    this.known.set(assembly.id, { mark, readAt, quorum })
    for (const oldest of this.known.keys()) if (this.known.size > AT_HAND) this.known.delete(oldest)
    return quorum
  }
}
