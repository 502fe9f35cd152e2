import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Violation } from '#kernel'
import { checkDecisionFile, type DecisionFile } from '../../../libs/assemblies/rules/decision-file.js'
import { electorateText } from '../../../libs/assemblies/rules/electorate-text.js'
import {
  aftermathShape,
  brokenFiles,
  decisionShape,
  hashOf,
  readPart,
  unpack,
  type Verification,
} from './proof-zip.js'
import { verifyWrittenDecision, WRITTEN_FORMAT } from './written-decision.js'

const count = z.int().min(0)
const threshold = { fraction: z.string(), strict: z.boolean() }
const article = z.string()
const parts = {
  'besluit.json': decisionShape,
  'stemming.json': z.strictObject({
    id: z.string(),
    assembly: z.string(),
    heldOn: z.string(),
    openedAt: z.string(),
    closedAt: z.string(),
    electorateHash: z.string().nullable(),
    method: z.enum(['digital', 'paper']).optional(),
  }),
  'regel.json': z.strictObject({
    asOf: z.string(),
    majority: z.strictObject({ ...threshold, base: z.enum(['cast', 'present', 'electorate']), article }),
    quorum: z.strictObject({ required: z.strictObject(threshold).nullable(), article }),
    blank: z.strictObject({ counts: z.enum(['excluded', 'included']), article }),
    tie: z.strictObject({ means: z.literal('rejected'), article }).optional(),
    votesPerMember: z.strictObject({ votes: count, article }),
  }),
  'kieslijst.json': z.array(
    z.strictObject({
      memberId: z.string(),
      memberNumber: count,
      memberName: z.string(),
      weight: count,
      casterIds: z.array(z.string()),
      holderId: z.string().nullable(),
      proxyId: z.string().nullable(),
      checkedIn: z.boolean(),
    }),
  ),
  'stemmen.json': z.array(
    z.strictObject({
      memberId: z.string(),
      choice: z.string(),
      castAt: z.string(),
      reference: z.string(),
      entered: z.boolean(),
      inAdvance: z.boolean().optional(),
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
  'daarna.json': aftermathShape,
}
/** Only in the proof of a poll on paper. */
const PAPER = 'papier.json'
const paperShape = z.strictObject({
  entries: z.array(
    z.strictObject({
      office: z.string(),
      personId: z.string(),
      count: z.strictObject({ for: count, against: count, blank: count, invalid: count, present: count }),
      countedAt: z.string(),
    }),
  ),
  scans: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
})
const manifestShape = z.strictObject({
  format: z.enum(['samen-decision-1', WRITTEN_FORMAT]),
  files: z.record(z.string(), z.string()),
})

/**
 * Counts a decision again from the ZIP of its proof: every file against its hash, every ballot against the
 * electorate, the verdict by the rule. Needs no database and no network.
 * @throws BadInput when the file is no proof of a decision
 */
export function verifyDecision(zip: Uint8Array): Verification {
  const files = unpack(zip)
  const manifest = readPart('manifest.json', files, manifestShape)
  if (manifest.format === WRITTEN_FORMAT) return verifyWrittenDecision(files, manifest.files)
  const listed = [...Object.keys(parts), ...(files[PAPER] || manifest.files[PAPER] ? [PAPER] : [])]
  const broken = brokenFiles(listed, files, manifest.files)
  if (broken.length > 0) {
    const lines = broken.map((name) => `NIET IN ORDE: ${name} is veranderd nadat het bewijs is gemaakt.`)
    return { lines: [...lines, 'Het bewijs klopt niet.'], sound: false }
  }
  const file: DecisionFile = {
    decision: readPart('besluit.json', files, parts['besluit.json']),
    poll: readPart('stemming.json', files, parts['stemming.json']),
    rule: readPart('regel.json', files, parts['regel.json']),
    electors: readPart('kieslijst.json', files, parts['kieslijst.json']),
    ballots: readPart('stemmen.json', files, parts['stemmen.json']),
    ...(files[PAPER] ? { paper: readPart(PAPER, files, paperShape) } : {}),
    declared: readPart('uitslag.json', files, parts['uitslag.json']),
    aftermath: readPart('daarna.json', files, parts['daarna.json']),
  }
  const problems = [...checkDecisionFile(file), ...checkElectorate(file)].map(
    (one) => `NIET IN ORDE: ${inWords(one)}`,
  )
  const sound = problems.length === 0
  return {
    lines: [
      `Besluit ${file.decision.number}: ${file.decision.title}`,
      `Kieslijst: ${file.electors.length}; stemmen: ${file.ballots.length}${marks(file)}.`,
      ...onPaper(file),
      ...problems,
      ...(sound ? [file.declared.reason] : []),
      ...afterwards(file),
      `Controlegetal van het bewijs: ${hashOf(files['manifest.json'])}`,
      sound ? 'Het bewijs klopt: opnieuw geteld met dezelfde uitslag.' : 'Het bewijs klopt niet.',
    ],
    sound,
  }
}

/** The electorate that everyone could see while the poll was open is the one in the file. */
function checkElectorate({ poll, electors }: DecisionFile): Violation[] {
  if (poll.electorateHash === null) return []
  const found = createHash('sha256').update(electorateText(electors)).digest('hex')
  return found === poll.electorateHash ? [] : [{ code: 'decisionFile.electorate.hash' }]
}

/** Who counted on paper, and what the count sheets are known by. */
function onPaper({ paper }: DecisionFile): string[] {
  if (!paper) return []
  const sheets = paper.scans.map(({ name, sha256 }) => `Telblad ${name}: ${sha256}`)
  return ['Op papier geteld, door twee mensen ingevoerd.', ...sheets]
}

function marks({ electors, ballots }: DecisionFile): string {
  const byProxy = electors.filter(({ holderId }) => holderId !== null).length
  const entered = ballots.filter((ballot) => ballot.entered).length
  const proxies = byProxy > 0 ? `; met volmacht: ${byProxy}` : ''
  const advance = ballots.filter((ballot) => ballot.inAdvance).length
  const before = advance > 0 ? `; vooraf uitgebracht: ${advance}` : ''
  return `${proxies}${entered > 0 ? `; ingevoerd door de secretaris: ${entered}` : ''}${before}`
}

/** What the reader has to know besides the count: a decision can have lost its effect, or be corrected. */
function afterwards({ aftermath }: DecisionFile): string[] {
  const { replacedBy, challenge, rulings } = aftermath
  return [
    ...(challenge ? [`De uitslag is betwist: ${challenge.reason}`] : []),
    ...(replacedBy ? [`Dit besluit is na een nieuwe stemming vervangen door besluit ${replacedBy}.`] : []),
    ...rulings.map(({ text }) => `Rectificatie: ${text}`),
  ]
}

const WORDS: Record<string, (params: Record<string, string>, path?: string) => string> = {
  'elector.twice': ({ name }) => `${name} staat twee keer op de kieslijst.`,
  'elector.weight': ({ name }) => `${name} heeft een ander aantal stemmen dan de regel geeft.`,
  'elector.holder': ({ name }) => `de gevolmachtigde van ${name} kan niet voor dit lid stemmen.`,
  'electorate.hash': () => 'de kieslijst is een andere dan toen de stemming openging.',
  'ballot.noElector': ({ reference }) => `stem ${reference} is van iemand die niet op de kieslijst staat.`,
  'ballot.twice': ({ name }) => `${name} heeft twee keer gestemd.`,
  'ballot.choice': ({ reference }) => `stem ${reference} is geen voor, tegen of blanco.`,
  'ballot.outsidePoll': ({ reference }) => `stem ${reference} is niet tijdens de stemming uitgebracht.`,
  'declared.differs': ({ declared, counted }, path) =>
    `de uitslag zegt bij ‘${path}’ ${declared}, opnieuw geteld is het ${counted}.`,
  'paper.missing': () => 'er ontbreekt iets aan de telling op papier, of die hoort niet bij deze stemming.',
  'paper.sameHand': () => 'de telling op papier is niet door twee verschillende mensen ingevoerd.',
  'paper.differs': () => 'de twee tellingen op papier verschillen.',
  'paper.notACount': () => 'de telling op papier kan niet kloppen met de kieslijst.',
  'decision.differs': () => 'het besluit zegt iets anders dan de uitslag.',
  'decision.number': ({ number }) => `${number} is geen nummer van een besluit.`,
  'rule.unusable': () => 'met de stemregel en de telling is geen uitslag te bepalen.',
}

function inWords({ code, params = {}, path }: Violation): string {
  return WORDS[code.replace('decisionFile.', '')]!(params, path)
}
