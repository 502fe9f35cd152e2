import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Violation } from '#kernel'
import {
  Clock,
  clockTime,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type Visitor,
} from '#platform'
import { AssemblyPlanners } from '../convocation/assembly-planners.service.js'
import { Convocations } from '../convocation/convocation.service.js'
import { whereOf } from '../convocation/convocation-words.js'
import { assemblyState } from '../rules/assembly-state.js'
import type { Convocation, SentRecipient } from '../store/convocation.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { FindingTexts } from './finding-texts.js'
import { type Text, textsOf } from './page-text.js'

/** `/alv/:id/oproeping`: for planners what would go out now; for everyone what went out. */
@Injectable()
export class ConvocationPage {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(People) private readonly people: People,
    @Inject(Convocations) private readonly convocations: Convocations,
    @Inject(AssemblyPlanners) private readonly planners: AssemblyPlanners,
    @Inject(FindingTexts) private readonly findings: FindingTexts,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async build(
    lang: Language,
    visitor: Visitor,
    assembly: AssemblyRow,
    asked: { supporters?: boolean; violation?: Violation } = {},
  ): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const state = assemblyState(assembly, this.clock.now())
    const open = state === 'planned' || state === 'convened'
    const mayConvene = open && (await this.planners.may(visitor, assembly.requestId))
    const seesPeople = visitor.has('secretary', 'chair', 'director') || mayConvene
    const convocations = await this.convocations.list(assembly.id)
    const recipients = seesPeople ? await this.convocations.recipients(assembly.id) : []
    const names = await this.people.named([...new Set(convocations.map(({ convenedBy }) => convenedBy))])
    const preview = mayConvene ? await this.preview(lang, text, assembly, asked.supporters) : null
    const { violation } = asked
    const model = {
      title: text('convocation.title'),
      assembly,
      state,
      refusal: violation ? this.messages.violation(lang, violation) : null,
      preview: preview && (preview.something || state === 'planned') ? preview : null,
      mayPost: visitor.has('secretary'),
      sent: convocations.toReversed().map((convocation, at) => {
        const own = recipients.filter(({ convocationId }) => convocationId === convocation.id)
        return {
          ...this.about(lang, text, convocation, names.get(convocation.convenedBy)?.name ?? '?'),
          recipients: own.length > 0 ? this.table(lang, text, own) : null,
          letters: at === 0 && own.some(({ channel }) => channel === 'letter'),
          toPost: own.some(({ channel, postedAt }) => channel === 'letter' && !postedAt),
        }
      }),
    }
    return page('libs/assemblies/pages/views/convocation.hbs', model, violation ? 409 : 200)
  }

  private async preview(lang: Language, text: Text, assembly: AssemblyRow, supporters?: boolean) {
    const draft = await this.convocations.preview(assembly, supporters === undefined ? {} : { supporters })
    const { content, contentHash, recipients, findings } = draft
    const emails = new Set(recipients.flatMap(({ personId }) => personId ?? [])).size
    const letters = recipients.filter(({ channel }) => channel === 'letter').length
    const { starts, ends } = {
      starts: clockTime(lang, new Date(content.startsAt)),
      ends: clockTime(lang, new Date(content.endsAt)),
    }
    return {
      sequence: content.sequence,
      contentHash,
      supporters: content.supportersInvited,
      something: draft.newItemIds.length > 0,
      heading: text(`convocation.${content.kind === 'supplement' ? 'supplement' : 'preview'}`),
      refused: findings.some(({ weight }) => weight === 'refuse'),
      findings: this.findings.list(lang, findings, assembly.id),
      facts: [
        { label: text('assembly.when'), value: `${longDay(lang, content.heldOn)}, ${starts} – ${ends}` },
        { label: text('assembly.place'), value: whereOf(content) },
        {
          label: text('convocation.term'),
          value: text('convocation.days', { days: content.terms.days }),
          note: content.terms.article,
        },
        { label: text('convocation.to'), value: text('convocation.counts', { emails, letters }) },
      ],
      items: content.items.map(({ number, title, added, papers }) => ({
        number,
        title,
        added,
        papers: papers.map((paper) => text('print.paper', { title: paper.title, version: paper.version })),
      })),
    }
  }

  private about(lang: Language, text: Text, convocation: Convocation, byName: string) {
    const { id, kind, content, contentHash, convenedAt } = convocation
    return {
      id,
      kind,
      heading: text(`convocation.kinds.${kind}`),
      convenedAt,
      reason: content.reason,
      facts: [
        { label: text('convocation.sentAt'), value: moment(lang, convenedAt) },
        { label: text('convocation.sentBy'), value: byName },
        {
          label: text('assembly.when'),
          value: `${longDay(lang, content.heldOn)}, ${clockTime(lang, new Date(content.startsAt))}`,
        },
        { label: text('assembly.place'), value: whereOf(content) },
        {
          label: text('convocation.term'),
          value: text('convocation.days', { days: content.terms.days }),
          note: content.terms.article,
        },
      ],
      hash: contentHash,
    }
  }

  private table(lang: Language, text: Text, recipients: readonly SentRecipient[]) {
    return {
      columns: ['member', 'to', 'how', 'delivered'].map((key) => ({
        label: text(`convocation.columns.${key}`),
      })),
      rows: recipients.map((recipient) => [
        { value: recipient.memberName, note: recipient.voting ? undefined : text('convocation.supporting') },
        {
          value: recipient.channel === 'email' ? recipient.address : recipient.address.replace('\n', ', '),
          note: recipient.channel === 'email' ? recipient.name : undefined,
        },
        text(`convocation.channel.${recipient.channel}`),
        delivered(lang, text, recipient),
      ]),
    }
  }
}

function delivered(lang: Language, text: Text, { channel, sentAt, refusedAt, postedAt }: SentRecipient) {
  if (refusedAt) return { value: text('convocation.refused'), tone: 'bad' }
  const at = channel === 'email' ? sentAt : postedAt
  return at ? moment(lang, at) : { value: text(`convocation.waiting.${channel}`), tone: 'warn' }
}
