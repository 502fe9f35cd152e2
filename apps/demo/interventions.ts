import { termsFromJson } from '#agreements'
import type { Ids, Tx } from '#platform'

interface DemoEvent {
  act: string
  actor: 'staff' | 'counterparty'
  by: string
  at: string
  reason: string
  meetsOn?: string
  meetsAt?: string
}

interface DemoCase {
  area: string
  direction: 'toCounterparty' | 'toCooperative'
  subject: string
  /** The indicator that it is about. */
  indicator?: string
  events: readonly DemoEvent[]
}

/** Invented: a case in its improvement period at the contractor, and a notice of default that waits for an answer. */
const cases: readonly DemoCase[] = [
  {
    area: 'zuidwest-binnenstad',
    direction: 'toCounterparty',
    subject: 'Te weinig deelnemers aan activiteiten',
    indicator: 'deelnemers',
    events: [
      {
        ...{ act: 'signal', actor: 'staff', by: 'serviceteam', at: '2019-12-02T10:00:00+01:00' },
        reason:
          'Na drie kwartalen staat u ver achter op de afspraak over deelnemers. De toelichting was steeds dezelfde.',
      },
      {
        ...{ act: 'planConversation', actor: 'staff', by: 'serviceteam', at: '2019-12-03T09:15:00+01:00' },
        ...{ meetsOn: '2019-12-10', meetsAt: '14:00', reason: 'In het buurthuis, over wat er misgaat.' },
      },
      {
        ...{ act: 'respond', actor: 'counterparty', by: 'gsmo', at: '2019-12-05T16:40:00+01:00' },
        reason: 'Wij komen graag. Twee buurthuizen waren maandenlang dicht voor een verbouwing.',
      },
      {
        ...{ act: 'holdConversation', actor: 'staff', by: 'serviceteam', at: '2019-12-10T16:30:00+01:00' },
        meetsOn: '2019-12-10',
        reason: 'De verbouwing verklaart de helft. Voor de andere helft komt er een herstelplan.',
      },
      {
        ...{ act: 'submitPlan', actor: 'counterparty', by: 'gsmo', at: '2019-12-30T11:20:00+01:00' },
        reason:
          'Elke week een inloop op een ander uur, samen met twee buurtorganisaties. Wij tellen per week hoeveel mensen voor het eerst komen.',
      },
      {
        ...{ act: 'acceptPlan', actor: 'staff', by: 'teamleider', at: '2020-01-08T13:05:00+01:00' },
        reason: 'Een helder plan. Wij kijken na de verbeterperiode samen naar de tellingen.',
      },
    ],
  },
  {
    area: 'oost',
    direction: 'toCooperative',
    subject: 'Tussenstand van de loonkosten komt te laat',
    events: [
      {
        ...{
          act: 'giveNotice',
          actor: 'counterparty',
          by: 'penningmeester',
          at: '2020-02-10T20:15:00+01:00',
        },
        reason:
          'De afspraak zegt dat het serviceteam ons elk kwartaal een tussenstand van de loonkosten geeft. Over het vierde kwartaal kregen wij niets, ook niet na twee keer vragen.',
      },
    ],
  },
]

/** One intervention and one notice of default; an area without an agreement is left out. */
export async function loadInterventions(
  tx: Tx,
  { ids }: { ids: Ids },
  officers: ReadonlyMap<string, string>,
): Promise<void> {
  for (const one of cases) await loadCase(tx, ids, one, officers)
}

async function loadCase(
  tx: Tx,
  ids: Ids,
  { area, direction, subject, indicator, events }: DemoCase,
  officers: ReadonlyMap<string, string>,
): Promise<void> {
  const id = ids.next()
  const [version] = await tx.query(
    `SELECT a.id AS "agreementId", v.id, v.terms FROM agreements a JOIN agreement_versions v ON v.agreement_id = a.id
     WHERE a.area_slug = $1 ORDER BY v.number LIMIT 1`,
    [area],
  )
  if (!version) return
  const { ladder, indicators } = termsFromJson(version.terms)
  const about = indicators.find((one) => one.id === indicator)
  await tx.query(
    `INSERT INTO intervention_cases (id, agreement_id, agreement_version_id, number, direction, subject,
       about_kind, about_id, about_label, ladder, started_at, started_by)
     VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, version.agreementId, version.id, direction, subject],
      ...[about ? 'indicator' : null, about?.id ?? null, about?.label ?? null],
      ...[JSON.stringify(ladder), events[0]!.at, officers.get(events[0]!.by)],
    ],
  )
  for (const [index, { act, actor, by, at, reason, meetsOn, meetsAt }] of events.entries()) {
    await tx.query(
      `INSERT INTO intervention_events (id, case_id, number, act, actor, reason, meets_on, meets_at, recorded_at, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[ids.next(), id, index + 1, act, actor, reason],
        ...[meetsOn ?? null, meetsAt ?? null, at, officers.get(by)],
      ],
    )
  }
}
