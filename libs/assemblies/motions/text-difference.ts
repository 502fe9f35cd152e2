import { diffWordsWithSpace } from 'diff'
import { mergeChanges, type TextPart } from '../rules/merge-changes.js'

/** Beyond so many changed words the texts are shown as one that goes and one that comes. */
const MOST_CHANGES = 2_000

/** What changes from one text to another, by word. */
export function textDifference(from: string, to: string): TextPart[] {
  const found = diffWordsWithSpace(from, to, { maxEditLength: MOST_CHANGES })
  if (!found)
    return [
      { kind: 'removed', text: from },
      { kind: 'added', text: to },
    ]
  return found.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

/**
 * The text of a motion with an amendment: what the amendment changes of the text it was written for, changed in
 * the text as it is now.
 * @returns null when an amendment adopted meanwhile changed the same place
 */
export function amendedText(amendment: { baseText: string; text: string }, current: string): string | null {
  if (amendment.baseText === current) return amendment.text
  return mergeChanges(
    textDifference(amendment.baseText, current),
    textDifference(amendment.baseText, amendment.text),
  )
}
