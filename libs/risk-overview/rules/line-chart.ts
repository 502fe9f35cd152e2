import type { CoverOnDay } from './cover-history.js'

/** The lines of the chart on a field of these units; the drawing stretches with the page. */
export const FIELD = { width: 600, height: 160 }

export interface LineChart {
  /** The cover: it stays as it was until the next point. */
  path: string
  /** The same down to the floor, for the shade under it. */
  area: string
  /** Where on the field what is required stands. */
  requiredAt: number
}

/** The points side by side at even distances; the highest of cover and required touches a line just under the top. */
export function lineChart(points: readonly CoverOnDay[], requiredCents: bigint): LineChart {
  const most = points.reduce((top, { cents }) => (cents > top ? cents : top), requiredCents)
  const heightOf = (cents: bigint) => {
    const share = most > 0n ? Number((cents * 10_000n) / most) / 10_000 : 0
    return Math.round(FIELD.height - share * (FIELD.height - TOP))
  }
  const step = points.length > 1 ? FIELD.width / (points.length - 1) : FIELD.width
  const [first, ...rest] = points.map(({ cents }, at) => ({ x: Math.round(at * step), y: heightOf(cents) }))
  if (!first) return { path: '', area: '', requiredAt: heightOf(requiredCents) }
  const end = rest.length === 0 ? [`H${FIELD.width}`] : []
  const path = [`M0 ${first.y}`, ...rest.map(({ x, y }) => `H${x}V${y}`), ...end].join('')
  return { path, area: `${path}V${FIELD.height}H0Z`, requiredAt: heightOf(requiredCents) }
}

const TOP = 8
