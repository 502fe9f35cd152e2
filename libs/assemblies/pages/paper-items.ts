import { dayOf } from '#kernel'
import { type Language, longDay, type Messages } from '#platform'
import type { Paper } from '../convocation/papers.service.js'
import { textsOf } from './page-text.js'

/** The versions of papers as a list of files: which, by whom, when, how large, and its checksum. */
export function paperItems(messages: Messages, lang: Language, assemblyId: string, papers: readonly Paper[]) {
  const text = textsOf(messages, lang)
  return papers.flatMap(({ id, title, verbatim, versions }) =>
    versions.map(({ number, addedAt, addedByName, file }) => ({
      name: text('papers.version', { title, version: number }),
      href: file.erasedAt ? null : `/alv/${assemblyId}/stukken/${id}/${number}`,
      size: text('papers.about', {
        size:
          file.bytes < 100_000 ? `${Math.ceil(file.bytes / 1000)} kB` : `${megabytes(file.bytes, lang)} MB`,
        day: longDay(lang, dayOf(addedAt)),
        name: addedByName,
        verbatim: verbatim ? 'yes' : 'no',
      }),
      note: `SHA-256 ${file.sha256}`,
    })),
  )
}

const megabytes = (bytes: number, lang: Language) =>
  new Intl.NumberFormat(lang === 'en' ? 'en-GB' : 'nl-NL', { maximumFractionDigits: 1 }).format(
    bytes / 1_000_000,
  )
