import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { type Block, Documents } from '#documents'
import { centsFromJson, formatCents } from '#kernel'
import { NoticeModels } from '#notices'
import { Database, type MailAttachment, Messages, moment } from '#platform'
import { contentModel, type ShownSection } from './pages/content-model.js'
import { quarterName, wordsIn } from './pages/report-words.js'
import { type Report, Reports } from './reports.service.js'
import type { ReportContent } from './rules/report-content.js'
import type { ReportVersion } from './store/report-records.js'
import { addressOfVersion } from './store/report-summaries.js'

const LANG = 'nl'

/** A version as PDF, in Dutch: it is part of the record. It goes with the receipt. */
@Injectable()
export class ReportPaper implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(NoticeModels) private readonly models: NoticeModels,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  onModuleInit(): void {
    this.models.attach('accountability/report-submitted', (model) => this.withReceipt(model))
  }

  /** The same version is the same file, byte for byte. */
  async of(report: Report, version: ReportVersion): Promise<Buffer> {
    const text = wordsIn(this.messages, LANG)
    const content = JSON.parse(version.content) as ReportContent
    const { sections } = contentModel(this.messages, LANG, content, '')
    const quarter = quarterName(text, report.quarter)
    const stage = text('version.heading', { number: version.number })
    return this.documents.pdf({
      title: text('report.heading', { area: content.area.name, quarter }),
      subtitle: `${content.counterparty.name}. ${stage}.`,
      lang: LANG,
      footer: `${content.area.name}, ${quarter}, ${stage.toLowerCase()}`,
      madeAt: version.submittedAt,
      blocks: [
        ...sections.flatMap(blocksOf),
        ...this.annexes(content),
        { kind: 'heading', text: text('paper.signedOff'), level: 2 },
        { kind: 'facts', facts: this.signedOff(report, version) },
        { kind: 'paragraph', text: text('paper.hash', { sha256: grouped(version.sha256) }) },
      ],
    })
  }

  private annexes({ annexes }: ReportContent): Block[] {
    if (annexes.length === 0) return []
    const text = wordsIn(this.messages, LANG)
    return [
      { kind: 'heading', text: text('annexes.heading'), level: 2 },
      { kind: 'list', items: annexes.map(({ name }) => name) },
    ]
  }

  private signedOff({ record }: Report, { number, submittedAt, submittedBy }: ReportVersion) {
    const text = wordsIn(this.messages, LANG)
    const events = record?.events ?? []
    const at = events.findIndex(({ kind, version }) => kind === 'submitted' && version === number)
    const completed = events.slice(0, at).findLast(({ kind }) => kind === 'completed')
    const said = (label: string, name: string, when: Date) => ({
      label: text(`version.${label}`),
      value: text('version.byAt', { name, when: moment(LANG, when) }),
    })
    return [
      ...(completed ? [said('completedBy', completed.by.name, completed.at)] : []),
      said('submittedBy', submittedBy.name, submittedAt),
    ]
  }

  /** Only a receipt carries the paper: who reviews reads it here. */
  private async withReceipt({ receipt, versionId }: Record<string, unknown>): Promise<MailAttachment[]> {
    if (receipt !== true) return []
    const address = await addressOfVersion(this.database.read, String(versionId))
    const report = address && (await this.reports.find(address))
    const version = report?.record?.versions.find(({ id }) => id === versionId)
    if (!address || !report || !version) return []
    return [
      {
        name: `verantwoording-${address.area}-${address.quarter}-versie-${version.number}.pdf`,
        contentType: 'application/pdf',
        content: await this.of(report, version),
      },
    ]
  }
}

/** The page's own model of a section, as blocks of a paper. */
function blocksOf({ heading, texts, table, items }: ShownSection): Block[] {
  return [
    { kind: 'heading', text: heading, level: 2 },
    ...(texts ?? []).flatMap((one): Block[] => [
      ...(one.heading ? [{ kind: 'heading' as const, text: one.heading, level: 3 as const }] : []),
      ...one.paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
    ]),
    ...(table ? tableBlocks(table) : []),
    ...(items
      ? [
          {
            kind: 'facts' as const,
            facts: items.map(({ label, value, note }) => ({
              label,
              value: note ? `${value}. ${note}` : value,
            })),
          },
        ]
      : []),
  ]
}

function tableBlocks({ columns, rows, totals, empty }: NonNullable<ShownSection['table']>): Block[] {
  if (rows.length === 0) return empty ? [{ kind: 'paragraph', text: empty }] : []
  const kinds = (columns as { label: string; kind?: string }[]).map(({ kind }) => kind)
  const written = (row: unknown[]) => row.map((cell, index) => cellText(cell, kinds[index]))
  return [
    {
      kind: 'table',
      columns: (columns as { label: string; kind?: string }[]).map(({ label, kind }) => ({
        label,
        align: kind ? ('end' as const) : ('start' as const),
      })),
      rows: rows.map((row) => written(row as unknown[])),
      ...(totals && { totals: written(totals) }),
    },
  ]
}

function cellText(cell: unknown, kind: string | undefined): string {
  const value = typeof cell === 'object' && cell !== null ? (cell as { value: unknown }).value : cell
  const text = String(value ?? '')
  return kind === 'money' && text !== '' ? formatCents(centsFromJson(text)) : text
}

function grouped(sha256: string): string {
  return sha256.replace(/(.{8})(?=.)/g, '$1 ')
}
