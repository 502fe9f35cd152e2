import type { Violation } from '#kernel'

/** A form that was refused: which one, what was typed, and why. */
export interface Refused {
  form?: string
  typed: Record<string, string>
  violations: readonly (Violation | { field?: string; code: string; params?: Record<string, string> })[]
}

/** What was typed in a form of the page, if it was this one that was refused. */
export function typedIn(form: string, refused: Refused | undefined): Record<string, string> | null {
  return refused?.form === form ? refused.typed : null
}
