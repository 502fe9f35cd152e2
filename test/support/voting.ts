import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { SignedIn, Voter } from './crowd.mjs'

/** What a voter is told; `unknown` when no answer came, or one that says nothing of the ballot. */
export type Told = 'recorded' | 'closed' | 'alreadyVoted' | 'unknown'

type Query = (sql: string, params: unknown[]) => Promise<unknown>

/** Browsers at a web process: as many connections as there are, kept open. */
export class Browsers {
  private readonly agent = new Agent({ keepAlive: true })

  constructor(private readonly url: string) {}

  /** Hands a ballot in. Never fails: a voter sees something, or nothing. */
  async cast(pollId: string, voter: Voter, choice: string): Promise<Told> {
    try {
      const { status, location, text } = await this.post(`/stemmingen/${pollId}/stem`, voter, {
        member: voter.memberId,
        choice,
      })
      if (status === 303 && location.startsWith(`/stemmingen/${pollId}/bevestiging`)) return 'recorded'
      if (status === 409 && text.includes('Die stem blijft staan')) return 'alreadyVoted'
      return status === 409 && text.includes('De stemming is gesloten') ? 'closed' : 'unknown'
    } catch {
      return 'unknown'
    }
  }

  async post(
    path: string,
    { cookie, token }: SignedIn,
    fields: Record<string, string> = {},
  ): Promise<{ status: number; location: string; text: string }> {
    const body = new URLSearchParams({ ...fields, _csrf: token }).toString()
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.url),
        { method: 'POST', agent: this.agent, headers },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (part) => {
            text += part
          })
          answer.on('error', reject).on('end', () => {
            const { location = '' } = answer.headers
            resolve({ status: answer.statusCode ?? 0, location, text })
          })
        },
      )
      sent.on('error', reject).end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}

/** Does the work for each of a list, so many at a time. */
export async function atOnce<T>(
  count: number,
  list: readonly T[],
  work: (one: T, worker: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async (_: unknown, number: number) => {
    while (next < list.length) await work(list[next++]!, number)
  }
  await Promise.all(Array.from({ length: count }, worker))
}

/** Puts another motion to an assembly. @returns its id */
export async function addMotion(query: Query, assemblyId: string): Promise<string> {
  const id = randomUUID()
  await query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     SELECT $1, $2, max(position) + 1, 'Voorstel', 'Vraag?', '', 'ordinary', now() FROM motions WHERE assembly_id = $2`,
    [id, assemblyId],
  )
  return id
}
