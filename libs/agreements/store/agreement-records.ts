import type { EntityManager } from 'typeorm'
import type { Day } from '#kernel'
import type { Agreement, AgreementKind, CounterpartyKind } from '../rules/agreement.js'
import { termsFromJson } from './terms-schema.js'

interface Row {
  id: string
  kind: AgreementKind
  area_slug: string
  area_name: string
  accounting_district_id: string | null
  counterparty_id: string
  counterparty_name: string
  counterparty_kind: CounterpartyKind
  starts_on: Day
  ends_on: Day
  versions: { id: string; number: number; holdsFrom: Day; signedOn: Day; terms: unknown }[]
}

/** Which agreements to read; nothing given means all. */
export interface AgreementFilter {
  areaSlug?: string
  counterpartyId?: string
  /** Only those of a wijkcoöperatie that is this member, or in which it takes part. */
  memberId?: string
  /** Only those whose period holds this day. */
  inForceOn?: Day
}

/** Reads agreements with their versions, by the name of the area. */
export async function readAgreements(
  from: EntityManager,
  filter: AgreementFilter = {},
): Promise<Agreement[]> {
  const rows: Row[] = await from.query(
    `SELECT a.id, a.kind, a.area_slug, a.area_name, a.accounting_district_id, a.counterparty_id,
            d.name AS counterparty_name, d.kind AS counterparty_kind, a.starts_on, a.ends_on,
            coalesce((
              SELECT jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'holdsFrom', v.holds_from,
                'signedOn', v.signed_on, 'terms', v.terms) ORDER BY v.number)
              FROM agreement_versions v WHERE v.agreement_id = a.id), '[]') AS versions
     FROM agreements a JOIN counterparties d ON d.id = a.counterparty_id
     WHERE ($1::text IS NULL OR a.area_slug = $1)
       AND ($2::uuid IS NULL OR a.counterparty_id = $2)
       AND ($3::date IS NULL OR $3 BETWEEN a.starts_on AND a.ends_on)
       AND ($4::uuid IS NULL OR d.member_id = $4 OR EXISTS (SELECT FROM counterparty_participants p
         WHERE p.counterparty_id = d.id AND p.member_id = $4))
     ORDER BY a.area_name, a.id`,
    [
      filter.areaSlug ?? null,
      filter.counterpartyId ?? null,
      filter.inForceOn ?? null,
      filter.memberId ?? null,
    ],
  )
  return rows.map(agreementOf)
}

function agreementOf(row: Row): Agreement {
  return {
    id: row.id,
    kind: row.kind,
    areaSlug: row.area_slug,
    areaName: row.area_name,
    accountingDistrictId: row.accounting_district_id,
    counterparty: { id: row.counterparty_id, name: row.counterparty_name, kind: row.counterparty_kind },
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    versions: row.versions.map((version) => ({ ...version, terms: termsFromJson(version.terms) })),
  }
}
