import { createHash } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { z } from 'zod'
import { BadInput } from '../compute/index.js'

/** What may be read from one file of the ZIP: a million ballots fit. */
const LARGEST_PART = 512 * 1024 * 1024

/** Every file that a proof can have, by either format. */
const NAMES = new Set([
  ...['manifest.json', 'besluit.json', 'stemming.json', 'regel.json', 'kieslijst.json', 'stemmen.json'],
  ...['uitslag.json', 'daarna.json', 'papier.json', 'verloop.json', 'antwoorden.json'],
])

/** What was found: lines for the reader, and whether everything agrees. */
export interface Verification {
  lines: string[]
  sound: boolean
}

/** What came after a decision, in either format. */
export const aftermathShape = z.strictObject({
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  challenge: z
    .strictObject({
      reason: z.string(),
      challengedAt: z.string(),
      lapsesAt: z.string(),
      majorityAt: z.string().nullable(),
      demanding: z.int().min(0),
    })
    .nullable(),
  rulings: z.array(
    z.strictObject({ text: z.string(), reason: z.string(), office: z.string(), ruledAt: z.string() }),
  ),
  conflicts: z.array(z.strictObject({ office: z.string(), reason: z.string(), declaredAt: z.string() })),
})

export const decisionShape = z.strictObject({
  number: z.string(),
  title: z.string(),
  question: z.string(),
  text: z.string().nullable().optional(),
  adopted: z.boolean(),
  decidedOn: z.string(),
})

/** @throws BadInput when it is no ZIP */
export function unpack(zip: Uint8Array): Record<string, Uint8Array> {
  return unpackFiles(zip, NAMES, 'dit is geen zip met het bewijs van een besluit')
}

/** The files of these names. @throws BadInput with `otherwise` when it is no ZIP */
export function unpackFiles(
  zip: Uint8Array,
  names: ReadonlySet<string>,
  otherwise: string,
): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => names.has(name) && originalSize <= LARGEST_PART,
    })
  } catch {
    throw new BadInput('verify', otherwise)
  }
}

/** @throws BadInput when the file is missing or has another shape */
export function readPart<T>(name: string, files: Record<string, Uint8Array>, shape: z.ZodType<T>): T {
  const bytes = files[name]
  if (!bytes) throw new BadInput('verify', `${name} ontbreekt in het bewijs`)
  try {
    return shape.parse(JSON.parse(strFromU8(bytes)))
  } catch {
    throw new BadInput('verify', `${name} heeft niet de vorm van een bewijs`)
  }
}

/** The files that are not what the manifest says, or missing. */
export function brokenFiles(
  names: readonly string[],
  files: Record<string, Uint8Array>,
  hashes: Readonly<Record<string, string>>,
): string[] {
  return names.filter((name) => hashOf(files[name]) !== hashes[name])
}

export function hashOf(bytes: Uint8Array | undefined): string {
  return bytes ? createHash('sha256').update(bytes).digest('hex') : ''
}
