/** Too many wait already; trying again later helps. */
export class TooBusy extends Error {}

/** Lets so many works run at once, and so many more wait; whoever comes after that is refused. */
export class Turns {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  /** @throws TooBusy */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.waiting.length >= this.mayWait) throw new TooBusy()
      await new Promise<void>((go) => this.waiting.push(go))
    } else this.running++
    try {
      return await work()
    } finally {
      // Who waits takes over the place; nobody can slip in between.
      const next = this.waiting.shift()
      if (next) next()
      else this.running--
    }
  }
}
