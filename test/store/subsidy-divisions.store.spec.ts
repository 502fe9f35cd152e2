import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccountingDistrict, AreasModule } from '#areas'
import { FilesModule } from '#files'
import { GuaranteesModule } from '#guarantees'
import { Clock, Database, Ids } from '#platform'
import { SubsidyDivisions, WorkPlansModule } from '#work-plans'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const YEAR = 2021
let database: TestDatabase
let app: INestApplicationContext
let divisions: SubsidyDivisions
let areas: string[]

beforeAll(async () => {
  database = await createTestDatabase()
  const around = [...assemblyModules, AreasModule, FilesModule, GuaranteesModule]
  app = await startContext(database.url, [...around, WorkPlansModule])
  await app.get(Clock).moveTo(new Date('2020-12-01T10:00:00Z'))
  divisions = app.get(SubsidyDivisions)
  areas = [app.get(Ids).next(), app.get(Ids).next()]
  for (const [at, id] of areas.entries()) {
    const row = { id, slug: `w${at}`, name: `Wijk ${at}`, weight: BigInt(at + 1), position: at + 1 }
    await app.get(Database).read.getRepository(AccountingDistrict).insert(row)
  }
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

let year = YEAR
beforeEach(() => {
  year++
})

function proposal(budgetCents: bigint, moved = 0n, reason = '') {
  const shifts = [
    { areaId: areas[0]!, changeCents: moved, reason: moved ? 'Meer vraag' : '' },
    { areaId: areas[1]!, changeCents: -moved, reason: moved ? 'Minder vraag' : '' },
  ]
  return { budgetCents, shifts, reason }
}

describe('the division of the subsidy of a year', () => {
  it('is nothing before there is a proposal', async () => {
    expect(await divisions.executionBudget(year)).toBeNull()
    expect(await divisions.divisionOf(year)).toEqual([])
  })

  it('follows the key and what was moved', async () => {
    await divisions.propose(year, proposal(10_000n, 500n), null)
    expect(await divisions.executionBudget(year)).toBe(10_000n)
    const parts = await divisions.divisionOf(year)
    expect(parts.map(({ slug, cents, changeCents }) => [slug, cents, changeCents])).toEqual([
      ['w0', 3833n, 500n],
      ['w1', 6167n, -500n],
    ])
    expect(parts[0]).toMatchObject({ name: 'Wijk 0', weight: 1n, reason: 'Meer vraag' })
  })

  it('holds as agreed while another version is only proposed', async () => {
    await divisions.propose(year, proposal(10_000n), null)
    await divisions.agree(year, 1, '2020-12-01', null)
    await divisions.agree(year, 1, '2020-12-01', null)
    await divisions.propose(year, proposal(12_000n, 0n, 'De gemeente geeft meer'), null)
    expect(await divisions.executionBudget(year)).toBe(10_000n)
    await divisions.agree(year, 2, '2020-12-01', null)
    expect(await divisions.executionBudget(year)).toBe(12_000n)
    expect((await divisions.versions(year)).map(({ version, agreedOn }) => [version, agreedOn])).toEqual([
      [1, '2020-12-01'],
      [2, '2020-12-01'],
    ])
  })

  it('gets no second version for the same, and none without a reason', async () => {
    await divisions.propose(year, proposal(10_000n), null)
    await divisions.propose(year, proposal(10_000n), null)
    expect(await divisions.versions(year)).toHaveLength(1)
    await expect(divisions.propose(year, proposal(10_001n), null)).rejects.toThrow(
      'division.versionReasonNeeded',
    )
  })

  it('makes one version of two that come at once', async () => {
    const twice = [1, 2].map(() => divisions.propose(year, proposal(10_000n), null))
    await Promise.all(twice)
    expect(await divisions.versions(year)).toHaveLength(1)
  })

  it('refuses what was not proposed', async () => {
    await expect(divisions.agree(year, 1, '2020-12-01', null)).rejects.toThrow('division.none')
    await divisions.propose(year, proposal(10_000n), null)
    await expect(divisions.agree(year, 2, '2020-12-01', null)).rejects.toThrow('division.otherVersion')
  })
})
