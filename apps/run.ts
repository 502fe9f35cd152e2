import { RoleMissing, WrongSetting } from '#platform'

/**
 * Starts a process and stops it cleanly on SIGINT and SIGTERM. What goes wrong at the start is
 * told in one line; only what we did not foresee keeps its stack.
 */
export async function run(start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start()
    let stopping = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) return
        stopping = true
        void stop().then(
          () => process.exit(0),
          (error) => {
            console.error(error)
            process.exit(1)
          },
        )
      })
    }
  } catch (error) {
    console.error(explain(error))
    process.exit(1)
  }
}

function explain(error: unknown): string {
  if (error instanceof WrongSetting || error instanceof RoleMissing) return error.message
  const { code, port, message, stack } = error as Error & { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Poort ${port} is al in gebruik. Kies een andere met PORT=… of stop het andere programma.`
  if (code === 'EACCES')
    return `Op poort ${port} mag dit programma niet luisteren. Kies een andere met PORT=…`
  if (code === 'EADDRNOTAVAIL') return 'Het adres in HOST bestaat niet op deze machine.'
  if (code === 'ENOSPC' || code === '53100') return 'De schijf is vol. Maak ruimte en start opnieuw.'
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '3D000' || code === '28P01') {
    return `De database is niet te bereiken (${message}). Controleer DATABASE_URL.`
  }
  return stack ?? message
}
