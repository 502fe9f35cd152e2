import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { formatCents } from '#kernel'
import { Notices } from '#notices'
import { Clock, longDay, type Tx } from '#platform'
import type { Settlement } from './rules/settlement.js'
import type { Advance, WijkYear } from './wijk-year.js'

/** The mails to the treasurer of a wijk about its money. */
@Injectable()
export class DistrictNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Says that an advance was paid; of one advance once, whatever is repeated. */
  async paid(tx: Tx, known: WijkYear, { number, cents, paidOn }: Advance): Promise<void> {
    await this.send(tx, 'advance-paid', known, String(number), {
      ...{ number, amount: formatCents(cents), day: longDay('nl', paidOn!) },
    })
  }

  /** Says how the year was settled. */
  async settled(
    tx: Tx,
    known: WijkYear,
    {
      number,
      balanceCents,
      uncoveredCents,
    }: Pick<Settlement, 'balanceCents' | 'uncoveredCents'> & { number: number },
  ): Promise<void> {
    await this.send(tx, 'settled', known, String(number), {
      amount: formatCents(balanceCents < 0n ? -balanceCents : balanceCents),
      ...{ toReturn: balanceCents > 0n, toGet: balanceCents < 0n, level: balanceCents === 0n },
      uncovered: uncoveredCents > 0n ? formatCents(uncoveredCents) : '',
    })
  }

  private async send(
    tx: Tx,
    notice: string,
    { agreement, year }: WijkYear,
    which: string,
    model: object,
  ): Promise<void> {
    const path = `/wijkadministratie/${agreement.areaSlug}/${year}`
    const holders = await this.people.holders('treasurer', this.clock.today(), tx)
    const to = holders.filter(({ scopeId }) => scopeId === agreement.counterparty.id)
    await this.notices.send(
      tx,
      to.map(({ personId, name, email }) => ({
        ...{ notice: `district-accounts/${notice}`, to: { personId, name, email } },
        model: { year, area: agreement.areaName, path, ...model },
        key: `district-${notice}:${agreement.id}:${year}:${which}:${personId}`,
      })),
    )
  }
}
