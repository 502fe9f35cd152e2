import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { BadInput, computeRules, runCompute } from './compute/index.js'
import type { Verification } from './verify/proof-zip.js'

export const help = `samen <opdracht>

  migrate                      brengt de database bij
  demo                         vult de database één keer met het voorbeeld
  admin <e-mail> <naam>        maakt iemand beheerder
  sign-in-link <e-mail>…       drukt per adres een link af waarmee men inlogt (15 minuten geldig)
  compute <regel>              rekent een regel na: JSON in op stdin, JSON uit op stdout
                               regels: ${computeRules.join(', ')}
  verify decision <zip>        telt een besluit opnieuw uit zijn bewijs, zonder database
  verify distribution <zip>    berekent een verdeling van de risicomarge opnieuw uit haar bewijs, zonder database
  verify ledger                loopt de keten van het grootboek na en telt alles opnieuw op
  retention                    verwijdert wat niet langer bewaard wordt, en zegt wat het deed
  help                         deze tekst

Uitgangscodes: 0 in orde, 1 mislukt, 2 verkeerde invoer.
`

/** What a proof can be of; loaded when asked for. */
const zips: Record<string, () => Promise<(zip: Uint8Array) => Verification>> = {
  decision: async () => (await import('./verify/decision.js')).verifyDecision,
  distribution: async () => (await import('./verify/distribution.js')).verifyDistribution,
}

/**
 * The commands. What needs the database is imported only when asked for, so that `compute` starts
 * at once.
 */
export const commands: Record<string, (args: string[]) => Promise<void>> = {
  help: async () => {
    process.stdout.write(help)
  },
  compute: async ([rule, ...more]) => {
    if (!rule) throw new BadInput('compute', `noem een regel: ${computeRules.join(', ')}`)
    if (!computeRules.includes(rule)) runCompute(rule, '') // refuses an unknown rule without waiting for input
    if (more.length > 0) throw new BadInput('compute', 'te veel opgegeven; de invoer komt van stdin')
    const { output } = runCompute(rule, await buffer(process.stdin))
    process.stdout.write(output)
  },
  verify: async ([what, path, ...more]) => {
    if (what === 'ledger' && !path) {
      const { verifyLedgerCommand } = await import('./database-commands.js')
      return verifyLedgerCommand()
    }
    const verifyZip = what === undefined ? undefined : zips[what]
    if (!verifyZip || !path || more.length > 0)
      throw new BadInput(
        'verify',
        'gebruik: samen verify decision <zip>, samen verify distribution <zip>, of samen verify ledger',
      )
    const { lines, sound } = (await verifyZip())(await readInput(path))
    process.stdout.write(`${lines.join('\n')}\n`)
    if (!sound) process.exitCode = 1
  },
  migrate: async () => {
    const { migrateCommand } = await import('./database-commands.js')
    await migrateCommand()
  },
  demo: async () => {
    const { demoCommand } = await import('./database-commands.js')
    await demoCommand()
  },
  admin: async ([email, ...name]) => {
    if (!email?.includes('@') || name.length === 0)
      throw new BadInput('admin', 'geef een e-mailadres en een naam')
    const { adminCommand } = await import('./database-commands.js')
    await adminCommand(email, name.join(' '))
  },
  'sign-in-link': async (addresses) => {
    if (addresses.length === 0) throw new BadInput('sign-in-link', 'geef een of meer e-mailadressen')
    const { signInLinkCommand } = await import('./database-commands.js')
    await signInLinkCommand(addresses)
  },
  retention: async () => {
    const { retentionCommand } = await import('./database-commands.js')
    await retentionCommand()
  },
}

async function readInput(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch {
    throw new BadInput('verify', `kan ${path} niet lezen`)
  }
}
