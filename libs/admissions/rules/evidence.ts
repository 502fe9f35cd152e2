import type { Violation } from '#kernel'

/** A file that backs what is said of a criterion. */
export interface EvidenceFile {
  id: string
  criterion: string
  name: string
  kind: string
  bytes: number
  sha256: string
}

/** A file that is offered, and is good in itself. */
export type OfferedFile = Omit<EvidenceFile, 'id' | 'kind'>

const MB = 1_000_000

export const evidenceLimits = { maxFileBytes: 5 * MB, maxPerCriterion: 5, maxBytes: 25 * MB }

/**
 * Which of the offered files are added, by their place in the list, and why others are not. What is there
 * already (same criterion, same content) is passed over in silence: a form that is sent twice adds nothing.
 */
export function planEvidence(
  kept: readonly OfferedFile[],
  offered: readonly OfferedFile[],
): { added: number[]; violations: Violation[] } {
  const there = [...kept]
  const added: number[] = []
  const violations: Violation[] = []
  for (const [at, file] of offered.entries()) {
    const beside = there.filter(({ criterion }) => criterion === file.criterion)
    if (beside.some(({ sha256 }) => sha256 === file.sha256)) continue
    const refused = refusal(file, beside.length, sum(there) + file.bytes)
    if (refused) violations.push(refused)
    else {
      there.push(file)
      added.push(at)
    }
  }
  return { added, violations }
}

/** The field of the form in which the files of a criterion are chosen. */
export const evidenceField = (criterion: string): string => `bewijs.${criterion}`

function refusal({ criterion, name }: OfferedFile, beside: number, bytes: number): Violation | null {
  const { maxPerCriterion, maxBytes } = evidenceLimits
  const path = evidenceField(criterion)
  if (beside >= maxPerCriterion)
    return { code: 'admission.tooManyFiles', path, params: { name, max: String(maxPerCriterion) } }
  if (bytes > maxBytes)
    return { code: 'admission.tooMuchEvidence', path, params: { name, max: `${maxBytes / MB} MB` } }
  return null
}

const sum = (files: readonly { bytes: number }[]): number =>
  files.reduce((total, { bytes }) => total + bytes, 0)
