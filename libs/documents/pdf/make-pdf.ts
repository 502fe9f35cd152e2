import { buffer } from 'node:stream/consumers'
import type { AttachedFile, PaperDocument } from '../document.js'
import { printable } from '../rules/runs.js'
import { type Outline, setBlock } from './blocks.js'
import { accent, line, paper, styles } from './look.js'
import { openDocument } from './pen.js'
import { Sheet } from './sheet.js'

/** What a paper needs besides its content. */
export interface Letterhead {
  cooperativeName: string
  /** "Pagina 2 van 7" */
  pageOf(page: number, pages: number): string
}

/**
 * Makes a tagged PDF on A4 (PDF/UA: language, title, reading order, headings, tables with their headers, bookmarks;
 * what repeats on each page is marked as no content). Long tables give way to other requests now and then.
 */
export async function makePdf(document: PaperDocument, letterhead: Letterhead): Promise<Buffer> {
  const { title, subtitle, lang, blocks, madeAt, attachments = [] } = document
  const doc = openDocument({
    title: printable(title),
    author: letterhead.cooperativeName,
    lang: lang === 'nl' ? 'nl-NL' : 'en-GB',
    madeAt,
  })
  const made = buffer(doc)
  const sheet = new Sheet(doc)
  const outline = new Bookmarks(doc, printable(title))
  sheet.flow(title, styles.title, { element: sheet.element('H1'), name: 'H1' })
  if (subtitle) {
    sheet.y += 3
    sheet.flow(subtitle, styles.subtitle, { element: sheet.element('P'), name: 'P' })
  }
  sheet.y += 14
  for (const block of blocks) await setBlock(sheet, block, outline)
  for (const file of attachments) attach(doc, file)
  sheet.root.end()
  setMargins(sheet, document, letterhead)
  doc.end()
  return made
}

/** Keeps a file inside the paper; PDF/UA asks for its name and what it is. */
function attach(
  doc: PDFKit.PDFDocument,
  { name, description, contentType, content, addedAt }: AttachedFile,
): void {
  const options = { name, description, type: contentType, creationDate: addedAt, modifiedDate: addedAt }
  // What the file is to the paper (ISO 32000-2, 7.11.3); left out of the types.
  doc.file(content, { ...options, relationship: 'Supplement' } as typeof options)
}

/** Name above, page number below, on every page; on the first page the name stands as on the site. */
function setMargins(sheet: Sheet, { title, footer }: PaperDocument, letterhead: Letterhead): void {
  const { count } = sheet.doc.bufferedPageRange()
  const end = paper.width - paper.right
  const [head, foot] = [44, paper.height - 48]
  for (let page = 0; page < count; page++) {
    sheet.doc.switchToPage(page)
    sheet.artifact(() => {
      setBrand(sheet, letterhead.cooperativeName, head - 8)
      const [short] = sheet.lines(title, 300, styles.small)
      if (page > 0) sheet.write([short!], { x: 0, y: head - 6, end }, styles.small)
    }, 'Pagination')
    sheet.rule(head + 16, line)
    sheet.rule(foot - 6, line)
    sheet.artifact(() => {
      const [left] = sheet.lines(footer ?? '', 380, styles.small)
      sheet.write([left!], { x: paper.left, y: foot }, styles.small)
      sheet.write([letterhead.pageOf(page + 1, count)], { x: 0, y: foot, end }, styles.small)
    }, 'Pagination')
  }
}

/** The cooperative's name; figures at its end get the accent colour, as on the site. */
function setBrand(sheet: Sheet, name: string, y: number): void {
  const figures = /\d+$/.exec(name)?.[0] ?? ''
  const start = name.slice(0, name.length - figures.length)
  sheet.write([start], { x: paper.left, y }, styles.brand)
  const x = paper.left + sheet.pen.width(start, styles.brand)
  sheet.write([figures], { x, y }, { ...styles.brand, colour: accent })
}

class Bookmarks implements Outline {
  private readonly top: PDFKit.PDFOutline
  private last: PDFKit.PDFOutline

  constructor(doc: PDFKit.PDFDocument, title: string) {
    this.top = doc.outline.addItem(title, this.at(paper.top))
    this.last = this.top
  }

  add(text: string, level: 2 | 3, y: number): void {
    const item = (level === 2 ? this.top : this.last).addItem(printable(text), this.at(y))
    if (level === 2) this.last = item
  }

  /** pdfkit counts `left` from the right edge, and leaves it out of its types. */
  private at(y: number): Parameters<PDFKit.PDFOutline['addItem']>[1] {
    const options = { expanded: true, fit: false, top: y - 8, left: paper.width }
    return options as Parameters<PDFKit.PDFOutline['addItem']>[1]
  }
}
