/** The accounts that the risk margin is booked on (RGS-like codes; the demo's own subdivision). */
export const accounts = {
  /** Reserves: the part of the subsidy that was set aside as risk margin. */
  reserve: 'BEivOreRis',
  /** Costs of the year: what was added to the reserve, less what was taken from it again. */
  addition: 'WBedOvkTrm',
  /** Other short-term debts: what is to be paid to each member. */
  payable: 'BSchOvsUit',
  /** Other costs: what the margin was used for. */
  use: 'WBedOvkRis',
  /** What is still to be paid to who delivers. */
  creditor: 'BSchCre',
  bank: 'BLimBan',
} as const
