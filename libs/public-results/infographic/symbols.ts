import type { Box, PathShape, Shape } from '#documents'
import type { Outcome } from '../rules/results.js'
import { accent, edge, ink, paper } from './look.js'

/** How far the handles of a curve stand out, so that four curves make a circle. */
const ROUND = 0.5523

const n = (value: number) => String(Math.round(value * 10) / 10)

/** A sign for how a goal stands: each has a shape of its own, so that it needs no colour. */
export function outcomeSymbol(outcome: Outcome, x: number, y: number, radius: number): Shape[] {
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }
  const thick = radius * 0.22
  const stroke = (d: string, colour: string): PathShape => ({
    kind: 'path',
    d,
    box,
    stroke: colour,
    lineWidth: thick,
  })
  const at = (dx: number, dy: number) => `${n(x + dx * radius)} ${n(y + dy * radius)}`
  const ring = (colour: string, dash?: number): Shape => ({
    ...{ kind: 'circle', x, y, radius: radius - thick / 2, fill: paper, stroke: colour, lineWidth: thick },
    ...(dash ? { dash } : {}),
  })
  switch (outcome) {
    case 'reached':
      return [
        { kind: 'circle', x, y, radius, fill: accent },
        stroke(`M${at(-0.45, 0.05)}L${at(-0.12, 0.38)}L${at(0.48, -0.34)}`, paper),
      ]
    case 'notYet':
      return [ring(ink), { kind: 'path', d: leftHalf(x, y, radius), box, fill: ink }]
    case 'missed':
      return [
        ring(ink),
        stroke(`M${at(-0.36, -0.36)}L${at(0.36, 0.36)}M${at(0.36, -0.36)}L${at(-0.36, 0.36)}`, ink),
      ]
    case 'later':
      return [ring(edge, radius * 0.4), stroke(`M${at(0, -0.5)}L${at(0, 0)}L${at(0.36, 0.2)}`, edge)]
    case 'withheld':
      return [
        ring(edge),
        ...[-0.42, 0, 0.42].map(
          (dx): Shape => ({ kind: 'circle', x: x + dx * radius, y, radius: thick * 0.6, fill: edge }),
        ),
      ]
  }
}

function leftHalf(x: number, y: number, radius: number): string {
  const [left, top, bottom] = [x - radius, y - radius, y + radius]
  const k = radius * ROUND
  const up = `C${n(x - k)} ${n(bottom)} ${n(left)} ${n(y + k)} ${n(left)} ${n(y)}`
  return `M${n(x)} ${n(bottom)}${up}C${n(left)} ${n(y - k)} ${n(x - k)} ${n(top)} ${n(x)} ${n(top)}Z`
}

/** People seen from the front, head and shoulders, beside and under each other; each as wide as half its height. */
export function persons(places: readonly { x: number; y: number }[], height: number, box: Box): Shape[] {
  const head = height * 0.19
  const half = (way: number) => `a${n(head)} ${n(head)} 0 1 0 ${n(way * 2 * head)} 0`
  const [wide, high] = [height * 0.44, height * 0.56]
  const curve = `c0 ${n(-high * 0.3)} ${n(wide * 0.14)} ${n(-high * 0.44)} ${n(wide / 2)} ${n(-high * 0.44)}`
  const back = `s${n(wide / 2)} ${n(high * 0.14)} ${n(wide / 2)} ${n(high * 0.44)}`
  const rise = n(high * 0.56)
  const one = ({ x, y }: { x: number; y: number }) =>
    `M${n(x + height / 4 - head)} ${n(y + head)}${half(1)}${half(-1)}z` +
    `M${n(x + height * 0.03)} ${n(y + height)}v-${rise}${curve}${back}v${rise}z`
  return [{ kind: 'path', d: places.map(one).join(''), box, fill: accent }]
}

/** Slanting lines over a box: tells it from a full one, also in grey. */
export function hatching(box: Box, colour: string, step = 4): PathShape {
  const { x, y, width, height } = box
  const lines: string[] = []
  for (let sum = step; sum < width + height; sum += step) {
    const [left, low] = [Math.max(0, sum - height), Math.min(sum, height)]
    const length = Math.min(sum, width) - left
    lines.push(`M${n(x + left)} ${n(y + low)}l${n(length)} ${n(-length)}`)
  }
  return { kind: 'path', d: lines.join(''), box, stroke: colour, lineWidth: 1 }
}

/**
 * The squares of a code that a phone reads, as large as the box allows in whole tenths of a point, at its end: per row
 * a stroke for what is dark, a hair wider so that rows touch.
 */
export function codePath(rows: readonly (readonly boolean[])[], box: Box): PathShape {
  const size = Math.floor((box.width / rows.length) * 10) / 10
  const left = box.x + box.width - size * rows.length
  const strokes = rows.map((row, index) => {
    const runs =
      row
        .map(String)
        .join(' ')
        .match(/true( true)*|false( false)*/g) ?? []
    const steps = runs.map((run) => {
      const length = n(run.split(' ').length * size)
      return run.startsWith('true') ? `h${length}` : `m${length} 0`
    })
    return `M${n(left)} ${n(box.y + (index + 0.5) * size)}${steps.join('')}`
  })
  return { kind: 'path', d: strokes.join(''), box, stroke: ink, lineWidth: size * 1.02 }
}
