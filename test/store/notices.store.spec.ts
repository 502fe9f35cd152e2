import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { NoticeSender, Notices } from '#notices'
import { Database } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'

interface Received {
  to: string
  messageId: string
  raw: string
}

/** A real SMTP server that keeps what it gets; `answer` may refuse. */
async function startSmtp(answer: (to: string) => Error | null = () => null) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(answer(address)),
    onData(stream, session, done) {
      let raw = ''
      stream.on('data', (chunk: Buffer) => {
        raw += chunk.toString('utf8')
      })
      stream.on('end', () => {
        const messageId = /^message-id: (.*)$/im.exec(raw)?.[1]?.trim() ?? ''
        received.push({ to: session.envelope.rcptTo[0]!.address, messageId, raw })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as { port: number }
  return {
    received,
    url: `smtp://127.0.0.1:${port}`,
    port,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

async function until(condition: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  for (let attempt = 0; attempt < seconds * 20; attempt++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('It did not happen in time')
}

const noticeTo = (email: string, key: string) => ({
  notice: 'identity/sign-in',
  to: { personId: null, name: 'Iemand', email },
  model: { requestId: '00000000-0000-7000-8000-000000000000' },
  key,
})

describe.each([
  ['PostgreSQL', () => ({})],
  ['Redis', () => ({ REDIS_URL: inject('services').redisUrl })],
])('notices over BullMQ on %s', (_, queueSettings) => {
  let test: TestApp
  let stopSmtp: () => Promise<void>
  afterEach(async () => {
    await test.stop()
    await stopSmtp()
  })

  async function start(answer?: (to: string) => Error | null) {
    const smtp = await startSmtp(answer)
    stopSmtp = smtp.close
    test = await startTestApp({ env: { MAIL_URL: smtp.url, ...queueSettings() } })
    const write = (...notices: ReturnType<typeof noticeTo>[]) =>
      test.app.get(Database).transaction((tx) => test.app.get(Notices).send(tx, notices))
    return { smtp, write }
  }

  it('go out once each, in text and HTML, with an id of their own', async () => {
    const { smtp, write } = await start()
    await write(...Array.from({ length: 40 }, (_, i) => noticeTo(`a${i}@example.org`, `k${i}`)))
    await write(noticeTo('a0@example.org', 'k0')) // the same occasion again: nothing new
    await until(() => smtp.received.length >= 40)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(smtp.received).toHaveLength(40)
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(40)
    expect(smtp.received[0]!.raw).toMatch(/text\/plain/)
    expect(smtp.received[0]!.raw).toMatch(/text\/html/)
    const [left] = await test.database.owner.query(
      'SELECT count(*) FROM outbox_messages WHERE done_at IS NULL',
    )
    expect(left.count).toBe(0n)
  })

  it('of an act that was rolled back never go out', async () => {
    const { smtp } = await start()
    const undone = test.app.get(Database).transaction(async (tx) => {
      await test.app.get(Notices).send(tx, [noticeTo('never@example.org', 'never')])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(smtp.received).toEqual([])
  })

  it('are tried again when the server is busy, and given up only when it refuses for good', async () => {
    let busy = 2
    const { smtp, write } = await start((to) => {
      if (to === 'gone@example.org') return Object.assign(new Error('No such mailbox'), { responseCode: 550 })
      if (busy-- > 0) return Object.assign(new Error('Try later'), { responseCode: 451 })
      return null
    })
    await write(noticeTo('later@example.org', 'later'))
    await until(() => smtp.received.length === 1)
    await write(noticeTo('gone@example.org', 'gone'))
    await until(async () => {
      const [row] = await test.database.owner.query(
        `SELECT d.refused_at, d.last_error FROM notice_deliveries d JOIN notices n ON n.id = d.notice_id WHERE n.key = 'gone'`,
      )
      return row.refused_at !== null && row.last_error.includes('550')
    })
    expect(smtp.received.map(({ to }) => to)).toEqual(['later@example.org'])
  })

  it('are not sent twice when two workers get the same one', async () => {
    const { smtp, write } = await start()
    await write(noticeTo('one@example.org', 'one'))
    const [{ id }] = await test.database.owner.query(`SELECT id FROM notices WHERE key = 'one'`)
    const sender = test.app.get(NoticeSender)
    await Promise.all(Array.from({ length: 8 }, () => sender.send(id)))
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(smtp.received).toHaveLength(1)
  })

  it('survive a queue that lost everything: the relay offers them again', async () => {
    const { smtp, write } = await start()
    await write(noticeTo('lost@example.org', 'lost'))
    await until(() => smtp.received.length === 1)
    // As if the queue had been emptied before the worker came: not done, offered long ago, no job.
    await test.database.owner.query(`UPDATE notice_deliveries SET sent_at = NULL`)
    await test.database.owner.query(
      `UPDATE outbox_messages SET done_at = NULL, offered_at = now() - interval '1 hour'`,
    )
    await until(() => smtp.received.length === 2)
    expect(smtp.received[1]!.messageId).toBe(smtp.received[0]!.messageId)
  })
})
