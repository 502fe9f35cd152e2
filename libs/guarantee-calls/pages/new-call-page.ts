import { Inject, Injectable } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { Guarantees } from '#guarantees'
import { formatCents, RuleViolated, tryParseCents } from '#kernel'
import {
  dayInDigits,
  type FieldError,
  formErrors,
  Ids,
  isId,
  type Language,
  type Page,
  page,
  type RefusedForm,
} from '#platform'
import { CallProposing, type CallRequest } from '../proposing.service.js'
import type { CallPart } from '../rules/frozen-call.js'
import { CallWords, VIEWS } from './call-words.js'

/** Preparing a call: an amount and a reason, then exactly what each holder would be asked; nothing is kept before that. */
@Injectable()
export class NewCallPage {
  constructor(
    @Inject(CallWords) private readonly words: CallWords,
    @Inject(CallProposing) private readonly proposing: CallProposing,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async show(lang: Language, typed: Record<string, string>, refused?: RefusedForm): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const asked = typed.bedrag !== undefined || typed.reden !== undefined
    const { parts, errors: wrong } = asked ? await this.preview(typed) : { parts: null, errors: [] }
    const problems = [...wrong, ...(refused?.errors ?? [])]
    const errors = problems.length > 0 ? formErrors(this.words.messages, lang, problems) : null
    const years = await this.guarantees.years()
    const upcoming = await this.assemblies.runningOrUpcoming()
    const model = {
      title: text('new.title'),
      room: await this.proposing.room(),
      years: years.map(({ year }) => ({ value: String(year), label: String(year) })),
      year: typed.jaar ?? String(years[0]?.year ?? ''),
      preview: parts && this.table(lang, parts),
      previewHeading:
        parts && text('new.division', { amount: formatCents(sumOf(parts)), count: parts.length }),
      assemblies: upcoming.map(({ id, title, heldOn }) => ({
        value: id,
        label: `${title}, ${dayInDigits(heldOn)}`,
      })),
      assembly: upcoming.length === 1 ? upcoming[0]!.id : '',
      requestKey: isId(typed.verzoek) ? typed.verzoek : this.ids.next(),
      typed: asked ? typed : null,
      errors,
    }
    return page(`${VIEWS}/new.hbs`, model, errors ? 422 : 200)
  }

  private async preview(
    typed: Record<string, string>,
  ): Promise<{ parts: CallPart[] | null; errors: FieldError[] }> {
    try {
      return { parts: await this.proposing.preview(requestOf(typed)), errors: [] }
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return { parts: null, errors: inWords(error.violations) }
    }
  }

  private table(lang: Language, parts: readonly CallPart[]) {
    const text = (key: string) => this.words.say(lang, key)
    return {
      columns: [
        { label: text('label.member') },
        { label: text('label.pledged'), kind: 'money' },
        { label: text('label.room'), kind: 'money' },
        { label: text('label.part'), kind: 'money' },
      ],
      rows: parts.map(({ name, pledgedCents, calledBeforeCents, partCents }) => [
        ...[name, pledgedCents, pledgedCents - calledBeforeCents, partCents],
      ]),
      totals: [
        text('label.total'),
        parts.reduce((sum, { pledgedCents }) => sum + pledgedCents, 0n),
        parts.reduce(
          (sum, { pledgedCents, calledBeforeCents }) => sum + pledgedCents - calledBeforeCents,
          0n,
        ),
        sumOf(parts),
      ],
    }
  }
}

/** What was typed; an amount that can't be read counts as none, and is refused as such. */
export function requestOf({ jaar = '', bedrag = '', reden = '' }: Record<string, string>): CallRequest {
  return {
    year: /^\d{4}$/.test(jaar) ? Number(jaar) : 0,
    amountCents: tryParseCents(bedrag) ?? 0n,
    reason: reden.slice(0, 1_000),
  }
}

/** Amounts in violations as people write them, and those of the whole form at its top. */
export function inWords(
  violations: readonly { code: string; path?: string; params?: Record<string, string> }[],
) {
  return violations.map(({ code, path, params }) => ({
    field: path ?? '',
    code,
    params: params?.cents ? { ...params, amount: formatCents(BigInt(params.cents)) } : params,
  }))
}

function sumOf(parts: readonly CallPart[]): bigint {
  return parts.reduce((sum, { partCents }) => sum + partCents, 0n)
}
