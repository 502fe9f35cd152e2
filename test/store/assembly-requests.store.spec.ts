import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Agenda } from '../../libs/assemblies/convocation/agenda.service.js'
import { AssemblyPlan } from '../../libs/assemblies/convocation/assembly-plan.service.js'
import { AssemblyPlanners } from '../../libs/assemblies/convocation/assembly-planners.service.js'
import { AssemblyRequests } from '../../libs/assemblies/convocation/assembly-requests.service.js'
import { Convocations } from '../../libs/assemblies/convocation/convocation.service.js'
import { AssemblyReading } from '../../libs/assemblies/reading.service.js'
import { type Convening, outcome, startConvening } from '../support/convening.js'

let coop: Convening
let requests: AssemblyRequests
let id: string
let made = 0
const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`
const asked = {
  kind: 'assembly' as const,
  assemblyId: null,
  subject: 'De huur',
  explanation: '',
  asked: 'Praten',
}
const plan = (heldOn: string) => ({
  ...{ title: 'ALV', kind: 'extraordinary' as const, heldOn, startsAt: new Date(`${heldOn}T18:00:00Z`) },
  ...{ place: 'Zaal', onlineAddress: null },
})
const may = (at: number) => coop.app.get(AssemblyPlanners).may(coop.delegates[at]!, id)
const planIt = (heldOn: string, at: number | null) =>
  coop.app
    .get(AssemblyPlan)
    .plan(ID(++made), plan(heldOn), id, at === null ? coop.chair : coop.delegates[at]!)
const convene = async (assemblyId: string, at: number | null) => {
  const assembly = (await coop.app.get(AssemblyReading).assembly(assemblyId))!
  const { contentHash } = await coop.app.get(Convocations).preview(assembly, { supporters: false })
  const wish = { sequence: 0, contentHash, supporters: false }
  return coop.app.get(Convocations).convene(assemblyId, wish, at === null ? coop.chair : coop.delegates[at]!)
}
const noticesOf = async (template: string): Promise<string[]> => {
  const rows: { to: string }[] = await coop.query(
    'SELECT to_address AS "to" FROM notices WHERE template = $1 AND key LIKE $2 ORDER BY 1',
    [template, `% ${id}%`],
  )
  return rows.map(({ to }) => to)
}

beforeAll(async () => {
  coop = await startConvening()
  requests = coop.app.get(AssemblyRequests)
})

beforeEach(async () => {
  await coop.at('2020-03-01T10:00:00+01:00')
  id = ID(++made)
  await requests.start(id, asked, coop.delegates[0]!)
})

afterAll(() => coop?.stop())

describe('a request of members (BW 2:41)', () => {
  it('counts the votes of who signed, and is filed once a tenth has signed, once', async () => {
    await requests.start(id, { ...asked, subject: 'Nog eens' }, coop.delegates[0]!)
    expect(await requests.find(id)).toMatchObject({
      subject: 'De huur',
      count: { votes: 1, needed: 2, electorate: 12 },
      standing: { state: 'collecting' },
    })
    await requests.sign(id, coop.delegates[0]!)
    expect((await requests.find(id))!.count.votes).toBe(1)
    expect(await outcome(requests.sign(id, coop.delegates[12]!))).toBe('request.noVote')
    expect(await noticesOf('assemblies/request-filed')).toEqual([])
    await Promise.all([1, 2, 3, 1, 2, 3].map((at) => requests.sign(id, coop.delegates[at]!)))
    const filed = (await requests.find(id))!
    expect(filed).toMatchObject({
      filedOn: '2020-03-01',
      count: { votes: 2, needed: 2, electorate: 12 },
      standing: { state: 'filed', boardUntil: '2020-03-29', selfFrom: '2020-03-16' },
    })
    expect(filed.signatures).toHaveLength(4)
    expect(await noticesOf('assemblies/request-filed')).toEqual([
      'chair@example.org',
      'secretary@example.org',
    ])
  })

  it('after fourteen days of silence the requesters convene, and what they convened stays theirs', async () => {
    await requests.sign(id, coop.delegates[1]!)
    await coop.at('2020-03-15T10:00:00+01:00')
    await requests.tellOfSilence('2020-03-15')
    expect([await may(0), await outcome(planIt('2020-04-01', 0))]).toEqual([false, 'assembly.notYours'])
    expect(await noticesOf('assemblies/request-silent')).toEqual([])
    await coop.at('2020-03-16T10:00:00+01:00')
    await requests.tellOfSilence('2020-03-16')
    await requests.tellOfSilence('2020-03-17')
    expect(await noticesOf('assemblies/request-silent')).toEqual(['lid-1@example.org'])
    expect([await may(0), await may(1)]).toEqual([true, false])
    const planned = await planIt('2020-04-01', 0)
    expect(await planIt('2020-04-02', null)).toBe(planned)
    const [first] = await coop.app.get(Agenda).items(planned)
    expect(first).toMatchObject({ title: 'De huur', requestId: id })
    await convene(planned, 0)
    expect([await may(0), (await requests.find(id))!.standing.state]).toEqual([true, 'answered'])
    expect(await outcome(requests.sign(id, coop.delegates[5]!))).toBe('request.answered')
  })

  it('what the board convened is not for the requesters to move', async () => {
    await requests.sign(id, coop.delegates[1]!)
    await coop.at('2020-03-05T10:00:00+01:00')
    const planned = await planIt('2020-03-25', null)
    await convene(planned, null)
    await coop.at('2020-03-17T10:00:00+01:00')
    expect(await may(0)).toBe(false)
    await requests.tellOfSilence('2020-03-17')
    expect(await noticesOf('assemblies/request-silent')).toEqual([])
  })

  it('an unfiled request plans nothing; an item needs an assembly that is still to come', async () => {
    expect(await outcome(planIt('2020-04-01', null))).toBe('request.notFiled')
    const item = { ...asked, kind: 'item' as const, assemblyId: null }
    expect(await outcome(requests.start(ID(++made), item, coop.delegates[3]!))).toBe('request.noAssembly')
  })
})
