import { Refused, tooMany } from './refused.mjs'
import { readSharedStrings } from './shared-strings.mjs'
import { readSheet } from './sheet.mjs'
import { attribute, walk } from './xml.mjs'

/**
 * Reads the unpacked parts of a workbook (lower-case name → UTF-8). Hidden sheets are left out: what one does not
 * see is not imported. The answer is the `RawWorkbook` of rules/cells.ts.
 */
export function readWorkbook(parts, limits) {
  const text = (name) => (parts.has(name) ? utf8(parts.get(name)) : undefined)
  const workbookName = relations(text('_rels/.rels'), '').find(
    ({ type }) => type === 'officeDocument',
  )?.target
  const workbook = text(workbookName ?? '')
  if (workbook === undefined) throw new Refused('notReadable')
  const related = relations(text(relationsName(workbookName)), workbookName)
  if (related.some(({ type }) => type === 'externalLink')) throw new Refused('externalLinks')
  const { sheets, from1904 } = readSheetList(workbook)
  if (sheets.length > limits.sheets) throw tooMany('Sheets', limits.sheets)

  const partOf = (type) => text(related.find((relation) => relation.type === type)?.target ?? '')
  const strings = readSharedStrings(partOf('sharedStrings'), limits)
  const budget = { cells: limits.cells, characters: 2 * limits.unpackedBytes }
  const read = []
  for (const { name, id } of sheets) {
    const relation = related.find((other) => other.id === id)
    if (relation?.type === 'xlMacrosheet') throw new Refused('macros')
    if (relation?.type === 'chartsheet') continue
    const xml = text(relation?.target ?? '')
    if (xml === undefined) throw new Refused('notReadable')
    read.push({ name, rows: readSheet(xml, strings, limits, budget) })
  }
  return { from1904, formats: readFormats(partOf('styles')), sheets: read }
}

function utf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refused('notReadable')
  }
}

function readSheetList(workbook) {
  const sheets = []
  let from1904 = false
  let root
  walk(workbook, {
    open(name, attributes) {
      root ??= name
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const isHidden = /hidden/i.test(attribute(attributes, 'state') ?? '')
      if (!isHidden)
        sheets.push({ name: attribute(attributes, 'name') ?? '', id: attribute(attributes, 'id') })
    },
  })
  if (root !== 'workbook') throw new Refused('notReadable')
  return { sheets, from1904 }
}

function relations(xml, base) {
  const found = []
  if (xml === undefined) return found
  walk(xml, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const target = attribute(attributes, 'Target') ?? ''
      const isOutside = attribute(attributes, 'TargetMode') === 'External'
      found.push({
        id: attribute(attributes, 'Id'),
        type: (attribute(attributes, 'Type') ?? '').split('/').at(-1),
        target: isOutside ? undefined : resolve(base, target),
      })
    },
  })
  return found
}

function relationsName(name) {
  return name.replace(/([^/]*)$/, '_rels/$1.rels')
}

/** The part that a relation points at: from the root, or from the folder of the part that has it. */
function resolve(base, target) {
  return new URL(target, `zip:///${base}`).pathname.slice(1).toLowerCase()
}

/** The number format of each cell style, by the number that cells carry. */
function readFormats(styles) {
  if (styles === undefined) return []
  const codes = new Map()
  const formats = []
  let inCellStyles = false
  walk(styles, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(attribute(attributes, 'numFmtId'), attribute(attributes, 'formatCode'))
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) {
        const id = attribute(attributes, 'numFmtId') ?? '0'
        formats.push(codes.get(id) ?? id)
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return formats
}
