import { RuleViolated } from './violations.js'

/** An amount of money in whole euro cents. Never a float. */
export type Cents = bigint

/** Whole euros (grouped by points or not), then at most two decimals, or `,-` as shops write it. */
const WRITTEN = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{0,2}|-{1,2}))?$/

/** Largest amount that PostgreSQL's `bigint` can hold with room to add up: under ten thousand billion euros. */
const LARGEST: Cents = 999_999_999_999_999n

/**
 * Reads an amount as people write it in the Netherlands: `1.234,56`, `1234,5`, `€ 12`, `12,-`, `-3,00`.
 * A point only groups thousands, so `12.50` is refused rather than guessed at.
 * @throws RuleViolated `money.malformed`, or `money.tooLarge` from ten thousand billion euros on.
 */
export function parseCents(text: string): Cents {
  const { negative, digits } = unwrap(text)
  const match = WRITTEN.exec(digits)
  if (!match) throw RuleViolated.of('money.malformed', { typed: text.slice(0, 40) })
  const euros = match[1]!.replaceAll('.', '')
  const decimals = (match[2] ?? '').replaceAll('-', '').padEnd(2, '0')
  if (euros.length > 40) throw RuleViolated.of('money.tooLarge')
  const cents = BigInt(euros + decimals)
  if (cents > LARGEST) throw RuleViolated.of('money.tooLarge')
  return negative ? -cents : cents
}

/** As {@link parseCents}, but `null` instead of an error. */
export function tryParseCents(text: string): Cents | null {
  try {
    return parseCents(text)
  } catch (error) {
    if (error instanceof RuleViolated) return null
    throw error
  }
}

/** Takes off spaces, the euro sign and the minus, which people write on either side of the sign. */
function unwrap(text: string): { negative: boolean; digits: string } {
  const match = /^\s*([-−]?)\s*(?:€|EUR)?\s*([-−]?)\s*(\S*)\s*$/i.exec(text)
  if (!match || (match[1] && match[2])) return { negative: false, digits: '' }
  return { negative: Boolean(match[1] || match[2]), digits: match[3]! }
}

/** `123456n` → `€ 1.234,56`, `-100n` → `€ -1,00`, with a no-break space after the sign, as nl-NL does. */
export function formatCents(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.')
  return `€\u00a0${cents < 0n ? '-' : ''}${euros},${digits.slice(-2)}`
}

/** The amount as JSON carries it: a string of cents, since JSON numbers lose precision. */
export function centsToJson(cents: Cents): string {
  return cents.toString()
}

/**
 * Reads what {@link centsToJson} wrote: `0`, `1234`, `-5`; no plus, no leading zero, no spaces.
 * @throws RuleViolated `money.malformed`
 */
export function centsFromJson(text: string): Cents {
  if (typeof text !== 'string' || !/^(0|-?[1-9][0-9]*)$/.test(text)) {
    throw RuleViolated.of('money.malformed', { typed: String(text).slice(0, 40) })
  }
  return BigInt(text)
}
