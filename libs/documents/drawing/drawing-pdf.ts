import { buffer } from 'node:stream/consumers'
import { openDocument, Pen } from '../pdf/pen.js'
import { printable } from '../rules/runs.js'
import { baselineOf, type Drawing, type Shape, startOf, type TextShape } from './drawing.js'

/** Sizes of paper, in points. */
export const paperSizes = { A4: [595.28, 841.89], A3: [841.89, 1190.55] } as const
export type PaperSize = keyof typeof paperSizes

/**
 * A drawing as one page of tagged PDF with real text, made as large as the paper allows. Texts are headings and
 * paragraphs in their order; every other shape is decoration, as the texts say what it shows.
 */
export async function drawingPdf(
  drawing: Drawing,
  options: { paper: PaperSize; author: string; madeAt: Date },
): Promise<Buffer> {
  const [width, height] = paperSizes[options.paper]
  const lang = drawing.lang === 'nl' ? 'nl-NL' : 'en-GB'
  const doc = openDocument({ ...options, title: printable(drawing.title), lang })
  const made = buffer(doc)
  const pen = new Pen(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  doc.addPage({ size: [width, height], margin: 0 })
  const scale = Math.min(width / drawing.width, height / drawing.height)
  doc.save()
  doc.translate((width - drawing.width * scale) / 2, (height - drawing.height * scale) / 2).scale(scale)
  for (const shape of drawing.shapes) {
    if (shape.kind === 'text') setText(doc, pen, root, shape)
    else decorate(doc, shape)
  }
  doc.restore()
  root.end()
  doc.end()
  return made
}

function setText(
  doc: PDFKit.PDFDocument,
  pen: Pen,
  root: PDFKit.PDFStructureElement,
  shape: TextShape,
): void {
  if (shape.lines.every(({ text }) => text === '')) return
  const element = doc.struct(shape.as)
  root.add(element)
  const content = doc.markStructureContent(shape.as)
  shape.lines.forEach(({ text, width }, index) => {
    // The space between two lines is there for who searches or copies.
    const read = index < shape.lines.length - 1 ? `${text} ` : text
    pen.write(read, { x: startOf(shape, width), y: baselineOf(shape, index) }, shape.style)
  })
  doc.endMarkedContent()
  element.add(content)
  element.end()
}

function decorate(doc: PDFKit.PDFDocument, shape: Exclude<Shape, TextShape>): void {
  doc.markContent('Artifact', { type: 'Layout' })
  doc.save()
  if (shape.kind === 'rect') {
    if (shape.radius) doc.roundedRect(shape.x, shape.y, shape.width, shape.height, shape.radius)
    else doc.rect(shape.x, shape.y, shape.width, shape.height)
  } else if (shape.kind === 'circle') doc.circle(shape.x, shape.y, shape.radius)
  else doc.path(shape.d)
  if (shape.dash) doc.dash(shape.dash, { space: shape.dash })
  doc.lineWidth(shape.lineWidth ?? 1)
  if (shape.fill && shape.stroke) doc.fillAndStroke(shape.fill, shape.stroke)
  else if (shape.fill) doc.fill(shape.fill)
  else if (shape.stroke) doc.stroke(shape.stroke)
  doc.restore()
  doc.endMarkedContent()
}
