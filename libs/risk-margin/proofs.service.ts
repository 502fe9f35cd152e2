import { Inject, Injectable } from '@nestjs/common'
import { strToU8, zipSync } from 'fflate'
import { DecisionEvidence } from '#assemblies'
import { canonicalJson } from '#kernel'
import { Ledger } from '#ledger'
import { Database, sha256Bytes } from '#platform'
import { MarginMotions, numberOf } from './margin-motions.service.js'
import { ProposalInputs } from './proposal-inputs.service.js'
import { DISTRIBUTION, type Proposal, RiskMargin } from './risk-margin.service.js'
import { thawClosing } from './rules/closing-proof.js'
import { PROOF_FILES, PROOF_FORMAT, type ProposalState, waiverFile } from './rules/distribution-file.js'
import { thaw } from './rules/frozen-inputs.js'
import { isCloseItem } from './rules/year-close.js'
import { readClosing } from './store/distribution.store.js'

/** Lays down what a distribution rests on, so that anyone can compute it again without us. */
@Injectable()
export class DistributionProofs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MarginMotions) private readonly motions: MarginMotions,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(ProposalInputs) private readonly inputs: ProposalInputs,
    @Inject(DecisionEvidence) private readonly evidence: DecisionEvidence,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** The proof of a proposal: the same bytes whenever it is asked for, as long as nothing was added. Null for no proposal. */
  async of(id: string): Promise<Buffer | null> {
    const found = await this.riskMargin.proposal(id)
    if (!found) return null
    const { proposal, parts, earnedBack } = found
    const snapshot = await this.inputs.snapshotOf(thaw(proposal.inputs))
    const { decision, posting } = proposal
    const evidence = decision && (await this.evidence.of(decision.number))
    const closing = await readClosing(this.database.read, id)
    const further = await this.furtherDecisions(proposal, closing)
    return packed({
      [PROOF_FILES.distribution]: json(distributionFile(proposal)),
      [PROOF_FILES.inputs]: strToU8(proposal.inputs),
      ...(snapshot ? { [PROOF_FILES.snapshot]: strToU8(snapshot.content) } : {}),
      [PROOF_FILES.parts]: json({ parts, earnedBack }),
      ...(decision && evidence
        ? {
            [PROOF_FILES.authorisation]: json({
              ...{ kind: DISTRIBUTION, id, decision: decision.number, adopted: decision.adopted },
            }),
            [PROOF_FILES.decision]: evidence.zip,
          }
        : {}),
      ...(closing ? { [PROOF_FILES.closing]: strToU8(closing) } : {}),
      ...(further.length > 0 ? { [PROOF_FILES.further]: json(further.map(({ stated }) => stated)) } : {}),
      ...Object.fromEntries(further.map(({ stated, zip }) => [stated.file, zip])),
      ...(posting ? { [PROOF_FILES.entry]: json(await this.entryFile(posting.entryId)) } : {}),
    })
  }

  /** What was waived of the year's close, and that pre-investments go first: each with the proof of its decision. */
  private async furtherDecisions({ year, inputs }: Proposal, closing: string | null) {
    const waived = closing ? thawClosing(closing).items : []
    const numbers = new Map(waived.flatMap(({ item, waivedBy }) => (waivedBy ? [[item, waivedBy]] : [])))
    const first = thaw(inputs).preInvestments?.decision
    const found: { stated: StatedAuthorisation; zip: Uint8Array }[] = []
    for (const motion of (await this.motions.of(year)).toReversed()) {
      const { kind, id } = motion
      const item = motion.item && isCloseItem(motion.item) ? motion.item : null
      const decision = numberOf(motion)
      const counts = kind === 'preInvestmentFirst' ? first : item && numbers.get(item)
      if (!decision || counts !== decision) continue
      const evidence = await this.evidence.of(decision)
      const file = item ? waiverFile(item) : PROOF_FILES.preInvestments
      if (evidence) found.push({ stated: { kind, id, item, decision, file }, zip: evidence.zip })
    }
    return found
  }

  private async entryFile(entryId: string) {
    const entry = (await this.ledger.entry(entryId))!
    const { id, idempotencyKey, onDay, description, document, postings } = entry
    return {
      ...{ id, idempotencyKey, onDay, description, document },
      postings: postings.map(({ account, memberId, cents }) => ({
        ...{ account, memberId: memberId ?? null, cents },
      })),
    }
  }
}

interface StatedAuthorisation {
  kind: string
  id: string
  item: string | null
  decision: string
  /** Where its proof is. */
  file: string
}

function distributionFile(proposal: Proposal) {
  const { id, year, amountCents, sha256, referenceDay, proposedAt } = proposal
  return {
    ...{ id, year, amountCents, sha256, referenceDay, state: stateIn(proposal) },
    proposedAt: proposedAt.toISOString(),
  }
}

function stateIn({ withdrawal, posting, decision }: Proposal): ProposalState {
  if (withdrawal) return 'withdrawn'
  if (posting) return 'paid'
  if (!decision) return 'proposed'
  return decision.adopted ? 'adopted' : 'rejected'
}

const json = (content: unknown) => strToU8(`${canonicalJson(content)}\n`)

/** The files and a list of them with their hashes; a fixed time, so that the bytes are the same. */
function packed(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const hashes = Object.entries(files).map(([name, bytes]) => [name, sha256Bytes(Buffer.from(bytes))])
  const manifest = json({ format: PROOF_FORMAT, files: Object.fromEntries(hashes) })
  const zip = zipSync({ ...files, 'manifest.json': manifest }, { mtime: '1990-01-01T12:00:00Z', level: 9 })
  return Buffer.from(zip)
}
