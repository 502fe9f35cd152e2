import type { MeansDeclarations, YearStatements } from '#guarantees'
import type { Cents } from '#kernel'
import type { Ids, Tx } from '#platform'

const DECLARED = new Date('2020-01-20T10:00:00+01:00')
const REMARK = 'Verzonnen bedragen voor dit voorbeeld.'
/** By member number; null: not declared. Nobody's real figures. */
const MEANS: readonly (readonly [number: number, equityCents: Cents | null, incomeCents: Cents | null])[] = [
  [1, 18_000_000n, 61_000_000n],
  [2, 9_500_000n, 42_000_000n],
  [3, 2_400_000n, 8_800_000n],
  [5, null, 5_500_000n],
  [6, 1_250_000n, null],
  [8, -310_000n, 12_000_000n],
]

/** What some members declared of their means for 2020, and the statements of the two years before. */
export async function loadGuaranteePapers(
  tx: Tx,
  services: { declarations: MeansDeclarations; statements: YearStatements; ids: Ids },
  memberIds: readonly string[],
): Promise<void> {
  const { declarations, statements, ids } = services
  for (const [number, equityCents, incomeCents] of MEANS) {
    const amounts = { equityCents, incomeCents, remark: REMARK, requestKey: ids.next() }
    const declared = { memberId: memberIds[number - 1]!, year: 2020, accountsYear: 2019, ...amounts }
    await declarations.enter(tx, declared, null, DECLARED)
  }
  await statements.make(tx, 2018, new Date('2019-01-07T08:00:00+01:00'))
  await statements.make(tx, 2019, new Date('2020-01-06T08:00:00+01:00'))
}
