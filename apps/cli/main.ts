import { commands } from './commands.js'
import { BadInput } from './compute/index.js'

const [name = 'help', ...rest] = process.argv.slice(2)
const command = commands[name]

/** Exit codes: 0 fine, 1 something failed, 2 bad input (one line on stderr). */
async function main(): Promise<number> {
  if (!command) throw new BadInput('samen', `onbekende opdracht ${name}; zie samen help`)
  await command(rest)
  return 0
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const message = (error as Error).message ?? String(error)
    process.stderr.write(`${message.replace(/\s*\n\s*/g, ' ')}\n`)
    process.exitCode = isBadInput(error) ? 2 : 1
  },
)

function isBadInput(error: unknown): boolean {
  return error instanceof BadInput || (error as Error)?.constructor?.name === 'WrongSetting'
}
