import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admit, PERMISSIONS, type Permissions, type Role, roles } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import type { HttpClient } from '../support/http-client.js'

/** Which demo person holds which role; a delegate of a voting member, and Oost's treasurer and coordinator. */
const personOf: Record<Role, string> = {
  delegate: 'lid-7',
  contact: 'contact-7',
  treasurer: 'penningmeester',
  coordinator: 'coordinator',
  serviceTeam: 'serviceteam',
  controller: 'controller',
  teamLead: 'teamleider',
  director: 'bestuurder',
  chair: 'voorzitter',
  secretary: 'secretaris',
  auditCommittee: 'kascommissie',
  ambassador: 'ambassadeur',
  contractor: 'gsmo',
  municipality: 'gemeente',
  admin: 'beheer',
}

/** The director acts for the director's own organisation, an ambassador comes from the members, the contractor coordinates. */
const heldBy = (role: Role): Role[] => {
  if (role === 'director' || role === 'ambassador') return [role, 'delegate']
  return role === 'contractor' ? [role, 'coordinator'] : [role]
}

describe('every route as every role and as nobody', () => {
  let test: TestApp
  let permissions: Permissions
  const clients = new Map<Role | 'nobody', HttpClient>()

  beforeAll(async () => {
    test = await startTestApp()
    permissions = test.app.get(PERMISSIONS)
    clients.set('nobody', await test.client())
    for (const role of roles) clients.set(role, await test.client(personOf[role]))
  })
  afterAll(() => test.stop())

  it('answers as the tables say', async () => {
    const wrong: string[] = []
    for (const [route, access] of permissions) {
      if (route === 'POST /uitloggen' || route === 'POST /demo/inloggen') continue // these end the session used here
      for (const [who, client] of clients) {
        const visitor =
          who === 'nobody'
            ? null
            : { has: (...wanted: Role[]) => wanted.some((role) => heldBy(who).includes(role)) }
        const expected = admit(access, visitor as never)
        const actual = await outcomeOf(client, route)
        if (actual !== expected) wrong.push(`${route} as ${who}: ${actual}, not ${expected}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('closes a route to who signed out', async () => {
    const client = await test.client('secretaris')
    expect((await client.get('/mijn')).status).toBe(200)
    await client.post('/uitloggen')
    expect(await outcomeOf(client, 'GET /mijn')).toBe('signInFirst')
  })
})

/** Ids that exist nowhere: what is allowed then answers 404 or names what is missing, never 403 or sign-in. */
async function outcomeOf(
  client: HttpClient,
  route: string,
): Promise<'allowed' | 'signInFirst' | 'denied' | string> {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern
    .replace(':kwartaal', '2019-Q4')
    .replace(':gebied', 'nergens')
    .replace(':jaar', '1999')
    .replace(':nummer', '99')
    .replace(/:[a-z]+/gi, '00000000-0000-7000-8000-000000000000')
  const answer = method === 'GET' ? await client.get(path) : await client.post(path)
  if (answer.status >= 500) return `${answer.status}`
  if (answer.status === 303 && answer.location?.startsWith('/inloggen?naar=')) return 'signInFirst'
  if (answer.status === 403 && answer.text.includes('data-error="403"')) return 'denied'
  return 'allowed'
}
