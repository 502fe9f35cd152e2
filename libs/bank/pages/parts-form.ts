import { type Cents, RuleViolated, tryParseCents, type Violation } from '#kernel'
import type { MatchPart } from '../rules/matching.js'

/**
 * The parts that were typed beside the items (`deel.<kind>.<id>`: an amount without sign); empty fields say nothing.
 * @param lineCents the line, of which the parts get the sign
 * @throws RuleViolated `bank.partMalformed` with the field
 */
export function readParts(typed: Record<string, string>, lineCents: Cents): MatchPart[] {
  const wrong: Violation[] = []
  const parts = Object.entries(typed).flatMap(([path, value]) => {
    const [, kind, itemId] = /^deel\.(\w+)\.(.{1,80})$/.exec(path) ?? []
    if (kind === undefined || itemId === undefined || value.trim() === '') return []
    const cents = tryParseCents(value)
    if (cents === null || cents <= 0n) {
      wrong.push({ code: 'bank.partMalformed', path })
      return []
    }
    return [{ kind, itemId, cents: lineCents < 0n ? -cents : cents }]
  })
  if (wrong.length > 0) throw new RuleViolated(wrong)
  return parts
}
