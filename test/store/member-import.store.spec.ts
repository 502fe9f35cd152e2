import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { ImportCommits, MemberImports } from '#member-files'
import { Members } from '#members'
import { Clock, DailyWork, Database, Messages, Upload, type Visitor } from '#platform'
import { writeXlsx } from '#sheets'
import { startTestApp, type TestApp } from '../support/app.js'
import { repetitions } from '../support/repetitions.js'

const DAY = '2020-02-15'
let test: TestApp
let imports: MemberImports
let commits: ImportCommits
let members: Members
let staff: Visitor
let director: Visitor
let serial = 0

beforeAll(async () => {
  test = await startTestApp()
  imports = test.app.get(MemberImports)
  commits = test.app.get(ImportCommits)
  members = test.app.get(Members)
  const people = test.app.get(People)
  const person = async (email: string) => (await people.visitor((await people.withAddress(email))!.id))!
  staff = await person('serviceteam@example.org')
  director = await person('bestuurder@example.org')
})
afterAll(() => test?.stop())

const HEAD = ['Lidnummer', 'Naam', 'Soort', 'Lid sinds', 'KvK-nummer', 'Plaats']
/** A new member that no other test has. */
const fresh = (name = 'Café Één') => {
  const chamberNumber = String(20_000_000 + ++serial)
  return ['', `${name} ${serial}`, 'Stemlid', '01-02-2020', chamberNumber, 'Utrecht']
}
const csv = (rows: string[][], delimiter = ';') => rows.map((row) => row.join(delimiter)).join('\r\n')

async function upload(content: Buffer | string, by = staff, name = 'leden.csv'): Promise<string> {
  const file = new Upload(name, Buffer.from(content as string))
  return imports.upload(by, { file, effectiveOn: DAY, requestKey: randomUUID() })
}
const counts = async (id: string) => (await imports.find(id))!.steps.at(-1)!.counts
const planHash = async (id: string) => (await imports.find(id))!.plan!.planHash
const commit = async (id: string, by = staff) => commits.commit(by, id, await planHash(id))
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof RuleViolated ? error.violations[0]!.code : String(error)),
  )
const count = async () => (await members.asOf('2999-01-01')).length
const facts = async () =>
  (
    await test.database.owner.query(
      'SELECT (SELECT count(*) FROM members) + (SELECT count(*) FROM member_details) + (SELECT count(*) FROM member_events) AS n',
    )
  )[0].n

describe('a file', () => {
  it('reads the same in UTF-8 and Windows-1252, with ; and with comma, and as a workbook', async () => {
    const rows = [HEAD, fresh(), fresh('Coöperatie Zoë')]
    const [head, ...body] = rows
    const files: [string, Buffer][] = [
      ['a.csv', Buffer.from(`\ufeff${csv(rows)}`)],
      ['b.csv', Buffer.from(csv(rows, ','))],
      ['c.csv', Buffer.from(csv(rows), 'latin1')],
      ['d.xlsx', await writeXlsx([{ name: 'L', columns: head!.map((header) => ({ header })), rows: body }])],
    ]
    const hashes = new Set<string>()
    for (const [name, content] of files) {
      const id = await upload(content, staff, name)
      expect(await counts(id)).toEqual({ new: 2, changed: 0, same: 0, wrong: 0 })
      hashes.add(await planHash(id))
    }
    expect(hashes.size).toBe(1)
  })

  it('with one request key makes one import, also twice at once', async () => {
    const file = new Upload('leden.csv', Buffer.from(csv([HEAD, fresh()])))
    const request = { file, effectiveOn: DAY, requestKey: randomUUID() }
    const ids = await Promise.all([imports.upload(staff, request), imports.upload(staff, request)])
    expect(new Set([...ids, await imports.upload(staff, request)]).size).toBe(1)
  })

  it('says what is wrong with it as a whole', async () => {
    expect(await codeOf(upload('a;b\n1;2'))).toBe('import.noHeader')
    expect(await codeOf(upload('Naam;Plaats\nx;y'))).toBe('import.columnsMissing')
    expect(await codeOf(upload(csv([HEAD])))).toBe('import.noRows')
  })

  it('that is the template changes nothing: its example is left out', async () => {
    const client = await test.client('serviceteam')
    for (const kind of ['csv', 'xlsx']) {
      const answer = await fetch(`${test.url}/leden/sjabloon.${kind}`, { headers: { cookie: client.cookie } })
      const content = Buffer.from(await answer.arrayBuffer())
      expect(await codeOf(upload(content, staff, `s.${kind}`))).toBe('import.noRows')
    }
  })
})

describe('an import', () => {
  it('enters and changes, once: the same file again changes nothing', async () => {
    const before = await count()
    const rows = [HEAD, fresh(), fresh(), ['12', '', '', '', '', 'Zeist']]
    const id = await upload(csv(rows))
    expect(await counts(id)).toEqual({ new: 2, changed: 1, same: 0, wrong: 0 })
    await commit(id)
    await commit(id)
    expect(await count()).toBe(before + 2)
    const changed = await members.withNumber(12)
    expect((await members.details(changed!, DAY))?.city).toBe('Zeist')
    expect((await members.details(changed!, '2020-02-14'))?.city).not.toBe('Zeist')
    const again = await upload(csv(rows))
    expect(await counts(again)).toEqual({ new: 0, changed: 0, same: 3, wrong: 0 })
    expect(await codeOf(commit(again))).toBe('import.nothingToDo')
  })

  it('is refused as a whole when one cell is wrong, until it is mended', async () => {
    const wrong = fresh()
    wrong[4] = '1234'
    const id = await upload(csv([HEAD, fresh(), wrong]))
    expect(await counts(id)).toMatchObject({ new: 1, wrong: 1 })
    const before = await facts()
    expect(await codeOf(commit(id))).toBe('import.stillWrong')
    expect(await facts()).toBe(before)
    await imports.correct(staff, id, { '3:4': String(20_000_000 + ++serial), '99:1': 'not there', 'x:y': '' })
    expect(await counts(id)).toMatchObject({ new: 2, wrong: 0 })
    await commit(id)
    expect(await facts()).toBe(before + 6n)
  })

  it('does what was shown or nothing: a register that changed meanwhile is looked at again', async () => {
    const id = await upload(
      csv([
        ['Lidnummer', 'Plaats'],
        ['13', 'Zeist'],
      ]),
    )
    const hash = await planHash(id)
    const memberId = (await members.withNumber(13))!
    await test.app.get(Database).transaction(async (tx) => {
      const details = (await members.details(memberId, DAY, tx))!
      await members.describe(tx, memberId, { ...details, on: DAY, city: 'Houten' }, null)
    })
    const before = await facts()
    expect(await codeOf(commits.commit(staff, id, hash))).toBe('import.registerChanged')
    expect(await facts()).toBe(before)
    await imports.correct(staff, id, {})
    expect(await codeOf(commits.commit(staff, id, hash))).toBe('import.previewChanged')
    await commit(id)
    expect((await members.details(memberId, DAY))?.city).toBe('Zeist')
  })

  it('that was withdrawn is not carried out, and the other way round', async () => {
    const id = await upload(csv([HEAD, fresh()]))
    await imports.withdraw(staff, id)
    await imports.withdraw(staff, id)
    expect(await codeOf(commit(id))).toBe('import.ended')
    const done = await upload(csv([HEAD, fresh()]))
    await commit(done)
    expect(await codeOf(imports.withdraw(staff, done))).toBe('import.committed')
  })

  it('keeps nothing of persons when its content is removed, but stays', async () => {
    const id = await upload(csv([HEAD, fresh()]))
    await commit(id)
    const left = await upload(csv([HEAD, fresh()]))
    const daily = test.app.get(DailyWork)
    await daily.doAll()
    expect(await imports.contents(left)).not.toBeNull()
    const later = vi.spyOn(test.app.get(Clock), 'now').mockReturnValue(new Date('2030-01-01T12:00:00Z'))
    await daily.doAll()
    later.mockRestore()
    expect(await imports.find(id)).toMatchObject({ state: 'committed', plan: null })
    expect(await imports.contents(id)).toBeNull()
    expect(await imports.contents(left)).toBeNull()
    expect(await codeOf(commits.commit(staff, left, ''))).toBe('import.ended')
  })
})

describe('sensitive changes', () => {
  it('wait for a second person, and are told at the old address', async () => {
    const iban = 'NL91ABNA0417164300'
    const id = await upload(
      csv([
        ['Lidnummer', 'IBAN', 'E-mail contact'],
        ['14', iban, 'nieuw@example.org'],
      ]),
    )
    expect((await imports.find(id))!.state).toBe('awaitingConfirmation')
    expect(await codeOf(commit(id))).toBe('import.notConfirmed')
    expect(await codeOf(imports.confirm(staff, id, await planHash(id)))).toBe('import.ownImport')
    expect((await imports.tasksFor(staff)).map(({ href }) => href)).not.toContain(`/leden/import/${id}`)
    expect((await imports.tasksFor(director)).map(({ href }) => href)).toContain(`/leden/import/${id}`)
    await imports.confirm(director, id, await planHash(id))
    await imports.confirm(director, id, await planHash(id))
    await commit(id)
    const notices = await test.database.owner.query(
      `SELECT to_address, model FROM notices WHERE template = 'member-files/details-changed'`,
    )
    expect(notices).toHaveLength(1)
    expect(notices[0].to_address).toBe('contact-14@example.org')
    expect(JSON.stringify(notices[0].model)).toContain('NL91 … 4300')
    expect(JSON.stringify(notices[0].model)).not.toContain(iban)
  })

  it('are confirmed anew after a correction, and not by who made it', async () => {
    const id = await upload(
      csv([
        ['Lidnummer', 'IBAN'],
        ['15', 'NL91ABNA0417164300'],
      ]),
    )
    await imports.confirm(director, id, await planHash(id))
    expect((await imports.find(id))!.state).toBe('ready')
    await imports.correct(director, id, { '2:1': 'NL20INGB0001234567' })
    expect((await imports.find(id))!.state).toBe('awaitingConfirmation')
    expect(await codeOf(imports.confirm(director, id, await planHash(id)))).toBe('import.ownImport')
  })
})

describe('two at once, and one that is killed', () => {
  it('one import committed many times at once is carried out once', async () => {
    for (let round = 0; round < repetitions(2, 20); round++) {
      const before = await count()
      const id = await upload(csv([HEAD, fresh(), fresh()]))
      const hash = await planHash(id)
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => codeOf(commits.commit(staff, id, hash))),
      )
      expect(outcomes).toEqual(['done', 'done', 'done', 'done'])
      expect(await count()).toBe(before + 2)
    }
  })

  it('two imports of the same new members: one is carried out, the other sees that the register changed', async () => {
    for (let round = 0; round < repetitions(2, 20); round++) {
      const before = await count()
      const file = csv([HEAD, fresh(), fresh()])
      const [a, b] = [await upload(file), await upload(file, director)]
      const outcomes = await Promise.all([codeOf(commit(a)), codeOf(commit(b, director))])
      expect(outcomes.sort()).toEqual(['done', 'import.registerChanged'])
      expect(await count()).toBe(before + 2)
    }
  })

  it('an import and a change by someone else: neither is lost', async () => {
    const memberId = (await members.withNumber(16))!
    const id = await upload(
      csv([
        ['Lidnummer', 'Plaats'],
        ['16', 'Zeist'],
      ]),
    )
    const other = test.app.get(Database).transaction(async (tx) => {
      const details = (await members.details(memberId, DAY, tx))!
      await members.describe(tx, memberId, { ...details, on: DAY, street: 'Zonstraat 1' }, null)
      await new Promise((resolve) => setTimeout(resolve, 100))
    })
    await Promise.all([other, new Promise((resolve) => setTimeout(resolve, 30)).then(() => commit(id))])
    expect(await members.details(memberId, DAY)).toMatchObject({ city: 'Zeist', street: 'Zonstraat 1' })
  })

  it('a killed import leaves nothing half, and can be repeated', async () => {
    const id = await upload(csv([HEAD, fresh(), fresh(), ['17', '', '', '', '', 'Zeist']]))
    const before = await facts()
    const blocker = test.database.owner.createQueryRunner()
    await blocker.connect()
    await blocker.startTransaction()
    // The import waits for this number, half-way its writing.
    await blocker.query('INSERT INTO members (id, number) SELECT $1, max(number) + 2 FROM members', [
      randomUUID(),
    ])
    const outcome = codeOf(commit(id))
    const killed = await waitFor(async () => {
      const rows = await test.database.owner.query(
        `SELECT pg_terminate_backend(pid) AS killed FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO "members"%'`,
      )
      return rows.length > 0
    })
    expect(killed).toBe(true)
    expect(await outcome).not.toBe('done')
    await blocker.rollbackTransaction()
    await blocker.release()
    expect(await facts()).toBe(before)
    expect((await imports.find(id))!.state).toBe('ready')
    await commit(id)
    expect(await facts()).toBe(before + 7n)
    expect((await imports.find(id))!.state).toBe('committed')
  })
})

describe('the list', () => {
  async function download(path: string, who?: string): Promise<Buffer> {
    const client = await test.client(who)
    const answer = await fetch(`${test.url}${path}`, { headers: { cookie: client.cookie } })
    expect(answer.status).toBe(200)
    return Buffer.from(await answer.arrayBuffer())
  }

  it.each(['csv', 'xlsx'])('exported as %s and imported again changes nothing', async (kind) => {
    const content = await download(`/leden/export.${kind}?status=alle`, 'serviceteam')
    const id = await upload(content, staff, `leden.${kind}`)
    const shown = await counts(id)
    expect((await imports.find(id))!.plan!.findings).toEqual([])
    expect(shown).toEqual({ new: 0, changed: 0, same: await count(), wrong: 0 })
    expect((await imports.find(id))!.plan!.unknown).toEqual([])
  })

  it('tells the public nothing of persons', async () => {
    const text = (await download('/leden/export.csv')).toString()
    expect(text.split('\r\n')[0]).toBe('\ufeffLidnummer;Naam;Soort;Wijk;Lid sinds;Status')
    expect(text).not.toContain('@')
    const staffText = (await download('/leden/export.csv', 'serviceteam')).toString()
    expect(staffText).toContain('contact-7@example.org')
  })

  it('is filtered as its page is', async () => {
    const text = (await download('/leden/export.csv?q=podium+oost')).toString()
    expect(text.trim().split('\r\n')).toHaveLength(2)
  })
})

it('every finding has a text in both languages', () => {
  const keys = new Set(test.app.get(Messages).keys('nl'))
  const codes = [
    ...[
      'cellError',
      'dayInstead',
      'notClearable',
      'tooLong',
      'number',
      'kind',
      'day',
      'dayTooFar',
      'legalForm',
    ],
    ...['chamberNumber', 'rsin', 'postalCode', 'leadingZeroLost', 'neighbourhoods', 'neighbourhoodsAsNumber'],
    ...[
      'iban',
      'email',
      'phone',
      'unknownNumber',
      'ambiguous',
      'possiblyKnown',
      'newNeedsName',
      'newNeedsKind',
    ],
    ...['newNeedsSince', 'newNeedsIdentity', 'newFrom', 'kindDiffers', 'sinceDiffers', 'formerMember'],
    ...['notYetMember', 'laterDetails', 'soleTraderRsin', 'sameChamberNumber', 'sameRsin', 'sameMemberTwice'],
    'sameNewTwice',
  ]
  expect(codes.filter((code) => !keys.has(`member-files.finding.${code}`))).toEqual([])
})

describe('5,000 rows', () => {
  it('are previewed within 3 seconds, carried out as a whole, and the same afterwards', async () => {
    const rows = Array.from({ length: 5000 }, () => fresh('Organisatie'))
    const file = csv([HEAD, ...rows])
    const client = await test.client('serviceteam')
    await client.get('/leden/import')
    const start = performance.now()
    const key = randomUUID()
    const answer = await client.postFiles('/leden/import', { ingang: DAY, verzoek: key }, [
      ['bestand', 'leden.csv', Buffer.from(file)],
    ])
    const shown = await client.get(answer.location!)
    const took = performance.now() - start
    expect(shown.text).toContain('nieuwe leden')
    expect(took).toBeLessThan(3000)
    const id = answer.location!.split('/').at(-1)!
    await commit(id)
    const changed = rows.map((row) => row.map((cell, at) => (at === 5 ? 'Zeist' : cell)))
    const next = await upload(csv([HEAD, ...changed]))
    expect(await counts(next)).toEqual({ new: 0, changed: 5000, same: 0, wrong: 0 })
    await commit(next)
    expect(await counts(await upload(csv([HEAD, ...changed])))).toMatchObject({ same: 5000 })
  })
})

async function waitFor(check: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await check()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
