/** A fact from the log: a sentence, a list under a heading, or a text as it was voted on. */
export type Fact =
  | { kind: 'line'; text: string }
  | { kind: 'list'; label: string; items: string[] }
  | { kind: 'quote'; label: string; text: string }

/**
 * One part of the minutes. The facts come from the log and can be made again; the remarks are what the secretary typed
 * and nothing but typing changes them.
 */
export interface Section {
  /** Stays the same when the facts are made again: `opening`, `item-<id>`. */
  key: string
  heading: string
  facts: Fact[]
  remarks: string
}

/** What a version of the minutes says. */
export interface MinutesContent {
  title: string
  subtitle: string
  sections: Section[]
}

export const line = (text: string): Fact => ({ kind: 'line', text })

export const LONGEST_REMARKS = 20_000

/** Typed text as it is kept: composed characters, plain line ends, no white space at the ends of lines. */
export function cleanRemarks(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim()
}
