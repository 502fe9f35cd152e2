/** The limit of a fan-out: a bare server that writes the same bytes to every socket it has. Over IPC: `{bytes}` and `write`. */
import { createServer } from 'node:http'

const clients = new Set()
let message = Buffer.alloc(0)
const server = createServer((_, response) => {
  response.useChunkedEncodingByDefault = false
  response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' })
  clients.add(response)
  response.write(message)
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('message', ({ bytes, write }) => {
  if (bytes) message = Buffer.from(bytes, 'latin1')
  if (write) for (const client of clients) client.write(message)
})
