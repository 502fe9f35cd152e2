import { breakLines } from '../rules/lines.js'
import { printable } from '../rules/runs.js'
import { measure, paper, type Style } from './look.js'
import { Pen } from './pen.js'

type Element = PDFKit.PDFStructureElement

/** The paper while it is written on: where the pen is, which part of the text belongs to which tag. */
export class Sheet {
  readonly pen: Pen
  readonly root: Element
  y = paper.top

  constructor(readonly doc: PDFKit.PDFDocument) {
    this.pen = new Pen(doc)
    this.root = doc.struct('Document')
    doc.addStructure(this.root)
    this.turn()
  }

  /** How much of the page is left under the pen. */
  get room(): number {
    return paper.height - paper.bottom - this.y
  }

  get isAtTop(): boolean {
    return this.y === paper.top
  }

  /** A new page. */
  turn(): void {
    this.doc.addPage()
    this.y = paper.top
  }

  /** Turns the page when less than this is left. @returns whether it did */
  need(height: number): boolean {
    if (this.room >= height || this.isAtTop) return false
    this.turn()
    return true
  }

  space(height: number): void {
    if (!this.isAtTop) this.y += height
  }

  element(type: string, parent: Element = this.root, options: object = {}): Element {
    const element = this.doc.struct(type, options)
    parent.add(element)
    return element
  }

  /** What is drawn belongs to this tag. May be called again for the same tag, on a next page too. */
  tagged(element: Element, tag: string, draw: () => void): void {
    const content = this.doc.markStructureContent(tag)
    draw()
    this.doc.endMarkedContent()
    element.add(content)
  }

  /** What is drawn is no content: lines, grounds, what is repeated on each page. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type })
    draw()
    this.doc.endMarkedContent()
  }

  rule(y: number, colour: string, width = 0.75): void {
    this.artifact(() => {
      this.doc
        .lineWidth(width)
        .moveTo(paper.left, y)
        .lineTo(paper.width - paper.right, y)
        .stroke(colour)
    })
  }

  lines(text: string, width: number, style: Style): string[] {
    return breakLines(printable(text), width, (part) => this.pen.width(part, style))
  }

  /** Lines under each other, with the top of the first at `y`. */
  write(lines: readonly string[], at: { x: number; y: number; end?: number }, style: Style): void {
    lines.forEach((text, index) => {
      const baseline = at.y + index * style.leading + (style.leading + style.size * 0.66) / 2
      if (text !== '') this.pen.write(text, { ...at, y: baseline }, style)
    })
  }

  /** A running text that goes on over the page's end; no line stands alone there when that can be helped. */
  flow(
    text: string,
    style: Style,
    tag: { element: Element; name: string },
    box: { x: number; width: number } = { x: paper.left, width: measure },
  ): void {
    let lines = this.lines(text, box.width, style)
    while (lines.length > 0) {
      const count = linesThatFit(lines.length, Math.floor(this.room / style.leading))
      if (count === 0 && !this.isAtTop) {
        this.turn()
        continue
      }
      const now = lines.slice(0, Math.max(count, 1))
      this.tagged(tag.element, tag.name, () => this.write(now, { x: box.x, y: this.y }, style))
      this.y += now.length * style.leading
      lines = lines.slice(now.length)
    }
  }
}

/** How many of the lines stay on this page: at least two here and two on the next, or all, or none. */
function linesThatFit(count: number, fit: number): number {
  if (fit >= count) return count
  const here = Math.min(fit, count - 2)
  return here >= 2 ? here : count <= 3 ? 0 : Math.max(0, fit >= 2 ? fit : 0)
}
