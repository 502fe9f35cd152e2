interface Waiting<T, R> {
  item: T
  resolve(result: R): void
  reject(error: unknown): void
}

/**
 * Does work together that arrives together: what comes in while earlier work of the same key is under
 * way waits for its turn and then goes as one. Nobody waits for a timer, and everyone hears only when
 * his own work is done. Kept per process; several processes simply make several batches.
 */
export class Batches<T, R> {
  private readonly waiting = new Map<string, Waiting<T, R>[]>()
  private readonly underWay = new Map<string, number>()

  /**
   * @param work does a batch; its results are in the order of the items. When it throws, all fail.
   * @param atOnce how many batches of one key may be under way at the same time.
   * @param largest how many items go in one batch.
   */
  constructor(
    private readonly work: (key: string, items: T[]) => Promise<R[]>,
    private readonly atOnce = 2,
    private readonly largest = 200,
  ) {}

  add(key: string, item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(key) ?? []
      queue.push({ item, resolve, reject })
      this.waiting.set(key, queue)
      if ((this.underWay.get(key) ?? 0) < this.atOnce) void this.run(key)
    })
  }

  private async run(key: string): Promise<void> {
    this.underWay.set(key, (this.underWay.get(key) ?? 0) + 1)
    for (let batch = this.take(key); batch.length > 0; batch = this.take(key)) {
      try {
        const results = await this.work(
          key,
          batch.map(({ item }) => item),
        )
        for (const [index, { resolve }] of batch.entries()) resolve(results[index]!)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    const left = (this.underWay.get(key) ?? 1) - 1
    if (left > 0) this.underWay.set(key, left)
    else this.underWay.delete(key)
  }

  private take(key: string): Waiting<T, R>[] {
    const queue = this.waiting.get(key) ?? []
    const batch = queue.splice(0, this.largest)
    if (queue.length === 0) this.waiting.delete(key)
    return batch
  }
}
