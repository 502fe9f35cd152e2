/** Reads a percentage with at most one decimal, `28`, `28,5`, `28.5 %`, into tenths; null when it is none. */
export function readTenths(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d))?\s*%?$/.exec(typed.trim())
  if (!match) return null
  const tenths = Number(match[1]) * 10 + Number(match[2] ?? '0')
  return tenths <= 1000 ? tenths : null
}

/** `285` is `"28.5"`, `280` is `"28"`. */
export function tenthsText(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.trunc(tenths / 10)}.${tenths % 10}`
}
