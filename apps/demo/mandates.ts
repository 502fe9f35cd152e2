import type { People } from '#identity'
import type { Day } from '#kernel'
import type { Mandates } from '#mandates'
import type { Members } from '#members'
import type { Office, Offices } from '#offices'
import type { Tx } from '#platform'

interface Services {
  people: People
  members: Members
  mandates: Mandates
  offices: Offices
}

const FOUNDED: Day = '2018-06-01'
const YEAR_START: Day = '2019-01-01'
/** The yearly assembly of 2019 and the days of its appointments are invented for this example. */
const ASSEMBLY_OF_2019 = { on: '2019-04-18', decision: 'ALV van 18 april 2019, punt 7' }
const ALSO_AMBASSADOR = [26, 27, 28, 29]
const ALSO_IN_AUDIT_COMMITTEE = [30]

/**
 * Who acts for a member besides its delegate, and who holds which office. The director's organisation is
 * Zorgbelang: its director may act for it too, for instance to pledge.
 * @param officers the people of the demo, by their key
 * @param directorsMember the member that is the director's organisation
 */
export async function loadMandatesAndOffices(
  tx: Tx,
  services: Services,
  officers: ReadonlyMap<string, string>,
  directorsMember: string,
): Promise<void> {
  const { members, mandates } = services
  const enter = (key: string, memberId: string) =>
    mandates.enter(tx, {
      ...{ memberId, personId: officers.get(key)!, function: 'substitute', from: YEAR_START, by: null },
      recordedAt: new Date(`${YEAR_START}T10:00:00Z`),
    })
  await enter('bestuurder', directorsMember)
  await enter('ambassadeur', (await members.withNumber(5, tx))!)
  await loadOffices(tx, services, officers)
}

async function loadOffices(tx: Tx, { people, offices }: Services, officers: ReadonlyMap<string, string>) {
  const term = (office: Office, personId: string, from: Day, until: Day | null, decision = '') =>
    offices.enter(tx, {
      ...{ office, personId, from, until, decision, by: null },
      appointedBy: decision ? 'assembly' : 'founders',
      recordedAt: new Date(`${from}T10:00:00Z`),
    })
  const delegate = async (number: number) => (await people.withAddress(`lid-${number}@example.org`, tx))!.id
  await term('director', officers.get('bestuurder')!, FOUNDED, null)
  await term('chair', officers.get('voorzitter')!, FOUNDED, null)
  await term('secretary', officers.get('secretaris')!, FOUNDED, null)
  const { on, decision } = ASSEMBLY_OF_2019
  await term('ambassador', officers.get('ambassadeur')!, on, '2020-07-01', decision)
  for (const number of ALSO_AMBASSADOR)
    await term('ambassador', await delegate(number), on, '2020-07-01', decision)
  await term('auditCommittee', officers.get('kascommissie')!, on, '2020-05-01', decision)
  for (const number of ALSO_IN_AUDIT_COMMITTEE)
    await term('auditCommittee', await delegate(number), on, '2020-05-01', decision)
}
