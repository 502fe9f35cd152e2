import { Inject, Injectable } from '@nestjs/common'
import { strToU8, zipSync } from 'fflate'
import { DecisionEvidence } from '#assemblies'
import { canonicalJson } from '#kernel'
import { Ledger } from '#ledger'
import { sha256Bytes } from '#platform'
import { ProposalInputs } from './proposal-inputs.service.js'
import { DISTRIBUTION, type Proposal, RiskMargin } from './risk-margin.service.js'
import { PROOF_FILES, PROOF_FORMAT, type ProposalState } from './rules/distribution-file.js'
import { thaw } from './rules/frozen-inputs.js'

/** Lays down what a distribution rests on, so that anyone can compute it again without us. */
@Injectable()
export class DistributionProofs {
  constructor(
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
      ...(posting ? { [PROOF_FILES.entry]: json(await this.entryFile(posting.entryId)) } : {}),
    })
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
