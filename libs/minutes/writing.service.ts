import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { AssemblyRecords, AuthorisingMotions } from '#assemblies'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Visitor } from '#platform'
import { MINUTES, Minutes, type MinutesOfAssembly } from './minutes.service.js'
import { canonicalText } from './rules/canonical-text.js'
import { checkEdit } from './rules/course.js'
import { draft } from './rules/draft.js'
import { applyEdit, regenerate, saysTheSame } from './rules/editing.js'
import type { MinutesContent } from './rules/minutes.js'
import {
  findVersion,
  insertMinutes,
  insertVersion,
  lockMinutes,
  type Version,
} from './store/minutes.store.js'

/** What a person typed in one part, and the version that was on the screen. */
export interface TypedRemarks {
  section: string
  remarks: string
  version: number
}

/** What became of it; a conflict shows both texts and records nothing. */
export type Written =
  | { kind: 'written' | 'same'; version: number }
  | { kind: 'conflict'; version: number; theirs: string; yours: string }

/** Writing minutes: drafting them from the log, typing in them, and taking over what the log says now. */
@Injectable()
export class MinutesWriting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(AuthorisingMotions) private readonly motions: AuthorisingMotions,
    @Inject(Minutes) private readonly minutes: Minutes,
  ) {}

  /**
   * Drafts the minutes of an assembly that is over. A repeat, or a second writer, finds them there.
   * @throws NotFoundException, RuleViolated `minutes.notEnded`, `statutes.missing`
   */
  async draft(assemblyId: string, visitor: Visitor): Promise<void> {
    const { content, endedAt } = await this.fromLog(assemblyId)
    if (!endedAt) throw RuleViolated.of('minutes.notEnded')
    await this.database.transaction(async (tx) => {
      const id = this.ids.next()
      const draftedAt = this.clock.now()
      if (!(await insertMinutes(tx, { id, assemblyId, draftedAt, draftedBy: visitor.personId }))) return
      await this.record(tx, { minutesId: id, number: 1, kind: 'drafted', section: null }, content, visitor)
    })
  }

  /**
   * Puts typed remarks into a part, as a next version. Who types in another part meanwhile is not in the way; when the
   * same part was changed by someone else nothing is recorded and both texts come back. The same text again is the same.
   * @throws NotFoundException, RuleViolated of {@link checkEdit}, `minutes.noSection`, `minutes.tooLong`
   */
  async edit(assemblyId: string, typed: TypedRemarks, visitor: Visitor): Promise<Written> {
    return this.change(assemblyId, async (tx, { latest }) => {
      const seen = await findVersion(tx, latest.minutesId, typed.version)
      if (!seen) throw RuleViolated.of('minutes.noVersion')
      const before = seen.content.sections.find(({ key }) => key === typed.section)?.remarks ?? ''
      const outcome = applyEdit(latest.content, { key: typed.section, remarks: typed.remarks, before })
      if (outcome.kind === 'conflict') return { ...outcome, version: latest.number }
      if (outcome.kind === 'same') return { kind: 'same', version: latest.number }
      const next = { minutesId: latest.minutesId, number: latest.number + 1 }
      const { section } = typed
      await this.record(tx, { ...next, kind: 'edited', section }, outcome.content, visitor)
      return { kind: 'written', version: next.number }
    })
  }

  /**
   * Takes over what the log says now; what was typed stays. Without a difference nothing is recorded.
   * @throws NotFoundException, RuleViolated of {@link checkEdit}
   */
  async regenerate(assemblyId: string, visitor: Visitor): Promise<void> {
    const { content } = await this.fromLog(assemblyId)
    await this.change(assemblyId, async (tx, { latest }) => {
      const next = regenerate(latest.content, content)
      if (saysTheSame(next, latest.content)) return
      const { minutesId, number } = latest
      await this.record(
        tx,
        { minutesId, number: number + 1, kind: 'regenerated', section: null },
        next,
        visitor,
      )
    })
  }

  /** Whether the log says something else than the version that stands. */
  async logChanged(assemblyId: string, latest: Version): Promise<boolean> {
    const { content } = await this.fromLog(assemblyId)
    return !saysTheSame(regenerate(latest.content, content), latest.content)
  }

  private async fromLog(assemblyId: string): Promise<{ content: MinutesContent; endedAt: Date | null }> {
    const record = await this.records.of(assemblyId)
    if (!record) throw new NotFoundException()
    return { content: draft(record), endedAt: record.assembly.endedAt }
  }

  /** One change at a time, and none from the opening of the poll on: what is voted on is what stands. */
  private async change<T>(
    assemblyId: string,
    work: (tx: Tx, known: MinutesOfAssembly) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      const found = await this.minutes.of(assemblyId, tx)
      if (!found) throw new NotFoundException()
      await lockMinutes(tx, found.minutes.id)
      if (found.offer) await this.motions.hold(tx, { kind: MINUTES, id: found.offer.id })
      const known = (await this.minutes.of(assemblyId, tx))!
      RuleViolated.throwIfAny(checkEdit(known.course))
      return work(tx, known)
    })
  }

  private async record(
    tx: Tx,
    version: Pick<Version, 'minutesId' | 'number' | 'kind' | 'section'>,
    content: MinutesContent,
    visitor: Visitor,
  ): Promise<void> {
    const text = canonicalText(content)
    const hash = sha256Hex(text)
    const recorded = { recordedAt: this.clock.now(), recordedBy: visitor.personId }
    await insertVersion(tx, { ...version, content, text, hash, ...recorded })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: `minutes.${version.kind}`,
      subject: { kind: 'minutes', id: version.minutesId },
      details: { version: version.number, section: version.section, hash },
    })
  }
}
