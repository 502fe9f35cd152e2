// First stage of every command. Parsed by whatever Node is there, so only syntax that Node 14 knows:
// everything newer is imported after the version check.

/** The oldest Node that runs Samen. */
export const OLDEST_NODE = [20, 19]

/** One Dutch line when `version` ("v20.19.0") is too old for Samen, else null. */
export function nodeVersionProblem(version) {
  const parts = version.replace(/^v/, '').split('.').map(Number)
  const major = parts[0]
  const minor = parts[1]
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return null
  return (
    'Samen heeft Node ' +
    OLDEST_NODE.join('.') +
    ' of nieuwer nodig; dit is Node ' +
    version.replace(/^v/, '') +
    '.'
  )
}

/**
 * Runs `load().main(arguments)` and exits with the code that it returns. A failure becomes one line on
 * stderr and exit code 1 (or the refusal's own code); SAMEN_STACK=1 shows the stack as well.
 */
export function enter(load) {
  const problem = nodeVersionProblem(process.version)
  if (problem) {
    console.error(problem)
    process.exit(1)
  }
  load()
    .then((stage) => stage.main(process.argv.slice(2)))
    .then(
      (code) => {
        // A command that runs inside this process (compute) decides by itself when it is done.
        if (typeof code === 'number') process.exit(code)
      },
      (error) =>
        import('./refusal.mjs').then((refusal) => {
          console.error(refusal.lineFor(error))
          if (process.env.SAMEN_STACK === '1') console.error(error)
          process.exit(error.exitCode || 1)
        }),
    )
}
