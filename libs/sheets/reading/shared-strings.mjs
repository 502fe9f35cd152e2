import { tooMany } from './refused.mjs'
import { walk } from './xml.mjs'

/** The texts that cells refer to by number; the runs of rich text joined, without phonetic hints. */
export function readSharedStrings(xml, limits) {
  const strings = []
  if (xml === undefined) return strings
  let item = ''
  let inText = false
  let hints = 0
  walk(xml, {
    open(name) {
      if (name === 'si') item = ''
      else if (name === 't') inText = hints === 0
      else if (name === 'rPh') hints++
    },
    text(text) {
      if (inText) item += text
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') hints--
      else if (name === 'si' && strings.push(cleanText(item)) > limits.cells)
        throw tooMany('Cells', limits.cells)
    },
  })
  return strings
}

/** Undoes `_x000A_`, makes every line break one '\n' and leaves out what no text has (NUL, half characters). */
export function cleanText(text) {
  const read = text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
  return (
    read
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what goes
      .replace(/[\0-\x08\x0b-\x1f]/g, '')
      .toWellFormed()
  )
}
