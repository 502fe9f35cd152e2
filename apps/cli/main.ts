import { commands } from './commands.js'
import { BadInput } from './compute/index.js'

const [name = 'help', ...rest] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined

/** Exit codes: 0 fine, 1 something failed, 2 bad input (one line on stderr). */
async function main(): Promise<number> {
  if (!command) throw new BadInput('samen', `onbekende opdracht ${name}; zie samen help`)
  await command(rest)
  return 0
}

// Without a listener a failed write would end in a stack. Who closes the pipe (`| head`) has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`uitvoer: kan niet schrijven (${error.code})\n`)
  process.exit(1)
})
process.stderr.on('error', () => undefined)

main().then(
  (code) => {
    process.exitCode ??= code
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
