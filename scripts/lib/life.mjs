import { constants } from 'node:os'

const DUPLICATE_WITHIN_MS = 1_000
const PARENT_CHECK_MS = 250

/**
 * The life of a command that runs others. Ctrl-C, SIGTERM or SIGHUP aborts `signal`; then, and also after a
 * failure, everything registered with `onClose` is stopped, last one first. A second Ctrl-C kills at once.
 */
export class Life {
  #closers = []
  #controller = new AbortController()
  #stoppedBy = null
  #settle
  #firstSignalAt = 0

  /** Settles when this life ends: with 0 after a signal, else with what `finish` or `fail` was given. */
  ended = new Promise((resolve, reject) => {
    this.#settle = { resolve, reject }
  })

  get signal() {
    return this.#controller.signal
  }

  /** Registers how to stop something: `stop()` patiently, `kill()` at once. */
  onClose(stop, kill = () => {}) {
    this.#closers.unshift({ stop, kill })
  }

  /** Something that must run has ended, and has said why itself. */
  finish(code) {
    this.#settle.resolve(code)
  }

  /** Something that must run has ended. No failure while stopping. */
  fail(error) {
    this.#settle.reject(error)
  }

  /** Runs `work(life)`, then stops everything; answers the exit code of `work`, or `stopCode` after a signal. */
  async run(work, stopCode = 0) {
    this.ended.catch(() => {})
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => this.#end(name))
    // A terminal that was closed can't be written to; that must not be the end of a clean stop.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
    const watch = watchNpm(() => this.#end('SIGTERM'))
    try {
      const code = await work(this)
      return this.#stoppedBy === null ? code : stopCode
    } catch (error) {
      if (this.#stoppedBy === null) throw error
      return stopCode
    } finally {
      for (const { stop } of this.#closers) await stop()
      clearInterval(watch)
    }
  }

  #end(name) {
    if (this.#stoppedBy === null) {
      this.#stoppedBy = name
      this.#firstSignalAt = Date.now()
      this.#controller.abort()
      this.#settle.resolve(0)
    } else if (name === 'SIGINT' && Date.now() - this.#firstSignalAt > DUPLICATE_WITHIN_MS) {
      // Within a second it is one Ctrl-C that arrives twice: from the terminal, and passed on by npm.
      for (const { kill } of this.#closers) kill()
      process.exit(128 + constants.signals.SIGINT)
    }
  }
}

/** Under npm, the death of npm (or of its shell) by kill -9 must not leave Samen running unseen. */
function watchNpm(whenGone) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event || parent <= 1) return undefined
  return setInterval(() => process.ppid !== parent && whenGone(), PARENT_CHECK_MS).unref()
}
