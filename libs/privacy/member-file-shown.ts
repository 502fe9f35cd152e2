import type { Block, PaperDocument } from '#documents'
import { formatCents } from '#kernel'
import { type DossierSection, type DossierValue, type Language, longDay, type Messages } from '#platform'
import type { MemberFile } from './member-file.service.js'

const LOCALES = { nl: 'nl-NL', en: 'en-GB' } as const
/** A table with more columns than this does not fit on paper: each row becomes a list of labels and values. */
const MOST_COLUMNS = 5

/** "15 februari 2020 om 12:00" */
export function momentInWords(at: Date, lang: Language): string {
  return new Intl.DateTimeFormat(LOCALES[lang], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Amsterdam',
  }).format(at)
}

/** The file to hand over to another program: codes, ISO days and instants, cents as text. */
export function fileAsJson({ member, madeAt, sections, erasedAt }: MemberFile, texts: Messages): string {
  const shown = {
    format: 'samen-dossier',
    version: 1,
    madeAt: madeAt.toISOString(),
    member: { id: member.id, number: member.number, name: member.name },
    personsErasedAt: erasedAt?.toISOString() ?? null,
    sections: sections.map(({ key, columns, rows }) => ({
      key,
      title: texts.text('nl', `${key}.title`),
      rows: rows.map((row) => Object.fromEntries(columns.map((name) => [name, plain(row[name])]))),
    })),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}

/** The file to read: on paper, in the language of who asks for it. */
export function fileAsPaper(file: MemberFile, texts: Messages, lang: Language): PaperDocument {
  const { member, madeAt, sections, erasedAt } = file
  const text = (key: string, values: object = {}) => texts.text(lang, `privacy.file.${key}`, { ...values })
  const made = momentInWords(madeAt, lang)
  return {
    title: text('paperTitle', { name: member.name }),
    subtitle: text('paperSubtitle', { number: member.number, made }),
    lang,
    madeAt,
    footer: text('paperFooter', { number: member.number, made }),
    blocks: [
      { kind: 'paragraph', text: text('paperLead') },
      { kind: 'paragraph', text: text('paperRights'), soft: true },
      ...(erasedAt
        ? [{ kind: 'note', text: text('erased', { at: momentInWords(erasedAt, lang) }) } as const]
        : []),
      ...sections.flatMap((section) => sectionBlocks(section, texts, lang)),
    ],
  }
}

function sectionBlocks({ key, columns, rows }: DossierSection, texts: Messages, lang: Language): Block[] {
  const heading: Block = { kind: 'heading', text: texts.text(lang, `${key}.title`) }
  const label = (column: string) => texts.text(lang, `${key}.columns.${column}`)
  const value = (row: (typeof rows)[number], column: string) => inWords(row[column], texts, lang)
  if (columns.length <= MOST_COLUMNS)
    return [
      heading,
      {
        kind: 'table',
        columns: columns.map((column) => ({
          label: label(column),
          align: isAmount(rows, column) ? 'end' : 'start',
        })),
        rows: rows.map((row) => columns.map((column) => value(row, column))),
      },
    ]
  return rows.flatMap((row, at) => {
    const [first = ''] = columns
    const facts = columns.map((column) => ({ label: label(column), value: value(row, column) }))
    const part: Block[] = [
      { kind: 'heading', level: 3, text: `${label(first)} ${value(row, first)}` },
      { kind: 'facts', facts: facts.slice(1).filter(({ value: written }) => written !== '') },
    ]
    return at === 0 ? [heading, ...part] : part
  })
}

function isAmount(rows: DossierSection['rows'], column: string): boolean {
  return rows.some((row) => {
    const value = row[column]
    return typeof value === 'object' && value !== null && 'cents' in value
  })
}

function inWords(value: DossierValue | undefined, texts: Messages, lang: Language): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  if ('day' in value) return longDay(lang, value.day)
  if ('at' in value) return momentInWords(value.at, lang)
  if ('cents' in value) return formatCents(value.cents)
  return texts.has(value.word) ? texts.text(lang, value.word) : codeOf(value.word)
}

function plain(value: DossierValue | undefined): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return value
  if ('day' in value) return value.day
  if ('at' in value) return value.at.toISOString()
  if ('cents' in value) return String(value.cents)
  return codeOf(value.word)
}

function codeOf(word: string): string {
  return word.slice(word.lastIndexOf('.') + 1)
}
