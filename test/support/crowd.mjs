import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Signer } from '@fastify/cookie'
import Tokens from '@fastify/csrf'

/** When the members of a crowd joined, and the register came to know. */
const SINCE = '2019-01-01'

/**
 * A crowd of voting members, each with one delegate who is signed in at the processes with this session secret:
 * straight into the tables, in seconds. The answer has for each what a browser would send.
 */
export async function makeCrowd(query, { count, secret, firstNumber = 1 }) {
  const made = Array.from({ length: count }, (_, index) => ({
    number: firstNumber + index,
    memberId: randomUUID(),
    detailsId: randomUUID(),
    personId: randomUUID(),
  }))
  const rows = JSON.stringify(made)
  for (const sql of [MEMBERS, DETAILS, EVENTS, PERIODS, PEOPLE, DELEGATES]) await query(sql, [rows])
  const browsers = await signInAll(
    query,
    made.map(({ personId }) => personId),
    secret,
  )
  return made.map(({ number, memberId, personId }, at) => ({ number, memberId, personId, ...browsers[at] }))
}

/** Sessions of these people: for each the cookie and a form token, in their order. */
export async function signInAll(query, personIds, secret) {
  const tokens = new Tokens()
  const signer = new Signer(secret)
  const made = personIds.map((personId) => {
    const session = randomBytes(24).toString('base64url')
    const csrf = tokens.secretSync()
    return {
      row: { personId, csrf, sessionHash: createHash('sha256').update(session).digest('hex') },
      browser: {
        cookie: `sessie=${encodeURIComponent(signer.sign(session))}`,
        token: tokens.create(csrf),
      },
    }
  })
  await query(SESSIONS, [JSON.stringify(made.map(({ row }) => row))])
  return made.map(({ browser }) => browser)
}

const GIVEN = `jsonb_to_recordset($1::jsonb) AS v(number int, "memberId" uuid, "detailsId" uuid, "personId" uuid)`

const MEMBERS = `INSERT INTO members (id, number) SELECT "memberId", number FROM ${GIVEN}`
const DETAILS = `INSERT INTO member_details (id, member_id, holds_from, name, recorded_at)
  SELECT "detailsId", "memberId", '${SINCE}', 'Vereniging ' || number, '${SINCE}' FROM ${GIVEN}`
const EVENTS = `INSERT INTO member_events (id, member_id, on_day, type, kind, recorded_at)
  SELECT gen_random_uuid(), "memberId", '${SINCE}', 'admitted', 'voting', '${SINCE}' FROM ${GIVEN}`
const PERIODS = `INSERT INTO member_periods
    (member_id, number, name, folded_name, founder, status, kind, since, details_id, holds, known)
  SELECT "memberId", number, 'Vereniging ' || number, 'vereniging ' || number, false, 'member', 'voting',
    '${SINCE}', "detailsId", '[${SINCE},)', '[${SINCE},)' FROM ${GIVEN}`
const PEOPLE = `INSERT INTO people (id, name, email)
  SELECT "personId", 'Afgevaardigde ' || number, 'lid-' || number || '@crowd.example.org' FROM ${GIVEN}`
const DELEGATES = `INSERT INTO role_assignments (id, person_id, role, scope_id, holds_from)
  SELECT gen_random_uuid(), "personId", 'delegate', "memberId", '${SINCE}' FROM ${GIVEN}`
const SESSIONS = `INSERT INTO sessions (id_hash, person_id, data, expires_at)
  SELECT "sessionHash", "personId", jsonb_build_object('passport', "personId", '_csrf', csrf, 'cookie',
    jsonb_build_object('originalMaxAge', 86400000, 'maxAge', 86400000, 'expires', now() + interval '1 day',
      'path', '/', 'httpOnly', true, 'sameSite', 'lax', 'secure', false)), now() + interval '1 day'
  FROM jsonb_to_recordset($1::jsonb) AS s("personId" uuid, csrf text, "sessionHash" text)`
