import type { Budgets, EntryPosting, Ledger } from '#ledger'
import type { Tx } from '#platform'
import type { MarginReserves } from '#risk-margin'
import type { SubsidyDivisions } from '#work-plans'

const SUBSIDY = 603_455_000n
const INNOVATION = 30_172_700n
/** 2% of the subsidy. */
const MARGIN = 12_069_100n
/** What is left of the subsidy; the source shows its lines only as an image. */
const ORGANISATION = 84_825_500n
const SOURCE = 'Subsidieaanvraag 2018, § 11.7'
const NOTE =
  'Naar de modelbegroting 2019 uit de subsidieaanvraag van 2018. De bron toont de regels voor serviceteam, directie en organisatie alleen als afbeelding; hier staan ze als één bedrag, zodat de begroting optelt tot de subsidie.'

/**
 * The model budget of 2019 and the first entries of that year. The subsidy and what it is meant for are of the source;
 * the days on which it came in are invented.
 */
export async function loadLedger(
  tx: Tx,
  services: { ledger: Ledger; budgets: Budgets; divisions: SubsidyDivisions; reserves: MarginReserves },
): Promise<void> {
  const { ledger, budgets, divisions, reserves } = services
  const wijken = await divisions.divisionOf(2019, tx)
  const line = (account: string, cents: bigint, description: string) => ({
    ...{ account, accountingDistrictId: null, cents, description },
  })
  await budgets.enter(tx, {
    ...{ year: 2019, name: 'Modelbegroting 2019', note: NOTE },
    lines: [
      line('WOvbSub', SUBSIDY, 'Subsidiestaat 2019'),
      ...wijken.map(({ accountingDistrictId, cents }) => ({
        ...{ account: 'WKprUit', accountingDistrictId, cents, description: 'Naar de verdeelsleutel' },
      })),
      line('WKprInn', INNOVATION, '5% van de subsidie'),
      line('WBedOvkTrm', MARGIN, '2% van de subsidie'),
      line('WBedOrg', ORGANISATION, 'In de bron alleen als afbeelding'),
    ],
  })
  const post = (
    key: string,
    onDay: string,
    description: string,
    postings: EntryPosting[],
    document = SOURCE,
  ) =>
    ledger.post(tx, {
      ...{ idempotencyKey: `demo:${key}`, onDay, description, document, recordedBy: null, postings },
    })
  await post('subsidy', '2019-01-01', 'Subsidie 2019 toegekend', [
    { account: 'BVorSub', cents: SUBSIDY },
    { account: 'WOvbSub', cents: -SUBSIDY },
  ])
  await reserves.bookIn(tx, 2019, null, SOURCE)
  for (const [at, onDay] of ['2019-01-15', '2019-04-15', '2019-07-15', '2019-10-15'].entries())
    await post(
      ...([`received-${at + 1}`, onDay, `Subsidie 2019 ontvangen, deel ${at + 1} van 4`] as const),
      [
        { account: 'BLimBan', cents: SUBSIDY / 4n },
        { account: 'BVorSub', cents: -SUBSIDY / 4n },
      ],
      'Voorbeeld: de dag is verzonnen',
    )
}
