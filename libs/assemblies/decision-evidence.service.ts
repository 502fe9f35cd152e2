import { Inject, Injectable } from '@nestjs/common'
import { strToU8, zipSync } from 'fflate'
import { canonicalJson } from '#kernel'
import { Database, sha256Hex } from '#platform'
import { AssemblyReading } from './reading.service.js'
import type { DecisionFile } from './rules/decision-file.js'
import { formatDecisionNumber } from './rules/decision-number.js'
import { readReferences } from './store/ballot.store.js'
import type { RegisteredDecision } from './store/decision.store.js'
import type { PollResultRow } from './store/poll.entities.js'
import type { PollInContext } from './store/poll.store.js'

/** The parts of the file, each a file of its own in the ZIP. */
const PARTS = {
  decision: 'besluit.json',
  poll: 'stemming.json',
  rule: 'regel.json',
  electors: 'kieslijst.json',
  ballots: 'stemmen.json',
  declared: 'uitslag.json',
} as const satisfies Record<keyof DecisionFile, string>

/** The proof of a decision: the same bytes whenever it is asked for. */
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
  ) {}

  /** The proof of a decision by its number (`2020-03`), or null when there is none. */
  async of(number: string): Promise<DecisionProof | null> {
    const decision = await this.reading.decision(number)
    const poll = decision && (await this.reading.poll(decision.pollId))
    const declared = decision && (await this.reading.result(decision.pollId))
    if (!decision || !poll || !declared) return null
    return packed(await this.fileOf(decision, poll, declared.result))
  }

  private async fileOf(
    decision: RegisteredDecision,
    poll: PollInContext,
    result: PollResultRow,
  ): Promise<DecisionFile> {
    const electors = await this.reading.rollCall(poll.id)
    const references = await readReferences(this.database.read, poll.id)
    const { title, question, adopted, decidedOn } = decision
    const { tally, present, electorate, base, needed, quorumNeeded, quorumReached, reason } = result
    return {
      decision: { number: formatDecisionNumber(decision), title, question, adopted, decidedOn },
      poll: {
        ...{ id: poll.id, assembly: poll.assemblyTitle, heldOn: poll.heldOn },
        openedAt: poll.openedAt.toISOString(),
        closedAt: poll.closedAt!.toISOString(),
      },
      rule: poll.rule,
      electors: electors.map(({ memberId, memberNumber, memberName, weight, checkedIn }) => ({
        ...{ memberId, memberNumber, memberName, weight, checkedIn },
      })),
      ballots: electors.flatMap(({ memberId, choice, castAt }) =>
        choice && castAt
          ? [{ memberId, choice, castAt: castAt.toISOString(), reference: references.get(memberId)! }]
          : [],
      ),
      declared: {
        ...{ tally, present, electorate, base, needed, quorumNeeded, quorumReached },
        ...{ adopted: result.adopted, reason },
      },
    }
  }
}

/** Every part as JSON, and a list of the files with their hashes; a fixed time, so that the bytes are the same. */
function packed(file: DecisionFile): DecisionProof {
  const parts = Object.entries(PARTS).map(
    ([part, name]) => [name, `${canonicalJson(file[part as keyof DecisionFile])}\n`] as const,
  )
  const manifest = `${canonicalJson({
    format: 'samen-decision-1',
    files: Object.fromEntries(parts.map(([name, text]) => [name, sha256Hex(text)])),
  })}\n`
  const files = [...parts, ['manifest.json', manifest] as const]
  const entries = Object.fromEntries(files.map(([name, text]) => [name, strToU8(text)]))
  const zip = zipSync(entries, { mtime: '1990-01-01T12:00:00Z', level: 9 })
  return { zip: Buffer.from(zip), hash: sha256Hex(manifest) }
}
