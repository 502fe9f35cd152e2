/** The accounts of the ledger that a wijk's money moves over; all on the project of its administrative wijk. */

/** What was spent in the wijken. The model budget knows one account for it, and agreements know none of their own. */
export const EXECUTION = 'WKprUit'
/** The current account with the wijken: advances on one side, what they spent on the other. */
export const ADVANCES = 'BVorVsc'
/** What a wijk has to give back after a year was settled. */
export const TO_RECEIVE = 'BVorOvr'
/** What a wijk still gets after a year was settled. */
export const TO_PAY = 'BSchCre'
export const BANK = 'BLimBan'
