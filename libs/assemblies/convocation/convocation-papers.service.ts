import { Inject, Injectable } from '@nestjs/common'
import { type AttachedFile, type Block, Documents } from '#documents'
import {
  CONFIG,
  type Config,
  cleanFileName,
  clockTime,
  type Language,
  longDay,
  Messages,
  moment,
  richPlain,
} from '#platform'
import {
  type ConvenedItem,
  type ConvenedPaper,
  type ConvocationContent,
  papersInside,
} from '../rules/convocation-content.js'
import type { Convocation } from '../store/convocation.store.js'
import { factsOf, itemLine } from './convocation-words.js'
import { Papers } from './papers.service.js'

/** What a mail server commonly takes, with room for the coding of attachments. */
export const MOST_BY_MAIL = 8_000_000
/** Together in a download. */
export const MOST_IN_DOWNLOAD = 40_000_000

/** Agenda and papers as one PDF: the agenda is what one reads, the papers as they were added are inside it. */
@Injectable()
export class ConvocationPapers {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Papers) private readonly papers: Papers,
  ) {}

  /**
   * Front page, agenda, and the papers: inside the file as far as they fit, and each with where it is and its
   * checksum.
   * @param sent the convocation as it went out; null for a draft
   */
  async agenda(
    content: ConvocationContent,
    sent: Convocation | null,
    madeAt: Date,
    lang: Language,
    most = MOST_IN_DOWNLOAD,
  ): Promise<Buffer> {
    const text = (key: string, values?: Record<string, unknown>) =>
      this.messages.text(lang, `assemblies.print.${key}`, values)
    const inside = await this.inside(content, lang, most)
    return this.documents.pdf({
      title: content.title,
      subtitle: sent
        ? text('convened', { at: moment(lang, sent.convenedAt) })
        : text('draft', { at: moment(lang, madeAt) }),
      lang,
      footer: `${content.title}, ${longDay(lang, content.heldOn)}`,
      madeAt,
      attachments: [...inside.values()],
      blocks: [
        { kind: 'facts', facts: factsOf(this.messages, content, lang) },
        ...(content.reason
          ? [{ kind: 'note', heading: text(`kind.${content.kind}`), text: content.reason } as const]
          : []),
        this.table(content, lang),
        ...(inside.size > 0 ? [{ kind: 'paragraph', text: text('inside') } as const] : []),
        ...content.items.flatMap((item) => this.item(content.assemblyId, item, inside, lang)),
        ...(sent
          ? [{ kind: 'paragraph', soft: true, text: text('hash', { hash: sent.contentHash }) } as const]
          : []),
      ],
    })
  }

  /** The files of the papers that fit, by paper. What was erased since is not there. */
  private async inside(
    { assemblyId, items }: ConvocationContent,
    lang: Language,
    most: number,
  ): Promise<Map<string, AttachedFile>> {
    const all = items.flatMap((item) => item.papers.map((paper, at) => ({ ...paper, item, at: at + 1 })))
    const files = new Map<string, AttachedFile>()
    for (const { id, title, version, item, at } of papersInside(all, most)) {
      const file = await this.papers.read(assemblyId, id, version)
      if (!file) continue
      const description = this.messages.text(lang, 'assemblies.print.paper', { title, version })
      files.set(id, {
        name: cleanFileName(`${item.number}.${at} ${title.replaceAll(/[/\\]/g, '-')} (${version}).pdf`),
        description,
        contentType: 'application/pdf',
        content: file.content,
        addedAt: file.addedAt,
      })
    }
    return files
  }

  private table(content: ConvocationContent, lang: Language): Block {
    const text = (key: string) => this.messages.text(lang, `assemblies.print.${key}`)
    return {
      kind: 'table',
      caption: text('agenda'),
      columns: [
        { label: text('number') },
        { label: text('time') },
        { label: text('subject') },
        { label: text('type') },
        { label: text('minutes'), align: 'end' },
      ],
      rows: content.items.map((item) => [
        String(item.number),
        clockTime(lang, new Date(item.startsAt)),
        itemLine(this.messages, item, lang),
        this.messages.text(lang, `assemblies.itemType.${item.type}`),
        String(item.minutes),
      ]),
    }
  }

  private item(
    assemblyId: string,
    item: ConvenedItem,
    inside: ReadonlyMap<string, AttachedFile>,
    lang: Language,
  ): Block[] {
    const text = (key: string) => this.messages.text(lang, `assemblies.print.${key}`)
    return [
      { kind: 'heading', text: `${item.number}. ${item.title}`, level: 2 },
      ...(item.added ? [{ kind: 'paragraph', soft: true, text: text('added') } as const] : []),
      ...paragraphs(item.explanation),
      ...(item.text
        ? [
            { kind: 'heading', text: text('motionText'), level: 3 } as const,
            ...paragraphs(richPlain(item.text)),
          ]
        : []),
      ...(item.question ? [{ kind: 'note', heading: text('question'), text: item.question } as const] : []),
      ...item.papers.flatMap((paper) => this.paper(assemblyId, paper, inside.get(paper.id), lang)),
    ]
  }

  private paper(
    assemblyId: string,
    { id, title, version, fileName, sha256 }: ConvenedPaper,
    inside: AttachedFile | undefined,
    lang: Language,
  ): Block[] {
    const text = (key: string, values?: Record<string, unknown>) =>
      this.messages.text(lang, `assemblies.print.${key}`, values)
    const link = `${this.config.baseUrl}/alv/${assemblyId}/stukken/${id}/${version}`
    return [
      { kind: 'heading', level: 3, text: text('paper', { title, version }) },
      {
        kind: 'facts',
        facts: [
          ...(inside ? [{ label: text('attached'), value: inside.name }] : []),
          { label: text('file'), value: fileName },
          { label: text('link'), value: link },
          { label: 'SHA-256', value: sha256 },
        ],
      },
    ]
  }
}

function paragraphs(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ kind: 'paragraph', text: part.trim() }))
}
