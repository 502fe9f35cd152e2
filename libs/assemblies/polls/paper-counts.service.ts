import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Files } from '#files'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import {
  checkPaperCount,
  countOf,
  type PaperCount,
  type PaperState,
  paperState,
  paperTotal,
  sideOf,
} from '../rules/paper-count.js'
import { closedBy } from '../rules/poll-end.js'
import { type Count, votesOf } from '../rules/tally.js'
import { findDecisionOfPoll } from '../store/decision.store.js'
import {
  insertPaperCount,
  insertPaperScan,
  type PaperScan,
  readPaperCounts,
  readPaperScans,
  type StoredCount,
} from '../store/paper.store.js'
import type { PollRow } from '../store/poll.entities.js'
import { lockPoll, readElectors } from '../store/poll.store.js'

/** What a scan of a count sheet may be. */
export const scanLimits = { kinds: ['pdf', 'jpeg', 'png'] as const, maxBytes: 10 * 1024 * 1024, most: 10 }

/** Polls on paper: two officers enter what was counted, each without seeing the other's, and the count sheet goes with it. */
@Injectable()
export class PaperCounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
  ) {}

  async state(pollId: string, tx: Tx = this.database.read): Promise<PaperState> {
    return paperState(await readPaperCounts(tx, pollId))
  }

  /** All that was entered, also what differed. */
  async entries(pollId: string): Promise<StoredCount[]> {
    return readPaperCounts(this.database.read, pollId)
  }

  async scans(pollId: string, tx: Tx = this.database.read): Promise<PaperScan[]> {
    return readPaperScans(tx, pollId)
  }

  /** The votes that can be on paper: of all electors that did not vote in advance. */
  async room(pollId: string, tx: Tx = this.database.read): Promise<number> {
    return votesOf((await readElectors(tx, pollId)).filter(({ choice }) => choice === null))
  }

  /**
   * Enters what this officer counted, after the poll closed. When the other's numbers are the same they count; else
   * both are shown and neither counts. The form carries the round: a repeat finds another one, and changes nothing.
   * @throws NotFoundException, RuleViolated `paper.notOnPaper`, `poll.voided`, `poll.notClosed`, `paper.declared`,
   * `conflict.keepsOut`, and the codes of {@link sideOf} and {@link checkPaperCount}
   */
  async enter(pollId: string, round: number, count: PaperCount, officer: Visitor): Promise<void> {
    await this.onPaper(pollId, officer, async (tx) => {
      const state = await this.state(pollId, tx)
      if (state.kind === 'agreed' || state.round !== round) return
      const side = sideOf(
        officer.roles.map(({ role }) => role),
        officer.personId,
        state,
      )
      if ('code' in side) throw new RuleViolated([side])
      RuleViolated.throwIfAny(checkPaperCount(count, await this.room(pollId, tx)))
      const entered = { ...countOf(count), ...side, round, personId: officer.personId }
      await insertPaperCount(tx, pollId, { ...entered, countedAt: this.clock.now() })
      await this.record(tx, officer, 'paperCount.entered', pollId, { round, side: side.side })
    })
  }

  /**
   * Keeps a scan of the count sheet. The same file again changes nothing.
   * @throws as {@link enter}, `paper.tooManyScans`, and what {@link Files.keep} throws
   */
  async addScan(pollId: string, upload: Upload, officer: Visitor): Promise<void> {
    await this.onPaper(pollId, officer, async (tx) => {
      const scans = await readPaperScans(tx, pollId)
      const sha256 = sha256Bytes(upload.content)
      if (scans.some((scan) => scan.sha256 === sha256)) return
      if (scans.length >= scanLimits.most) throw RuleViolated.of('paper.tooManyScans', {}, 'scan')
      const by = officer.personId
      const file = await this.files.keep(tx, upload, scanLimits, by)
      const scan = { pollId, number: scans.length + 1, fileId: file.id, name: file.name, sha256 }
      await insertPaperScan(tx, { ...scan, addedAt: this.clock.now(), addedBy: by })
      await this.record(tx, officer, 'paperScan.added', pollId, { sha256 })
    })
  }

  /** A scan with its content, or null. */
  async scan(pollId: string, number: number) {
    const found = (await this.scans(pollId)).find((scan) => scan.number === number)
    return found ? this.files.read(found.fileId) : null
  }

  /**
   * What to judge: the count that two agreed on, with the ballots cast in advance. The caller holds the poll.
   * @throws RuleViolated `paper.notAgreed`, `paper.scanNeeded`
   */
  async total(tx: Tx, pollId: string): Promise<Count> {
    const state = await this.state(pollId, tx)
    if (state.kind !== 'agreed') throw RuleViolated.of('paper.notAgreed')
    if ((await readPaperScans(tx, pollId)).length === 0) throw RuleViolated.of('paper.scanNeeded')
    return paperTotal(state.count, await readElectors(tx, pollId))
  }

  private async onPaper(
    pollId: string,
    officer: Visitor,
    work: (tx: Tx, poll: PollRow) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const poll = await lockPoll(tx, pollId)
      if (!poll) throw new NotFoundException()
      if (poll.method !== 'paper') throw RuleViolated.of('paper.notOnPaper')
      if (poll.voidedAt) throw RuleViolated.of('poll.voided')
      if (!closedBy(poll, this.clock.now())) throw RuleViolated.of('poll.notClosed')
      if (await findDecisionOfPoll(tx, pollId)) throw RuleViolated.of('paper.declared')
      await this.conflicts.keepOut(tx, officer, poll.motionId)
      await work(tx, poll)
    })
  }

  private record(tx: Tx, officer: Visitor, action: string, id: string, details: Record<string, unknown>) {
    return this.audit.record(tx, {
      ...{ actorId: officer.personId, action, details },
      subject: { kind: 'poll', id },
    })
  }
}
