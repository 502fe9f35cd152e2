import { createServer } from 'node:net'
import { Refusal } from './refusal.mjs'

/** HOST and PORT as the web process will read them: `{host, port, url}`. A wrong PORT is refused. */
export function readAddress(env) {
  const text = env.PORT?.trim() || '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw new Refusal(`PORT moet een getal van 1 tot en met 65535 zijn, niet "${text}".`)
  const isDemo = !env.DATABASE_URL || env.SAMEN_DEMO === '1'
  const host = env.HOST?.trim() || (isDemo ? '127.0.0.1' : '0.0.0.0')
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return { host, port, url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}` }
}

/** Refuses, in one line that names the setting, when nothing can listen on this address. */
export async function requireFreeAddress({ host, port }) {
  const code = await listenOnce(host, port).then(
    () => null,
    (error) => error.code ?? 'unknown',
  )
  if (code === null) return
  if (code === 'EADDRINUSE')
    throw new Refusal(
      `Poort ${port} is al in gebruik. Kies een andere met de instelling PORT, bijvoorbeeld: PORT=${port === 65535 ? 3000 : port + 1} npm start`,
    )
  if (code === 'EACCES')
    throw new Refusal(`Poort ${port} mag niet zonder extra rechten; kies met PORT een poort vanaf 1024.`)
  throw new Refusal(`Samen kan niet luisteren op HOST=${host} (${code}).`)
}

/** Whether a port of 127.0.0.1 is free now. */
export function isFree(port) {
  return listenOnce('127.0.0.1', port).then(
    () => true,
    () => false,
  )
}

/** A port of 127.0.0.1 that is free now. */
export function freePort() {
  return listenOnce('127.0.0.1', 0)
}

function listenOnce(host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      const bound = server.address().port
      server.close(() => resolve(bound))
    })
  })
}
