import { addDays, type Day, isDay } from './day.js'
import { RuleViolated } from './violations.js'

/** A quarter of a calendar year in Amsterdam, written `2019-Q1`. */
export class Quarter {
  private constructor(
    readonly year: number,
    readonly number: 1 | 2 | 3 | 4,
  ) {}

  /**
   * Reads `2019-Q1`.
   * @throws RuleViolated `quarter.malformed`
   */
  static parse(text: string): Quarter {
    const match = typeof text === 'string' ? /^(\d{4})-Q([1-4])$/.exec(text) : null
    if (!match) throw RuleViolated.of('quarter.malformed', { typed: String(text).slice(0, 40) })
    return new Quarter(Number(match[1]), Number(match[2]) as 1 | 2 | 3 | 4)
  }

  /**
   * The quarter that a day falls in.
   * @throws RuleViolated `day.malformed`
   */
  static of(day: Day): Quarter {
    if (!isDay(day)) throw RuleViolated.of('day.malformed', { typed: String(day).slice(0, 40) })
    const month = Number(day.slice(5, 7))
    return new Quarter(Number(day.slice(0, 4)), Math.ceil(month / 3) as 1 | 2 | 3 | 4)
  }

  firstDay(): Day {
    return `${pad(this.year, 4)}-${pad(this.number * 3 - 2, 2)}-01`
  }

  lastDay(): Day {
    return addDays(this.next().firstDay(), -1)
  }

  next(): Quarter {
    return this.shifted(1)
  }

  previous(): Quarter {
    return this.shifted(-1)
  }

  /** Negative when this quarter is earlier than the other, positive when later, 0 when the same. */
  compare(other: Quarter): number {
    return this.ordinal() - other.ordinal()
  }

  toString(): string {
    return `${pad(this.year, 4)}-Q${this.number}`
  }

  toJSON(): string {
    return this.toString()
  }

  private ordinal(): number {
    return this.year * 4 + this.number - 1
  }

  private shifted(quarters: number): Quarter {
    const ordinal = this.ordinal() + quarters
    return new Quarter(Math.floor(ordinal / 4), ((ordinal % 4) + 1) as 1 | 2 | 3 | 4)
  }
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0')
}
