import { randomUUID } from 'node:crypto'
import { type Draft, modelDraft } from '#agreements'
import type { People } from '#identity'
import { canonicalJson } from '#kernel'
import { type Ids, sha256Hex, type Tx } from '#platform'
import type { LoadedAreas } from './areas.js'

const AREA = { slug: 'overvecht', name: 'Overvecht' }
const ACCOUNTING_DISTRICT = 'noordoost-overvecht'
const STARTED_AT = '2020-01-20T14:10:00+01:00'
const FIRST_AT = '2020-01-27T20:45:00+01:00'
const SECOND_AT = '2020-02-06T11:20:00+01:00'
const LAST_COMMENT_AT = '2020-02-11T09:30:00+01:00'

/** What the rest of the demo gives. */
export interface DraftParties {
  ids: Ids
  people: People
  areas: LoadedAreas
  participantMemberIds: readonly string[]
  officers: ReadonlyMap<string, string>
}

/** What the wijkcoöperatie proposed; all figures are invented for this example. */
function firstText(neighbourhoodIds: readonly string[]): Draft {
  return {
    ...modelDraft(),
    ...{ startsOn: '2020-04-01', endsOn: '2020-12-31' },
    ...Object.fromEntries(neighbourhoodIds.map((id) => [`buurt.${id}`, 'ja'])),
    wijkbudget: '150.000,00',
    ...lines([
      ['personeel', 'Personeel (1,4 fte)', '84.000,00'],
      ['activiteiten', 'Activiteiten', '21.000,00'],
      ['vrijwilligers', 'Vrijwilligersvergoedingen', '15.000,00'],
      ['huisvesting', 'Huisvesting', '24.000,00'],
      ['scholing', 'Scholing', '6.000,00'],
    ]),
    ...indicator(0, 'deelnemers', 'Deelnemers aan activiteiten', 'unique', 'mensen', '350', 'year'),
    ...indicator(1, 'vrijwilligers', 'Actieve vrijwilligers', 'count', 'vrijwilligers', '40', 'quarter'),
    ...indicator(2, 'waardering', 'Cijfer van deelnemers', 'grade', '', '7,5', 'year'),
  }
}

/** What the serviceteam made of it. */
function secondText(first: Draft): Draft {
  const purpose = Object.entries(first).find(
    ([name, text]) => name.endsWith('.heading') && text === 'Doel',
  )![0]
  const field = purpose.replace('.heading', '.text')
  return {
    ...first,
    wijkbudget: '142.000,00',
    ...lines([
      ['personeel', 'Personeel (1,4 fte)', '84.000,00'],
      ['activiteiten', 'Activiteiten', '18.000,00'],
      ['vrijwilligers', 'Vrijwilligersvergoedingen', '13.000,00'],
      ['huisvesting', 'Huisvesting', '21.000,00'],
      ['scholing', 'Scholing', '6.000,00'],
    ]),
    ...indicator(0, 'deelnemers', 'Deelnemers aan activiteiten', 'unique', 'mensen', '400', 'year'),
    [field]: `${first[field]} Het eerste jaar gaat vooral over ontmoeten en over hulp bij digitale aanvragen.`,
  }
}

function lines(
  all: readonly (readonly [id: string, label: string, budget: string])[],
): Record<string, string> {
  return Object.fromEntries(
    all.flatMap(([id, label, budget], place) => [
      [`lines.${place}.id`, id],
      [`lines.${place}.label`, label],
      [`lines.${place}.budget`, budget],
    ]),
  )
}

function indicator(
  place: number,
  id: string,
  label: string,
  kind: string,
  unit: string,
  target: string,
  due: string,
): Record<string, string> {
  const fields = { id, label, kind, ...(unit ? { unit } : {}), target, better: 'higher', due }
  return Object.fromEntries(
    Object.entries(fields).map(([field, text]) => [`indicators.${place}.${field}`, text]),
  )
}

/** An agreement in the making: two proposals, and remarks on both. */
export async function loadAgreementDraft(tx: Tx, parties: DraftParties): Promise<void> {
  const { ids, people, areas, officers } = parties
  const counterpartyId = ids.next()
  const negotiationId = ids.next()
  const treasurerId = await enterCounterparty(tx, people, counterpartyId, parties.participantMemberIds)
  await tx.query(
    `INSERT INTO agreement_negotiations
       (id, change, kind, area_slug, area_name, accounting_district_id, counterparty_id, started_at, started_by)
     VALUES ($1, 'new', 'district', $2, $3, $4, $5, $6, $7)`,
    [
      ...[negotiationId, AREA.slug, AREA.name, areas.accountingDistricts.get(ACCOUNTING_DISTRICT)],
      ...[counterpartyId, STARTED_AT, treasurerId],
    ],
  )
  const team = officers.get('serviceteam')!
  const first = firstText((areas.neighbourhoods.get(ACCOUNTING_DISTRICT) ?? []).slice(0, 2))
  await propose(tx, [negotiationId, 1, 'counterparty', first, 'Ons eerste voorstel.', FIRST_AT, treasurerId])
  const message =
    'Dank voor het voorstel. Wij stellen een iets lager bedrag voor, en een hoger doel voor deelnemers.'
  await propose(tx, [negotiationId, 2, 'cooperative', secondText(first), message, SECOND_AT, team])
  await loadComments(tx, negotiationId, treasurerId, team)
}

async function enterCounterparty(
  tx: Tx,
  people: People,
  counterpartyId: string,
  memberIds: readonly string[],
): Promise<string> {
  await tx.query(`INSERT INTO counterparties (id, name, kind) VALUES ($1, $2, 'partnership')`, [
    counterpartyId,
    'Wijkcoöperatie Overvecht i.o.',
  ])
  await tx.query(
    'INSERT INTO counterparty_participants (counterparty_id, member_id) SELECT $1, unnest($2::uuid[])',
    [counterpartyId, memberIds],
  )
  const person = { name: 'Penningmeester Overvecht', email: 'penningmeester-overvecht@example.org' }
  const personId = await people.add(tx, person)
  const assigned = { personId, scopeId: counterpartyId, from: '2020-01-15', by: null }
  await people.assign(tx, { ...assigned, role: 'treasurer' })
  return personId
}

type Proposal = [
  negotiationId: string,
  number: number,
  side: string,
  draft: Draft,
  message: string,
  at: string,
  by: string,
]

async function propose(tx: Tx, [id, number, side, draft, message, at, by]: Proposal): Promise<void> {
  const typed = canonicalJson(draft)
  await tx.query(
    `INSERT INTO agreement_proposals
       (negotiation_id, number, side, typed, sha256, message, proposed_at, proposed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, number, side, typed, sha256Hex(typed), message, at, by],
  )
}

async function loadComments(tx: Tx, negotiationId: string, treasurerId: string, team: string): Promise<void> {
  const asked = randomUUID()
  const closed = randomUUID()
  const comment = (row: unknown[]) =>
    tx.query(
      `INSERT INTO agreement_comments
         (id, negotiation_id, proposal, reply_to, side, about, text, written_at, written_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      row,
    )
  const about = 'lines.huisvesting'
  const question = 'Kan de huur lager? In het buurthuis is op twee middagen nog een zaal vrij.'
  await comment([asked, negotiationId, 1, null, 'cooperative', about, question, SECOND_AT, team])
  const answer = 'Dat kan voor de middagen. Voor de avonden hebben wij de andere zaal nodig.'
  await comment([
    randomUUID(),
    negotiationId,
    2,
    asked,
    'counterparty',
    about,
    answer,
    LAST_COMMENT_AT,
    treasurerId,
  ])
  const wish = 'Neem ook de hulp bij digitale aanvragen op: daar is veel vraag naar.'
  await comment([closed, negotiationId, 1, null, 'cooperative', 'clauses.doel', wish, SECOND_AT, team])
  await tx.query(
    'INSERT INTO agreement_comment_closings (comment_id, closed_at, closed_by) VALUES ($1, $2, $3)',
    [closed, LAST_COMMENT_AT, treasurerId],
  )
}
