import { type ClientRequest, get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { HttpClient } from './http-client.js'

/** What a stream of the room sends. */
export interface StreamedState {
  html: string
  keys?: Record<string, string>
  news?: string
  at: number
}

/** A stream as a browser follows it, with everything that came. It does not connect again by itself. */
export class EventStream {
  readonly states: StreamedState[] = []
  /** All that came over the wire. */
  raw = ''
  ended = false

  private constructor(private readonly request: ClientRequest) {}

  static open(client: HttpClient, path: string): Promise<EventStream> {
    return new Promise((resolve, reject) => {
      const request = get(
        new URL(path, client.url),
        { headers: { cookie: client.cookie, accept: 'text/event-stream' }, agent: false },
        (answer) => {
          if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode}`))
          const stream = new EventStream(request)
          answer.setEncoding('utf8')
          answer.on('data', (chunk: string) => stream.take(chunk))
          answer.on('close', () => {
            stream.ended = true
          })
          resolve(stream)
        },
      )
      request.on('error', reject)
    })
  }

  /** Waits for a state that is as asked, among those that came and those that come. */
  async until(
    isAsked: (state: StreamedState) => boolean,
    what: string,
    withinMs = 10_000,
  ): Promise<StreamedState> {
    const end = Date.now() + withinMs
    for (;;) {
      const found = this.states.find(isAsked)
      if (found) return found
      if (Date.now() > end)
        throw new Error(`Never came: ${what}. Last: ${this.states.at(-1)?.html ?? 'nothing'}`)
      await pause(20)
    }
  }

  close(): void {
    this.request.destroy()
  }

  private unread = ''

  private take(chunk: string): void {
    this.raw += chunk
    this.unread += chunk
    const messages = this.unread.split('\n\n')
    this.unread = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: (.+)$/m.exec(message)?.[1]
      if (data) this.states.push({ ...JSON.parse(data), at: Date.now() })
    }
  }
}
