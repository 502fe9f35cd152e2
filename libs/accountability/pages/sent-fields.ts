import type { FieldChange } from '../drafting.service.js'
import { savableFields } from '../rules/answers.js'
import { storable } from '../rules/draft.js'
import type { ReportTemplate } from '../rules/report-template.js'
import { readSeenMark } from '../rules/seen-mark.js'

/** The fields of a sent form that its writer changed, each with the revision that the form showed (`gezien.<field>`). */
export function sentFields(template: ReportTemplate, sent: Readonly<Record<string, string>>): FieldChange[] {
  return [...savableFields(template).keys()].flatMap((field) => {
    if (!Object.hasOwn(sent, field)) return []
    const text = storable(sent[field]!)
    const { revision, untouched } = readSeenMark(sent[`gezien.${field}`], text)
    return untouched && !Object.hasOwn(sent, asked(field)) ? [] : [{ field, text, seenRevision: revision }]
  })
}

const asked = (field: string) => `gevraagd.${field}`

/**
 * Carries out what was chosen between two texts (`keuze.<field>`: `mijn` or `ander`); a field that was asked about
 * (`gevraagd.<field>`) and not answered is saved neither way.
 */
export function chosenFields(
  fields: readonly FieldChange[],
  sent: Readonly<Record<string, string>>,
): { changes: FieldChange[]; undecided: FieldChange[] } {
  const isAsked = ({ field }: FieldChange) => Object.hasOwn(sent, asked(field))
  const choice = ({ field }: FieldChange) => sent[`keuze.${field}`]
  return {
    changes: fields.filter((one) => !isAsked(one) || choice(one) === 'mijn'),
    undecided: fields.filter((one) => isAsked(one) && choice(one) !== 'mijn' && choice(one) !== 'ander'),
  }
}
