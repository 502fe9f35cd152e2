import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { AgreementKind } from '../rules/agreement.js'
import type { TakenNeighbourhood } from '../rules/budget.js'
import { AgreementRow, AgreementVersionRow } from './entities.js'
import { TerminationRow } from './negotiation-entities.js'
import type { Signed } from './negotiation-records.js'
import { AgreementPaperRow, OfferRow, OfferWithdrawalRow, SignatureRow } from './signing-entities.js'

/**
 * Everything that changes which agreements hold goes one after the other: the sum of the wijkbudgets and who has which
 * buurt concern all of them.
 */
export async function lockSignedAgreements(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('signed agreements', 0))`)
}

export async function insertOffer(tx: Tx, row: Omit<OfferRow, 'of'>): Promise<void> {
  await tx.getRepository(OfferRow).insert(row)
}

export async function insertWithdrawal(tx: Tx, row: Omit<OfferWithdrawalRow, 'offer'>): Promise<void> {
  await tx.getRepository(OfferWithdrawalRow).insert(row)
}

export async function insertSignature(tx: Tx, row: Omit<SignatureRow, 'offer'>): Promise<void> {
  await tx.getRepository(SignatureRow).insert(row)
}

export async function insertAgreement(tx: Tx, row: Omit<AgreementRow, 'counterparty'>): Promise<void> {
  await tx.getRepository(AgreementRow).insert(row)
}

/** Until when an agreement runs by its last signed version, or by notice. */
export async function moveEnd(tx: Tx, agreementId: string, endsOn: Day): Promise<void> {
  await tx.getRepository(AgreementRow).update({ id: agreementId }, { endsOn })
}

/** Puts these buurten in the place of those that the agreement had. */
export async function replaceNeighbourhoods(
  tx: Tx,
  agreementId: string,
  neighbourhoodIds: readonly string[],
): Promise<void> {
  await tx.query('DELETE FROM agreement_neighbourhoods WHERE agreement_id = $1', [agreementId])
  await tx.query(
    `INSERT INTO agreement_neighbourhoods (agreement_id, neighbourhood_id) SELECT $1, unnest($2::uuid[])`,
    [agreementId, neighbourhoodIds],
  )
}

export async function insertVersion(
  tx: Tx,
  row: Omit<AgreementVersionRow, 'agreement' | 'recordedAt'> & { recordedAt: Date },
): Promise<void> {
  await tx.getRepository(AgreementVersionRow).insert(row as never)
}

export async function insertPaper(tx: Tx, row: Omit<AgreementPaperRow, 'version'>): Promise<void> {
  await tx.getRepository(AgreementPaperRow).insert(row)
}

export async function insertTermination(tx: Tx, row: Omit<TerminationRow, 'agreement'>): Promise<void> {
  await tx.getRepository(TerminationRow).insert(row)
}

export async function readTerminations(tx: Tx, agreementId: string): Promise<TerminationRow[]> {
  return tx.getRepository(TerminationRow).find({ where: { agreementId }, order: { givenAt: 'ASC' } })
}

/** The buurten of the other agreements that have a signed version. */
export async function listTakenNeighbourhoods(
  tx: Tx,
  exceptAgreementId: string | null,
): Promise<TakenNeighbourhood[]> {
  return tx.query(
    `SELECT n.id, n.name, a.area_name AS "areaName", a.starts_on AS "startsOn", a.ends_on AS "endsOn"
     FROM agreement_neighbourhoods an JOIN agreements a ON a.id = an.agreement_id
     JOIN neighbourhoods n ON n.id = an.neighbourhood_id
     WHERE a.id IS DISTINCT FROM $1::uuid
       AND EXISTS (SELECT FROM agreement_versions v WHERE v.agreement_id = a.id)
     ORDER BY n.number, a.area_name`,
    [exceptAgreementId],
  )
}

/** The buurten of an agreement, by number. */
export async function readNeighbourhoods(
  tx: Tx,
  agreementId: string,
): Promise<{ id: string; name: string }[]> {
  return tx.query(
    `SELECT n.id, n.name FROM agreement_neighbourhoods an JOIN neighbourhoods n ON n.id = an.neighbourhood_id
     WHERE an.agreement_id = $1 ORDER BY n.number`,
    [agreementId],
  )
}

/** A version with the text that was signed and by whom. Without `sha256` it was signed on paper, elsewhere. */
export interface SignedVersion {
  id: string
  agreementId: string
  areaSlug: string
  areaName: string
  kind: AgreementKind
  number: number
  holdsFrom: Day
  signedOn: Day
  recordedAt: Date
  content: string | null
  sha256: string | null
  offerId: string | null
  wijkbudgetCents: Cents
  negotiationId: string | null
  signatures: Signed[]
  paper: { fileId: string; sha256: string } | null
}

/** Which signed versions to read. */
export type VersionFilter = { agreementId: string } | { hashBeginsWith: string }

/** Signed versions with their signatures, the last one first. */
export async function readSignedVersions(tx: Tx, filter: VersionFilter): Promise<SignedVersion[]> {
  const rows: (Omit<SignedVersion, 'wijkbudgetCents'> & { wijkbudget: string })[] = await tx.query(
    `SELECT v.id, v.agreement_id AS "agreementId", a.area_slug AS "areaSlug", a.area_name AS "areaName", a.kind,
       v.number, v.holds_from AS "holdsFrom", v.signed_on AS "signedOn", v.recorded_at AS "recordedAt", v.content,
       v.sha256, v.offer_id AS "offerId", v.terms->>'wijkbudgetCents' AS wijkbudget,
       (SELECT o.negotiation_id FROM agreement_offers o WHERE o.id = v.offer_id) AS "negotiationId",
       coalesce((SELECT jsonb_agg(jsonb_build_object('side', s.side, 'capacity', s.capacity, 'personId', s.person_id,
         'name', s.name, 'signedAt', s.signed_at) ORDER BY s.signed_at)
         FROM agreement_signatures s WHERE s.offer_id = v.offer_id), '[]') AS signatures,
       (SELECT jsonb_build_object('fileId', p.file_id, 'sha256', p.sha256)
         FROM agreement_papers p WHERE p.version_id = v.id) AS paper
     FROM agreement_versions v JOIN agreements a ON a.id = v.agreement_id
     WHERE ($1::uuid IS NULL OR v.agreement_id = $1) AND ($2::text IS NULL OR v.sha256 LIKE $2 || '%')
     ORDER BY v.number DESC`,
    'agreementId' in filter ? [filter.agreementId, null] : [null, filter.hashBeginsWith],
  )
  return rows.map(({ wijkbudget, signatures, ...row }) => ({
    ...row,
    wijkbudgetCents: BigInt(wijkbudget),
    signatures: signatures.map((signed) => ({ ...signed, signedAt: new Date(signed.signedAt) })),
  }))
}

/** Agreements that were signed lately: at most twenty, the last first. */
export async function listRecentlySigned(
  tx: Tx,
): Promise<{ areaSlug: string; areaName: string; number: number; at: Date }[]> {
  return tx.query(
    `SELECT a.area_slug AS "areaSlug", a.area_name AS "areaName", v.number, v.recorded_at AS at
     FROM agreement_versions v JOIN agreements a ON a.id = v.agreement_id
     WHERE v.offer_id IS NOT NULL ORDER BY v.recorded_at DESC LIMIT 20`,
  )
}
