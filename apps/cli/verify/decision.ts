import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { z } from 'zod'
import { type Violation } from '#kernel'
import { checkDecisionFile, type DecisionFile } from '../../../libs/assemblies/rules/decision-file.js'
import { BadInput } from '../compute/index.js'

/** What may be read from one file of the ZIP: a million ballots fit. */
const LARGEST_PART = 512 * 1024 * 1024

const count = z.int().min(0)
const threshold = { fraction: z.string(), strict: z.boolean() }
const article = z.string()
const parts = {
  'besluit.json': z.strictObject({
    number: z.string(),
    title: z.string(),
    question: z.string(),
    adopted: z.boolean(),
    decidedOn: z.string(),
  }),
  'stemming.json': z.strictObject({
    id: z.string(),
    assembly: z.string(),
    heldOn: z.string(),
    openedAt: z.string(),
    closedAt: z.string(),
  }),
  'regel.json': z.strictObject({
    asOf: z.string(),
    majority: z.strictObject({ ...threshold, base: z.enum(['cast', 'present', 'electorate']), article }),
    quorum: z.strictObject({ required: z.strictObject(threshold).nullable(), article }),
    blank: z.strictObject({ counts: z.enum(['excluded', 'included']), article }),
    votesPerMember: z.strictObject({ votes: count, article }),
  }),
  'kieslijst.json': z.array(
    z.strictObject({
      memberId: z.string(),
      memberNumber: count,
      memberName: z.string(),
      weight: count,
      checkedIn: z.boolean(),
    }),
  ),
  'stemmen.json': z.array(
    z.strictObject({
      memberId: z.string(),
      choice: z.string(),
      castAt: z.string(),
      reference: z.string(),
    }),
  ),
  'uitslag.json': z.strictObject({
    tally: z.strictObject({ for: count, against: count, blank: count, invalid: count }),
    present: count,
    electorate: count,
    base: count,
    needed: count,
    quorumNeeded: count.nullable(),
    quorumReached: z.boolean(),
    adopted: z.boolean(),
    reason: z.string(),
  }),
}
const manifestShape = z.strictObject({
  format: z.literal('samen-decision-1'),
  files: z.record(z.string(), z.string()),
})

/** What was found: lines for the reader, and whether everything agrees. */
export interface Verification {
  lines: string[]
  sound: boolean
}

/**
 * Counts a decision again from the ZIP of its proof: every file against its hash, every ballot against the
 * electorate, the verdict by the rule. Needs no database and no network.
 * @throws BadInput when the file is no proof of a decision
 */
export function verifyDecision(zip: Uint8Array): Verification {
  const files = unpack(zip)
  const manifest = read('manifest.json', files, manifestShape)
  const broken = Object.keys(parts).filter((name) => hashOf(files[name]) !== manifest.files[name])
  if (broken.length > 0) {
    const lines = broken.map((name) => `NIET IN ORDE: ${name} is veranderd nadat het bewijs is gemaakt.`)
    return { lines: [...lines, 'Het bewijs klopt niet.'], sound: false }
  }
  const file: DecisionFile = {
    decision: read('besluit.json', files, parts['besluit.json']),
    poll: read('stemming.json', files, parts['stemming.json']),
    rule: read('regel.json', files, parts['regel.json']),
    electors: read('kieslijst.json', files, parts['kieslijst.json']),
    ballots: read('stemmen.json', files, parts['stemmen.json']),
    declared: read('uitslag.json', files, parts['uitslag.json']),
  }
  const problems = checkDecisionFile(file).map((one) => `NIET IN ORDE: ${inWords(one)}`)
  const sound = problems.length === 0
  return {
    lines: [
      `Besluit ${file.decision.number}: ${file.decision.title}`,
      `Kieslijst: ${file.electors.length}; stemmen: ${file.ballots.length}.`,
      ...problems,
      ...(sound ? [file.declared.reason] : []),
      `Controlegetal van het bewijs: ${hashOf(files['manifest.json'])}`,
      sound ? 'Het bewijs klopt: opnieuw geteld met dezelfde uitslag.' : 'Het bewijs klopt niet.',
    ],
    sound,
  }
}

function unpack(zip: Uint8Array): Record<string, Uint8Array> {
  const wanted = new Set([...Object.keys(parts), 'manifest.json'])
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => wanted.has(name) && originalSize <= LARGEST_PART,
    })
  } catch {
    throw new BadInput('verify', 'dit is geen zip met het bewijs van een besluit')
  }
}

function read<T>(name: string, files: Record<string, Uint8Array>, shape: z.ZodType<T>): T {
  const bytes = files[name]
  if (!bytes) throw new BadInput('verify', `${name} ontbreekt in het bewijs`)
  try {
    return shape.parse(JSON.parse(strFromU8(bytes)))
  } catch {
    throw new BadInput('verify', `${name} heeft niet de vorm van een bewijs`)
  }
}

function hashOf(bytes: Uint8Array | undefined): string {
  return bytes ? createHash('sha256').update(bytes).digest('hex') : ''
}

const WORDS: Record<string, (params: Record<string, string>, path?: string) => string> = {
  'elector.twice': ({ name }) => `${name} staat twee keer op de kieslijst.`,
  'elector.weight': ({ name }) => `${name} heeft een ander aantal stemmen dan de regel geeft.`,
  'ballot.noElector': ({ reference }) => `stem ${reference} is van iemand die niet op de kieslijst staat.`,
  'ballot.twice': ({ name }) => `${name} heeft twee keer gestemd.`,
  'ballot.choice': ({ reference }) => `stem ${reference} is geen voor, tegen of blanco.`,
  'ballot.outsidePoll': ({ reference }) => `stem ${reference} is niet tijdens de stemming uitgebracht.`,
  'declared.differs': ({ declared, counted }, path) =>
    `de uitslag zegt bij ‘${path}’ ${declared}, opnieuw geteld is het ${counted}.`,
  'decision.differs': () => 'het besluit zegt iets anders dan de uitslag.',
  'decision.number': ({ number }) => `${number} is geen nummer van een besluit.`,
  'rule.unusable': () => 'met de stemregel en de telling is geen uitslag te bepalen.',
}

function inWords({ code, params = {}, path }: Violation): string {
  return WORDS[code.replace('decisionFile.', '')]!(params, path)
}
