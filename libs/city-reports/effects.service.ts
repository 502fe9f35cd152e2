import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import type { EffectJson } from './rules/city-report-content.js'
import { readTenths } from './rules/tenths.js'
import { insertEffects, insertMeasurement, lockEffect, readEffects } from './store/effects.store.js'
import type { EffectIndicatorRow } from './store/entities.js'

/** A measurement as typed. */
export interface TypedMeasurement {
  year: string
  percentage: string
  source: string
}

/** What the cooperative wants to bring about in the city (subsidy application 2018), and what is measured of it. */
@Injectable()
export class Effects {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  all(tx: Tx = this.database.read): Promise<EffectJson[]> {
    return readEffects(tx)
  }

  /** Enters the effects that were agreed, in the caller's transaction. */
  async enter(tx: Tx, effects: readonly EffectIndicatorRow[]): Promise<void> {
    await insertEffects(tx, effects)
  }

  /**
   * Records a measurement; a correction is another one on the same year. The same figure with the same source again
   * adds nothing.
   * @throws NotFoundException, RuleViolated `effect.yearMalformed`, `effect.percentageMalformed`, `effect.sourceMissing`
   */
  async measure(id: string, typed: TypedMeasurement, visitor: Visitor): Promise<void> {
    const { year, tenths, source } = this.read(typed)
    await this.database.transaction(async (tx) => {
      if (!(await lockEffect(tx, id))) throw new NotFoundException()
      const known = (await readEffects(tx)).find((effect) => effect.id === id)!
      const last = known.measurements.find((one) => one.year === year)
      if (last?.tenths === tenths && last.source === source) return
      const recorded = { recordedAt: this.clock.now(), recordedBy: visitor.personId }
      await insertMeasurement(tx, { id: this.ids.next(), indicatorId: id, year, tenths, source, ...recorded })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'effect.measured',
        subject: { kind: 'effect', id },
        details: { year, tenths, source },
      })
    })
  }

  /** @throws RuleViolated with everything that is wrong */
  private read(typed: TypedMeasurement): { year: number; tenths: number; source: string } {
    const thisYear = Number(this.clock.today().slice(0, 4))
    const year = /^\d{4}$/.test(typed.year.trim()) ? Number(typed.year) : 0
    const tenths = readTenths(typed.percentage)
    const source = typed.source.trim()
    RuleViolated.throwIfAny([
      ...(year < 2000 || year > thisYear
        ? [{ code: 'effect.yearMalformed', path: 'jaar', params: { year: String(thisYear) } }]
        : []),
      ...(tenths === null ? [{ code: 'effect.percentageMalformed', path: 'percentage' }] : []),
      ...(source === '' || source.length > 200 ? [{ code: 'effect.sourceMissing', path: 'bron' }] : []),
    ])
    return { year, tenths: tenths!, source }
  }
}
