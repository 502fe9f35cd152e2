import type { Language, Messages } from '#platform'
import type { EvidenceFile } from '../rules/evidence.js'

type Shown = Pick<EvidenceFile, 'name' | 'kind' | 'bytes'>

/** What may be chosen; a phone then offers its camera beside its files, and makes a JPEG of its own format. */
export const acceptedFiles = '.pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg'

/** `PDF, 1,2 MB`: the kind and the size of a file. */
export function sizeText(messages: Messages, lang: Language, { kind, bytes }: Shown): string {
  const [unit, size] = bytes < 100_000 ? ['kb', Math.ceil(bytes / 1000)] : ['mb', bytes / 1_000_000]
  const shown = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(size)
  return messages.text(lang, `admissions.evidence.${unit}`, { kind: kind.toUpperCase(), size: shown })
}

/** Files in one line, as the overview of an application has them. */
export function filesInLine(messages: Messages, lang: Language, files: readonly Shown[]): string {
  return files.map((file) => `${file.name} (${sizeText(messages, lang, file)})`).join('; ')
}
