import type { ReportsEntering } from '#accountability'
import type { Ids, Tx } from '#platform'
import { type DemoAgreement, demoAgreements } from './agreements.js'
import type { LoadedAreas } from './areas.js'
import { loadReports } from './reports.js'
import { signedText } from './signed-text.js'

const SIGNED_ON = '2018-12-13'
const [STARTS_ON, ENDS_ON] = ['2019-01-01', '2019-12-31']
/** The buurt of the wijkcoöperatie; the contractor has the others of Zuid/Oost. */
const OOST_BUURT = 0

/** What the rest of the demo gives: where everything is, who takes part, and who acts. */
export interface Parties {
  ids: Ids
  reports: ReportsEntering
  areas: LoadedAreas
  /** The members that make up the wijkcoöperatie. */
  participantMemberIds: readonly string[]
  contractorMemberId: string
  directorMemberId: string
  officers: ReadonlyMap<string, string>
}

type CounterpartyKey = DemoAgreement['counterparty']

/** Who accounts for what a counterparty does; keys of the demo's people. */
export const accountants = {
  oost: { treasurer: 'penningmeester', coordinator: 'coordinator' },
  gsmo: { treasurer: 'gsmo-financien', coordinator: 'gsmo' },
} as const

/**
 * The agreements for 2019 with their counterparties, and the reports of those that account for an area.
 * @returns the ids of the counterparties: the scopes of their treasurers and coordinators.
 */
export async function loadAgreements(tx: Tx, parties: Parties): Promise<Record<CounterpartyKey, string>> {
  const counterparties = await loadCounterparties(tx, parties)
  for (const agreement of demoAgreements) {
    const counterparty = counterparties[agreement.counterparty]
    await loadAgreement(tx, parties, agreement, counterparty.id)
    if (agreement.kind !== 'district' || agreement.counterparty === 'zorgbelang') continue
    const { treasurer, coordinator } = accountants[agreement.counterparty]
    await loadReports(tx, parties.reports, {
      agreement,
      treasurerId: parties.officers.get(treasurer)!,
      coordinatorId: parties.officers.get(coordinator)!,
      serviceTeamPersonId: parties.officers.get('serviceteam')!,
      controllerId: parties.officers.get('controller')!,
    })
  }
  const { oost, gsmo, zorgbelang } = counterparties
  return { oost: oost.id, gsmo: gsmo.id, zorgbelang: zorgbelang.id }
}

async function loadCounterparties(
  tx: Tx,
  { ids, participantMemberIds, contractorMemberId, directorMemberId }: Parties,
): Promise<Record<CounterpartyKey, { id: string; name: string }>> {
  const add = async (name: string, kind: string, memberId: string | null) => {
    const id = ids.next()
    await tx.query('INSERT INTO counterparties (id, name, kind, member_id) VALUES ($1, $2, $3, $4)', [
      id,
      name,
      kind,
      memberId,
    ])
    return { id, name }
  }
  const oost = await add('Wijkcoöperatie Oost', 'districtCooperative', null)
  await tx.query(
    'INSERT INTO counterparty_participants (counterparty_id, member_id) SELECT $1, unnest($2::uuid[])',
    [oost.id, participantMemberIds],
  )
  return {
    oost,
    gsmo: await add('GSMO', 'contractor', contractorMemberId),
    zorgbelang: await add('Zorgbelang Gelderland|Utrecht', 'director', directorMemberId),
  }
}

async function loadAgreement(
  tx: Tx,
  { ids, areas }: Parties,
  agreement: DemoAgreement,
  counterpartyId: string,
): Promise<void> {
  const { slug, name, kind, accountingDistrict, terms } = agreement
  const id = ids.next()
  await tx.query(
    `INSERT INTO agreements
       (id, kind, area_slug, area_name, accounting_district_id, counterparty_id, starts_on, ends_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      kind,
      slug,
      name,
      accountingDistrict && areas.accountingDistricts.get(accountingDistrict),
      counterpartyId,
      STARTS_ON,
      ENDS_ON,
    ],
  )
  await tx.query(
    'INSERT INTO agreement_neighbourhoods (agreement_id, neighbourhood_id) SELECT $1, unnest($2::uuid[])',
    [id, neighbourhoodsOf(areas, slug)],
  )
  const signed = await signedText(tx, id, agreement, { startsOn: STARTS_ON, endsOn: ENDS_ON })
  await tx.query(
    `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on, content, sha256)
     VALUES ($1, $2, 1, $3, $4, $5, $6, $7)`,
    [ids.next(), id, STARTS_ON, JSON.stringify(terms), SIGNED_ON, signed.content, signed.sha256],
  )
}

function neighbourhoodsOf({ neighbourhoods }: LoadedAreas, slug: string): readonly string[] {
  const ofZuidOost = neighbourhoods.get('zuid-oost') ?? []
  if (slug === 'oost') return ofZuidOost.slice(OOST_BUURT, OOST_BUURT + 1)
  if (slug === 'zuid-oost') return ofZuidOost.filter((_, index) => index !== OOST_BUURT)
  return neighbourhoods.get(slug) ?? []
}
