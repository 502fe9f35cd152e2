import type { ServerResponse } from 'node:http'
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { Live } from './live.js'

/** Some proxies close what is silent for half a minute. A browser that hears nothing for longer connects again. */
const HEARTBEAT_MS = 20_000
const HEARTBEAT = Buffer.from('event: beat\ndata:\n\n')
/** Who reads this much too slowly is let go, and connects again by itself. */
const LARGEST_BACKLOG = 256 * 1024
/** However much is announced, a room is read and sent again no sooner than this. */
const LEAST_PAUSE_MS = 250
/** After this long a room is read again without an announcement: the hour can change it too. */
const UNASKED_MS = 5_000
/** How many are written to in one turn. */
const AT_ONCE = 500
/** How long a browser waits before it connects again, and how far a hall full of them is spread. */
const RETRY_MS = 1_000
const RETRY_SPREAD_MS = 3_000
/** How long everyone together may take to read their own part of the page again: this much for each client. */
const SPREAD_PER_CLIENT_MS = 2
const LEAST_SPREAD_MS = 500

/** What a stream shows: a state that is read anew after every announcement of the topic. */
export interface StreamSource {
  /** The same for everyone who looks at the same thing: it is read and rendered once and sent to all. */
  key: string
  topic: string
  read: () => Promise<object>
}

interface Room {
  clients: Set<ServerResponse>
  /** The newest state as text, to see whether it changed, and as it is sent. */
  state: string
  message: Buffer | null
  /** It is being read, and it is to be read once more afterwards. */
  isReading: boolean
  again: boolean
  close: () => void
}

/**
 * Server-sent events of states, not of changes: each message is the whole state, so who missed some needs only
 * the last. Who connects, also after a lost connection or a restarted server, gets the state at once.
 */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly rooms = new Map<string, Room>()
  private stopped = false

  constructor(@Inject(Live) private readonly live: Live) {}

  /** How many streams are open, in all rooms. */
  get open(): number {
    return [...this.rooms.values()].reduce((sum, { clients }) => sum + clients.size, 0)
  }

  /** Whether someone follows this already. */
  has(key: string): boolean {
    return this.rooms.has(key)
  }

  /** Answers with a stream that stays open until the client leaves. */
  follow(reply: FastifyReply, source: StreamSource): void {
    const response = reply.raw
    reply.hijack()
    // Without chunks a message is the same bytes for everyone; the stream ends with its connection.
    response.useChunkedEncodingByDefault = false
    response.writeHead(this.stopped ? 503 : 200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      connection: 'close',
      'x-accel-buffering': 'no',
    })
    if (this.stopped) return void response.end()
    response.write(`retry: ${RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)}\n\n`)
    const room = this.rooms.get(source.key) ?? this.openRoom(source)
    room.clients.add(response)
    response.on('close', () => this.leave(source.key, room, response))
    response.on('error', () => undefined)
    if (room.message) response.write(room.message)
    else void this.refresh(room, source)
  }

  /** Before the server waits for its connections to end: these would stay. */
  beforeApplicationShutdown(): void {
    this.stopped = true
    for (const room of this.rooms.values()) {
      room.close()
      for (const client of room.clients) client.end()
    }
    this.rooms.clear()
  }

  private openRoom(source: StreamSource): Room {
    const refresh = () => void this.refresh(room, source)
    const stopListening = this.live.listen(source.topic, refresh)
    const timers = [setInterval(refresh, UNASKED_MS), setInterval(() => sendBeat(room), HEARTBEAT_MS)]
    for (const timer of timers) timer.unref()
    const close = () => {
      stopListening()
      for (const timer of timers) clearInterval(timer)
    }
    const clients = new Set<ServerResponse>()
    const room: Room = { clients, state: '', message: null, isReading: false, again: false, close }
    this.rooms.set(source.key, room)
    return room
  }

  private leave(key: string, room: Room, client: ServerResponse): void {
    room.clients.delete(client)
    if (room.clients.size > 0 || this.rooms.get(key) !== room) return
    room.close()
    this.rooms.delete(key)
  }

  /** Reads and sends, one at a time: what is announced meanwhile is read once more afterwards. */
  private async refresh(room: Room, source: StreamSource): Promise<void> {
    room.again = true
    if (room.isReading) return
    room.isReading = true
    while (room.again && room.clients.size > 0) {
      room.again = false
      await this.readOnce(room, source)
      await new Promise((resolve) => setTimeout(resolve, LEAST_PAUSE_MS).unref())
    }
    room.isReading = false
  }

  private async readOnce(room: Room, source: StreamSource): Promise<void> {
    let read: object
    try {
      read = await source.read()
    } catch {
      return // The database is away: the next round tells.
    }
    const state = JSON.stringify(read)
    if (state === room.state) return
    room.state = state
    const spreadMs = Math.max(LEAST_SPREAD_MS, room.clients.size * SPREAD_PER_CLIENT_MS)
    room.message = Buffer.from(`data: ${JSON.stringify({ ...read, spreadMs })}\n\n`)
    sendState(room, room.message)
  }
}

/** Sends in turns, so that the process answers others meanwhile; a newer state takes over from the one under way. */
function sendState(room: Room, message: Buffer, clients: ServerResponse[] = [...room.clients]): void {
  if (room.message !== message) return
  for (const client of clients.splice(0, AT_ONCE)) {
    if (client.writableLength > LARGEST_BACKLOG) client.destroy()
    else client.write(message)
  }
  if (clients.length > 0) setImmediate(() => sendState(room, message, clients))
}

function sendBeat({ clients }: Room): void {
  for (const client of clients) client.write(HEARTBEAT)
}
