import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { Files } from '#files'
import { type Day, dayOf, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Upload, type Visitor } from '#platform'
import { InterventionNotices } from './intervention-notices.js'
import { AUTHORISES, actorsOf, Interventions, isVisible, type KnownCase } from './interventions.service.js'
import { checkAct, type WantedAct } from './rules/check-act.js'
import { stepOf } from './rules/standing.js'
import { isEnding } from './rules/steps.js'
import { insertEvent, lockCase } from './store/case.store.js'
import type { InterventionEventRow } from './store/entities.js'

/** PDF's and pictures of at most 10 MB, five at a time. */
export const CASE_FILES = { kinds: ['pdf', 'jpeg', 'png'] as const, maxBytes: 10_000_000 }
export const MOST_FILES = 5

/** What a form of a case asks. */
export interface AskedAct extends Omit<WantedAct, 'personId'> {
  /** How many events the page showed: what was done meanwhile is read first. */
  seen: number
  /** The assembly that is asked to decide. */
  assemblyId: string | null
}

/** Everything that is done in a case after its beginning, by either party, the director and the chair. */
@Injectable()
export class InterventionActs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Interventions) private readonly interventions: Interventions,
    @Inject(InterventionNotices) private readonly notices: InterventionNotices,
  ) {}

  /** The assemblies that a case can be put to: all that are not over. */
  async candidates(): Promise<{ id: string; title: string; heldOn: Day }[]> {
    return this.assemblies.runningOrUpcoming()
  }

  /**
   * Does one thing in a case and tells the others. The same form sent again finds it done.
   * @returns the number of the event
   * @throws NotFoundException, RuleViolated of {@link checkAct}, `intervention.changedMeanwhile`,
   * `intervention.chooseAssembly`, what is wrong with a file, and what the assembly says of its agenda
   */
  async act(id: string, asked: AskedAct, uploads: readonly Upload[], visitor: Visitor): Promise<number> {
    return this.database.transaction(async (tx) => {
      await lockCase(tx, id)
      const known = await this.interventions.find(id, tx)
      if (!known || !isVisible(visitor, known)) throw new NotFoundException()
      if (isRepeat(known, asked, visitor)) return asked.seen + 1
      const row = await this.permitted(tx, known, asked, visitor)
      const fileIds: string[] = []
      for (const upload of uploads)
        fileIds.push((await this.files.keep(tx, upload, CASE_FILES, visitor.personId)).id)
      await insertEvent(tx, row, fileIds)
      await this.audit.record(tx, {
        ...{ actorId: visitor.personId, action: `intervention.${row.act}` },
        subject: { kind: 'intervention', id },
        details: { number: row.number, actor: row.actor, files: fileIds.length },
      })
      await this.notices.done(tx, (await this.interventions.find(id, tx))!, row, visitor)
      return row.number
    })
  }

  private async permitted(tx: Tx, known: KnownCase, asked: AskedAct, visitor: Visitor) {
    const able = actorsOf(visitor, known)
    if (able.length === 0) throw RuleViolated.of('intervention.notYours')
    if (asked.seen !== known.events.length)
      throw RuleViolated.of('intervention.changedMeanwhile', {}, 'reden')
    const { direction, ladder, startedAt, now } = known
    const rules = { direction, ladder, startedOn: dayOf(startedAt), today: this.clock.today() }
    RuleViolated.throwIfAny(checkAct({ ...asked, personId: visitor.personId }, now, able, rules))
    const move = stepOf(direction, now.state)!.acts[asked.act]!
    const row: InterventionEventRow = {
      ...{ id: this.ids.next(), caseId: known.id, number: known.events.length + 1, act: asked.act },
      ...{ actor: move.by.find((one) => able.includes(one))!, reason: asked.reason.trim() },
      ...daysOf(asked),
      ...{ assemblyId: null, motionId: null },
      ...{ recordedAt: this.clock.now(), recordedBy: visitor.personId },
    }
    if (asked.act === 'putToAssembly') return this.onAgenda(tx, known, row, asked.assemblyId)
    if (move.to !== 'same' && isEnding(move.to)) await this.offAgenda(tx, known, visitor)
    return row
  }

  /** A motion of an ordinary kind; the decision ends the case. */
  private async onAgenda(
    tx: Tx,
    { agreement, subject }: KnownCase,
    row: InterventionEventRow,
    assemblyId: string | null,
  ): Promise<InterventionEventRow> {
    const found = (await this.candidates()).find(({ id }) => id === assemblyId)
    if (!found) throw RuleViolated.of('intervention.chooseAssembly', {}, 'vergadering')
    const { name } = agreement.counterparty
    const { motionId } = await this.assemblies.submitMotion(tx, {
      assemblyId: found.id,
      // Dutch, as every text of the cooperative.
      title: `Ingebrekestelling door ${name}: ${subject}`,
      question: `Vindt de ALV dat de stadscoöperatie haar verplichtingen uit de afspraak met ${name} niet is nagekomen, en moet het bestuur dat herstellen?`,
      explanation: row.reason,
      ...{ decisionType: 'ordinary', authorises: { kind: AUTHORISES, id: row.id } },
      submittedBy: row.recordedBy,
    })
    return { ...row, assemblyId: found.id, motionId }
  }

  private async offAgenda(tx: Tx, { events, now }: KnownCase, visitor: Visitor): Promise<void> {
    const asked = now.state === 'onAgenda' && events.findLast(({ act }) => act === 'putToAssembly')
    if (asked) await this.assemblies.withdrawMotion(tx, AUTHORISES, asked.id, visitor.personId)
  }
}

/** Only the days that the act is about are kept. */
function daysOf({ act, meetsOn, meetsAt, dueOn }: AskedAct) {
  const meets = act === 'planConversation' || act === 'holdConversation'
  return {
    meetsOn: meets ? meetsOn : null,
    meetsAt: act === 'planConversation' ? meetsAt : null,
    dueOn: act === 'extend' ? dueOn : null,
  }
}

/** Whether the event after those that the page showed is this very act. */
function isRepeat({ events }: KnownCase, asked: AskedAct, { personId }: Visitor): boolean {
  const next = events[asked.seen]
  const days = daysOf(asked)
  return (
    next !== undefined &&
    next.by === personId &&
    next.act === asked.act &&
    next.reason === asked.reason.trim() &&
    next.meetsOn === days.meetsOn &&
    next.meetsAt === days.meetsAt &&
    next.dueOn === days.dueOn &&
    next.assemblyId === (asked.act === 'putToAssembly' ? asked.assemblyId : null)
  )
}
