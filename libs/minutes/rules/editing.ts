import { RuleViolated } from '#kernel'
import { cleanRemarks, LONGEST_REMARKS, type MinutesContent, type Section } from './minutes.js'

/** What was typed for one part, and the version that was on the screen. */
export interface Edit {
  key: string
  remarks: string
  /** What the part said in the version that was on the screen. */
  before: string
}

/** What an edit comes to: another content, nothing to record, or a text that someone else wrote meanwhile. */
export type EditOutcome =
  | { kind: 'changed'; content: MinutesContent }
  | { kind: 'same' }
  | { kind: 'conflict'; theirs: string; yours: string }

/**
 * Puts what was typed into its part. Parts that others changed meanwhile stay as they wrote them; only when the same part
 * says something else than what was on the screen, nobody is overwritten and both texts come back.
 * @throws RuleViolated `minutes.noSection`, `minutes.tooLong`
 */
export function applyEdit(current: MinutesContent, edit: Edit): EditOutcome {
  const yours = cleanRemarks(edit.remarks)
  if (yours.length > LONGEST_REMARKS) throw RuleViolated.of('minutes.tooLong', {}, 'tekst')
  const section = current.sections.find(({ key }) => key === edit.key)
  if (!section) throw RuleViolated.of('minutes.noSection')
  const theirs = section.remarks
  if (theirs === yours) return { kind: 'same' }
  if (theirs !== edit.before) return { kind: 'conflict', theirs, yours }
  const sections = current.sections.map((one) => (one.key === edit.key ? { ...one, remarks: yours } : one))
  return { kind: 'changed', content: { ...current, sections } }
}

/**
 * Facts made again from the log, with everything that was typed. A part that is no longer there keeps its place at the
 * end when something was typed in it: prose is never lost.
 */
export function regenerate(current: MinutesContent, fresh: MinutesContent): MinutesContent {
  const typed = new Map(current.sections.map(({ key, remarks }) => [key, remarks]))
  const known = new Set(fresh.sections.map(({ key }) => key))
  const orphans: Section[] = current.sections
    .filter(({ key, remarks }) => !known.has(key) && remarks !== '')
    .map((section) => ({ ...section, facts: [] }))
  const sections = fresh.sections.map((section) => ({ ...section, remarks: typed.get(section.key) ?? '' }))
  return { ...fresh, sections: [...sections, ...orphans] }
}

/** Whether two contents say the same. */
export function saysTheSame(one: MinutesContent, other: MinutesContent): boolean {
  const flat = ({ title, subtitle, sections }: MinutesContent) =>
    JSON.stringify([
      ...[title, subtitle],
      ...sections.map(({ key, heading, facts, remarks }) => [
        ...[key, heading, remarks],
        ...facts.map((fact) => [
          fact.kind,
          'label' in fact ? fact.label : '',
          'items' in fact ? fact.items : fact.text,
        ]),
      ]),
    ])
  return flat(one) === flat(other)
}
