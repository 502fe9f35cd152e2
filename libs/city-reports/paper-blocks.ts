import type { Block } from '#documents'
import { longDay } from '#platform'
import type { CityFigures } from './rules/city-figures.js'
import type { QuarterContent, YearContent } from './rules/city-report-content.js'
import { readPeriod } from './rules/period.js'
import { fieldOfRemark, fieldOfSection, sectionsOf, type Texts } from './rules/report-texts.js'
import type { Words } from './words.js'

const end = (label: string) => ({ label, align: 'end' as const })
const heading = (text: string, level: 2 | 3 = 2): Block => ({ kind: 'heading', text, level })
const paragraphs = (text: string): Block[] =>
  text
    .split(/\n+/)
    .filter(Boolean)
    .map((one) => ({ kind: 'paragraph', text: one }))

/** The sections that say something, each under its heading. */
function textBlocks(words: Words, kind: 'quarter' | 'year', texts: Texts, level: 2 | 3 = 2): Block[] {
  return sectionsOf(kind).flatMap((section) => {
    const text = texts[fieldOfSection(section)]
    return text ? [heading(words.section(kind, section), level), ...paragraphs(text)] : []
  })
}

export function quarterBlocks(words: Words, { figures, texts }: QuarterContent): Block[] {
  return [
    ...textBlocks(words, 'quarter', texts),
    ...figureBlocks(words, figures),
    heading(words.say('paper.perArea')),
    ...figures.areas.flatMap(({ slug, name, stated }) => {
      const remark = texts[fieldOfRemark(slug)]
      const told = stated
        ? (['wentWell', 'wentLess', 'why'] as const).flatMap((part): Block[] => [
            { kind: 'paragraph', soft: true, text: words.say(`column.${part}`) },
            ...paragraphs(stated.story[part]),
          ])
        : paragraphs(words.say('paper.noReport'))
      return [
        heading(name, 3),
        ...(remark ? [{ kind: 'note' as const, heading: words.say('paper.remark'), text: remark }] : []),
        ...told,
      ]
    }),
    ...madeOf(words, figures),
  ]
}

export function yearBlocks(words: Words, content: YearContent): Block[] {
  const { texts, figures, chapters } = content
  return [
    heading(words.say('year.board')),
    ...textBlocks(words, 'year', texts, 3),
    heading(words.say('year.statement')),
    ...statementBlocks(words, content),
    ...indicatorBlocks(words, content),
    ...effectBlocks(words, content),
    ...chapters.flatMap((chapter): Block[] => {
      const title = words.period(readPeriod(chapter.quarter)!)
      if (chapter.version === null)
        return [heading(title), { kind: 'paragraph', text: words.say('year.noChapter') }]
      return [heading(title), ...textBlocks(words, 'quarter', chapter.texts, 3)]
    }),
    ...madeOf(words, figures),
  ]
}

function figureBlocks(words: Words, figures: CityFigures): Block[] {
  const { lines, total, areas, indicators, people } = figures
  const money = (amounts: { budgetCents: string; actualCents: string; forecastCents: string }) =>
    [amounts.budgetCents, amounts.actualCents, amounts.forecastCents].map((cents) => words.money(cents))
  const columns = ['budget', 'actual', 'forecast'].map((key) => end(words.say(`column.${key}`)))
  return [
    heading(words.say('money.heading')),
    { kind: 'paragraph', text: words.say('money.toDate') },
    {
      kind: 'table',
      caption: words.say('money.byArea'),
      columns: [{ label: words.say('column.area') }, { label: words.say('column.standing') }, ...columns],
      rows: areas.map(({ name, standing, stated }) => [
        name,
        words.standing(standing),
        ...(stated ? money(stated) : ['–', '–', '–']),
      ]),
      totals: [words.say('total'), '', ...money(total)],
    },
    {
      kind: 'table',
      caption: words.say('money.byLine'),
      columns: [{ label: words.say('column.line') }, ...columns],
      rows: lines.map((line) => [line.label, ...money(line)]),
      totals: [words.say('total'), ...money(total)],
    },
    heading(words.say('indicators.heading')),
    {
      kind: 'table',
      columns: [
        { label: words.say('column.indicator') },
        ...['target', 'value', 'reached'].map((key) => end(words.say(`column.${key}`))),
      ],
      rows: indicators.map((one) => [
        one.label,
        words.figure(one.kind, one.target),
        words.figure(one.kind, one.value),
        words.reached(one),
      ]),
    },
    ...(indicators.some(({ kind }) => kind === 'unique') ? paragraphs(words.say('indicators.unique')) : []),
    {
      kind: 'paragraph',
      text: words.say('people', {
        fte: words.decimal('plain', people.fte),
        volunteers: words.number(people.volunteers),
      }),
    },
  ]
}

function statementBlocks(words: Words, { figures, previous, ledger, accounts }: YearContent): Block[] {
  const before = (cents: string | undefined) => (cents === undefined ? '–' : words.money(cents))
  const { lines, total } = figures
  const account = (rows: YearContent['ledger']['balance'], caption: string): Block[] =>
    rows.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption,
            columns: [
              { label: words.say('column.account') },
              ...['realised', 'previous'].map((key) => end(words.say(`column.${key}`))),
            ],
            rows: rows.map((one) => [
              `${one.account} ${one.name}`,
              words.money(one.cents),
              words.money(one.previousCents),
            ]),
          },
        ]
  const booked = ledger.balance.length + ledger.result.length > 0
  return [
    { kind: 'paragraph', text: words.say('year.statementLead') },
    {
      kind: 'table',
      caption: words.say('year.expenses'),
      columns: [
        { label: words.say('column.line') },
        ...['realised', 'budget', 'previous'].map((key) => end(words.say(`column.${key}`))),
      ],
      rows: lines.map(({ id, label, actualCents, budgetCents }) => [
        label,
        words.money(actualCents),
        words.money(budgetCents),
        before(previous?.lines[id]),
      ]),
      totals: [
        words.say('total'),
        words.money(total.actualCents),
        words.money(total.budgetCents),
        before(previous?.totalCents),
      ],
    },
    ...(previous ? [] : paragraphs(words.say('year.noPrevious'))),
    ...(booked ? [] : paragraphs(words.say('year.noLedger'))),
    ...account(ledger.balance, words.say('year.balance')),
    ...account(ledger.result, words.say('year.result')),
    { kind: 'paragraph', text: accountsText(words, accounts) },
  ]
}

/** In words how far the annual accounts are. */
export function accountsText(words: Words, { adopted, drawnUpOn }: YearContent['accounts']): string {
  if (adopted)
    return words.say('year.accounts.adopted', {
      number: adopted.number,
      day: longDay(words.lang, adopted.on),
    })
  return drawnUpOn
    ? words.say('year.accounts.drawnUp', { day: longDay(words.lang, drawnUpOn) })
    : words.say('year.accounts.none')
}

function indicatorBlocks(words: Words, { indicators }: YearContent): Block[] {
  return [
    heading(words.say('year.indicators')),
    {
      kind: 'table',
      columns: [
        { label: words.say('column.indicator') },
        end(words.say('column.target')),
        ...[1, 2, 3, 4].map((number) => end(words.say('quarterShort', { number: String(number) }))),
      ],
      rows: indicators.map(({ label, kind, target, values }) => [
        label,
        words.figure(kind, target),
        ...values.map((value) => words.figure(kind, value)),
      ]),
    },
  ]
}

function effectBlocks(words: Words, { effects }: YearContent): Block[] {
  if (effects.length === 0) return []
  return [
    heading(words.say('effects.title')),
    {
      kind: 'table',
      columns: [
        { label: words.say('column.effect') },
        end(words.say('effects.baseline')),
        end(words.say('effects.latest')),
        end(words.say('effects.target')),
      ],
      rows: effects.map(({ label, baseline, target, measurements }) => {
        const last = measurements.at(-1)
        return [
          label,
          words.percent(baseline.tenths),
          last ? `${words.percent(last.tenths)} (${last.year})` : '–',
          words.percent(target.tenths),
        ]
      }),
    },
  ]
}

/** The very versions that the figures come from. */
function madeOf(words: Words, { areas }: CityFigures): Block[] {
  return [
    heading(words.say('inputs.heading')),
    { kind: 'paragraph', text: words.say('inputs.lead') },
    {
      kind: 'list',
      items: areas.map(({ name, stated, standing }) =>
        stated
          ? words.say('inputs.line', {
              ...{ area: name, version: String(stated.version), standing: words.standing(standing) },
              sha256: stated.sha256,
            })
          : `${name}: ${words.standing(standing)}`,
      ),
    },
  ]
}
