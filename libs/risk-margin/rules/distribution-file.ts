import type { Cents, Day, Violation } from '#kernel'
import {
  checkClosing,
  checkPreInvestments,
  type FrozenClosing,
  type FurtherDecision,
  wrong,
} from './closing-proof.js'
import type { Division } from './division.js'
import { DIVISION_RULE, type DistributionInputs, thaw } from './frozen-inputs.js'
import { payoutEntry } from './margin-entries.js'
import type { GuaranteesAtReference } from './shares.js'
import { verify, verifyShares } from './verify-distribution.js'
import { type CloseItem, closeItems } from './year-close.js'

/** The files of the proof of a distribution; what is not there yet is left out. */
export const PROOF_FILES = {
  distribution: 'verdeling.json',
  inputs: 'invoer.json',
  snapshot: 'momentopname.json',
  parts: 'delen.json',
  authorisation: 'machtiging.json',
  decision: 'besluit.zip',
  closing: 'jaarafsluiting.json',
  further: 'machtigingen.json',
  preInvestments: 'voorinvesteringen.zip',
  entry: 'boeking.json',
} as const

/** The proof of the decision that waives an item of the checklist. */
export const waiverFile = (item: CloseItem): string => `ontheffing-${item}.zip`

/** Every file that a proof can have besides its list of files. */
export const proofFileNames: readonly string[] = [
  ...Object.values(PROOF_FILES),
  ...closeItems.map(waiverFile),
]

export const PROOF_FORMAT = 'samen-distribution-1'

export type ProposalState = 'proposed' | 'withdrawn' | 'rejected' | 'adopted' | 'paid'

/** Everything that a distribution rests on, as its proof has it. */
export interface DistributionFile {
  distribution: {
    id: string
    year: number
    state: ProposalState
    amountCents: Cents
    sha256: string
    referenceDay: Day
    proposedAt: string
  }
  /** As it was frozen, byte for byte, and its SHA-256 as computed now. */
  inputs: { text: string; sha256: string }
  snapshot: (GuaranteesAtReference & { sha256: string }) | null
  division: Division
  /** What the motion that was decided on authorised. */
  authorisation: { kind: string; id: string; decision: string; adopted: boolean } | null
  /** Of the decision's own proof. */
  decision: { number: string; adopted: boolean; question: string } | null
  /** How the year was closed when the payout was booked; before that there is none. */
  closing: FrozenClosing | null
  /** What was waived, and that pre-investments go first. */
  further: FurtherDecision[]
  entry: ProvenEntry | null
}

export interface ProvenEntry {
  id: string
  idempotencyKey: string
  onDay: Day
  description: string
  document: string
  postings: { account: string; memberId: string | null; cents: Cents }[]
}

/** How much of the hash stands in the question that the ALV answered. */
export const HASH_IN_QUESTION = 12

/**
 * Computes a distribution again and compares everything with it. Codes: those of `verify` and `verifyShares`, and
 * `proof.sumDiffers`, `proof.snapshotMissing`, `proof.snapshotHash`, `proof.stateDiffers`, `proof.decisionMissing`,
 * `proof.authorisesOther`, `proof.decisionDiffers`, `proof.notAdopted`, `proof.questionDiffers`, `proof.entryMissing`,
 * `proof.entryOther`, `proof.entryNotBalanced`, `proof.entryDiffers`, `proof.closingMissing`, and those of `checkClosing` and
 * `checkPreInvestments`.
 */
export function checkDistributionFile(file: DistributionFile): Violation[] {
  const { distribution, inputs, division } = file
  const stored = { ...division, inputs: inputs.text, ...distribution }
  const found = verify(stored, inputs.sha256)
  if (found.length > 0) return found
  const frozen = thaw(inputs.text)
  return [
    ...checkSum(file),
    ...checkSnapshot(file, frozen),
    ...(frozen.year === distribution.year ? [] : wrong('stateDiffers')),
    ...checkDecision(file, frozen),
    ...checkPreInvestments(frozen.preInvestments, frozen.year, file.further),
    ...checkClose(file, frozen),
    ...checkEntry(file),
  ]
}

function checkSum({ division: { parts, earnedBack }, distribution }: DistributionFile): Violation[] {
  const sum = [...parts, ...earnedBack].reduce((total, { partCents }) => total + partCents, 0n)
  return sum === distribution.amountCents ? [] : wrong('sumDiffers')
}

function checkSnapshot({ snapshot }: DistributionFile, inputs: DistributionInputs): Violation[] {
  if (!inputs.snapshot) return snapshot ? wrong('snapshotHash') : []
  if (!snapshot) return wrong('snapshotMissing')
  if (snapshot.sha256 !== inputs.snapshot.sha256) return wrong('snapshotHash')
  return verifyShares(inputs, snapshot)
}

function checkDecision(
  { distribution, authorisation, decision }: DistributionFile,
  { snapshot }: DistributionInputs,
): Violation[] {
  const { state, id, sha256 } = distribution
  const isDecided = state === 'adopted' || state === 'paid' || state === 'rejected'
  if (!authorisation || !decision)
    return isDecided || authorisation || decision ? wrong('decisionMissing') : []
  if (authorisation.kind !== 'distribution' || authorisation.id !== id) return wrong('authorisesOther')
  if (authorisation.decision !== decision.number || authorisation.adopted !== decision.adopted)
    return wrong('decisionDiffers')
  if (decision.adopted !== (state === 'adopted' || state === 'paid')) return wrong('notAdopted')
  // Questions of before there were snapshots do not name the hash.
  if (snapshot && !decision.question.includes(sha256.slice(0, HASH_IN_QUESTION)))
    return wrong('questionDiffers')
  return []
}

/** Of what was paid the close of the year is there too; by the earlier rule it was not kept. */
function checkClose(
  { distribution, closing, further }: DistributionFile,
  inputs: DistributionInputs,
): Violation[] {
  const isPaid = distribution.state === 'paid'
  if (closing) return isPaid ? checkClosing(closing, inputs.year, further) : wrong('stateDiffers')
  return isPaid && inputs.rule === DIVISION_RULE ? wrong('closingMissing') : []
}

function checkEntry({ distribution, division, entry }: DistributionFile): Violation[] {
  if (!entry) return distribution.state === 'paid' ? wrong('entryMissing') : []
  if (distribution.state !== 'paid') return wrong('stateDiffers')
  if (entry.idempotencyKey !== `distribution:${distribution.id}`) return wrong('entryOther')
  if (entry.postings.reduce((sum, { cents }) => sum + cents, 0n) !== 0n) return wrong('entryNotBalanced')
  const expected = payoutEntry(distribution.amountCents, division.parts, division.earnedBack)
  return lines(expected) === lines(entry.postings) ? [] : wrong('entryDiffers')
}

function lines(postings: readonly { account: string; memberId?: string | null; cents: Cents }[]): string {
  return postings
    .map(({ account, memberId, cents }) => `${account} ${memberId ?? ''} ${cents}`)
    .sort()
    .join('\n')
}
