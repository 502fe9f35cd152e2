import type { Block } from '../document.js'
import { setCode } from './code.js'
import { accent, line, measure, paper, type Style, sand, styles } from './look.js'
import type { Sheet } from './sheet.js'
import { setFacts, setTable } from './table.js'

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>

/** The outline (bookmarks) while it is made. */
export interface Outline {
  add(text: string, level: 2 | 3, y: number): void
}

export async function setBlock(sheet: Sheet, block: Block, outline: Outline): Promise<void> {
  switch (block.kind) {
    case 'heading':
      return setHeading(sheet, block, outline)
    case 'paragraph':
      sheet.flow(block.text, block.soft ? styles.bodySoft : styles.body, {
        element: sheet.element('P'),
        name: 'P',
      })
      return sheet.space(8)
    case 'facts':
      return block.facts.length > 0 ? setFacts(sheet, block.facts) : undefined
    case 'table':
      return setTable(sheet, block)
    case 'list':
      return setList(sheet, block)
    case 'note':
      return setNote(sheet, block)
    case 'signatures':
      return setSignatures(sheet, block)
    case 'code':
      return setCode(sheet, block)
    case 'pageBreak':
      if (!sheet.isAtTop) sheet.turn()
  }
}

/** A heading stays with what follows it. */
function setHeading(sheet: Sheet, { text, level = 2 }: Of<'heading'>, outline: Outline): void {
  const style = level === 2 ? styles.heading2 : styles.heading3
  const lines = sheet.lines(text, measure, style)
  const before = level === 2 ? 20 : 12
  sheet.need(before + lines.length * style.leading + 90)
  sheet.space(before)
  outline.add(text, level, sheet.y)
  sheet.flow(text, style, { element: sheet.element(`H${level}`), name: `H${level}` })
  sheet.y += level === 2 ? 7 : 4
}

function setList(sheet: Sheet, { items, ordered }: Of<'list'>): void {
  const list = sheet.element('L')
  const indent = 18
  items.forEach((text, index) => {
    const item = sheet.element('LI', list)
    sheet.need(styles.body.leading * 2)
    const label = sheet.element('Lbl', item)
    const mark = ordered ? `${index + 1}.` : '•'
    sheet.tagged(label, 'Lbl', () => sheet.write([mark], { x: paper.left + 2, y: sheet.y }, styles.body))
    const body = { element: sheet.element('LBody', item), name: 'LBody' }
    sheet.flow(text, styles.body, body, { x: paper.left + indent, width: measure - indent })
    sheet.y += 3
  })
  sheet.space(6)
}

/** Something to notice, on a ground of its own with a line at its start. One that is longer than a page is plain. */
function setNote(sheet: Sheet, { text, heading }: Of<'note'>): void {
  const pad = 12
  const box = { x: paper.left + pad + 3, width: measure - 2 * pad - 3 }
  const above = heading ? sheet.lines(heading, box.width, styles.bodyStrong) : []
  const lines = sheet.lines(text, box.width, styles.body)
  const height = (above.length + lines.length) * styles.body.leading + 2 * pad
  const ground = height < paper.height - paper.top - paper.bottom
  if (ground) {
    sheet.need(height)
    sheet.artifact(() => {
      sheet.doc.rect(paper.left, sheet.y, measure, height).fill(sand)
      sheet.doc.rect(paper.left, sheet.y, 3, height).fill(accent)
    })
    sheet.y += pad
  }
  const part = sheet.element('Div')
  if (heading) sheet.flow(heading, styles.bodyStrong, { element: sheet.element('P', part), name: 'P' }, box)
  sheet.flow(text, styles.body, { element: sheet.element('P', part), name: 'P' }, box)
  sheet.y += ground ? pad : 0
  sheet.space(12)
}

function setSignatures(sheet: Sheet, { signatories }: Of<'signatures'>): void {
  const gap = 30
  const width = (measure - gap) / 2
  const height = 96
  for (let first = 0; first < signatories.length; first += 2) {
    sheet.need(height)
    signatories.slice(first, first + 2).forEach(({ name, role }, index) => {
      const x = paper.left + index * (width + gap)
      const y = sheet.y + 52
      sheet.artifact(() => {
        sheet.doc
          .lineWidth(0.75)
          .moveTo(x, y)
          .lineTo(x + width, y)
          .stroke(line)
      })
      const part = (text: string, style: Style, top: number) =>
        sheet.tagged(sheet.element('P'), 'P', () =>
          sheet.write(sheet.lines(text, width, style).slice(0, 2), { x, y: y + top }, style),
        )
      part(name, styles.bodyStrong, 4)
      if (role) part(role, styles.bodySoft, 19)
    })
    sheet.y += height
  }
}
