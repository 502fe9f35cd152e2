/**
 * Many clients of a stream, as bare sockets in a process of their own. Over IPC: `{connect: {port, path, cookies,
 * count}}` connects them all and answers `connected` once each has its first state; `expect` waits until each got one
 * more and answers with the instants (ms since the epoch) at which they had it.
 */
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

const CONNECTING = 100
const instant = () => performance.timeOrigin + performance.now()
let waiting = 0
let instants = []
let onAll = () => undefined

process.on('message', async (message) => {
  if (message.connect) {
    instants = []
    const { count } = message.connect
    const all = allReceive(count)
    for (let at = 0; at < count; at += CONNECTING)
      await Promise.all(
        Array.from({ length: Math.min(CONNECTING, count - at) }, (_, i) => open(message.connect, at + i)),
      )
    await all
    process.send({ connected: count })
  }
  if (message.expect) {
    instants = []
    const all = allReceive(message.expect)
    process.send({ ready: true })
    await all
    process.send({ instants })
  }
})

function allReceive(count) {
  waiting = count
  return new Promise((resolve) => {
    onAll = resolve
  })
}

function open({ port, path, cookies }, at) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let inMessage = false
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('end', () => reject(new Error('The stream ended')))
    socket.on('connect', () => {
      const cookie = cookies[at % cookies.length]
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`)
      resolve()
    })
    socket.on('data', (text) => {
      if (text.includes('data: {')) inMessage = true
      if (!inMessage || !text.endsWith('\n\n')) return
      inMessage = false
      instants.push(instant())
      if (--waiting === 0) onAll()
    })
  })
}
