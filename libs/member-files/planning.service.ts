import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { type Day, RuleViolated } from '#kernel'
import {
  type MemberDetails,
  Members,
  readChamberNumber,
  readIban,
  readPostalCode,
  readRsin,
  type StandingOnDay,
} from '#members'
import { Clock, sha256Hex, type Tx } from '#platform'
import { type DetailField, detailFields } from './rules/columns.js'
import { type Cell, type Grid, readHeader } from './rules/header.js'
import { indexOf, type KnownMember } from './rules/match.js'
import { type ImportPlan, matchRows, type OnDay, onDayKey, planRows } from './rules/plan.js'
import { readRows } from './rules/read-rows.js'

/** A day after all that the register can hold: what it says there is what it says last. */
const LAST: Day = '2999-12-31'

/** A plan made against the register as it is now. */
export interface MadePlan extends ImportPlan {
  /** SHA-256 of rows and findings: two plans with one hash do the same. */
  planHash: string
  unknown: string[]
  /** What the register says of each member that a row is about, on the day of that row. */
  standing: ReadonlyMap<string, StandingOnDay>
}

/** Works out what a file does to the register as it is now. Reads only. */
@Injectable()
export class Planning {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * @param corrections what was typed instead of cells (`row:column`)
   * @param day from which changes hold when a row does not say so itself
   * @throws RuleViolated `import.noHeader`, `import.columnTwice`, `import.columnsMissing`, `import.noRows`
   */
  async make(tx: Tx, grid: Grid, corrections: Record<string, string>, day: Day): Promise<MadePlan> {
    const cells = correctedGrid(grid, corrections)
    const header = readHeader(cells)
    const rows = readRows(cells, header, {
      ...{ readChamberNumber, readRsin, readPostalCode, readIban },
      neighbourhoods: await this.areas.neighbourhoods(tx),
      today: this.clock.today(),
    })
    if (rows.length === 0) throw RuleViolated.of('import.noRows')
    const index = indexOf(await this.known(tx))
    const matched = matchRows(rows, index, day)
    const asked = matched.flatMap(({ match, on }) =>
      match.is === 'known' ? [{ memberId: match.member.id, day: on! }] : [],
    )
    const standing = new Map(
      (await this.members.onDays(asked, tx)).map((one) => [onDayKey(one.memberId, one.day), one]),
    )
    const onDays = new Map([...standing].map(([key, one]) => [key, onDayOf(one)]))
    const plan = planRows(matched, header, index, onDays)
    const findings = plan.findings.map((finding) => ({
      ...finding,
      text: finding.text ?? cells[finding.row - 1]?.[finding.column]?.text ?? '',
    }))
    const planHash = sha256Hex(JSON.stringify({ day, rows: plan.rows, findings }))
    return { rows: plan.rows, findings, planHash, unknown: [...header.unknown], standing }
  }

  /** Everyone who is or was a member, or will be, as the register has them last. */
  private async known(tx: Tx): Promise<KnownMember[]> {
    const details = await this.members.allDetails(LAST, tx)
    return (await this.members.asOf(LAST, tx)).map(({ id, number, name, status, since }) => {
      const { legalForm, chamberNumber, rsin, postalCode } = details.get(id)!
      return {
        id,
        number,
        name,
        since,
        isFormer: status === 'former',
        legalForm,
        chamberNumber,
        rsin,
        postalCode,
      }
    })
  }
}

/** The cells with what was typed in their place. */
export function correctedGrid(grid: Grid, corrections: Record<string, string>): Grid {
  const rows = grid.map((row) => row)
  for (const [place, text] of Object.entries(corrections)) {
    const [row = 0, column = 0] = place.split(':').map(Number)
    const cells = [...(rows[row - 1] ?? [])]
    while (cells.length <= column) cells.push({ kind: 'empty', text: '' })
    cells[column] = { kind: text.trim() === '' ? 'empty' : 'text', text } satisfies Cell
    rows[row - 1] = cells
  }
  return rows
}

function onDayOf({ status, kind, since, details, laterDetailsFrom }: StandingOnDay): OnDay {
  const said = detailFields.map((field) => [field, writtenDetail(details, field)] as const)
  return {
    kind,
    since,
    isFormer: status === 'former',
    laterFrom: laterDetailsFrom,
    details: Object.fromEntries(said) as Record<DetailField, string | null>,
  }
}

function writtenDetail(details: MemberDetails, field: DetailField): string | null {
  if (field !== 'neighbourhoods') return details[field]
  return details.neighbourhoods.length > 0 ? details.neighbourhoods.join(', ') : null
}
