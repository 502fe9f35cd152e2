import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import type { Violation } from '#kernel'
import { clockTime, formErrors, Ids, type Language, Messages, type Page, page } from '#platform'
import { Agenda } from '../convocation/agenda.service.js'
import { Convocations } from '../convocation/convocation.service.js'
import { Papers } from '../convocation/papers.service.js'
import { AssemblyReading } from '../reading.service.js'
import { isDeciding, itemTypes, startTimes } from '../rules/agenda.js'
import { decisionTypes } from '../rules/poll-rule.js'
import type { AgendaItem } from '../store/agenda.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { FindingTexts } from './finding-texts.js'
import { textsOf } from './page-text.js'
import { paperItems } from './paper-items.js'

const VIEWS = 'libs/assemblies/pages/views'

interface Refused {
  violations: readonly Violation[]
  typed?: Record<string, string>
  status?: number
}

/** The pages on which an agenda is made. */
@Injectable()
export class AgendaPages {
  constructor(
    @Inject(Agenda) private readonly items: Agenda,
    @Inject(Papers) private readonly papers: Papers,
    @Inject(Convocations) private readonly convocations: Convocations,
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(FindingTexts) private readonly findings: FindingTexts,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The agenda in order, with what may be done to it, and a form for one more item. */
  async agenda(lang: Language, shown: AssemblyRow, refused?: Refused): Promise<Page> {
    // Read again: what someone else changed meanwhile is what is shown now.
    const assembly = (await this.reading.assembly(shown.id)) ?? shown
    const text = textsOf(this.messages, lang)
    const items = await this.items.items(assembly.id)
    const papers = await this.papers.of(items.map(({ id }) => id))
    const { starts, endsAt } = startTimes(assembly.startsAt, items)
    const { findings } = await this.convocations.preview(assembly)
    const violations = refused?.violations ?? []
    const inForm = violations.filter(({ path }) => path)
    const model = {
      title: text('agendaPage.title'),
      assembly,
      version: assembly.agendaVersion,
      mayOrder: !assembly.convenedOn && items.length > 1,
      ends: clockTime(lang, endsAt),
      conflict: violations
        .filter(({ path }) => !path)
        .map((violation) => this.messages.violation(lang, violation))[0],
      items: items.map((item, at) => ({
        id: item.id,
        position: item.position,
        title: item.title,
        time: clockTime(lang, starts[at]!),
        about: text('agendaPage.about', { type: text(`itemType.${item.type}`), minutes: item.minutes }),
        papers: (papers.get(item.id) ?? []).length,
        convened: item.convenedAt !== null,
        first: at === 0,
        last: at === items.length - 1,
      })),
      // After the convocation what is added must still be in time: said before it is typed.
      late: assembly.convenedOn
        ? findings
            .filter(({ code }) => code === 'tooShort' || code === 'past')
            .map((one) => this.findings.sentence(lang, one))
        : [],
      ...this.choices(lang),
      newId: this.ids.next(),
      typed: refused?.typed ?? { minuten: '10', soort: 'information' },
      errors: inForm.length > 0 ? formErrors(this.messages, lang, inForm) : null,
    }
    return page(`${VIEWS}/agenda.hbs`, model, refused?.status ?? 200)
  }

  /** One item: its texts as long as it is not convened, and its papers. @throws NotFoundException */
  async item(lang: Language, assembly: AssemblyRow, itemId: string, refused?: Refused): Promise<Page> {
    const item = (await this.items.items(assembly.id)).find(({ id }) => id === itemId)
    if (!item) throw new NotFoundException()
    const papers = (await this.papers.of([item.id])).get(item.id) ?? []
    const violations = refused?.violations ?? []
    const errors = violations.length > 0 ? formErrors(this.messages, lang, violations) : null
    const ofPaper = violations.some(({ path }) => path === 'bestand' || path === 'naam')
    const versionOf = ofPaper ? refused?.typed?.stuk : undefined
    return page(
      `${VIEWS}/agenda-item.hbs`,
      {
        title: item.title,
        assembly,
        item,
        open: item.convenedAt === null && !item.hasPoll,
        deciding: item.motionId !== null,
        papers: papers.map((paper) => ({
          id: paper.id,
          name: paper.title,
          files: paperItems(this.messages, lang, assembly.id, [paper]),
          refusals:
            versionOf === paper.id
              ? errors?.map((error) => ({ ...error, path: `bestand-${paper.id}` }))
              : null,
        })),
        statuteChange: item.decisionType === 'statuteChange',
        ...this.choices(lang, item),
        typed: ofPaper || !refused?.typed ? itemFields(item) : refused.typed,
        typedPaper: ofPaper && !versionOf ? refused?.typed : {},
        errors: ofPaper ? null : errors,
        paperErrors: ofPaper && !versionOf ? errors : null,
      },
      refused ? 422 : 200,
    )
  }

  private choices(lang: Language, item?: AgendaItem) {
    const text = textsOf(this.messages, lang)
    const types = itemTypes.filter((type) => !item || isDeciding(type) === (item.motionId !== null))
    return {
      types: types.map((value) => ({ value, label: text(`itemType.${value}`) })),
      decisions: decisionTypes.map((value) => ({ value, label: text(`decisionType.${value}`) })),
    }
  }
}

function itemFields(item: AgendaItem): Record<string, string> {
  return {
    soort: item.type,
    titel: item.title,
    toelichting: item.explanation,
    minuten: String(item.minutes),
    vraag: item.question ?? '',
    besluit: item.decisionType ?? 'ordinary',
  }
}
