import { In } from 'typeorm'
import type { Tx } from '#platform'
import type { MatchPart } from '../rules/matching.js'
import {
  BankProposalOutcomeRow,
  BankProposalPartRow,
  BankProposalRow,
  BankSettlementRow,
} from './proposal-entities.js'

/** A proposal with its parts and what came of it. */
export interface StoredProposal extends BankProposalRow {
  parts: BankProposalPartRow[]
  outcome: BankProposalOutcomeRow | null
}

/** Everything that was proposed for a line, the first one first. */
export async function readProposals(tx: Tx, lineId: string): Promise<StoredProposal[]> {
  return complete(
    tx,
    await tx.getRepository(BankProposalRow).find({ where: { lineId }, order: { number: 'ASC' } }),
  )
}

export async function findProposal(
  tx: Tx,
  by: { id: string } | { requestKey: string },
): Promise<StoredProposal | null> {
  const row = await tx.getRepository(BankProposalRow).findOneBy(by)
  return row && (await complete(tx, [row]))[0]!
}

/** The proposals that wait for a second person. */
export async function readWaiting(
  tx: Tx,
): Promise<{ lineId: string; proposedBy: string; enteredBy: string }[]> {
  return tx.query(
    `SELECT p.line_id AS "lineId", p.proposed_by AS "proposedBy", l.entered_by AS "enteredBy"
     FROM bank_proposals p JOIN bank_lines l ON l.id = p.line_id
     WHERE NOT EXISTS (SELECT FROM bank_proposal_outcomes o WHERE o.proposal_id = p.id)`,
  )
}

export async function insertProposal(
  tx: Tx,
  row: BankProposalRow,
  parts: readonly (MatchPart & { label: string; href: string })[],
): Promise<void> {
  await tx.getRepository(BankProposalRow).insert(row)
  await tx.getRepository(BankProposalPartRow).insert(
    parts.map(({ kind, itemId, label, href, cents }, index) => ({
      ...{ proposalId: row.id, position: index + 1, itemKind: kind, itemId, label, href, cents },
    })),
  )
}

export async function insertOutcome(tx: Tx, row: BankProposalOutcomeRow): Promise<void> {
  await tx.getRepository(BankProposalOutcomeRow).insert(row)
}

export async function insertSettlement(tx: Tx, row: BankSettlementRow): Promise<void> {
  await tx.getRepository(BankSettlementRow).insert(row)
}

/** The items that a line was used for. */
export async function readSettled(tx: Tx, lineId: string): Promise<{ kind: string; itemId: string }[]> {
  const rows = await tx.getRepository(BankSettlementRow).findBy({ lineId })
  return rows.map(({ itemKind, itemId }) => ({ kind: itemKind, itemId }))
}

async function complete(tx: Tx, rows: BankProposalRow[]): Promise<StoredProposal[]> {
  const ids = rows.map(({ id }) => id)
  const parts = await tx
    .getRepository(BankProposalPartRow)
    .find({ where: { proposalId: In(ids) }, order: { position: 'ASC' } })
  const outcomes = await tx.getRepository(BankProposalOutcomeRow).findBy({ proposalId: In(ids) })
  return rows.map((row) => ({
    ...row,
    parts: parts.filter(({ proposalId }) => proposalId === row.id),
    outcome: outcomes.find(({ proposalId }) => proposalId === row.id) ?? null,
  }))
}
