import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { canonicalJson, RuleViolated } from '#kernel'
import { Audit, Clock, Database, isId, sha256Hex, type Tx, type Visitor } from '#platform'
import { AgreementNotices } from './agreement-notices.js'
import { type Negotiation, Negotiations } from './negotiations.service.js'
import { saysTheSame } from './rules/differences.js'
import { entriesOf } from './rules/draft.js'
import { checkOpen, otherSide, type Side, sideOf } from './rules/negotiation.js'
import {
  closeComment,
  insertComment,
  insertProposal,
  lockNegotiation,
  readComments,
  readDraftOf,
  readProposal,
  removeDraft,
} from './store/negotiation-records.js'

/** A remark to be written. */
export interface NewComment {
  /** Made when the form was shown: the same twice is written once. */
  id: string
  about: string
  text: string
  /** The remark that it answers; empty for a new one. */
  replyTo: string
}

const LONGEST_COMMENT = 4_000
const LONGEST_MESSAGE = 2_000

/** Putting a text to the other side, and remarks on it. Proposals stand for ever, numbered. */
@Injectable()
export class AgreementProposing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(AgreementNotices) private readonly notices: AgreementNotices,
  ) {}

  /**
   * Makes the draft of the visitor's side the next proposal; the other side gets notice, and signatures under an
   * earlier text count for nothing any more. A repeat finds no draft and changes nothing.
   * @returns the number of the proposal
   * @throws NotFoundException, RuleViolated `agreement.negotiationOver`, `noDraft`, `nothingChanged`, `messageTooLong`
   */
  async propose(id: string, message: string, visitor: Visitor): Promise<number> {
    return this.acting(id, visitor, async (tx, negotiation, side) => {
      const draft = await readDraftOf(tx, id, side)
      const last = negotiation.proposals.at(-1)
      if (!draft) {
        if (last?.side === side) return last.number
        throw RuleViolated.of('agreement.noDraft')
      }
      if (message.trim().length > LONGEST_MESSAGE)
        throw RuleViolated.of('agreement.messageTooLong', {}, 'toelichting')
      const before = last ? await readProposal(tx, id, last.number) : null
      if (before && saysTheSame(before, draft.typed)) throw RuleViolated.of('agreement.nothingChanged')
      const typed = canonicalJson(draft.typed)
      const number = (last?.number ?? 0) + 1
      await insertProposal(tx, {
        ...{ negotiationId: id, number, side, typed, sha256: sha256Hex(typed), message: message.trim() },
        ...{ proposedAt: this.clock.now(), proposedBy: visitor.personId },
      })
      await removeDraft(tx, id, side)
      await this.record(tx, 'agreement.proposed', id, visitor, { number })
      await this.notices.toWriters(tx, negotiation.party, otherSide(side), {
        notice: 'proposed',
        key: `agreement-proposed:${id}:${number}`,
        model: {
          ...{ area: negotiation.areaName, number, by: visitor.name, message: message.trim() },
          path: `/afspraken/concepten/${id}/voorstellen/${number}`,
        },
      })
      return number
    })
  }

  /**
   * Writes a remark on the last proposal, or an answer to one. The same id again changes nothing.
   * @throws NotFoundException, RuleViolated `agreement.negotiationOver`, `noProposal`, `commentNeeded`,
   * `commentTooLong`, `unknownPart`, `unknownComment`
   */
  async comment(id: string, request: NewComment, visitor: Visitor): Promise<void> {
    await this.acting(id, visitor, async (tx, negotiation, side) => {
      const text = request.text.trim()
      const proposal = negotiation.proposals.at(-1)?.number
      if (proposal === undefined) throw RuleViolated.of('agreement.noProposal')
      if (text === '') throw RuleViolated.of('agreement.commentNeeded', {}, 'opmerking')
      if (text.length > LONGEST_COMMENT) throw RuleViolated.of('agreement.commentTooLong', {}, 'opmerking')
      const comments = await readComments(tx, id)
      const written = comments.flatMap((one) => [one, ...one.answers])
      if (!isId(request.id) || written.some((one) => one.id === request.id)) return
      const answered = comments.find((one) => one.id === request.replyTo)
      if (request.replyTo !== '' && !answered) throw RuleViolated.of('agreement.unknownComment')
      const about = answered?.about ?? (await this.partOf(tx, id, proposal, request.about))
      await insertComment(tx, {
        ...{ id: request.id, negotiationId: id, proposal, replyTo: answered?.id ?? null, side, about, text },
        ...{ writtenAt: this.clock.now(), writtenBy: visitor.personId },
      })
      await this.record(tx, 'agreement.commented', id, visitor, { about })
      await this.notices.toWriters(tx, negotiation.party, otherSide(side), {
        notice: 'commented',
        key: `agreement-commented:${request.id}`,
        model: {
          ...{ area: negotiation.areaName, by: visitor.name, text },
          path: `/afspraken/concepten/${id}/voorstellen/${proposal}`,
        },
      })
    })
  }

  /**
   * Marks a remark as dealt with. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `agreement.negotiationOver`, `unknownComment`
   */
  async close(id: string, commentId: string, visitor: Visitor): Promise<void> {
    await this.acting(id, visitor, async (tx) => {
      const comment = (await readComments(tx, id)).find((one) => one.id === commentId)
      if (!comment) throw RuleViolated.of('agreement.unknownComment')
      if (comment.closed) return
      await closeComment(tx, commentId, this.clock.now(), visitor.personId)
      await this.record(tx, 'agreement.commentClosed', id, visitor, { about: comment.about })
    })
  }

  /** The part of a proposal that a remark is about: a clause, line or indicator that is there, or all of it. */
  private async partOf(tx: Tx, id: string, proposal: number, about: string): Promise<string> {
    if (about === '' || about === 'general') return 'general'
    const draft = (await readProposal(tx, id, proposal))!
    const parts = (['clauses', 'lines', 'indicators'] as const).flatMap((list) =>
      entriesOf(draft, list).map(({ fields }) => `${list}.${fields.id}`),
    )
    if (!parts.includes(about)) throw RuleViolated.of('agreement.unknownPart', {}, 'over')
    return about
  }

  private async acting<T>(
    id: string,
    visitor: Visitor,
    work: (tx: Tx, negotiation: Negotiation, side: Side) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      if (!isId(id)) throw new NotFoundException()
      await lockNegotiation(tx, id)
      const negotiation = await this.negotiations.find(id, tx)
      const side = negotiation && sideOf(visitor, negotiation.party)
      if (!negotiation || !side) throw new NotFoundException()
      RuleViolated.throwIfAny(checkOpen(negotiation.course))
      return work(tx, negotiation, side)
    })
  }

  private async record(tx: Tx, action: string, id: string, visitor: Visitor, details: object): Promise<void> {
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action,
      subject: { kind: 'negotiation', id },
      details: { ...details },
    })
  }
}
