import { type Draft, type DraftList, draftSections, entriesOf, listFields, sectionOf } from './draft.js'

/** A clause before and after; empty where it was not there. */
export interface ClauseChange {
  id: string
  heading: string
  before: string
  after: string
}

/** A line or an indicator before and after, field by field; null where it was not there. */
export interface EntryChange {
  id: string
  label: string
  before: Record<string, string> | null
  after: Record<string, string> | null
}

/** A single field that changed. */
export interface FieldChange {
  field: string
  before: string
  after: string
}

/** Everything in which one text differs from another, as it was typed. */
export interface TextChanges {
  fields: FieldChange[]
  lines: EntryChange[]
  indicators: EntryChange[]
  clauses: ClauseChange[]
}

/** What changes from one draft to another, both in full. Entries of lists are known by their names, whatever their place. */
export function changesBetween(before: Draft, after: Draft): TextChanges {
  return {
    fields: singleFields(before, after),
    lines: entryChanges('lines', before, after),
    indicators: entryChanges('indicators', before, after),
    clauses: clauseChanges(before, after),
  }
}

/** Whether two drafts say the same; the order of entries is part of what they say. */
export function saysTheSame(one: Draft, other: Draft): boolean {
  const plain = (draft: Draft) =>
    JSON.stringify([
      singles(draft),
      ...(Object.keys(listFields) as DraftList[]).map((list) =>
        entriesOf(draft, list).map(({ fields }) => listFields[list].map((field) => fields[field] ?? '')),
      ),
    ])
  return plain(one) === plain(other)
}

function singles(draft: Draft): [string, string][] {
  return Object.entries(draft)
    .filter(([name, text]) => isSingle(name) && text.trim() !== '')
    .map(([name, text]): [string, string] => [name, text.trim()])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

const isSingle = (name: string) => sectionOf(name) !== null && !(name.split('.')[0]! in listFields)

function singleFields(before: Draft, after: Draft): FieldChange[] {
  const [old, now] = [new Map(singles(before)), new Map(singles(after))]
  const order = (field: string) => draftSections.indexOf(sectionOf(field)!)
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))
    .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }))
}

function entryChanges(list: 'lines' | 'indicators', before: Draft, after: Draft): EntryChange[] {
  const [old, now] = [byName(before, list), byName(after, list)]
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id) ?? null, now.get(id) ?? null]
    const same = listFields[list].every((field) => (was?.[field] ?? '') === (is?.[field] ?? ''))
    if (was && is && same) return []
    return [{ id, label: (is ?? was)!.label ?? id, before: was, after: is }]
  })
}

function clauseChanges(before: Draft, after: Draft): ClauseChange[] {
  const [old, now] = [byName(before, 'clauses'), byName(after, 'clauses')]
  const text = (fields?: Record<string, string>) => (fields?.text ?? '').trim()
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id), now.get(id)]
    const change = { id, heading: (is ?? was)!.heading ?? id, before: text(was), after: text(is) }
    const renamed = was && is && was.heading !== is.heading
    if (was && is && change.before === change.after && !renamed) return []
    return renamed
      ? [
          {
            ...change,
            before: `${was.heading ?? ''}\n\n${change.before}`,
            after: `${is.heading ?? ''}\n\n${change.after}`,
          },
        ]
      : [change]
  })
}

function byName(draft: Draft, list: DraftList): Map<string, Record<string, string>> {
  return new Map(entriesOf(draft, list).map(({ fields }) => [fields.id ?? '', fields]))
}
