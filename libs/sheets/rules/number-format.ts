/** Built-in formats that show a day or a time of day; 45 to 47 show how long something took. */
const DAY_FORMATS: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [50, 58],
]

/**
 * Whether a number format shows its number as a date or time of day. A format is a built-in number ('14') or
 * a code ('dd-mm-yyyy', 'd mmmm jjjj'). A duration ('[h]:mm') is no date.
 */
export function showsDay(format: string): boolean {
  if (/^\d+$/.test(format)) {
    const id = Number(format)
    return DAY_FORMATS.some(([first, last]) => id >= first && id <= last)
  }
  if (/\[(h+|m+|s+|u+)\]/i.test(format)) return false
  const bare = format
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .replace(/general|standaard|am\/pm|a\/p/gi, '')
  return /[ydjhsm]/i.test(bare) && !/[#?]|(^|[^.0])0/.test(bare)
}

/** Whether a number format shows its number as a percentage: 0.75 as 75%. Built-in 9 and 10, or a code with `%`. */
export function showsPercentage(format: string): boolean {
  if (/^\d+$/.test(format)) return format === '9' || format === '10'
  return format.replace(/"[^"]*"|\\.|_.|\*./g, '').includes('%')
}
