import type { AdvancesEntering } from '#district-accounts'
import type { Tx } from '#platform'
import { demoAgreements } from './agreements.js'

/** The days on which the demo's subsidy came in; the wijken were paid a day later. The days are invented. */
const PAID = ['2019-01-16', '2019-04-16', '2019-07-16', '2019-10-16']

/** The advances of 2019: the whole wijkbudget in four parts, as the reports say that they were received. */
export async function loadAdvances(tx: Tx, advances: AdvancesEntering): Promise<void> {
  for (const { kind, slug } of demoAgreements) {
    if (kind !== 'district') continue
    await advances.enter(tx, {
      ...{ area: slug, year: 2019, rhythm: 'quarter', paid: PAID },
      madeAt: new Date('2018-12-20T10:00:00+01:00'),
      document: 'Voorbeeld: de dag is verzonnen',
    })
  }
}
