import { RuleViolated } from './violations.js'

/**
 * An exact ratio such as a majority of 2/3 or a rate of 10/100, zero or positive. Kept as written (10/100
 * stays 10/100 on the page); comparison and arithmetic are exact, so 1/2 equals 50/100.
 */
export class Fraction {
  private constructor(
    readonly num: bigint,
    readonly den: bigint,
  ) {}

  /**
   * Reads `2/3`: whole numbers without sign, spaces or leading zeros, the denominator at least 1.
   * @throws RuleViolated `fraction.malformed`
   */
  static parse(text: string): Fraction {
    const match = typeof text === 'string' ? /^(0|[1-9][0-9]*)\/([1-9][0-9]*)$/.exec(text) : null
    if (!match) throw RuleViolated.of('fraction.malformed', { typed: String(text).slice(0, 40) })
    return new Fraction(BigInt(match[1]!), BigInt(match[2]!))
  }

  /**
   * `Fraction.of(2, 3)`.
   * @throws RuleViolated `fraction.malformed` when negative, not whole, or the denominator is 0
   */
  static of(num: bigint | number, den: bigint | number): Fraction {
    const whole = [num, den].every((part) => typeof part === 'bigint' || Number.isSafeInteger(part))
    if (!whole || num < 0 || den <= 0) throw RuleViolated.of('fraction.malformed', { typed: `${num}/${den}` })
    return new Fraction(BigInt(num), BigInt(den))
  }

  /** This share of a whole number, rounded down (towards minus infinity). */
  timesFloor(whole: bigint): bigint {
    const product = whole * this.num
    const quotient = product / this.den
    return product % this.den < 0n ? quotient - 1n : quotient
  }

  /** This share of a whole number, rounded up (towards plus infinity). */
  timesCeil(whole: bigint): bigint {
    return -this.timesFloor(-whole)
  }

  /** -1 when smaller than the other, 1 when larger, 0 when equal in value. */
  compare(other: Fraction): -1 | 0 | 1 {
    const left = this.num * other.den
    const right = other.num * this.den
    return left < right ? -1 : left > right ? 1 : 0
  }

  /** Whether it is more than 0 and at most 1, as every majority, quorum, rate and cap must be. */
  isShareOfWhole(): boolean {
    return this.num > 0n && this.num <= this.den
  }

  /** The same value in lowest terms: 10/100 → 1/10. */
  reduced(): Fraction {
    let [divisor, rest] = [this.num, this.den]
    while (rest > 0n) [divisor, rest] = [rest, divisor % rest]
    return new Fraction(this.num / divisor, this.den / divisor)
  }

  toString(): string {
    return `${this.num}/${this.den}`
  }

  toJSON(): string {
    return this.toString()
  }
}
