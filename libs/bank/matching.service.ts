import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { checkConfirmer, checkParts, type MatchPart } from './rules/matching.js'
import { SettledByBank } from './settled-by-bank.js'
import { findLine, lockLine, type StoredLine } from './store/line.store.js'
import {
  findProposal,
  insertOutcome,
  insertProposal,
  insertSettlement,
  readProposals,
  readSettled,
  type StoredProposal,
} from './store/proposal.store.js'
import type { ProposalKind } from './store/proposal-entities.js'

/**
 * Saying what a line of the bank is for: one person proposes, another confirms after a fresh sign-in. On confirmation
 * the owner of each item settles and books it in the same transaction: all of it happens, or nothing.
 */
@Injectable()
export class Matching {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SettledByBank) private readonly settledByBank: SettledByBank,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Proposes which items a line settles, for which parts. Safe to repeat: one request key is one proposal.
   * @throws NotFoundException, RuleViolated `bank.alreadyProposed`, and of {@link checkParts}
   */
  async propose(
    visitor: Visitor,
    lineId: string,
    parts: readonly MatchPart[],
    requestKey: string,
  ): Promise<void> {
    await this.onLine(lineId, requestKey, async (tx, line) => {
      const items = await this.settledByBank.openItems(tx)
      RuleViolated.throwIfAny(checkParts(line.openCents, parts, items, await readSettled(tx, lineId)))
      const labelled = parts.map((part) => {
        const { label, href } = items.find(({ kind, id }) => kind === part.kind && id === part.itemId)!
        return { ...part, label, href }
      })
      const cents = parts.reduce((sum, part) => sum + part.cents, 0n)
      await this.insert(tx, visitor, { lineId, kind: 'match', cents, reason: '', requestKey }, labelled)
    })
  }

  /**
   * Proposes to set aside what is left of a line: it belongs to nothing that is kept here. Safe to repeat.
   * @throws NotFoundException, RuleViolated `bank.alreadyProposed`, `bank.lineSettled`, `bank.reasonNeeded`
   */
  async proposeAside(visitor: Visitor, lineId: string, given: string, requestKey: string): Promise<void> {
    const reason = given.trim()
    if (reason === '' || reason.length > 500) throw RuleViolated.of('bank.reasonNeeded', {}, 'reden')
    await this.onLine(lineId, requestKey, async (tx, line) => {
      if (line.openCents === 0n) throw RuleViolated.of('bank.lineSettled')
      await this.insert(tx, visitor, { lineId, kind: 'aside', cents: line.openCents, reason, requestKey }, [])
    })
  }

  /**
   * Confirms what another person proposed: every item is settled by its owner in this transaction. A repeat, also by
   * another person, changes nothing.
   * @throws NotFoundException, RuleViolated `bank.alreadyDecided`, of {@link checkConfirmer} and {@link checkParts} (as
   * things are now), and what the owner of an item throws
   */
  async confirm(visitor: Visitor, proposalId: string): Promise<void> {
    await this.onProposal(proposalId, 'confirmed', async (tx, proposal, line) => {
      RuleViolated.throwIfAny(checkConfirmer(visitor.personId, proposal, line))
      await this.settle(tx, visitor, proposal, line)
      await this.end(tx, visitor, proposal, 'confirmed', '')
    })
  }

  /** Refuses what another person proposed, with the reason; the line is open again. A repeat changes nothing. */
  async refuse(visitor: Visitor, proposalId: string, given: string): Promise<void> {
    const note = given.trim()
    await this.onProposal(proposalId, 'refused', async (tx, proposal) => {
      if (proposal.proposedBy === visitor.personId) throw RuleViolated.of('bank.ownProposal')
      if (note === '' || note.length > 500) throw RuleViolated.of('bank.reasonNeeded', {}, 'toelichting')
      await this.end(tx, visitor, proposal, 'refused', note)
    })
  }

  /** Takes the own proposal back; the line is open again. A repeat changes nothing. */
  async withdraw(visitor: Visitor, proposalId: string): Promise<void> {
    await this.onProposal(proposalId, 'withdrawn', async (tx, proposal) => {
      if (proposal.proposedBy !== visitor.personId) throw RuleViolated.of('bank.notYourProposal')
      await this.end(tx, visitor, proposal, 'withdrawn', '')
    })
  }

  private async settle(tx: Tx, visitor: Visitor, proposal: StoredProposal, line: StoredLine): Promise<void> {
    if (proposal.kind === 'aside') return
    const parts = proposal.parts.map(({ itemKind, itemId, cents }) => ({ kind: itemKind, itemId, cents }))
    const items = await this.settledByBank.openItems(tx)
    const left = line.cents - line.settledCents - line.asideCents
    const violations = checkParts(left, parts, items, await readSettled(tx, line.id))
    RuleViolated.throwIfAny(violations.map(({ path: _, ...violation }) => violation))
    for (const { kind, itemId, cents } of parts) {
      const { id: lineId } = line
      await insertSettlement(tx, { lineId, itemKind: kind, itemId, proposalId: proposal.id, cents })
      await this.settledByBank.settle(tx, visitor, kind, itemId, { ...line, cents })
    }
  }

  /** Works on a line alone; a repeat of the request does nothing. */
  private async onLine(
    lineId: string,
    requestKey: string,
    work: (tx: Tx, line: StoredLine) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockLine(tx, lineId)
      if (await findProposal(tx, { requestKey })) return
      const line = await findLine(tx, lineId)
      if (!line) throw new NotFoundException()
      if (line.state === 'waiting') throw RuleViolated.of('bank.alreadyProposed')
      await work(tx, line)
    })
  }

  private async onProposal(
    id: string,
    wanted: 'confirmed' | 'refused' | 'withdrawn',
    work: (tx: Tx, proposal: StoredProposal, line: StoredLine) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known = await findProposal(tx, { id })
      if (!known) throw new NotFoundException()
      await lockLine(tx, known.lineId)
      const proposal = (await findProposal(tx, { id }))!
      if (proposal.outcome?.outcome === wanted) return
      if (proposal.outcome) throw RuleViolated.of(`bank.already.${proposal.outcome.outcome}`)
      await work(tx, proposal, (await findLine(tx, proposal.lineId))!)
    })
  }

  private async insert(
    tx: Tx,
    visitor: Visitor,
    row: { lineId: string; kind: ProposalKind; cents: bigint; reason: string; requestKey: string },
    parts: readonly (MatchPart & { label: string; href: string })[],
  ): Promise<void> {
    const id = this.ids.next()
    const number = (await readProposals(tx, row.lineId)).length + 1
    const by = { proposedAt: this.clock.now(), proposedBy: visitor.personId }
    await insertProposal(tx, { ...row, id, number, ...by }, parts)
    await this.log(tx, visitor, 'bank.proposed', row.lineId, { kind: row.kind, number, cents: row.cents })
  }

  private async end(
    tx: Tx,
    visitor: Visitor,
    { id, lineId, number, proposedBy }: StoredProposal,
    outcome: 'confirmed' | 'refused' | 'withdrawn',
    note: string,
  ): Promise<void> {
    const by = { decidedAt: this.clock.now(), decidedBy: visitor.personId }
    await insertOutcome(tx, { proposalId: id, proposedBy, outcome, note, ...by })
    await this.log(tx, visitor, `bank.${outcome}`, lineId, { number })
  }

  private log(
    tx: Tx,
    { personId }: Visitor,
    action: string,
    lineId: string,
    details: Record<string, unknown>,
  ) {
    return this.audit.record(tx, {
      actorId: personId,
      action,
      subject: { kind: 'bankLine', id: lineId },
      details,
    })
  }
}
