/** A key or an index on the way to a value. */
export type Step = string | number

/** Input that `samen compute` refuses. The message is one line that names the path: `shares[3].cents: …`. */
export class BadInput extends Error {
  /** Where it is wrong, such as `shares[3].cents`; `input` for the whole. */
  readonly path: string

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`)
    this.name = 'BadInput'
    this.path = path
  }

  static at(steps: readonly Step[], problem: string): BadInput {
    return new BadInput(pathOf(steps), problem)
  }
}

/** `['shares', 3, 'cents']` → `shares[3].cents`; a key that is no plain word is quoted: `["a b"]`. */
export function pathOf(steps: readonly Step[]): string {
  if (steps.length === 0) return 'input'
  return steps
    .map((step, at) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[A-Za-z_$][\w$]{0,60}$/.test(step)) return `[${quoted(step)}]`
      return at === 0 ? step : `.${step}`
    })
    .join('')
}

/** A text from the input, shortened, quoted, and safe to print on one line of a terminal. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return JSON.stringify(short).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character.replace(/[\s\S]/g, escaped),
  )
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
