import type { Glyph, Pen } from '../pdf/pen.js'
import { baselineOf, type Drawing, type Shape, startOf, type TextShape } from './drawing.js'

/** The font it was measured in, for who has it; then what is nearest to it. Each line is made as wide as it should be. */
const FAMILY = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

/**
 * A drawing as SVG with real text, to stand in a page. Every line says how wide it was measured, so that it fits
 * whatever font the reader has. Only presentation attributes: the content policy of pages forbids styles.
 * @param name makes the ids of title and description unique within the page
 */
export function svgWithText(drawing: Drawing, name: string): string {
  const body = drawing.shapes.map((shape) => elementOf(shape, textElement)).join('\n')
  return svg(drawing, name, body, ` font-family="${FAMILY}"`)
}

/**
 * A drawing as SVG of outlines only: it looks the same everywhere and needs no font, so that it can be sent to a
 * printer and made into dots. Each letter is defined once.
 */
export function svgWithOutlines(drawing: Drawing, pen: Pen): string {
  const letters = new Map<string, string>()
  const body = drawing.shapes.map((shape) => elementOf(shape, (text) => outlines(text, pen, letters)))
  const defined = [...letters].map(([id, d]) => `<path id="${id}" d="${d}"/>`)
  const size = ` width="${exact(drawing.width)}pt" height="${exact(drawing.height)}pt"`
  return svg(drawing, 'tekening', `<defs>${defined.join('')}</defs>\n${body.join('\n')}`, size)
}

function svg(drawing: Drawing, name: string, body: string, more: string): string {
  const { width, height, title, description, lang } = drawing
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${exact(width)} ${exact(height)}"${more} role="img" aria-labelledby="${name}-titel ${name}-uitleg" lang="${lang}">
<title id="${name}-titel">${escaped(title)}</title>
<desc id="${name}-uitleg">${escaped(description)}</desc>
${body}
</svg>`
}

function elementOf(shape: Shape, text: (shape: TextShape) => string): string {
  switch (shape.kind) {
    case 'rect': {
      const radius = shape.radius ? ` rx="${n(shape.radius)}"` : ''
      const size = `width="${n(shape.width)}" height="${n(shape.height)}"`
      return `<rect x="${n(shape.x)}" y="${n(shape.y)}" ${size}${radius}${paint(shape)}/>`
    }
    case 'circle':
      return `<circle cx="${n(shape.x)}" cy="${n(shape.y)}" r="${n(shape.radius)}"${paint(shape)}/>`
    case 'path':
      return `<path d="${shape.d}"${paint(shape)}/>`
    case 'text':
      return text(shape)
  }
}

function paint({ fill, stroke, lineWidth, dash }: Exclude<Shape, TextShape>): string {
  const line = stroke
    ? ` stroke="${stroke}" stroke-width="${exact(lineWidth ?? 1)}"${dash ? ` stroke-dasharray="${n(dash)}"` : ''}`
    : ''
  return ` fill="${fill ?? 'none'}"${line}`
}

function textElement(shape: TextShape): string {
  const { style, lines } = shape
  const weight = style.strong ? ' font-weight="600"' : ''
  const look = ` font-size="${n(style.size)}"${weight} fill="${style.colour ?? '#000'}"`
  const written = (own: string) =>
    lines.map(({ text, width }, index) => {
      const at = `x="${n(startOf(shape, width))}" y="${n(baselineOf(shape, index))}"`
      const wide = `textLength="${n(width)}" lengthAdjust="spacingAndGlyphs"`
      return text === '' ? '' : `<text ${at} ${wide}${own}>${escaped(text)}</text>`
    })
  return lines.length === 1 ? written(look).join('') : `<g${look}>${written('').join('')}</g>`
}

function outlines(shape: TextShape, pen: Pen, letters: Map<string, string>): string {
  const { style, lines } = shape
  return lines
    .map(({ text, width }, index) => {
      const place = `${n(startOf(shape, width))} ${n(baselineOf(shape, index))}`
      const uses = pen.glyphs(text, style).map((glyph) => letter(glyph, letters))
      const scale = (style.size / 1000).toFixed(5)
      return `<g transform="translate(${place}) scale(${scale} -${scale})" fill="${style.colour ?? '#000'}">${uses.join('')}</g>`
    })
    .join('')
}

function letter({ id, path, x }: Glyph, letters: Map<string, string>): string {
  if (path === '') return ''
  letters.set(id, path)
  return `<use href="#${id}" x="${Math.round(x)}"/>`
}

/** A thirtieth of a millimetre is as exact as paper is. */
const n = (value: number) => String(Math.round(value * 10) / 10)
const exact = (value: number) => String(Math.round(value * 100) / 100)

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!)
