/** The middle value of a list of numbers. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** The value that a share of the sorted list does not exceed: `percentile(times, 0.99)`. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/**
 * Prints the lines of a benchmark: a table for people, or one JSON object a line with `--json`. A line has
 * what was measured, its unit, the limit (the same work done bare in the same run), the ratio and the aim.
 */
export function report(lines) {
  if (process.argv.includes('--json')) {
    for (const line of lines) console.log(JSON.stringify(line))
    return
  }
  const rows = lines.map(({ name, value, unit, limit, ratio, aim, note }) => [
    name,
    `${format(value)} ${unit}`,
    limit === undefined ? '' : `${format(limit)} ${unit}`,
    ratio === undefined ? '' : ratio.toFixed(2),
    aim ?? '',
    note ?? '',
  ])
  const head = ['benchmark', 'measured', 'limit (bare)', 'ratio', 'aim', 'note']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)))
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
}

function format(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toFixed(1)
}
