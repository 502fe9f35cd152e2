import { assessDraft, type DraftSetting, draftFields, type Finding } from '#accountability'
import { type FieldKind, type ReadCell, typedText } from '../rules/cell-text.js'
import type { CellPlace } from '../rules/merge-findings.js'
import { type FieldFate, fateOf } from '../rules/three-way.js'
import { workbookLayout } from './layout.js'
import type { ReadFile } from './reading.js'
import type { FileSubject } from './subject.js'
import { markOf } from './values.js'

/** One field of a file beside what the web says now; both as typed. */
export interface ComparedField {
  field: string
  kind: FieldKind
  fate: FieldFate
  inFile: string
  onWeb: string
  /** What stands there is no value of its kind: the web keeps what it has, until it is mended. */
  unreadable: boolean
}

/** A finding of the report's rules, in the cell that it is mended in. */
export interface PlacedFinding {
  finding: Finding
  place: CellPlace
  cell: ReadCell
  kind: FieldKind
}

export interface JudgedFile {
  /** In the order of the form; only fields that can be filled in now. */
  fields: ComparedField[]
  findings: PlacedFinding[]
}

const UNREADABLE =
  /^report\.(amountMalformed|amountNegative|amountTooLarge|valueMalformed\.|fteMalformed|volunteersMalformed)/

/**
 * Compares what was read of a file with the web as it stands now, and judges the report as it would be with the
 * file's figures: by the one rule set for web and workbook.
 */
export function judgeFile(read: ReadFile, subject: FileSubject, setting: DraftSetting): JudgedFile {
  const { template, fields: web, open } = subject
  const kinds = kindsOf(template)
  const compared = draftFields(template).flatMap((field): ComparedField[] => {
    const found = read.fields[field]
    const kind = kinds.get(field)!
    const inFile = found ? typedText(found.cell, kind) : null
    if (!found || inFile === null || !open.has(field)) return []
    const onWeb = web.get(field) ?? ''
    const marks = { inFile: markOf(kind, inFile), onWeb: markOf(kind, onWeb), downloaded: found.downloaded }
    return [{ field, kind, fate: fateOf(marks), inFile, onWeb, unreadable: false }]
  })
  const { findings } = assessDraft(setting, draftWith(web, compared))
  const unreadable = new Set(findings.filter(({ code }) => UNREADABLE.test(code)).map(({ path }) => path))
  return {
    fields: compared.map((one) => ({ ...one, unreadable: unreadable.has(one.field) })),
    findings: findings.flatMap((finding) => {
      const found = read.fields[finding.path]
      if (!found || !open.has(finding.path)) return []
      return [{ finding, place: found.place, cell: found.cell, kind: kinds.get(finding.path)! }]
    }),
  }
}

/** The draft as it would be: what the file changed stands in it, also where the web changed too. */
function draftWith(
  web: ReadonlyMap<string, string>,
  compared: readonly ComparedField[],
): Record<string, string> {
  const changed = compared.filter(({ fate }) => fate === 'taken' || fate === 'asked')
  return {
    ...Object.fromEntries(web),
    ...Object.fromEntries(changed.map(({ field, inFile }) => [field, inFile])),
  }
}

function kindsOf(template: FileSubject['template']): Map<string, FieldKind> {
  const inputs = workbookLayout(template).rows.flatMap((row) => row.inputs)
  return new Map(inputs.map(({ field, kind }) => [field, kind]))
}
