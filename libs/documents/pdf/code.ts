import type { CodeBlock } from '../document.js'
import { ink, measure, paper, styles } from './look.js'
import type { Sheet } from './sheet.js'

/** Large enough for the camera of an old phone at arm's length: 3.5 cm. */
const SIDE = 100
const GAP = 16

/** A code of squares with its text beside it, kept together on a page; read out as a picture with that purpose. */
export function setCode(sheet: Sheet, { rows, alt, text }: CodeBlock): void {
  const box = { x: paper.left + SIDE + GAP, width: measure - SIDE - GAP }
  const lines = sheet.lines(text, box.width, styles.body)
  sheet.need(Math.max(SIDE, lines.length * styles.body.leading) + 12)
  const top = sheet.y
  sheet.tagged(sheet.element('Figure', sheet.root, { alt }), 'Figure', () => drawSquares(sheet, rows, top))
  const beside = Math.max(0, (SIDE - lines.length * styles.body.leading) / 2)
  sheet.tagged(sheet.element('P'), 'P', () => sheet.write(lines, { x: box.x, y: top + beside }, styles.body))
  sheet.y = top + Math.max(SIDE, lines.length * styles.body.leading)
  sheet.space(12)
}

/** Neighbours in a row are drawn as one: no hair lines between them on paper. */
function drawSquares(sheet: Sheet, rows: CodeBlock['rows'], top: number): void {
  const size = SIDE / rows.length
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const first = x
      while (row[x + 1]) x++
      sheet.doc.rect(paper.left + first * size, top + y * size, (x - first + 1) * size, size)
    }
  })
  sheet.doc.fill(ink)
}
