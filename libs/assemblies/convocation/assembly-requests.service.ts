import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { Electorate } from '../polls/electorate.service.js'
import {
  type RequestKind,
  type RequestStanding,
  requestStanding,
  votesNeeded,
} from '../rules/assembly-request.js'
import { findAssembly } from '../store/assembly.store.js'
import {
  type AssemblyRequest,
  findRequest,
  holdRequest,
  insertFiling,
  insertRequest,
  insertSignatures,
  readRequests,
  readSignatures,
  type Signature,
} from '../store/assembly-request.store.js'
import { AssemblyRequestNotices } from './assembly-request-notices.service.js'

export interface RequestContent {
  kind: RequestKind
  /** For an item: on whose agenda. */
  assemblyId: string | null
  subject: string
  explanation: string
  asked: string
}

/** How many votes have signed, of how many, and how many are needed: on a day. */
export interface RequestVotes {
  votes: number
  needed: number
  electorate: number
}

export interface RequestInFull extends AssemblyRequest {
  standing: RequestStanding
  count: RequestVotes
  signatures: (Signature & { memberName: string | null })[]
}

/** Members that together hold a tenth of the votes ask for an assembly, or for an item on one (BW 2:41). */
@Injectable()
export class AssemblyRequests {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Electorate) private readonly electorate: Electorate,
    @Inject(AssemblyRequestNotices) private readonly notices: AssemblyRequestNotices,
  ) {}

  /** Newest first, with where each stands today. */
  async list(): Promise<(AssemblyRequest & { standing: RequestStanding })[]> {
    const today = this.clock.today()
    const requests = await readRequests(this.database.read)
    return requests.map((request) => ({ ...request, standing: requestStanding(request, today) }))
  }

  /** One request with its signatures and the votes they hold: today, or on the day it was filed. */
  async find(id: string, tx: Tx = this.database.read): Promise<RequestInFull | null> {
    const request = await findRequest(tx, id)
    if (!request) return null
    const day = request.filedOn ?? this.clock.today()
    const electors = await this.electorate.on(day, tx)
    const signatures = await readSignatures(tx, id)
    const { votes, needed, electorate } = request
    return {
      ...request,
      standing: requestStanding(request, this.clock.today()),
      count:
        votes === null
          ? countVotes(electors, signatures)
          : { votes, needed: needed!, electorate: electorate! },
      signatures: signatures.map((signature) => ({
        ...signature,
        memberName: electors.find(({ memberId }) => memberId === signature.memberId)?.memberName ?? null,
      })),
    }
  }

  /**
   * Starts a request and signs it. The id comes from the form: a repeat starts nothing more.
   * @throws RuleViolated `request.noVote` when the visitor acts for no member with a vote, `request.noAssembly`
   */
  async start(id: string, content: RequestContent, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdRequest(tx, id)
      if (await findRequest(tx, id)) return
      const assembly = content.assemblyId ? await findAssembly(tx, content.assemblyId) : null
      const open =
        assembly && !assembly.endedAt && !assembly.cancelledAt && assembly.startsAt > this.clock.now()
      if (content.kind === 'item' && !open) throw RuleViolated.of('request.noAssembly', {}, 'vergadering')
      const at = this.clock.now()
      await insertRequest(tx, { ...content, id, startedAt: at, startedBy: visitor.personId })
      await this.record(tx, visitor, 'request.started', id, { ...content })
      await this.addSignatures(tx, id, visitor)
    })
  }

  /**
   * Signs for the visitor's members that have a vote today; a repeat keeps the first signature. The signature that
   * reaches a tenth of the votes files the request with the board.
   * @throws NotFoundException, RuleViolated `request.noVote`, `request.answered`
   */
  async sign(id: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdRequest(tx, id)
      const request = await findRequest(tx, id)
      if (!request) throw new NotFoundException()
      if (request.answeredOn) throw RuleViolated.of('request.answered')
      await this.addSignatures(tx, id, visitor)
    })
  }

  /** After fourteen days of silence the first signer hears that the requesters may convene. Told once. */
  async tellOfSilence(today: Day): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const request of await readRequests(tx)) {
        const { state } = requestStanding(request, today)
        const silent = state === 'silent' || state === 'overdue'
        if (silent && request.kind === 'assembly') await this.notices.silence(tx, request)
      }
    })
  }

  private async addSignatures(tx: Tx, id: string, visitor: Visitor): Promise<void> {
    const electors = await this.electorate.on(this.clock.today(), tx)
    const own = visitor.scopesOf('delegate')
    const memberIds = electors.map(({ memberId }) => memberId).filter((memberId) => own.includes(memberId))
    if (memberIds.length === 0) throw RuleViolated.of('request.noVote')
    const at = this.clock.now()
    const signed = await insertSignatures(tx, { requestId: id, memberIds, personId: visitor.personId, at })
    if (signed.length === 0) return
    await this.record(tx, visitor, 'request.signed', id, { memberIds: signed })
    await this.fileWhenReached(tx, id, countVotes(electors, await readSignatures(tx, id)), visitor)
  }

  private async fileWhenReached(tx: Tx, id: string, count: RequestVotes, visitor: Visitor): Promise<void> {
    const request = await findRequest(tx, id)
    if (request!.filedOn || count.votes < count.needed) return
    const filing = { requestId: id, filedOn: this.clock.today(), filedAt: this.clock.now(), ...count }
    await insertFiling(tx, filing)
    await this.record(tx, visitor, 'request.filed', id, { ...count })
    await this.notices.filed(tx, { ...request!, filedOn: filing.filedOn })
  }

  private record(
    tx: Tx,
    visitor: Visitor,
    action: string,
    id: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    const subject = { kind: 'assemblyRequest', id }
    return this.audit.record(tx, { actorId: visitor.personId, action, subject, details })
  }
}

/** The votes of who signed, as far as they have a vote that day, against a tenth of all votes. */
function countVotes(
  electors: readonly { memberId: string; weight: number }[],
  signatures: readonly { memberId: string }[],
): RequestVotes {
  const signers = new Set(signatures.map(({ memberId }) => memberId))
  const sum = (of: readonly { weight: number }[]) => of.reduce((total, { weight }) => total + weight, 0)
  const electorate = sum(electors)
  return {
    votes: sum(electors.filter(({ memberId }) => signers.has(memberId))),
    needed: votesNeeded(electorate),
    electorate,
  }
}
