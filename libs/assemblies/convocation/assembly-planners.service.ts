import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { mayConveneThemselves, requestStanding } from '../rules/assembly-request.js'
import { findRequest, readConvener } from '../store/assembly-request.store.js'

/** Who plans and convenes: the chair and the secretary; after silence on a request also who asked for it (BW 2:41). */
@Injectable()
export class AssemblyPlanners {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * What the requesters convened themselves stays theirs; what the board convened is not.
   * @param requestId the request that the assembly answers, or would answer.
   */
  async may(visitor: Visitor, requestId: string | null, tx: Tx = this.database.read): Promise<boolean> {
    if (visitor.has('chair', 'secretary')) return true
    const request = requestId ? await findRequest(tx, requestId) : null
    if (request?.kind !== 'assembly' || request.startedBy !== visitor.personId) return false
    const convener = request.plannedId && (await readConvener(tx, request.plannedId))
    if (convener) return convener === visitor.personId
    const today = this.clock.today()
    return mayConveneThemselves(requestStanding(request, today), today)
  }

  /** @throws RuleViolated `assembly.notYours` */
  async check(visitor: Visitor, requestId: string | null, tx?: Tx): Promise<void> {
    if (!(await this.may(visitor, requestId, tx))) throw RuleViolated.of('assembly.notYours')
  }
}
