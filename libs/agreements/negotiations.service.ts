import { Inject, Injectable } from '@nestjs/common'
import { Database, isId, type Tx, type Visitor } from '#platform'
import { Agreements } from './agreements.service.js'
import type { Agreement } from './rules/agreement.js'
import type { Draft } from './rules/draft.js'
import {
  type NegotiationCourse,
  type NegotiationState,
  negotiationState,
  type Side,
  sideOf,
  turnOf,
} from './rules/negotiation.js'
import {
  type Comment,
  countOpenComments,
  findNegotiation,
  listDrafts,
  listNegotiations,
  type NegotiationRecord,
  type Offered,
  readComments,
  readDraftOf,
  readProposal,
  type SideDraft,
} from './store/negotiation-records.js'

/** A negotiation as it stands. Its state follows from what was recorded; nothing else is kept of it. */
export type Negotiation = NegotiationRecord & {
  /** The agreement as it is signed now; null for a new one. */
  agreement: Agreement | null
  course: NegotiationCourse
  state: NegotiationState
  /** The offer that can be signed, or that was; null otherwise. */
  offer: Offered | null
  turn: Side[]
}

/** A negotiation in a list, as one person sees it. */
export interface ListedNegotiation {
  negotiation: Negotiation
  side: Side
  /** This side has begun a text that it did not propose yet. */
  writing: boolean
  openComments: number
}

/** Reading negotiations: for the people of both parties, and nobody else. */
@Injectable()
export class Negotiations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
  ) {}

  /** Null when there is no such negotiation. */
  async find(id: string, tx: Tx = this.database.read): Promise<Negotiation | null> {
    const record = isId(id) ? await findNegotiation(tx, id) : null
    if (!record) return null
    const agreements = record.agreementId === null ? [] : await this.agreements.all(tx)
    return withCourse(record, agreements)
  }

  /** The negotiations that go on and that this person takes part in, the last begun first. */
  async runningFor(visitor: Visitor, tx: Tx = this.database.read): Promise<ListedNegotiation[]> {
    const agreements = await this.agreements.all(tx)
    const mine = (await listNegotiations(tx)).flatMap((record) => {
      const side = sideOf(visitor, record.party)
      const negotiation = withCourse(record, agreements)
      return side && isRunning(negotiation) ? [{ negotiation, side }] : []
    })
    const ids = mine.map(({ negotiation }) => negotiation.id)
    const [drafts, comments] = [await listDrafts(tx, ids), await countOpenComments(tx, ids)]
    return mine.map(({ negotiation, side }) => ({
      ...{ negotiation, side, openComments: comments.get(negotiation.id) ?? 0 },
      writing: drafts.some((one) => one.negotiationId === negotiation.id && one.side === side),
    }))
  }

  /** The negotiation about another version of an agreement that goes on; null when there is none. */
  async runningOf(agreementId: string, tx: Tx = this.database.read): Promise<Negotiation | null> {
    const agreements = await this.agreements.all(tx)
    const all = (await listNegotiations(tx, agreementId)).map((record) => withCourse(record, agreements))
    return all.find(isRunning) ?? null
  }

  /** What one side is writing; null when it did not begin. */
  async draftOf(id: string, side: Side, tx: Tx = this.database.read): Promise<SideDraft | null> {
    return readDraftOf(tx, id, side)
  }

  /** A proposal as it was typed; null when there is none with that number. */
  async proposal(id: string, number: number, tx: Tx = this.database.read): Promise<Draft | null> {
    return readProposal(tx, id, number)
  }

  async comments(id: string, tx: Tx = this.database.read): Promise<Comment[]> {
    return readComments(tx, id)
  }
}

const isRunning = ({ state }: Negotiation) => state !== 'signed' && state !== 'ended'

function withCourse(record: NegotiationRecord, agreements: readonly Agreement[]): Negotiation {
  const last = record.proposals.at(-1)
  const offer = record.offers.at(-1) ?? null
  const course: NegotiationCourse = {
    ended: record.ending !== null,
    concluded: record.concluded !== null,
    proposal: last ? { number: last.number, side: last.side } : null,
    offer: offer && {
      proposal: offer.proposal,
      withdrawn: offer.withdrawal !== null,
      signed: offer.signatures,
    },
  }
  const state = negotiationState(course)
  return {
    ...record,
    ...{ course, state, turn: turnOf(course) },
    agreement: agreements.find(({ id }) => id === record.agreementId) ?? null,
    offer: state === 'offered' || state === 'signed' ? offer : null,
  }
}
