import { type Draft, draftFields, draftOf } from '../rules/draft.js'
import type { ReportTemplate } from '../rules/report-template.js'

/** What a form says after "two people at once": the fields with each choice carried out, and those without one. */
export interface Resolved {
  fields: Draft
  unanswered: string[]
}

/**
 * Carries out the choices (`keuze.<field>`: `mijn` or `ander`, with the other's text in `ander.<field>`). A form
 * without choices comes back as it is.
 */
export function resolveChoices(template: ReportTemplate, sent: Readonly<Record<string, string>>): Resolved {
  const mine = draftOf(template, sent)
  const asked = draftFields(template).filter((field) => Object.hasOwn(sent, `ander.${field}`))
  const theirs = draftOf(template, Object.fromEntries(asked.map((field) => [field, sent[`ander.${field}`]])))
  const chosen = asked.filter((field) => sent[`keuze.${field}`] === 'ander')
  const unanswered = asked.filter((field) => !['mijn', 'ander'].includes(sent[`keuze.${field}`] ?? ''))
  return {
    fields: { ...mine, ...Object.fromEntries(chosen.map((field) => [field, theirs[field]!])) },
    unanswered,
  }
}
