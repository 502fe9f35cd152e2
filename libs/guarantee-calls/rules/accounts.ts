/**
 * Where a call is booked. What holders pay is income of the year in which it is called (`WOvbGar`): it covers that
 * year's loss. It does not go straight to the egalisatiereserve, because that is the part of the reserves that was formed
 * with the subsidy of the gemeente.
 */
export const accounts = {
  /** To receive, per holder. */
  receivable: 'BVorGar',
  contributions: 'WOvbGar',
  /** What holders paid in beforehand; a call is settled from it first. */
  deposits: 'BSchGar',
  bank: 'BLimBan',
  /** What a holder does not pay: a cost, so that the loss stays in sight. */
  writtenOff: 'WBedOvrAfg',
} as const
