/** A part of a whole in tenths of a percent, exact, rounded half up: 2 of 3 is 667. Nothing of nothing is 0. */
export function tenthsOfPercent(part: bigint, whole: bigint): bigint {
  return whole > 0n ? (2000n * part + whole) / (2n * whole) : 0n
}
