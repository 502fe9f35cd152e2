import { Refused } from './refused.mjs'
import { attributesOf, walk } from './xml.mjs'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what goes
const UNWANTED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g

/**
 * Reads an XML file as a tree. Limits hold while it is read, so that a file that asks for too much is left at once.
 * The namespace is that of the outermost element.
 */
export function readTree(xml, { elements, depth, textLength }) {
  const top = { children: [] }
  const path = [top]
  let count = 0
  let namespace = ''
  walk(xml, {
    open(name, raw, prefix) {
      if (++count > elements) throw new Refused('tooManyElements', { limit: String(elements) })
      if (path.length > depth) throw new Refused('tooDeep', { limit: String(depth) })
      const attributes = raw === '' ? {} : attributesOf(raw)
      if (count === 1) namespace = attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] ?? ''
      const element = { name, attributes, text: '', children: [] }
      path.at(-1).children.push(element)
      path.push(element)
    },
    text(text) {
      const element = path.at(-1)
      element.text += text
      if (element.text.length > textLength)
        throw new Refused('textTooLong', { element: element.name, limit: String(textLength) })
    },
    close() {
      const element = path.pop()
      element.text = element.text.replace(UNWANTED, '').trim()
    },
  })
  if (top.children.length !== 1) throw new Refused('notReadable')
  return { root: top.children[0], namespace }
}
