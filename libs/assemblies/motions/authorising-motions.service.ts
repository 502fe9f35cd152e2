import { Inject, Injectable } from '@nestjs/common'
import { Database, type Tx } from '#platform'
import { Assemblies, type AuthorisingDecision } from '../assemblies.service.js'
import { findMotion, lockMotion } from '../store/motion.store.js'
import { findLastPollOfMotion, readMotionsAuthorising } from '../store/record.store.js'

/** What an adopted motion would permit, in another library. */
export interface Authorised {
  kind: string
  id: string
}

/**
 * How far a motion that authorises something has come: before its poll, from its opening to a result that holds,
 * decided; or withdrawn, which it also is when its assembly was over before it came to it: `since` says when, and is
 * null when it was taken back.
 */
export type MotionStanding =
  | { state: 'waiting' }
  | { state: 'withdrawn'; since: Date | null }
  | { state: 'voting'; openedAt: Date }
  | { state: 'adopted' | 'rejected'; openedAt: Date; decision: AuthorisingDecision }

/** Follows the motions that other libraries put to an assembly, also when a second assembly decides anew. */
@Injectable()
export class AuthorisingMotions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
  ) {}

  async standing({ kind, id }: Authorised, tx: Tx = this.database.read): Promise<MotionStanding> {
    const [last] = await readMotionsAuthorising(tx, kind, id)
    const motion = last && (await findMotion(tx, last))
    if (!motion) return { state: 'withdrawn', since: null }
    const poll = await findLastPollOfMotion(tx, motion.id)
    if (!poll) {
      const since = motion.endedAt ?? motion.cancelledAt
      return since ? { state: 'withdrawn', since } : { state: 'waiting' }
    }
    const { openedAt } = poll
    const decision = motion.year === null ? null : await this.assemblies.decisionAuthorising(tx, kind, id)
    if (!decision) return { state: 'voting', openedAt }
    return { state: decision.adopted ? 'adopted' : 'rejected', openedAt, decision }
  }

  /** Keeps the polls on these motions from opening until the transaction ends. */
  async hold(tx: Tx, { kind, id }: Authorised): Promise<void> {
    for (const motionId of await readMotionsAuthorising(tx, kind, id)) await lockMotion(tx, motionId)
  }
}
