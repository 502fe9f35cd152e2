import { Inject, Injectable } from '@nestjs/common'
import { strToU8, zipSync } from 'fflate'
import { canonicalJson } from '#kernel'
import { Database, sha256Hex } from '#platform'
import { PaperCounts } from '../polls/paper-counts.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { DecisionFile } from '../rules/decision-file.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import { countOf } from '../rules/paper-count.js'
import { readReferences } from '../store/ballot.store.js'
import type { RegisteredDecision } from '../store/decision.store.js'
import type { PollResultRow } from '../store/poll.entities.js'
import type { PollInContext } from '../store/poll.store.js'
import { type DecisionAftermath, Rulings } from './rulings.service.js'
import { WrittenOrigins } from './written-origins.js'

/** The parts of the file, each a file of its own in the ZIP. */
const PARTS = {
  decision: 'besluit.json',
  poll: 'stemming.json',
  rule: 'regel.json',
  electors: 'kieslijst.json',
  ballots: 'stemmen.json',
  paper: 'papier.json',
  declared: 'uitslag.json',
  aftermath: 'daarna.json',
} as const satisfies Record<keyof DecisionFile, string>

/** The proof of a decision: the same bytes whenever it is asked for, as long as nothing was added to the decision. */
export interface DecisionProof {
  zip: Buffer
  /** SHA-256 of the list of files with their hashes. */
  hash: string
}

/** Lays down what a decision rests on, so that anyone can count it again without us. */
@Injectable()
export class DecisionEvidence {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(Rulings) private readonly rulings: Rulings,
    @Inject(WrittenOrigins) private readonly written: WrittenOrigins,
    @Inject(PaperCounts) private readonly paper: PaperCounts,
  ) {}

  /** The proof of a decision by its number (`2020-03`), or null when there is none. */
  async of(number: string): Promise<DecisionProof | null> {
    const decision = await this.reading.decision(number)
    if (decision?.writtenDecisionId) return this.ofWritten(decision, decision.writtenDecisionId)
    const poll = decision?.pollId ? await this.reading.poll(decision.pollId) : null
    const declared = poll && (await this.reading.result(poll.id))
    if (!decision || !poll || !declared) return null
    const file = await this.fileOf(decision, poll, declared.result)
    const parts = Object.entries(PARTS)
      .map(([part, name]) => [name, file[part as keyof DecisionFile]])
      .filter(([, content]) => content !== undefined)
    return packed('samen-decision-1', Object.fromEntries(parts))
  }

  /** The proof of a decision without a meeting: the same, with the members' answers in the place of the poll. */
  private async ofWritten(decision: RegisteredDecision, id: string): Promise<DecisionProof | null> {
    const origin = await this.written.find(id, this.database.read)
    if (!origin) return null
    const { title, question, text, adopted, decidedOn } = decision
    return packed('samen-written-decision-1', {
      ...origin.parts,
      [PARTS.decision]: { number: formatDecisionNumber(decision), title, question, text, adopted, decidedOn },
      [PARTS.aftermath]: aftermathFile(await this.rulings.aftermath(decision)),
    })
  }

  private async fileOf(
    decision: RegisteredDecision,
    poll: PollInContext,
    result: PollResultRow,
  ): Promise<DecisionFile> {
    const electors = await this.reading.rollCall(poll.id)
    const references = await readReferences(this.database.read, poll.id)
    const { title, question, text, adopted, decidedOn } = decision
    const { tally, present, electorate, base, needed, quorumNeeded, quorumReached, reason } = result
    return {
      decision: { number: formatDecisionNumber(decision), title, question, text, adopted, decidedOn },
      poll: {
        ...{ id: poll.id, assembly: poll.assemblyTitle, heldOn: poll.heldOn },
        openedAt: poll.openedAt.toISOString(),
        closedAt: poll.closedAt!.toISOString(),
        electorateHash: poll.electorateHash,
        method: poll.method,
      },
      rule: poll.rule,
      electors: electors.map(
        ({ memberId, memberNumber, memberName, weight, casterIds, holderId, proxyId, checkedIn }) => ({
          ...{ memberId, memberNumber, memberName, weight, casterIds, holderId, proxyId, checkedIn },
        }),
      ),
      ballots: electors.flatMap(({ memberId, choice, castAt, entered, inAdvance }) => {
        const reference = references.get(memberId)!
        return choice && castAt
          ? [{ memberId, choice, castAt: castAt.toISOString(), reference, entered, inAdvance }]
          : []
      }),
      ...(await this.paperOf(poll)),
      declared: {
        ...{ tally, present, electorate, base, needed, quorumNeeded, quorumReached },
        ...{ adopted: result.adopted, reason },
      },
      aftermath: aftermathFile(await this.rulings.aftermath(decision)),
    }
  }

  /** The two counts that agreed, and the hashes of the count sheets. */
  private async paperOf({ id, method }: PollInContext): Promise<Pick<DecisionFile, 'paper'>> {
    if (method !== 'paper') return {}
    const entries = (await this.paper.entries(id)).toSorted((a, b) => b.round - a.round).slice(0, 2)
    const scans = await this.paper.scans(id)
    return {
      paper: {
        entries: entries.map((entry) => ({
          ...{ office: entry.office, personId: entry.personId, count: countOf(entry) },
          countedAt: entry.countedAt.toISOString(),
        })),
        scans: scans.map(({ name, sha256 }) => ({ name, sha256 })),
      },
    }
  }
}

/** What came after a decision, without what changes by itself: whether a dispute lapsed follows from its instants. */
function aftermathFile(aftermath: DecisionAftermath): DecisionFile['aftermath'] {
  const { challenge, replaces, replacedBy, rulings, conflicts } = aftermath
  return {
    ...{ replaces, replacedBy },
    challenge: challenge && {
      ...{ reason: challenge.reason, demanding: challenge.demanding },
      challengedAt: challenge.challengedAt.toISOString(),
      lapsesAt: challenge.lapsesAt.toISOString(),
      majorityAt: challenge.majorityAt?.toISOString() ?? null,
    },
    rulings: rulings.map(({ text, reason, office, ruledAt }) => ({
      ...{ text, reason, office, ruledAt: ruledAt.toISOString() },
    })),
    conflicts: conflicts.map(({ office, reason, declaredAt }) => ({
      ...{ office, reason, declaredAt: declaredAt.toISOString() },
    })),
  }
}

/** Every part as JSON, and a list of the files with their hashes; a fixed time, so that the bytes are the same. */
function packed(format: string, content: Readonly<Record<string, unknown>>): DecisionProof {
  const parts = Object.entries(content).map(([name, part]) => [name, `${canonicalJson(part)}\n`] as const)
  const manifest = `${canonicalJson({
    format,
    files: Object.fromEntries(parts.map(([name, text]) => [name, sha256Hex(text)])),
  })}\n`
  const files = [...parts, ['manifest.json', manifest] as const]
  const entries = Object.fromEntries(files.map(([name, text]) => [name, strToU8(text)]))
  const zip = zipSync(entries, { mtime: '1990-01-01T12:00:00Z', level: 9 })
  return { zip: Buffer.from(zip), hash: sha256Hex(manifest) }
}
