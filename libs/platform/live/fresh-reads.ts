/**
 * Reads that many ask for at the same moment are done once. Who asks while a read of the same key is under way gets
 * the next one, so nobody is given a state from before they asked; at most one is under way and one is waiting.
 */
export class FreshReads<T> {
  private readonly underWay = new Map<string, Promise<T>>()
  private readonly waiting = new Map<string, Promise<T>>()

  constructor(private readonly read: (key: string) => Promise<T>) {}

  get(key: string): Promise<T> {
    const current = this.underWay.get(key)
    if (!current) return this.start(key)
    const known = this.waiting.get(key)
    if (known) return known
    const next = current.then(ignore, ignore).then(() => {
      this.waiting.delete(key)
      return this.start(key)
    })
    this.waiting.set(key, next)
    return next
  }

  private start(key: string): Promise<T> {
    const reading = this.read(key).finally(() => {
      if (this.underWay.get(key) === reading) this.underWay.delete(key)
    })
    this.underWay.set(key, reading)
    return reading
  }
}

const ignore = () => undefined
