import { Inject, Injectable } from '@nestjs/common'
import { formatCents } from '#kernel'
import { Download, dayInDigits, type Language, type Visitor } from '#platform'
import { type CsvValue, writeCsv } from '#sheets'
import type { Call, CalledHolder } from '../guarantee-calls.service.js'
import { CallWords, maySeeHolder } from './call-words.js'

/** What each holder is asked and, once the call is out, what each paid: on the page and as a file. */
@Injectable()
export class CallTable {
  constructor(@Inject(CallWords) private readonly words: CallWords) {}

  csv(lang: Language, call: Call): Download {
    const text = (key: string) => this.words.say(lang, key)
    const heads = ['number', 'member', 'reference', 'pledged', 'part', 'offset', 'paid', 'open', 'state']
    const euros = (cents: bigint) => Number(cents) / 100
    const rows: CsvValue[][] = call.holders.map((holder) => [
      ...[holder.number, holder.name, holder.claim?.reference ?? '', euros(holder.pledgedCents)],
      ...[euros(holder.partCents), euros(holder.offsetCents), euros(holder.paidCents)],
      ...[euros(holder.openCents), this.words.claimState(lang, holder)?.value ?? ''],
    ])
    const content = writeCsv([heads.map((head) => text(`label.${head}`)), ...rows])
    return new Download(`${call.reference}.csv`, 'text/csv; charset=utf-8', content)
  }

  table(lang: Language, visitor: Visitor, call: Call) {
    const text = (key: string) => this.words.say(lang, key)
    const out = call.issue !== null
    const columns = [
      { label: text('label.member') },
      { label: text('label.pledged'), kind: 'money' },
      { label: text('label.part'), kind: 'money' },
      ...(out
        ? [
            { label: text('label.paid'), kind: 'money' },
            { label: text('label.open'), kind: 'money' },
            { label: text('label.state') },
          ]
        : [{ label: text('label.calledBefore'), kind: 'money' }]),
    ]
    const rows = call.holders.map((holder) => [
      { value: holder.name, href: this.linkOf(visitor, call, holder), note: this.noteOf(lang, holder) },
      holder.pledgedCents,
      holder.partCents,
      ...(out
        ? [holder.offsetCents + holder.paidCents, holder.openCents, this.words.claimState(lang, holder)]
        : [holder.calledBeforeCents]),
    ])
    const sum = (of: (holder: CalledHolder) => bigint) =>
      call.holders.reduce((total, holder) => total + of(holder), 0n)
    const totals = [
      text('label.total'),
      sum(({ pledgedCents }) => pledgedCents),
      sum(({ partCents }) => partCents),
      ...(out ? [call.paidCents, call.openCents, null] : [sum(({ calledBeforeCents }) => calledBeforeCents)]),
    ]
    return { columns, rows, totals }
  }

  private linkOf(visitor: Visitor, call: Call, holder: CalledHolder): string | undefined {
    return holder.claim && maySeeHolder(visitor, holder.memberId)
      ? this.words.holderPath(call, holder)
      : undefined
  }

  private noteOf(lang: Language, { offsetCents, claim }: CalledHolder): string | undefined {
    const last = claim?.reminders.at(-1)
    const notes = [
      ...(offsetCents > 0n
        ? [this.words.say(lang, 'call.offset', { amount: formatCents(offsetCents) })]
        : []),
      ...(last ? [this.words.say(lang, 'call.reminded', { day: dayInDigits(last.sentOn) })] : []),
    ]
    return notes.join(' · ') || undefined
  }
}
