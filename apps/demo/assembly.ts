import type { People } from '#identity'
import type { Ids, Tx } from '#platform'

const HELD_ON = '2020-02-15'
/** How many voting members, by number, have signed the attendance list when the demo starts. */
const SIGNED_IN_BEFORE = 30

const motions = [
  {
    title: 'Werkplan 2020',
    question: 'Stelt de ALV het werkplan 2020 vast?',
    explanation:
      'Het werkplan zegt wat de coöperatie in 2020 in elke wijk wil bereiken. Het is de afspraak met de gemeente over de inhoud. (Verzonnen voor dit voorbeeld.)',
  },
  {
    title: 'Begroting 2020',
    question: 'Stelt de ALV de begroting 2020 vast?',
    explanation:
      'De begroting verdeelt de subsidie over het uitvoeringsbudget, innovatie, de risicomarge en de organisatie, op dezelfde manier als in 2019. (Verzonnen voor dit voorbeeld.)',
  },
]

/** One assembly under way with two motions; thirty members are present, most of the founders among them. */
export async function loadAssembly(
  tx: Tx,
  ids: Ids,
  members: Map<string, string>,
  people: People,
): Promise<void> {
  const assemblyId = ids.next()
  await tx.query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'Algemene ledenvergadering', 'ordinary', $2, '2020-02-15T10:00:00+01:00', 'Podium Oost en online', '2020-01-31')`,
    [assemblyId, HELD_ON],
  )
  for (const [index, { title, question, explanation }] of motions.entries()) {
    await tx.query(
      `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'ordinary', '2020-01-31T09:00:00+01:00')`,
      [ids.next(), assemblyId, index + 1, title, question, explanation],
    )
  }
  const delegates = new Map(
    (await people.holders('delegate', HELD_ON, tx)).map((holder) => [holder.scopeId, holder]),
  )
  const present = [...members.values()].slice(0, SIGNED_IN_BEFORE)
  for (const [index, memberId] of present.entries()) {
    const { personId } = delegates.get(memberId)!
    await tx.query(
      `INSERT INTO attendance_events (assembly_id, member_id, kind, at, person_id, recorded_by, by_secretary)
       VALUES ($1, $2, 'in', $3, $4, $4, false)`,
      [assemblyId, memberId, new Date(Date.UTC(2020, 1, 15, 8, 30 + index)), personId],
    )
  }
  await loadProxies(tx, ids, assemblyId, [...members.values()], (id) => delegates.get(id)!.personId)
}

/** By member number: one proxy that is in force, and one that its holder has yet to answer. */
const proxies = [
  { from: 35, to: 3, instruction: 'Stem voor het werkplan.', accepted: true },
  { from: 36, to: 4, instruction: '', accepted: false },
]

async function loadProxies(
  tx: Tx,
  ids: Ids,
  assemblyId: string,
  members: string[],
  delegateOf: (memberId: string) => string,
): Promise<void> {
  for (const { from, to, instruction, accepted } of proxies) {
    const [id, principal, holder] = [ids.next(), members[from - 1]!, members[to - 1]!]
    await tx.query(
      `INSERT INTO proxies (id, assembly_id, principal_id, holder_id, instruction, by_letter, granted_at, granted_by)
       VALUES ($1, $2, $3, $4, $5, false, '2020-02-13T09:00:00+01:00', $6)`,
      [id, assemblyId, principal, holder, instruction, delegateOf(principal)],
    )
    if (accepted)
      await tx.query(
        `INSERT INTO proxy_events (proxy_id, type, at, recorded_by)
         VALUES ($1, 'accepted', '2020-02-13T20:00:00+01:00', $2)`,
        [id, delegateOf(holder)],
      )
  }
}
