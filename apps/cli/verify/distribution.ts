import { strFromU8 } from 'fflate'
import { z } from 'zod'
import { formatCents, RuleViolated, type Violation } from '#kernel'
import type { FrozenClosing } from '../../../libs/risk-margin/rules/closing-proof.js'
import {
  checkDistributionFile,
  type DistributionFile,
  PROOF_FILES,
  PROOF_FORMAT,
  proofFileNames,
} from '../../../libs/risk-margin/rules/distribution-file.js'
import { DIVISION_RULE, EARLIER_RULE } from '../../../libs/risk-margin/rules/frozen-inputs.js'
import { closeItems } from '../../../libs/risk-margin/rules/year-close.js'
import { BadInput } from '../compute/index.js'
import { verifyDecision } from './decision.js'
import { brokenFiles, decisionShape, hashOf, readPart, unpackFiles, type Verification } from './proof-zip.js'

const cents = z.string().regex(/^-?\d+$/)
const amount = cents.transform((digits) => BigInt(digits))
const part = { memberId: z.string(), partCents: amount }
const named = { id: z.string(), number: z.int(), name: z.string(), cents }
const change = z.object({ on: z.iso.date(), cents })
const shapes = {
  manifest: z.strictObject({ format: z.literal(PROOF_FORMAT), files: z.record(z.string(), z.string()) }),
  distribution: z.strictObject({
    ...{ id: z.string(), year: z.int(), amountCents: amount, sha256: z.string(), referenceDay: z.string() },
    ...{ proposedAt: z.string(), state: z.enum(['proposed', 'withdrawn', 'rejected', 'adopted', 'paid']) },
  }),
  /** Only what the computation reads; the text itself is hashed and kept as it is. */
  inputs: z.object({
    ...{ rule: z.string(), year: z.int(), awardedCents: cents, rate: z.string().regex(/^\d+\/[1-9]\d*$/) },
    ...{ marginCents: cents, spentCents: cents, amountCents: cents },
    sharers: z.enum(['allGuarantors', 'votingMembers']),
    reference: z.enum(['lastDayOfYear', 'timeWeighted']),
    shares: z.array(z.object({ ...named, changes: z.array(change).optional() })).min(1),
    snapshot: z.object({ sha256: z.string() }).optional(),
    preInvestments: z.object({ outstanding: z.array(z.object(named)) }).nullish(),
  }),
  snapshot: z.object({
    holders: z.array(
      z.object({
        ...{ memberId: z.string(), number: z.int(), name: z.string(), pledgedCents: amount },
        kind: z.enum(['voting', 'supporting']).nullable(),
      }),
    ),
    changes: z.array(z.object({ memberId: z.string(), on: z.iso.date(), cents: amount })),
  }),
  parts: z.strictObject({
    parts: z.array(z.strictObject({ ...part, shareCents: amount, weight: amount })),
    earnedBack: z.array(z.strictObject({ ...part, outstandingCents: amount })),
  }),
  authorisation: z.strictObject({
    ...{ kind: z.string(), id: z.string(), decision: z.string(), adopted: z.boolean() },
  }),
  closing: z.strictObject({
    ...{ kind: z.literal('samen.yearClose'), year: z.int(), on: z.iso.date() },
    items: z.array(
      z.strictObject({
        ...{ item: z.enum(closeItems), name: z.string(), met: z.boolean(), why: z.string() },
        waivedBy: z.string().nullable(),
      }),
    ),
  }),
  further: z.array(
    z.strictObject({
      ...{ kind: z.string(), id: z.string(), item: z.string().nullable(), decision: z.string() },
      file: z.enum(proofFileNames),
    }),
  ),
  entry: z.strictObject({
    ...{ id: z.string(), idempotencyKey: z.string(), onDay: z.string() },
    ...{ description: z.string(), document: z.string() },
    postings: z.array(
      z.strictObject({ account: z.string(), memberId: z.string().nullable(), cents: amount }),
    ),
  }),
}
const NAMES = new Set<string>(['manifest.json', ...proofFileNames])

/**
 * Computes a distribution of the risk margin again from the ZIP of its proof: every file against its hash, the shares
 * against the snapshot, every part and their sum, the ALV's decision by its own proof, and the ledger entry. Needs no
 * database and no network.
 * @throws BadInput when the file is no proof of a distribution
 */
export function verifyDistribution(zip: Uint8Array): Verification {
  const files = unpackFiles(zip, NAMES, 'dit is geen zip met het bewijs van een verdeling')
  const manifest = readPart('manifest.json', files, shapes.manifest)
  const broken = brokenFiles(
    [...new Set([...Object.keys(manifest.files), ...contentOf(files)])],
    files,
    manifest.files,
  )
  if (broken.length > 0) {
    const lines = broken.map((name) => `NIET IN ORDE: ${name} is veranderd nadat het bewijs is gemaakt.`)
    return { lines: [...lines, 'Het bewijs klopt niet.'], sound: false }
  }
  const decision = decisionIn(files, PROOF_FILES.decision)
  const further = furtherIn(files)
  const file = fileOf(files, decision, further)
  const problems = check(file).map(inWords)
  if (decision && !decision.verification.sound)
    problems.push('het besluit van de ALV klopt niet met zijn eigen bewijs.')
  for (const { content, verification } of further)
    if (!verification.sound) problems.push(`besluit ${content.number} klopt niet met zijn eigen bewijs.`)
  const sound = problems.length === 0
  return {
    lines: [
      ...summary(file),
      ...(decision?.verification.lines.map((line) => `  ${line}`) ?? []),
      ...problems.map((problem) => `NIET IN ORDE: ${problem}`),
      `Controlegetal van het bewijs: ${hashOf(files['manifest.json'])}`,
      sound ? 'Het bewijs klopt: opnieuw berekend met dezelfde bedragen.' : 'Het bewijs klopt niet.',
    ],
    sound,
  }
}

/** @throws BadInput when what is frozen can't be divided at all */
function check(file: DistributionFile): Violation[] {
  try {
    return checkDistributionFile(file)
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    throw new BadInput('verify', `de verdeling is niet te berekenen (${error.message})`)
  }
}

const contentOf = (files: Record<string, Uint8Array>) =>
  Object.keys(files).filter((name) => name !== 'manifest.json')

function fileOf(
  files: Record<string, Uint8Array>,
  decision: ProvenDecision | null,
  further: readonly FurtherProof[],
): DistributionFile {
  const has = (name: string) => files[name] !== undefined
  readPart(PROOF_FILES.inputs, files, shapes.inputs)
  return {
    distribution: readPart(PROOF_FILES.distribution, files, shapes.distribution),
    inputs: { text: strFromU8(files[PROOF_FILES.inputs]!), sha256: hashOf(files[PROOF_FILES.inputs]) },
    snapshot: has(PROOF_FILES.snapshot)
      ? {
          ...readPart(PROOF_FILES.snapshot, files, shapes.snapshot),
          sha256: hashOf(files[PROOF_FILES.snapshot]),
        }
      : null,
    division: readPart(PROOF_FILES.parts, files, shapes.parts),
    authorisation: has(PROOF_FILES.authorisation)
      ? readPart(PROOF_FILES.authorisation, files, shapes.authorisation)
      : null,
    decision: decision?.content ?? null,
    closing: has(PROOF_FILES.closing) ? readPart(PROOF_FILES.closing, files, shapes.closing) : null,
    further: further.map(({ authorisation, content }) => ({ authorisation, decision: content })),
    entry: has(PROOF_FILES.entry) ? readPart(PROOF_FILES.entry, files, shapes.entry) : null,
  }
}

interface ProvenDecision {
  content: { number: string; adopted: boolean; question: string }
  verification: Verification
}

interface FurtherProof extends ProvenDecision {
  authorisation: { kind: string; id: string; item: string | null; decision: string }
}

/** The decision's own proof is a ZIP in the ZIP, counted again as `samen verify decision` does. */
function decisionIn(files: Record<string, Uint8Array>, name: string): ProvenDecision | null {
  const zip = files[name]
  if (!zip) return null
  const verification = verifyDecision(zip)
  const inside = unpackFiles(zip, new Set(['besluit.json']), `${name} is geen bewijs`)
  return { content: readPart('besluit.json', inside, decisionShape), verification }
}

/** What else was decided: waivers of the year's close, and pre-investments first. One whose proof is not there is left out. */
function furtherIn(files: Record<string, Uint8Array>): FurtherProof[] {
  if (!files[PROOF_FILES.further]) return []
  return readPart(PROOF_FILES.further, files, shapes.further).flatMap(({ file, ...authorisation }) => {
    const decision = decisionIn(files, file)
    return decision ? [{ ...decision, authorisation }] : []
  })
}

const STATES: Record<DistributionFile['distribution']['state'], string> = {
  proposed: 'Er is nog niet over beslist.',
  withdrawn: 'Dit voorstel is ingetrokken.',
  rejected: 'De ALV nam dit voorstel niet aan.',
  adopted: 'De ALV nam dit voorstel aan; er is nog niets geboekt.',
  paid: 'De ALV nam dit voorstel aan en de uitkering is geboekt.',
}

function summary({ distribution, division, closing, entry }: DistributionFile): string[] {
  const { parts, earnedBack } = division
  const back = earnedBack.reduce((sum, { partCents }) => sum + partCents, 0n)
  return [
    `Risicomarge ${distribution.year}: ${formatCents(distribution.amountCents)} over ${parts.length} leden.`,
    ...(back > 0n ? [`Daarvan eerst terugverdiend: ${formatCents(back)}.`] : []),
    STATES[distribution.state],
    ...(closing ? [closeLine(closing)] : []),
    ...(entry ? [`Boeking ${entry.idempotencyKey} op ${entry.onDay}: ${entry.postings.length} regels.`] : []),
  ]
}

function closeLine({ on, items }: FrozenClosing): string {
  const waived = items.filter(({ waivedBy }) => waivedBy !== null)
  const met = items.filter(({ met }) => met).length
  const waivers = waived
    .map(({ name, waivedBy }) => `; ontheffing van "${name}" (besluit ${waivedBy})`)
    .join('')
  return `Jaarafsluiting op ${on}: ${met} van de ${items.length} onderdelen in orde${waivers}.`
}

const WORDS: Record<string, string> = {
  'distribution.hashDiffers': 'de vastgelegde gegevens kloppen niet met hun controlegetal.',
  'distribution.ruleUnknown': `de rekenregel is niet bekend (wel: ${EARLIER_RULE} en ${DIVISION_RULE}).`,
  'distribution.amountDiffers': 'het bedrag volgt niet uit de subsidie, het percentage en wat gebruikt is.',
  'distribution.partsDiffer': 'opnieuw berekend krijgen leden andere bedragen.',
  'distribution.snapshotDiffers': 'de aandelen zijn niet die van de momentopname van de garanties.',
  'proof.sumDiffers': 'de bedragen tellen niet op tot wat verdeeld is.',
  'proof.snapshotMissing': 'de momentopname van de garanties ontbreekt.',
  'proof.snapshotHash': 'de momentopname is een andere dan waarmee gerekend is.',
  'proof.stateDiffers':
    'wat het bewijs zegt over de stand van het voorstel, past niet bij de andere bestanden.',
  'proof.decisionMissing': 'het besluit van de ALV ontbreekt.',
  'proof.authorisesOther': 'het besluit gaat over een andere verdeling.',
  'proof.decisionDiffers': 'het besluit is een ander dan waarop de uitkering rust.',
  'proof.notAdopted': 'de ALV nam dit niet aan.',
  'proof.questionDiffers': 'de vraag aan de ALV noemt een ander controlegetal.',
  'proof.closingMissing': 'de jaarafsluiting ontbreekt.',
  'proof.closingDiffers': 'de jaarafsluiting is van een ander jaar of mist een onderdeel.',
  'proof.closingOpen': 'er is uitgekeerd terwijl een onderdeel van de jaarafsluiting nog open stond.',
  'proof.waiverMissing': 'het besluit over een ontheffing van de jaarafsluiting ontbreekt.',
  'proof.waiverDiffers': 'een ontheffing van de jaarafsluiting rust op een ander besluit.',
  'proof.preInvestmentsMissing': 'het besluit om voorinvesteringen voor te laten gaan ontbreekt.',
  'proof.preInvestmentsDiffer': 'dat voorinvesteringen voorgaan, rust op een ander besluit.',
  'proof.entryMissing': 'de boeking ontbreekt.',
  'proof.entryOther': 'de boeking is van iets anders.',
  'proof.entryNotBalanced': 'de boeking telt niet op tot nul.',
  'proof.entryDiffers': 'de regels van de boeking zijn niet de bedragen van de verdeling.',
}

function inWords({ code }: Violation): string {
  return WORDS[code]!
}
