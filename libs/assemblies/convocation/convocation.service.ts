import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { type AssemblyState, assemblyState } from '../rules/assembly-state.js'
import type { ConvocationKind } from '../rules/convocation-content.js'
import { markConvened, touchAgenda } from '../store/agenda.store.js'
import { lockAssembly } from '../store/assembly.store.js'
import { type AssemblyPlanned, updateAssembly } from '../store/assembly-plan.store.js'
import {
  type Convocation,
  findConvocation,
  insertConvocation,
  insertPosting,
  readConvocations,
  readRecipients,
  type SentRecipient,
} from '../store/convocation.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { AssemblyPlanners } from './assembly-planners.service.js'
import { type ConvocationDraft, ConvocationDrafts, type DraftWish } from './convocation-draft.service.js'
import { ConvocationNotices } from './convocation-notices.service.js'

/** Convening, and what changes after it: each time a record of what was sent to whom, and the mail itself. */
@Injectable()
export class Convocations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
    @Inject(ConvocationDrafts) private readonly drafts: ConvocationDrafts,
    @Inject(ConvocationNotices) private readonly notices: ConvocationNotices,
  ) {}

  /** The convocations of an assembly, in order. */
  list(assemblyId: string, tx: Tx = this.database.read): Promise<Convocation[]> {
    return readConvocations(tx, assemblyId)
  }

  /** To whom they went, and when mail or post took it. */
  recipients(assemblyId: string): Promise<SentRecipient[]> {
    return readRecipients(this.database.read, assemblyId)
  }

  /** What would go out now, with the findings of the terms. */
  preview(assembly: AssemblyRow, wish: Partial<DraftWish> = {}): Promise<ConvocationDraft> {
    return this.drafts.draft(this.database.read, assembly, { kind: kindOf(assembly), ...wish })
  }

  /**
   * Convenes, or convenes what was added since. One at a time: whoever comes second with the same number finds it
   * done. The hash makes sure that what goes out is what was on the screen.
   * @throws NotFoundException, RuleViolated `assembly.notYours`, `convocation.tooLate`, `convocation.changedMeanwhile`,
   * `convocation.refused` with what the terms say on the page
   */
  async convene(
    assemblyId: string,
    wish: { sequence: number; contentHash: string; supporters: boolean },
    visitor: Visitor,
  ): Promise<void> {
    await this.act(assemblyId, wish.sequence, visitor, ['planned', 'convened'], async (tx, assembly) => {
      const kind = kindOf(assembly)
      const draft = await this.drafts.draft(tx, assembly, { kind, supporters: wish.supporters })
      if (draft.contentHash !== wish.contentHash) throw RuleViolated.of('convocation.changedMeanwhile')
      await this.send(tx, draft, visitor)
      await markConvened(tx, draft.newItemIds, this.clock.now())
      await touchAgenda(tx, assemblyId)
      if (kind === 'convocation') await updateAssembly(tx, assemblyId, { convenedOn: this.clock.today() })
    })
  }

  /**
   * Moves a convened assembly to another day, time or place, within the terms, and tells who was convened.
   * @throws as {@link convene}
   */
  async postpone(
    assemblyId: string,
    sequence: number,
    moved: Pick<AssemblyPlanned, 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'>,
    reason: string,
    visitor: Visitor,
  ): Promise<void> {
    await this.act(assemblyId, sequence, visitor, ['convened'], async (tx, assembly) => {
      const draft = await this.drafts.draft(tx, assembly, { kind: 'postponement', moved, reason })
      await this.send(tx, draft, visitor)
      await updateAssembly(tx, assemblyId, moved)
      await markConvened(tx, draft.newItemIds, this.clock.now())
    })
  }

  /**
   * Cancels a convened assembly and tells who was convened; a repeat changes nothing.
   * @throws NotFoundException, RuleViolated `assembly.notYours`, `convocation.tooLate`
   */
  async cancel(assemblyId: string, sequence: number, reason: string, visitor: Visitor): Promise<void> {
    await this.act(assemblyId, sequence, visitor, ['convened'], async (tx, assembly) => {
      await this.send(tx, await this.drafts.draft(tx, assembly, { kind: 'cancellation', reason }), visitor)
      await updateAssembly(tx, assemblyId, { cancelledAt: this.clock.now() })
    })
  }

  /**
   * Tells everyone who may vote then when and where an adjourned assembly goes on, within the caller's transaction. No
   * term applies: it is the assembly that was convened.
   */
  async goOn(
    tx: Tx,
    assembly: AssemblyRow,
    { reason, ...moved }: NonNullable<DraftWish['moved']> & { reason: string },
    visitor: Visitor,
  ): Promise<void> {
    await this.send(
      tx,
      await this.drafts.draft(tx, assembly, { kind: 'continuation', moved, reason }),
      visitor,
    )
  }

  /** The letters of a convocation were brought to the post; a repeat keeps the first moment. */
  async markPosted(assemblyId: string, convocationId: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const convocation = await findConvocation(tx, convocationId)
      if (convocation?.assemblyId !== assemblyId) throw new NotFoundException()
      const posting = { convocationId, postedAt: this.clock.now(), postedBy: visitor.personId }
      if (await insertPosting(tx, posting))
        await this.record(tx, visitor, 'convocation.posted', assemblyId, { convocationId })
    })
  }

  private async act(
    assemblyId: string,
    sequence: number,
    visitor: Visitor,
    states: readonly AssemblyState[],
    work: (tx: Tx, assembly: AssemblyRow) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const assembly = await lockAssembly(tx, assemblyId, 'change')
      if (!assembly) throw new NotFoundException()
      await this.planners.check(visitor, assembly.requestId, tx)
      const done = await readConvocations(tx, assemblyId)
      if (done.length > sequence) return
      if (!states.includes(assemblyState(assembly, this.clock.now())))
        throw RuleViolated.of('convocation.tooLate')
      await work(tx, assembly)
    })
  }

  private async send(tx: Tx, draft: ConvocationDraft, visitor: Visitor): Promise<void> {
    const { content, contentHash, recipients, findings } = draft
    if (findings.some(({ weight }) => weight === 'refuse')) throw RuleViolated.of('convocation.refused')
    const id = this.ids.next()
    const { assemblyId, sequence, kind } = content
    const convenedAt = this.clock.now()
    const withKeys = recipients.map((recipient) => ({
      ...recipient,
      noticeKey: recipient.personId && `assemblies/${kind} ${id} ${recipient.personId}`,
    }))
    const convocation = {
      id,
      assemblyId,
      sequence,
      kind,
      content,
      contentHash,
      convenedAt,
      convenedBy: visitor.personId,
    }
    await insertConvocation(tx, convocation, withKeys)
    await this.notices.send(tx, convocation, withKeys)
    const by = (channel: string) => recipients.filter((recipient) => recipient.channel === channel).length
    await this.record(tx, visitor, `assembly.${ACTIONS[kind]}`, assemblyId, {
      ...{ convocationId: id, contentHash, emails: by('email'), letters: by('letter') },
      warnings: findings.map(({ code }) => code),
    })
  }

  private record(
    tx: Tx,
    visitor: Visitor,
    action: string,
    id: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId: visitor.personId,
      action,
      subject: { kind: 'assembly', id },
      details,
    })
  }
}

const ACTIONS: Record<ConvocationKind, string> = {
  convocation: 'convened',
  supplement: 'supplemented',
  postponement: 'postponed',
  cancellation: 'cancelled',
  continuation: 'continuationSent',
}

/** The first time it is the convocation, after that a supplement to it. */
const kindOf = ({ convenedOn }: { convenedOn: Day | null }): ConvocationKind =>
  convenedOn ? 'supplement' : 'convocation'
