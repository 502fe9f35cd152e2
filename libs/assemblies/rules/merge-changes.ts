/** A piece of a difference between two texts. */
export interface TextPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** From where to where in the old text (in characters), and what comes in its place. */
interface Change {
  from: number
  to: number
  text: string
}

/**
 * Carries the changes of one text over to another that came from the same old text: an amendment that was written
 * before another one was adopted. Both differences are against that old text.
 * @returns the text with both changes; null when they touch the same place, so that they can't both hold
 */
export function mergeChanges(one: readonly TextPart[], other: readonly TextPart[]): string | null {
  const changes = [...changesOf(one), ...changesOf(other)].sort((a, b) => a.from - b.from || a.to - b.to)
  const old = one.map(({ kind, text }) => (kind === 'added' ? '' : text)).join('')
  let merged = ''
  let at = 0
  let last: Change | null = null
  for (const change of changes) {
    // The same change in both: once.
    if (last && change.from === last.from && change.to === last.to && change.text === last.text) continue
    if (last && change.from <= last.to) return null
    merged += old.slice(at, change.from) + change.text
    at = change.to
    last = change
  }
  return merged + old.slice(at)
}

function changesOf(parts: readonly TextPart[]): Change[] {
  const changes: Change[] = []
  let at = 0
  let open: Change | null = null
  for (const { kind, text } of parts) {
    if (kind === 'same') {
      at += text.length
      open = null
      continue
    }
    if (!open) {
      open = { from: at, to: at, text: '' }
      changes.push(open)
    }
    if (kind === 'added') open.text += text
    else open.to = at += text.length
  }
  return changes
}
