import { setImmediate as otherWorkFirst } from 'node:timers/promises'
import type { Column, TableBlock } from '../document.js'
import { type ColumnWish, columnWidths } from '../rules/columns.js'
import { widestWord } from '../rules/lines.js'
import { printable } from '../rules/runs.js'
import { ink, line, measure, paper, type Style, styles } from './look.js'
import type { Sheet } from './sheet.js'

const GAP = 12
const PAD = 4.5
/** A text this short (a day, a name) stays on one line when there is room. */
const SHORT = 16
/** How many rows are set before other requests get their turn. */
const AT_A_TIME = 50

interface Cell {
  lines: string[]
  style: Style
  tag: PDFKit.PDFStructureElement
  name: 'TH' | 'TD'
}

/** Where each column stands. */
interface Place extends Column {
  x: number
  width: number
}

/** A table: its head again on each page, rows kept whole unless they are taller than half a page. */
export async function setTable(sheet: Sheet, block: TableBlock): Promise<void> {
  const places = placesOf(sheet, block)
  if (block.caption) {
    sheet.need(110)
    sheet.space(4)
    sheet.flow(block.caption, styles.bodyStrong, { element: sheet.element('P'), name: 'P' })
    sheet.y += 3
  }
  sheet.need(80)
  const table = sheet.element('Table', sheet.root, block.caption ? { title: block.caption } : {})
  const writer = new TableWriter(sheet, places, table)
  writer.head()
  for (const [index, row] of block.rows.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await otherWorkFirst()
    writer.row(row, styles.cell)
  }
  if (block.totals) writer.row(block.totals, styles.cellStrong, true)
  table.end()
  sheet.y += 8
}

/** Labels with what stands for them: a table of two columns without a head. */
export function setFacts(sheet: Sheet, facts: readonly { label: string; value: string }[]): void {
  const label = measure * 0.32
  const places: Place[] = [
    { label: '', x: paper.left, width: label - GAP },
    { label: '', x: paper.left + label, width: measure - label },
  ]
  const table = sheet.element('Table')
  const writer = new TableWriter(sheet, places, table)
  writer.line(line)
  for (const fact of facts) writer.row([fact.label, fact.value], styles.cell, false, styles.cellSoft)
  table.end()
  sheet.y += 8
}

class TableWriter {
  constructor(
    private readonly sheet: Sheet,
    private readonly places: readonly Place[],
    private readonly table: PDFKit.PDFStructureElement,
  ) {}

  private repeated: { lines: string[] }[] | null = null

  head(): void {
    const row = this.sheet.element('TR', this.table)
    const cells = this.places.map(
      (place): Cell => ({
        lines: this.sheet.lines(place.label, place.width, styles.cellStrong),
        style: styles.cellStrong,
        tag: this.sheet.element('TH', row, { scope: 'Column' }),
        name: 'TH',
      }),
    )
    this.repeated = cells
    this.setCells(cells)
    this.line(ink, 1.25)
  }

  /** @param first the style of the first cell, which names its row */
  row(texts: readonly string[], style: Style, total = false, first: Style = style): void {
    const row = this.sheet.element('TR', this.table)
    const cells = this.places.map((place, index): Cell => {
      const names = index === 0
      return {
        lines: this.sheet.lines(
          texts[index] || (total || names ? '' : '–'),
          place.width,
          names ? first : style,
        ),
        style: names ? first : style,
        tag: this.sheet.element(names ? 'TH' : 'TD', row, names ? { scope: 'Row' } : {}),
        name: names ? 'TH' : 'TD',
      }
    })
    const height = heightOf(cells)
    if (height > this.sheet.room && (total || height < (paper.height - paper.top - paper.bottom) / 2))
      this.turn()
    if (total) this.line(ink, 1.25)
    this.setCells(cells)
    if (!total) this.line(line)
    row.end()
  }

  line(colour: string, width = 0.75): void {
    this.sheet.rule(this.sheet.y, colour, width)
  }

  /** Sets cells beside each other; what does not fit goes on under the head on the next page. */
  private setCells(cells: readonly Cell[]): void {
    let left: readonly Cell[] = cells
    for (;;) {
      const fit = Math.max(1, Math.floor((this.sheet.room - 2 * PAD) / cells[0]!.style.leading))
      const now = left.map((cell) => ({ ...cell, lines: cell.lines.slice(0, fit) }))
      for (const [index, cell] of now.entries()) this.setCell(cell, this.places[index]!)
      this.sheet.y += heightOf(now)
      left = left.map((cell) => ({ ...cell, lines: cell.lines.slice(fit) }))
      if (left.every(({ lines }) => lines.length === 0)) return
      this.turn()
    }
  }

  private setCell({ lines, style, tag, name }: Cell, place: Place): void {
    if (lines.every((text) => text === '')) return
    this.sheet.tagged(tag, name, () => this.write(lines, place, style))
  }

  private write(lines: readonly string[], place: Place, style: Style): void {
    const end = place.align === 'end' ? { end: place.x + place.width } : {}
    this.sheet.write(lines, { x: place.x, y: this.sheet.y + PAD, ...end }, style)
  }

  private turn(): void {
    this.sheet.turn()
    const { repeated } = this
    if (!repeated) return
    this.sheet.artifact(() => {
      for (const [index, { lines }] of repeated.entries())
        this.write(lines, this.places[index]!, styles.cellStrong)
    }, 'Pagination')
    this.sheet.y += heightOf(repeated.map((cell) => ({ ...cell, style: styles.cellStrong })))
    this.line(ink, 1.25)
  }
}

function heightOf(cells: readonly { lines: readonly string[]; style: Style }[]): number {
  return Math.max(...cells.map(({ lines, style }) => lines.length * style.leading)) + 2 * PAD
}

function placesOf(sheet: Sheet, { columns, rows, totals }: TableBlock): Place[] {
  const widths = columnWidths(
    columns.map((column, index) => wishOf(sheet, column, index, rows, totals)),
    measure - GAP * (columns.length - 1),
  )
  let x = paper.left
  return columns.map((column, index) => {
    const place = { ...column, x, width: widths[index]! }
    x += widths[index]! + GAP
    return place
  })
}

/** What a column wants, from its label and at most the first thousand rows. An amount is never broken. */
function wishOf(
  sheet: Sheet,
  column: Column,
  index: number,
  rows: TableBlock['rows'],
  totals: TableBlock['totals'],
): ColumnWish {
  const wide = measure * 0.45
  const strong = [column.label, totals?.[index] ?? ''].map((text) => ({ text, style: styles.cellStrong }))
  const plain = rows.slice(0, 1000).map((row) => ({ text: row[index] ?? '', style: styles.cell }))
  let least = 0
  let most = 0
  for (const { text, style } of [...strong, ...plain]) {
    const width = (part: string) => sheet.pen.width(part, style)
    const clean = printable(text)
    const whole = Math.max(...clean.split('\n').map(width)) + 0.1
    const isWhole = clean.length <= SHORT || (column.align === 'end' && style === styles.cell)
    least = Math.max(least, isWhole ? whole : widestWord(clean, width) + 0.1)
    most = Math.max(most, whole)
  }
  return { least: Math.min(least, wide), most: Math.max(Math.min(most, measure), Math.min(least, wide)) }
}
