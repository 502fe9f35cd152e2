import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { checkOrder, type ItemType, isDeciding, moved } from '../rules/agenda.js'
import { assemblyState } from '../rules/assembly-state.js'
import type { DecisionType } from '../rules/poll-rule.js'
import {
  type AgendaItem,
  appendItem,
  findItem,
  markRemoved,
  readItems,
  touchAgenda,
  updateItem,
  updateMotion,
  writeOrder,
} from '../store/agenda.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { appendMotion, deleteMotion } from '../store/motion.store.js'
import { AssemblyPlanners } from './assembly-planners.service.js'

/** What a planner writes of an item; the question and the kind of decision only where something is decided. */
export interface ItemContent {
  type: ItemType
  title: string
  explanation: string
  minutes: number
  question: string
  decisionType: DecisionType
}

/** Making the agenda: until the convocation everything may change, after it items may only be added. */
@Injectable()
export class Agenda {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
  ) {}

  items(assemblyId: string, tx: Tx = this.database.read): Promise<AgendaItem[]> {
    return readItems(tx, assemblyId)
  }

  /**
   * Puts an item last. The id comes from the form: a repeat adds nothing.
   * @throws NotFoundException, RuleViolated `assembly.notYours`, `assembly.ended`, `assembly.cancelled`
   */
  async add(
    assemblyId: string,
    id: string,
    content: ItemContent,
    visitor: Visitor,
    requestId: string | null = null,
  ): Promise<void> {
    await this.change(assemblyId, visitor, 'agenda.itemAdded', async (tx) => {
      if (await findItem(tx, id)) return null
      const { type, title, explanation, minutes, question, decisionType } = content
      const added = { addedAt: this.clock.now(), addedBy: visitor.personId }
      if (isDeciding(type)) {
        await appendMotion(tx, {
          ...{ id, assemblyId, title, explanation, question, decisionType },
          ...{ authorisesKind: null, authorisesId: null },
          submittedAt: added.addedAt,
          submittedBy: visitor.personId,
        })
        await updateItem(tx, id, { type, minutes, requestId })
      } else {
        await appendItem(tx, { id, assemblyId, title, explanation, type, minutes, requestId, ...added })
      }
      return { item: id, type, title }
    })
  }

  /**
   * Changes an item that no convocation holds yet. Whether something is decided stays as it is; of a motion of
   * another library only the minutes and the type are ours.
   * @throws NotFoundException, RuleViolated `agenda.itemConvened`, `agenda.otherType`, `motion.pollOpened`,
   * `agenda.hasAmendments`
   */
  async edit(assemblyId: string, id: string, content: ItemContent, visitor: Visitor): Promise<void> {
    await this.change(assemblyId, visitor, 'agenda.itemChanged', async (tx) => {
      const item = await this.openItem(tx, assemblyId, id)
      const { type, title, explanation, minutes, question, decisionType } = content
      if (isDeciding(type) !== (item.motionId !== null))
        throw RuleViolated.of('agenda.otherType', {}, 'soort')
      if (item.motionId === null) await updateItem(tx, id, { type, minutes, title, explanation })
      else await updateItem(tx, id, { type, minutes })
      if (item.motionId && !item.authorises)
        await updateMotion(tx, item.motionId, { title, explanation, question, decisionType })
      return { item: id, type, title }
    })
  }

  /**
   * Takes an item off; a repeat changes nothing.
   * @throws NotFoundException, RuleViolated `agenda.itemConvened`, `agenda.fromElsewhere`, `motion.pollOpened`,
   * `agenda.hasAmendments`
   */
  async remove(assemblyId: string, id: string, visitor: Visitor): Promise<void> {
    await this.change(assemblyId, visitor, 'agenda.itemRemoved', async (tx) => {
      const known = await findItem(tx, id)
      if (!known) return null
      const item = await this.openItem(tx, assemblyId, id)
      if (item.authorises) throw RuleViolated.of('agenda.fromElsewhere')
      if (item.motionId) await deleteMotion(tx, item.motionId)
      else await markRemoved(tx, id, this.clock.now())
      const left = await readItems(tx, assemblyId)
      await writeOrder(
        tx,
        assemblyId,
        left.map((one) => one.id),
      )
      return { item: id, title: item.title }
    })
  }

  /**
   * Orders the agenda anew, or moves one item a place up (-1) or down (1).
   * @param version the version of the agenda that was on the screen
   * @throws NotFoundException, RuleViolated `agenda.changedMeanwhile`, `agenda.orderStands` once it is convened
   */
  async reorder(
    assemblyId: string,
    wanted: readonly string[] | { id: string; by: -1 | 1 },
    version: number,
    visitor: Visitor,
  ): Promise<void> {
    await this.change(assemblyId, visitor, 'agenda.reordered', async (tx, assembly) => {
      if (assembly.convenedOn) throw RuleViolated.of('agenda.orderStands')
      if (assembly.agendaVersion !== version) throw RuleViolated.of('agenda.changedMeanwhile')
      const ids = (await readItems(tx, assemblyId)).map(({ id }) => id)
      const order = 'id' in wanted ? moved(ids, wanted.id, wanted.by) : wanted
      checkOrder(ids, order)
      if (order.join() === ids.join()) return null
      await writeOrder(tx, assemblyId, order)
      return { order }
    })
  }

  /** One change at a time, by who may; a change that changes nothing leaves no trace. */
  private async change(
    assemblyId: string,
    visitor: Visitor,
    action: string,
    work: (tx: Tx, assembly: AssemblyRow) => Promise<Record<string, unknown> | null>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      await this.planners.check(visitor, assembly.requestId, tx)
      const state = assemblyState(assembly, this.clock.now())
      if (state === 'ended') throw RuleViolated.of('assembly.ended')
      if (state === 'cancelled') throw RuleViolated.of('assembly.cancelled')
      const details = await work(tx, assembly)
      if (!details) return
      await touchAgenda(tx, assemblyId)
      const subject = { kind: 'assembly', id: assemblyId }
      await this.audit.record(tx, { actorId: visitor.personId, action, subject, details })
    })
  }

  private async openItem(tx: Tx, assemblyId: string, id: string): Promise<AgendaItem> {
    const item = await findItem(tx, id)
    if (item?.assemblyId !== assemblyId) throw new NotFoundException()
    if (item.convenedAt) throw RuleViolated.of('agenda.itemConvened')
    if (item.hasPoll) throw RuleViolated.of('motion.pollOpened')
    if (item.hasAmendments) throw RuleViolated.of('agenda.hasAmendments')
    return item
  }
}
