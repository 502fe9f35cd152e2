/**
 * The infographic of a wijk with eight goals and twelve lines, from the approved figures to the file: composing, SVG
 * and dots at 200 per inch, against the bare renderer that makes the same dots of the finished SVG; in turns in the
 * same run. Each round is another version, so nothing that is kept helps.
 */
import { performance } from 'node:perf_hooks'
import { renderAsync } from '@resvg/resvg-js'
import 'reflect-metadata'
import { Drawings } from '#documents'
import { Quarter } from '#kernel'
import { Messages } from '#platform'
import { Infographics } from '#public-results'
import { median, report } from './support/table.mjs'

const ROUNDS = 9
const config = { cooperativeName: 'SAMEN030', baseUrl: 'https://samen030.example.org' }
const infographics = new Infographics(new Drawings(config), new Messages(), config)

const why = 'Veel buurtbewoners kennen de inloop nog niet. Wij gaan langs de deuren en hangen posters op.'
const goals = Array.from({ length: 8 }, (_, index) => ({
  ...{ id: `doel-${index}`, label: `Deelnemers aan activiteiten in buurt ${index + 1}`, kind: 'unique' },
  ...{ unit: 'mensen', target: '600', better: 'higher', outcome: index % 3 ? 'reached' : 'missed' },
  ...{
    value: { kind: 'exact', value: String(500 + index * 20) },
    explanation: why,
    explanationWithheld: false,
  },
}))
const lines = Array.from({ length: 12 }, (_, index) => ({
  ...{ label: `Onderdeel ${index + 1} van de begroting`, explanation: '' },
  ...{ budgetCents: BigInt(index + 1) * 150_000n, actualCents: BigInt(index + 1) * 140_000n },
}))
const sum = (what) => lines.reduce((total, line) => total + line[what], 0n)
const results = {
  ...{ area: { slug: 'oost', name: 'Oost' }, counterpartyName: 'Wijkcoöperatie Oost' },
  ...{ quarter: Quarter.parse('2019-Q4'), goals, lines, tally: { reached: 5, judged: 8 } },
  story: { wentWell: why.repeat(3), wentLess: why, why: why.repeat(2) },
  ...{ budgetCents: sum('budgetCents'), actualCents: sum('actualCents'), ownMeansCents: 900_000n },
  ...{ ownMeansExplanation: '', socialReturnCents: 900_000n },
  people: { fte: '1.6', volunteers: { kind: 'exact', value: '83' } },
}
const version = (round) => ({ results, sha256: String(round).padEnd(64, '-'), submittedAt: new Date(0) })

const times = { svg: [], png: [], bare: [], pdf: [] }
for (let round = 0; round <= ROUNDS; round++) {
  const keep = round > 0 // the first round warms up
  const svg = await timed(keep && times.svg, () => infographics.file(version(round), 'nl', { kind: 'svg' }))
  await timed(keep && times.png, () => infographics.file(version(100 + round), 'nl', { kind: 'png' }))
  await timed(keep && times.bare, async () => {
    const look = { fitTo: { mode: 'width', value: 1654 }, font: { loadSystemFonts: false } }
    return (await renderAsync(svg.toString(), look)).asPng()
  })
  await timed(keep && times.pdf, () =>
    infographics.file(version(200 + round), 'nl', { kind: 'pdf', paper: 'A4' }),
  )
}

const [png, bare] = [median(times.png), median(times.bare)]
report([
  {
    name: 'infographic rendered',
    value: png,
    unit: 'ms',
    limit: bare,
    ratio: png / bare,
    aim: '≤ 1.50',
    note: 'PNG, 200 dpi',
  },
  {
    name: 'infographic as SVG',
    value: median(times.svg),
    unit: 'ms',
    aim: '< 50 ms',
    note: 'composed and drawn',
  },
  { name: 'infographic as PDF', value: median(times.pdf), unit: 'ms', note: 'A4, tagged' },
])

async function timed(list, make) {
  const start = performance.now()
  const made = await make()
  if (list) list.push(performance.now() - start)
  return made
}
