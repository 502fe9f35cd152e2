import type { EntityManager } from 'typeorm'
import type { Day } from '#kernel'
import type { Agreement } from '../rules/agreement.js'
import { termsFromJson } from './terms-schema.js'

interface Row {
  id: string
  area_slug: string
  area_name: string
  accounting_district_id: string
  district_cooperative_id: string
  district_cooperative_name: string
  starts_on: Day
  ends_on: Day
  versions: { id: string; number: number; holdsFrom: Day; signedOn: Day; terms: unknown }[]
}

/** Which agreements to read; nothing given means all. */
export interface AgreementFilter {
  areaSlug?: string
  districtCooperativeId?: string
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
    `SELECT a.id, a.area_slug, a.area_name, a.accounting_district_id, a.district_cooperative_id,
            d.name AS district_cooperative_name, a.starts_on, a.ends_on,
            coalesce((
              SELECT jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'holdsFrom', v.holds_from,
                'signedOn', v.signed_on, 'terms', v.terms) ORDER BY v.number)
              FROM agreement_versions v WHERE v.agreement_id = a.id), '[]') AS versions
     FROM agreements a JOIN district_cooperatives d ON d.id = a.district_cooperative_id
     WHERE ($1::text IS NULL OR a.area_slug = $1)
       AND ($2::uuid IS NULL OR a.district_cooperative_id = $2)
       AND ($3::date IS NULL OR $3 BETWEEN a.starts_on AND a.ends_on)
       AND ($4::uuid IS NULL OR d.member_id = $4 OR EXISTS (SELECT FROM district_cooperative_participants p
         WHERE p.district_cooperative_id = d.id AND p.member_id = $4))
     ORDER BY a.area_name, a.id`,
    [
      filter.areaSlug ?? null,
      filter.districtCooperativeId ?? null,
      filter.inForceOn ?? null,
      filter.memberId ?? null,
    ],
  )
  return rows.map(agreementOf)
}

function agreementOf(row: Row): Agreement {
  return {
    id: row.id,
    areaSlug: row.area_slug,
    areaName: row.area_name,
    accountingDistrictId: row.accounting_district_id,
    districtCooperative: { id: row.district_cooperative_id, name: row.district_cooperative_name },
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    versions: row.versions.map((version) => ({ ...version, terms: termsFromJson(version.terms) })),
  }
}
