import { type DetailField, detailFields, type Field } from './columns.js'
import type { Header } from './header.js'
import type { Match } from './match.js'
import { findingAt, type ReadRow, type RowCode } from './read-rows.js'
import type { Claimed } from './repeated.js'

/** Plans a row that is not about a known member: a new one, or one that can't be told from others. */
export function planNewRow({
  row: { row, said, findings },
  header,
  match,
}: {
  row: ReadRow
  header: Header
  match: Match
}): Claimed {
  const changes = detailFields.flatMap((field: DetailField) => {
    const to = said[field]
    return to ? [{ field, from: null, to }] : []
  })
  const claim: Claimed = {
    planned: {
      row,
      state: 'new',
      memberId: null,
      number: null,
      name: said.name ?? '',
      on: said.since ?? null,
      kind: said.kind ?? null,
      changes,
    },
    final: {
      legalForm: said.legalForm ?? null,
      chamberNumber: said.chamberNumber ?? null,
      rsin: said.rsin ?? null,
      name: said.name ?? null,
      postalCode: said.postalCode ?? null,
    },
    findings: [...findings],
  }
  const isWrong = (field: Field) => findings.some((finding) => finding.field === field)
  const note = (field: Field, code: RowCode, params?: Record<string, string>) => {
    // What can't be read there is said already.
    if (!isWrong(field)) claim.findings.push(findingAt(row, field, header, code, params))
  }
  if (match.is === 'unknownNumber') note('number', 'unknownNumber', { number: match.number })
  if (match.is === 'ambiguous') {
    const numbers = match.members.map(({ number }) => number)
    note('number', 'ambiguous', { numbers: numbers.sort((a, b) => a - b).join(', ') })
  }
  if (match.is === 'possiblyKnown') {
    const { number, name } = match.member
    note('number', 'possiblyKnown', { number: String(number), name })
  }
  if (match.is !== 'new') claim.planned.state = 'wrong'
  if (match.is !== 'new' || isWrong('number')) return claim
  if (!said.name) note('name', 'newNeedsName')
  if (!said.kind) note('kind', 'newNeedsKind')
  if (!said.since) note('since', 'newNeedsSince')
  if (said.from && said.since && said.from !== said.since) note('from', 'newFrom', { day: said.since })
  const identity = ['chamberNumber', 'rsin', 'postalCode'] as const
  if (!identity.some((field) => said[field] || isWrong(field))) note('chamberNumber', 'newNeedsIdentity')
  if (said.legalForm === 'eenmanszaak' && said.rsin)
    note('rsin', 'soleTraderRsin', { number: '', name: said.name ?? '' })
  return claim
}
