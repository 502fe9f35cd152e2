import type { Violation } from '#kernel'

/**
 * Whether a correction says what it corrects and why. The declared result itself is never changed (BW 2:13: the
 * chair's ruling on it is decisive).
 * @returns at most `ruling.textNeeded` and `ruling.reasonNeeded`
 */
export function checkRuling({ text, reason }: { text: string; reason: string }): Violation[] {
  return [
    ...(text.trim() === '' ? [{ code: 'ruling.textNeeded', path: 'tekst' }] : []),
    ...(reason.trim() === '' ? [{ code: 'ruling.reasonNeeded', path: 'reden' }] : []),
  ]
}
