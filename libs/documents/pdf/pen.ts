import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { printable, type Run, runsOf } from '../rules/runs.js'
import { ink, type Style } from './look.js'
import { unpackedFont } from './woff.js'

const { resolve } = createRequire(import.meta.url)
/** One face per part of the alphabet: the font comes in files, of which a reader's browser takes what it needs. */
const SUBSETS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic'] as const

const unpacked = new Map<string, Buffer>()

function fontOf(subset: (typeof SUBSETS)[number], strong: boolean): Buffer {
  const file = `source-sans-3-${subset}-${strong ? 600 : 400}-normal.woff`
  const font = unpacked.get(file) ?? unpackedFont(resolve(`@fontsource/source-sans-3/files/${file}`))
  unpacked.set(file, font)
  return font
}

/** The width of the mark for a character that the font does not have, as a part of the size. */
const MARK = 0.62
/** The same mark as an outline of 620 by 620: a frame. */
const BOX = 'M80 0L540 0L540 620L80 620ZM140 60L140 560L480 560L480 60Z'

type Font = {
  font: {
    hasGlyphForCodePoint(point: number): boolean
    layout(text: string): {
      glyphs: readonly { id: number; path: { toSVG(): string } }[]
      positions: readonly { xAdvance: number; xOffset: number }[]
    }
  }
}

/** The outline of one letter where it stands in its line; in thousandths of the size, upwards. */
export interface Glyph {
  /** The same for the same letter in the same face. */
  id: string
  /** As in SVG; empty for a space. */
  path: string
  x: number
}

/** Measures and sets text: each character in a face that has it, a box in the place of what none has. */
export class Pen {
  private readonly widths = new Map<string, number>()
  private readonly runs = new Map<string, Run[]>()
  private readonly faces: ((point: number) => boolean)[]

  constructor(private readonly doc: PDFKit.PDFDocument) {
    this.faces = SUBSETS.map((subset) => {
      const known = new Map<number, boolean>()
      return (point) => {
        const has = known.get(point) ?? this.font(subset, false).hasGlyphForCodePoint(point)
        known.set(point, has)
        return has
      }
    })
  }

  width(text: string, style: Style): number {
    let total = 0
    for (const word of text.split(/(?<= )/)) total += this.wordWidth(word, style)
    return total
  }

  /** Sets one line. @param y its baseline @param end where it ends, for text that stands at the end */
  write(text: string, at: { x: number; y: number; end?: number }, style: Style): void {
    let x = at.end === undefined ? at.x : at.end - this.width(text.trimEnd(), style)
    this.doc.fillColor(style.colour ?? ink)
    for (const run of this.runsOf(text)) {
      const width = this.runWidth(run, style)
      if (run.face === null) this.mark(run.text, x, at.y, width, style)
      else {
        this.use(run, style)
        this.doc.text(run.text, x, at.y, { ...PLAIN, textWidth: width } as never)
      }
      x += width
    }
  }

  /** The letters of a line as outlines. The faces count a thousand units to their size. */
  glyphs(text: string, style: Style): Glyph[] {
    const glyphs: Glyph[] = []
    let x = 0
    for (const run of this.runsOf(text)) {
      if (run.face === null) glyphs.push({ id: 'g', path: BOX, x })
      else glyphs.push(...this.outlinesOf(run, style, x))
      x += (this.runWidth(run, style) * 1000) / style.size
    }
    return glyphs
  }

  private outlinesOf({ text, face }: Run, { strong }: Style, start: number): Glyph[] {
    const font = this.font(SUBSETS[face!]!, strong)
    const { glyphs, positions } = font.layout(text)
    let x = start
    return glyphs.map((glyph, index) => {
      const { xAdvance, xOffset } = positions[index]!
      const id = `${strong ? 'b' : 'a'}${face}-${glyph.id}`
      const path = this.outlines.get(id) ?? glyph.path.toSVG()
      this.outlines.set(id, path)
      const placed = { id, path, x: x + xOffset }
      x += xAdvance
      return placed
    })
  }

  private readonly outlines = new Map<string, string>()

  private wordWidth(word: string, style: Style): number {
    const key = `${style.size} ${style.strong ? 'b' : ''} ${word}`
    let width = this.widths.get(key)
    if (width === undefined) {
      width = this.runsOf(word).reduce((sum, run) => sum + this.runWidth(run, style), 0)
      this.widths.set(key, width)
    }
    return width
  }

  private runWidth(run: Run, style: Style): number {
    if (run.face === null) return MARK * style.size
    this.use(run, style)
    return this.doc.widthOfString(run.text)
  }

  private runsOf(text: string): Run[] {
    const runs = this.runs.get(text) ?? runsOf(printable(text), this.faces)
    this.runs.set(text, runs)
    return runs
  }

  /** What cannot be shown is seen to be missing; whoever copies or hears the text gets the character itself. */
  private mark(character: string, x: number, y: number, width: number, style: Style): void {
    this.doc.markContent('Span', { actual: character })
    this.doc
      .lineWidth(0.6)
      .rect(x + 0.8, y - style.size * 0.62, width - 1.6, style.size * 0.62)
      .stroke(style.colour ?? ink)
    this.doc.endMarkedContent()
    this.doc.fillColor(style.colour ?? ink)
  }

  private use(run: Run, style: Style): void {
    this.font(SUBSETS[run.face!]!, style.strong)
    this.doc.fontSize(style.size)
  }

  private font(subset: (typeof SUBSETS)[number], strong = false): Font['font'] {
    const name = `${subset} ${strong ? 600 : 400}`
    if (!this.registered.has(name)) {
      this.doc.registerFont(name, fontOf(subset, strong))
      this.registered.add(name)
    }
    this.doc.font(name)
    return (this.doc as unknown as { _font: Font })._font.font
  }

  private readonly registered = new Set<string>()
}

const PLAIN = { lineBreak: false, baseline: 'alphabetic', wordCount: 1 } as const

/** An empty tagged document with everything that PDF/UA asks of the file itself. */
export function openDocument(options: { title: string; author: string; lang: string; madeAt: Date }) {
  const { title, author, lang, madeAt } = options
  return new PDFDocument({
    size: 'A4',
    margin: 0,
    font: null, // else one that is not embedded
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang,
    displayTitle: true,
    info: { Title: title, Author: author, Creator: 'Samen', Producer: 'Samen', CreationDate: madeAt },
  } as unknown as PDFKit.PDFDocumentOptions)
}
