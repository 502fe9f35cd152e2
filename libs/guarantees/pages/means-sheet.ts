import { dayOf } from '#kernel'
import type { Text } from '#platform'
import type { SheetView } from '#sheets'
import type { ProposedMember, YearProposal } from '../means/share-proposals.service.js'

/** The whole table of a year as a sheet: everyone, also who declared nothing. */
export function meansSheet(text: Text, { year, members }: YearProposal): SheetView {
  const money = (key: string) => ({ header: text(`table.${key}`), kind: 'money' as const, width: 18 })
  return {
    name: `draagkracht-${year}`,
    columns: [
      { header: text('table.number'), kind: 'number' },
      { header: text('table.member'), width: 40 },
      { header: text('table.accounts'), kind: 'number' },
      ...['equity', 'income', 'counted', 'bound', 'pledged', 'share', 'more'].map(money),
      { header: text('table.declaredOn'), kind: 'day', width: 14 },
      { header: text('table.remark'), width: 50 },
    ],
    rows: members.map(row),
  }
}

function row({ member, pledgedCents, declared, share }: ProposedMember) {
  return [
    ...[member.number, member.name, declared?.accountsYear ?? null],
    ...[declared?.equityCents ?? null, declared?.incomeCents ?? null],
    ...[share?.countedCents ?? null, share?.boundCents ?? null, pledgedCents],
    ...[share?.shareCents ?? null, share?.moreCents ?? null],
    ...[declared && dayOf(declared.declaredAt), declared?.remark ?? null],
  ]
}
