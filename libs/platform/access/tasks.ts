import type { Day } from '#kernel'

/**
 * Something a person has to do, for the start page. The texts are `<key>.title` and
 * `<key>.explanation` in the catalogues.
 */
export interface Task {
  key: string
  values: Record<string, string>
  href: string
  /** The last day to do it, or null when there is none. */
  dueOn: Day | null
  /** It can be done at this moment and not for long (a poll that is open). */
  openNow: boolean
}

/** Something that happened, for the start page: the text is `key` in the catalogues. */
export interface Happening {
  key: string
  values: Record<string, string>
  href: string | null
  at: Date
}
