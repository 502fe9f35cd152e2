import { accountsText } from '../paper-blocks.js'
import type { QuarterContent, YearContent } from '../rules/city-report-content.js'
import { readPeriod } from '../rules/period.js'
import { fieldOfRemark, fieldOfSection, sectionsOf, type Texts } from '../rules/report-texts.js'
import type { Words } from '../words.js'
import { figuresModel } from './figures-model.js'

/** The sections that say something, as paragraphs under their headings. */
export function sectionsModel(words: Words, kind: 'quarter' | 'year', texts: Texts) {
  return sectionsOf(kind).flatMap((section) => {
    const text = texts[fieldOfSection(section)]
    return text ? [{ heading: words.section(kind, section), paragraphs: text.split(/\n+/) }] : []
  })
}

/** The quarterly report as the page shows it. */
export function quarterModel(words: Words, { period, figures, texts }: QuarterContent) {
  return {
    sections: sectionsModel(words, 'quarter', texts),
    figures: figuresModel(words, figures, period),
    remarks: figures.areas.flatMap(({ slug, name }) => {
      const text = texts[fieldOfRemark(slug)]
      return text ? [{ name, paragraphs: text.split(/\n+/) }] : []
    }),
    inputs: inputsTable(words, figures),
  }
}

/** The annual report as the page shows it, by the skeleton of guideline RJ 640. */
export function yearModel(words: Words, content: YearContent) {
  const { texts, figures, chapters, period } = content
  return {
    sections: sectionsModel(words, 'year', texts),
    statement: statementTable(words, content),
    hasPrevious: content.previous !== null,
    accounts: accountsText(words, content.accounts),
    ledger: ledgerTables(words, content),
    indicators: indicatorTable(words, content),
    effects: effectsTable(words, content.effects),
    chapters: chapters.map((chapter) => ({
      heading: words.period(readPeriod(chapter.quarter)!),
      href: `/verantwoording/stad/${chapter.quarter}/rapport`,
      sections: chapter.version === null ? [] : sectionsModel(words, 'quarter', chapter.texts),
    })),
    figures: figuresModel(words, figures, `${period}-Q4`),
    inputs: inputsTable(words, figures),
  }
}

const money = (label: string) => ({ label, kind: 'money' })

function statementTable(words: Words, { figures: { lines, total }, previous }: YearContent) {
  return {
    columns: [
      { label: words.say('column.line') },
      ...['realised', 'budget', 'previous'].map((key) => money(words.say(`column.${key}`))),
    ],
    rows: lines.map(({ id, label, actualCents, budgetCents }) => [
      label,
      actualCents,
      budgetCents,
      previous?.lines[id] ?? '',
    ]),
    totals: [words.say('total'), total.actualCents, total.budgetCents, previous?.totalCents ?? ''],
  }
}

function ledgerTables(words: Words, { ledger }: YearContent) {
  const columns = [
    { label: words.say('column.account') },
    ...['realised', 'previous'].map((key) => money(words.say(`column.${key}`))),
  ]
  return (['balance', 'result'] as const)
    .filter((kind) => ledger[kind].length > 0)
    .map((kind) => ({
      caption: words.say(`year.${kind}`),
      columns,
      rows: ledger[kind].map(({ account, name, cents, previousCents }) => [
        { value: name, note: account },
        cents,
        previousCents,
      ]),
    }))
}

function indicatorTable(words: Words, { indicators }: YearContent) {
  return {
    columns: [
      { label: words.say('column.indicator') },
      { label: words.say('column.target') },
      ...[1, 2, 3, 4].map((number) => ({ label: words.say('quarterShort', { number: String(number) }) })),
    ],
    rows: indicators.map(({ label, unit, kind, target, values }) => [
      { value: label, note: unit },
      words.figure(kind, target),
      ...values.map((value) => words.figure(kind, value)),
    ]),
  }
}

/** The effects in the city: then, measured since, and aimed for. */
export function effectsTable(words: Words, effects: YearContent['effects']) {
  return {
    columns: [
      { label: words.say('column.effect') },
      ...['baseline', 'latest', 'target'].map((key) => ({ label: words.say(`effects.${key}`) })),
    ],
    rows: effects.map(({ label, baseline, target, measurements }) => {
      const last = measurements.at(-1)
      const year = (of: { year: number }) => String(of.year)
      return [
        label,
        { value: words.percent(baseline.tenths), note: year(baseline) },
        last ? { value: words.percent(last.tenths), note: `${year(last)}, ${last.source}` } : '',
        { value: words.percent(target.tenths), note: year(target) },
      ]
    }),
  }
}

function inputsTable(words: Words, { areas }: QuarterContent['figures']) {
  return {
    columns: ['area', 'standing', 'version', 'fingerprint'].map((key) => ({
      label: words.say(`column.${key}`),
    })),
    rows: areas.map(({ name, standing, stated }) => [
      name,
      words.standing(standing),
      stated ? String(stated.version) : '',
      stated ? shortHash(stated.sha256) : '',
    ]),
  }
}

/** The first digits of a hash, enough to compare by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} ${sha256.slice(8, 12)}`
}
