import type { Language } from '#platform'

/**
 * One page that is drawn: shapes at their places, in points from the top left, in the order in which they lie on
 * each other and in which their texts are read. The same drawing becomes SVG, PNG and PDF.
 */
export interface Drawing {
  width: number
  height: number
  title: string
  /** What it shows, in one sentence, for who can't see it. */
  description: string
  lang: Language
  shapes: readonly Shape[]
}

export type Shape = RectShape | CircleShape | PathShape | TextShape

interface Painted {
  fill?: string
  stroke?: string
  /** Of the stroke, in points. */
  lineWidth?: number
  /** Lengths of dash and gap. */
  dash?: number
}

export interface RectShape extends Painted {
  kind: 'rect'
  x: number
  y: number
  width: number
  height: number
  /** Of its corners. */
  radius?: number
}

export interface CircleShape extends Painted {
  kind: 'circle'
  x: number
  y: number
  radius: number
}

export interface PathShape extends Painted {
  kind: 'path'
  /** As in SVG. */
  d: string
  /** The box that it stays within. */
  box: Box
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** How letters look; sizes in points. */
export interface TypeStyle {
  size: number
  leading: number
  strong?: boolean
  colour?: string
}

/** Lines that were broken and measured: `y` is the top of the first; `x` is where they start, or end, or their middle. */
export interface TextShape {
  kind: 'text'
  /** What a screen reader takes it for. */
  as: 'H1' | 'H2' | 'P'
  x: number
  y: number
  align: 'start' | 'middle' | 'end'
  style: TypeStyle
  lines: readonly { text: string; width: number }[]
}

/** Measures text as it will be set. */
export interface Typesetter {
  width(text: string, style: TypeStyle): number
  /** Breaks a text into lines no wider than `width`; at most `most` of them, the last then ending in "…". */
  lines(text: string, width: number, style: TypeStyle, most?: number): TextShape['lines']
}

/** Where a line of text stands on its leading: half-way, by the height of its capitals. */
export function baselineOf({ y, style }: TextShape, line: number): number {
  return y + line * style.leading + (style.leading + style.size * 0.66) / 2
}

/** The left edge of a line. */
export function startOf({ x, align }: TextShape, width: number): number {
  return align === 'start' ? x : align === 'end' ? x - width : x - width / 2
}

/** The box that a shape stays within; of text: its lines at their measured widths. */
export function boxOf(shape: Shape): Box {
  switch (shape.kind) {
    case 'rect':
      return shape
    case 'circle': {
      const side = 2 * shape.radius
      return { x: shape.x - shape.radius, y: shape.y - shape.radius, width: side, height: side }
    }
    case 'path':
      return shape.box
    case 'text': {
      const width = Math.max(0, ...shape.lines.map((line) => line.width))
      const height = shape.lines.length * shape.style.leading
      return { x: startOf(shape, width), y: shape.y, width, height }
    }
  }
}
