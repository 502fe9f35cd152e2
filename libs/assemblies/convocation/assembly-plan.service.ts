import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { assemblyState } from '../rules/assembly-state.js'
import { appendItem } from '../store/agenda.store.js'
import { findAssembly, lockAssembly } from '../store/assembly.store.js'
import {
  type AssemblyPlanned,
  insertAssembly,
  readPlanned,
  updateAssembly,
} from '../store/assembly-plan.store.js'
import { type AssemblyRequest, findRequest, holdRequest } from '../store/assembly-request.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { AssemblyPlanners } from './assembly-planners.service.js'

/** Planning an assembly, until it is convened. */
@Injectable()
export class AssemblyPlan {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
  ) {}

  /** Assemblies that wait to be convened. */
  planned(tx: Tx = this.database.read): Promise<AssemblyRow[]> {
    return readPlanned(tx)
  }

  /**
   * Plans an assembly. The id comes from the form, so that a repeat plans nothing more. For a request its subject
   * is the first item; a request has one assembly.
   * @returns the id of the assembly
   * @throws RuleViolated `assembly.notYours`, `assembly.dayPast`, `request.notFiled`
   */
  async plan(id: string, plan: AssemblyPlanned, requestId: string | null, visitor: Visitor): Promise<string> {
    return this.database.transaction(async (tx) => {
      const known = await findAssembly(tx, id)
      if (known) return known.id
      await this.planners.check(visitor, requestId, tx)
      if (plan.heldOn < this.clock.today()) throw RuleViolated.of('assembly.dayPast', {}, 'dag')
      const request = requestId ? await this.requestToAnswer(tx, requestId) : null
      if (request?.plannedId) return request.plannedId
      await insertAssembly(tx, { ...plan, id, requestId })
      if (request) await this.putFirst(tx, id, request, visitor)
      await this.record(tx, visitor, 'assembly.planned', id, { ...plan, requestId })
      return id
    })
  }

  /**
   * Changes what is planned; a repeat records the same.
   * @throws NotFoundException, RuleViolated `assembly.notYours`, `assembly.alreadyConvened`, `assembly.dayPast`
   */
  async change(id: string, plan: AssemblyPlanned, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, id, 'change')
      if (!assembly) throw new NotFoundException()
      await this.planners.check(visitor, assembly.requestId, tx)
      if (assemblyState(assembly, this.clock.now()) !== 'planned')
        throw RuleViolated.of('assembly.alreadyConvened')
      if (plan.heldOn < this.clock.today()) throw RuleViolated.of('assembly.dayPast', {}, 'dag')
      await updateAssembly(tx, id, plan)
      await this.record(tx, visitor, 'assembly.changed', id, plan)
    })
  }

  private async requestToAnswer(tx: Tx, requestId: string): Promise<AssemblyRequest> {
    await holdRequest(tx, requestId)
    const request = await findRequest(tx, requestId)
    if (request?.kind !== 'assembly' || !request.filedOn) throw RuleViolated.of('request.notFiled')
    return request
  }

  private putFirst(tx: Tx, assemblyId: string, request: AssemblyRequest, visitor: Visitor): Promise<void> {
    return appendItem(tx, {
      id: this.ids.next(),
      assemblyId,
      title: request.subject,
      explanation: [request.asked, request.explanation].filter(Boolean).join('\n\n'),
      type: 'discussion',
      minutes: 30,
      requestId: request.id,
      addedAt: this.clock.now(),
      addedBy: visitor.personId,
    })
  }

  private record(tx: Tx, visitor: Visitor, action: string, id: string, details: object): Promise<void> {
    return this.audit.record(tx, {
      actorId: visitor.personId,
      action,
      subject: { kind: 'assembly', id },
      details: JSON.parse(JSON.stringify(details)),
    })
  }
}
