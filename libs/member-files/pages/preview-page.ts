import { dayOf } from '#kernel'
import { dayInDigits, type Language, longDay, type Messages, type Visitor } from '#platform'
import { type BuurtNames, shownDetail } from '../files/sheet-words.js'
import { maySeeToSensitive, type ShownImport } from '../imports.service.js'
import { headers } from '../rules/columns.js'
import { countRows, mayConfirm, sensitiveRows } from '../rules/import-state.js'
import type { Change, PlannedRow } from '../rules/plan.js'
import type { StoredPlan } from '../store/import-records.js'
import { type Text, textsOf } from '../words.js'
import { MENDED_AT_ONCE, mendFields } from './findings.js'

const PAGE_SIZE = 50
/** The states of rows as the address calls them. */
const SHOWN = { fout: 'wrong', nieuw: 'new', gewijzigd: 'changed', gelijk: 'same' } as const
const TONES = { wrong: 'bad', new: 'good', changed: 'warn', same: 'neutral' } as const

export interface PreviewSources {
  found: ShownImport
  query: Record<string, unknown>
  visitor: Visitor
  names: ReadonlyMap<string, { name: string }>
  buurten: BuurtNames
  messages: Messages
  lang: Language
}

/** The model of an import: what it would do or did, what has to be mended, what can be done now. */
export function previewPage(sources: PreviewSources) {
  const { found, names, visitor, messages, lang } = sources
  const { id, state, plan, steps, reference, name, effectiveOn, uploadedBy, uploadedAt } = found
  const text = textsOf(messages, lang)
  const { counts } = steps.at(-1)!
  const ended = steps.at(-1)!
  return {
    title: text(`state.${state}.heading`),
    id,
    state,
    reference,
    fileName: name,
    isOpen: state !== 'committed' && state !== 'withdrawn',
    stateText: text(`state.${state}.text`, { wrong: counts.wrong, day: longDay(lang, effectiveOn) }),
    figures: (
      ['new', 'changed', 'same', ...(state === 'committed' ? [] : (['wrong'] as const))] as const
    ).map((one) => ({
      value: new Intl.NumberFormat(lang === 'en' ? 'en-GB' : 'nl-NL').format(counts[one]),
      label: text(`count.${one}`, { count: counts[one] }),
    })),
    about: [
      { label: text('label.file'), value: name },
      { label: text('label.effectiveOn'), value: longDay(lang, effectiveOn) },
      {
        label: text('label.uploaded'),
        value: names.get(uploadedBy)?.name ?? '',
        note: longDay(lang, dayOf(uploadedAt)),
      },
      ...steps
        .filter(({ type }) => type !== 'previewed')
        .map(({ type, by, at }) => ({
          label: text(`label.${type}`),
          value: names.get(by)?.name ?? '',
          note: longDay(lang, dayOf(at)),
        })),
    ],
    endedAt: ended.at,
    numbers: newNumbers(ended.firstNumber, counts.new, text),
    planHash: plan?.planHash,
    unknown: plan && plan.unknown.length > 0 ? plan.unknown.join(', ') : null,
    mayConfirm: mayConfirm(steps, visitor.personId) && maySeeToSensitive(visitor),
    ...(plan
      ? { ...mending(sources, plan), ...sensitive(sources, plan, text), ...table(sources, plan, text) }
      : {}),
  }
}

function newNumbers(first: number | null, count: number, text: Text): string | null {
  if (first === null) return null
  return text('numbers', { count, first: String(first), last: String(first + count - 1) })
}

function mending({ found: { state }, messages, lang }: PreviewSources, { rows, findings }: StoredPlan) {
  if (state !== 'mending') return {}
  const nameOf = new Map(rows.map(({ row, name }) => [row, name]))
  const cells = mendFields(messages, lang, findings, (row) => nameOf.get(row) ?? '')
  return { cells, moreCells: findings.length > cells.length ? MENDED_AT_ONCE : null }
}

function sensitive({ lang, buurten }: PreviewSources, plan: StoredPlan, text: Text) {
  const rows = sensitiveRows(plan)
  if (rows.length === 0) return {}
  const cell = ({ field }: Change, value: string | null) =>
    value === null ? text('nothing') : shownDetail(field, value, buurten)
  return {
    sensitiveColumns: ['member', 'detail', 'from', 'to', 'day'].map((one) => ({
      label: text(`label.${one}`),
    })),
    sensitiveRows: rows.flatMap(({ number, name, on, changes }) =>
      changes.map((change) => [
        { value: name, href: `/leden/${number}` },
        headers[change.field],
        cell(change, change.from),
        cell(change, change.to),
        on ? longDay(lang, on) : null,
      ]),
    ),
  }
}

/** A page of the rows of one state, or of all; what is wrong first. */
function table({ found, query, buurten }: PreviewSources, plan: StoredPlan, text: Text) {
  const typed = typeof query.toon === 'string' && Object.hasOwn(SHOWN, query.toon) ? query.toon : ''
  const wanted = typed ? SHOWN[typed as keyof typeof SHOWN] : null
  const counts = countRows(plan)
  const chosen = plan.rows.filter(({ state }) => wanted === null || state === wanted)
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE_SIZE))
  const asked = typeof query.pagina === 'string' && /^[1-9]\d{0,4}$/.test(query.pagina) ? +query.pagina : 1
  const current = Math.min(asked, pages)
  const href = (toon: string, page: number) => {
    const parts = new URLSearchParams({ ...(toon && { toon }), ...(page > 1 && { pagina: String(page) }) })
    return `/leden/import/${found.id}${parts.size > 0 ? `?${parts}` : ''}#rijen`
  }
  return {
    filters: ['', ...Object.keys(SHOWN)].map((toon) => {
      const count = toon ? counts[SHOWN[toon as keyof typeof SHOWN]] : plan.rows.length
      return {
        href: href(toon, 1),
        label: text(`filter.${toon || 'alles'}`, { count }),
        current: toon === typed,
      }
    }),
    columns: ['member', 'state', 'changes'].map((one) => ({ label: text(`label.${one}`) })),
    rows: chosen
      .slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE)
      .map((row) => shownRow(row, buurten, text)),
    noRows: text('noRowsOfState'),
    ...pageLinks(current, pages, (page) => href(typed, page)),
  }
}

function shownRow(
  { row, state, number, name, on, kind, changes }: PlannedRow,
  buurten: BuurtNames,
  text: Text,
) {
  const written = ({ field, from, to }: Change) => {
    const value = to === null ? text('nothing') : shownDetail(field, to, buurten)
    const before = from === null ? '' : `${shownDetail(field, from, buurten)} → `
    return `${headers[field]}: ${before}${value}`
  }
  const lines = changes.filter(({ field }) => state !== 'new' || field !== 'name').map(written)
  const day = on && lines.length > 0 && state === 'changed' ? text('fromDay', { day: dayInDigits(on) }) : ''
  const entry = state === 'new' && kind ? text('asMember', { kind, day: on ? dayInDigits(on) : '' }) : ''
  return [
    {
      value: name || text('nameless'),
      ...(number && { href: `/leden/${number}` }),
      note: text(number ? 'rowOfMember' : 'row', { row: String(row), number: String(number ?? '') }),
    },
    { value: text(`rowState.${state}`), tone: TONES[state] },
    { value: [entry, lines.join('; ')].filter(Boolean).join('. '), note: day },
  ]
}

function pageLinks(current: number, pages: number, href: (page: number) => string) {
  if (pages === 1) return {}
  const near = [1, current - 1, current, current + 1, pages]
  const shown = [...new Set(near)].filter((page) => page >= 1 && page <= pages)
  return {
    pages: shown.flatMap((page, at) => [
      ...(at > 0 && page > shown[at - 1]! + 1 ? [{ gap: true }] : []),
      { number: page, href: href(page), current: page === current },
    ]),
    previousHref: current > 1 ? href(current - 1) : undefined,
    nextHref: current < pages ? href(current + 1) : undefined,
  }
}
