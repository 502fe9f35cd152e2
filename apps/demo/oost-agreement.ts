import { composeReport } from '#accountability'
import { termsFromJson } from '#agreements'
import { Quarter } from '#kernel'
import { type Ids, sha256Hex, type Tx } from '#platform'
import { oostTerms, openDraft, type PastReport, pastReports } from './oost-reports.js'

const NAME = 'Wijkcoöperatie Oost'
const AREA = { slug: 'oost', name: 'Oost' }

/** What the rest of the demo gives: where Oost is, who takes part, and who acts. */
export interface OostParties {
  ids: Ids
  accountingDistrictId: string
  neighbourhoodIds: readonly string[]
  participantMemberIds: readonly string[]
  treasurerId: string
  coordinatorId: string
  serviceTeamPersonId: string
}

/**
 * The first wijkcoöperatie with its agreement for 2019, three approved reports, and a fourth that was begun.
 * @returns the wijkcoöperatie's id: the scope of its treasurer and coordinator.
 */
export async function loadOostAgreement(tx: Tx, parties: OostParties): Promise<{ counterpartyId: string }> {
  const { ids } = parties
  const counterpartyId = ids.next()
  const agreementId = ids.next()
  await tx.query('INSERT INTO counterparties (id, name) VALUES ($1, $2)', [counterpartyId, NAME])
  await tx.query(
    `INSERT INTO counterparty_participants (counterparty_id, member_id) SELECT $1, unnest($2::uuid[])`,
    [counterpartyId, parties.participantMemberIds],
  )
  await tx.query(
    `INSERT INTO agreements (id, area_slug, area_name, accounting_district_id, counterparty_id, starts_on, ends_on)
     VALUES ($1, $2, $3, $4, $5, '2019-01-01', '2019-12-31')`,
    [agreementId, AREA.slug, AREA.name, parties.accountingDistrictId, counterpartyId],
  )
  await tx.query(
    'INSERT INTO agreement_neighbourhoods (agreement_id, neighbourhood_id) SELECT $1, unnest($2::uuid[])',
    [agreementId, parties.neighbourhoodIds],
  )
  await tx.query(
    `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on)
     VALUES ($1, $2, 1, '2019-01-01', $3, '2018-12-13')`,
    [ids.next(), agreementId, JSON.stringify(oostTerms)],
  )
  for (const report of pastReports) await loadPastReport(tx, parties, { agreementId, counterpartyId }, report)
  await insertReport(
    tx,
    ids.next(),
    agreementId,
    openDraft.quarter,
    openDraft.draft,
    parties.coordinatorId,
    openDraft.savedAt,
  )
  return { counterpartyId }
}

async function loadPastReport(
  tx: Tx,
  { ids, treasurerId, serviceTeamPersonId }: OostParties,
  { agreementId, counterpartyId }: { agreementId: string; counterpartyId: string },
  { quarter, draft, submittedAt, reviewedAt, remark }: PastReport,
): Promise<void> {
  const composed = composeReport(
    {
      template: termsFromJson(oostTerms),
      area: AREA,
      counterparty: { id: counterpartyId, name: NAME },
      agreement: { id: agreementId, version: 1 },
    },
    Quarter.parse(quarter),
    draft,
  )
  if (!composed.ok) throw new Error(`The demo's report on ${quarter}: ${JSON.stringify(composed.violations)}`)
  const reportId = ids.next()
  const versionId = ids.next()
  await insertReport(tx, reportId, agreementId, quarter, draft, treasurerId, submittedAt)
  await tx.query(
    `INSERT INTO report_versions (id, report_id, number, content, sha256, submitted_at, submitted_by)
     VALUES ($1, $2, 1, $3, $4, $5, $6)`,
    [versionId, reportId, composed.json, sha256Hex(composed.json), submittedAt, treasurerId],
  )
  await tx.query(
    `INSERT INTO report_reviews (version_id, verdict, reason, reviewed_at, reviewed_by)
     VALUES ($1, 'approved', $2, $3, $4)`,
    [versionId, remark, reviewedAt, serviceTeamPersonId],
  )
}

async function insertReport(
  tx: Tx,
  id: string,
  agreementId: string,
  quarter: string,
  draft: object,
  savedBy: string,
  savedAt: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO quarterly_reports (id, agreement_id, quarter, draft, draft_revision, draft_saved_at, draft_saved_by)
     VALUES ($1, $2, $3, $4, 1, $5, $6)`,
    [id, agreementId, quarter, JSON.stringify(draft), savedAt, savedBy],
  )
}
