import { openDocument, Pen } from '../pdf/pen.js'
import { breakLines } from '../rules/lines.js'
import { printable } from '../rules/runs.js'
import type { TextShape, TypeStyle, Typesetter } from './drawing.js'

/** After so many different texts the widths that are remembered are let go. */
const WIDTHS_KEPT = 20_000

/** Measures with the very faces that the PDF is set in. Keeps the widths of words, for all drawings together. */
export class FontTypesetter implements Typesetter {
  private current: Pen | null = null
  private readonly widths = new Map<string, number>()

  /** The pen that measures; its document is never written. */
  get pen(): Pen {
    if (!this.current || this.widths.size > WIDTHS_KEPT) {
      this.widths.clear()
      this.current = new Pen(openDocument({ title: '', author: '', lang: 'nl-NL', madeAt: new Date(0) }))
    }
    return this.current
  }

  width(text: string, style: TypeStyle): number {
    return this.measureOf(style)(printable(text))
  }

  lines(text: string, width: number, style: TypeStyle, most = Number.POSITIVE_INFINITY): TextShape['lines'] {
    const clean = printable(text)
      .replace(/\s*\n\s*/g, ' ')
      .trim()
    const measure = this.measureOf(style)
    const broken = breakLines(clean, width, measure).map((line) => line.trim())
    const lines = broken.length > most ? shortened(broken.slice(0, most), width, measure) : broken
    return lines.map((line) => ({ text: line, width: measure(line) }))
  }

  /** Widths grow with the size: each text is measured once, at one size. */
  private measureOf({ size, strong = false }: TypeStyle): (text: string) => number {
    const { pen, widths } = this
    return (text) => {
      const key = strong ? `b${text}` : `a${text}`
      let width = widths.get(key)
      if (width === undefined) {
        width = pen.width(text, { size: 1, leading: 0, strong })
        widths.set(key, width)
      }
      return width * size
    }
  }
}

/** Takes words off the last line until "…" fits behind it. */
function shortened(lines: string[], width: number, measure: (text: string) => number): string[] {
  let last = lines.at(-1)!.replace(/[.,;:]$/, '')
  while (last !== '' && measure(`${last}…`) > width) {
    const cut = last.lastIndexOf(' ')
    last = cut > 0 ? last.slice(0, cut).replace(/[.,;:]$/, '') : last.slice(0, -1)
  }
  return [...lines.slice(0, -1), `${last}…`]
}
