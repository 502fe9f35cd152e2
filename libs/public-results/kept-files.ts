/** Keeps the last few files that were made, and makes one that many ask for at once a single time. */
export class KeptFiles<T> {
  private readonly files = new Map<string, Promise<T>>()

  /** @param most how many are kept; what was not asked for longest goes first */
  constructor(private readonly most: number) {}

  async get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.files.get(key)
    if (known) {
      this.files.delete(key)
      this.files.set(key, known)
      return known
    }
    const made = make()
    this.files.set(key, made)
    for (const oldest of this.files.keys()) {
      if (this.files.size <= this.most) break
      this.files.delete(oldest)
    }
    // What failed is tried again by who asks next.
    made.catch(() => this.files.get(key) === made && this.files.delete(key))
    return made
  }
}
