import { Inject, Injectable } from '@nestjs/common'
import { type Block, codeSquares, Documents } from '#documents'
import { formatCents } from '#kernel'
import { CONFIG, type Config, dayInDigits, longDay, Messages, moment } from '#platform'
import { type CertificateContent, groupedCode } from '../rules/certificate.js'
import type { Certificate } from './guarantee-certificates.service.js'

/** A certificate as PDF, in Dutch: it is handed to others. Made from its text, so the same for ever. */
@Injectable()
export class CertificatePaper {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(CONFIG) private readonly config: Pick<Config, 'baseUrl'>,
  ) {}

  /** Where anyone checks it. */
  addressOf({ code }: Pick<Certificate, 'code'>): string {
    return `${this.config.baseUrl}/garanties/certificaat?code=${code}`
  }

  /** @returns null of a certificate that was erased */
  async make(certificate: Certificate): Promise<Buffer | null> {
    const { content, issuedAt, sha256, code } = certificate
    if (!content) return null
    const { member, day, cooperative } = content
    return this.documents.pdf({
      title: this.say('paper.title', { member: member.name }),
      subtitle: this.say('paper.subtitle', { cooperative, day: longDay('nl', day), number: member.number }),
      lang: 'nl',
      footer: this.say('paper.footer', { code: groupedCode(code) }),
      madeAt: issuedAt,
      blocks: [
        ...this.blocks(content),
        { kind: 'paragraph', text: this.say('paper.issued', { at: moment('nl', issuedAt) }) },
        {
          kind: 'code',
          rows: codeSquares(this.addressOf(certificate)),
          alt: this.say('paper.codeAlt'),
          text: this.say('paper.code', { code: groupedCode(code), address: this.addressOf(certificate) }),
        },
        {
          kind: 'paragraph',
          text: this.say('paper.hash', { hash: sha256.match(/.{8}/g)!.join(' ') }),
          soft: true,
        },
      ],
      attachments: [
        {
          ...{ name: 'garantiebewijs.json', description: this.say('paper.attachment') },
          ...{ contentType: 'application/json', content: Buffer.from(certificate.text, 'utf8') },
          addedAt: issuedAt,
        },
      ],
    })
  }

  private blocks({ member, day, subsidyYear, balance, movements, articles }: CertificateContent): Block[] {
    const fact = (key: string, value: string) => ({ label: this.say(`label.${key}`), value })
    const rows = movements.map(({ onDay, type, cents, document }) => [
      ...[
        dayInDigits(onDay),
        this.messages.text('nl', `guarantees.dossier.type.${type}`),
        document,
        formatCents(cents),
      ],
    ])
    return [
      { kind: 'paragraph', text: this.say('paper.lead', { member: member.name, day: longDay('nl', day) }) },
      {
        kind: 'facts',
        facts: [
          fact('accepted', formatCents(balance.acceptedCents)),
          fact('called', formatCents(balance.calledCents)),
          fact('callPaid', formatCents(balance.callPaidCents)),
          fact('paidIn', formatCents(balance.paidInCents)),
          ...(subsidyYear === null ? [] : [fact('subsidyYear', String(subsidyYear))]),
        ],
      },
      { kind: 'heading', text: this.say('movements') },
      {
        kind: 'table',
        columns: [
          ...['on', 'type', 'document'].map((key) => ({ label: this.say(`label.${key}`) })),
          { label: this.say('label.amount'), align: 'end' },
        ],
        rows,
      },
      { kind: 'heading', text: this.say('articles') },
      {
        kind: 'facts',
        facts: articles.map(({ key, article }) => ({
          label: this.messages.text('nl', `statutes.keys.${key}`),
          value: article,
        })),
      },
    ]
  }

  private say(key: string, values: Record<string, unknown> = {}): string {
    return this.messages.text('nl', `guarantees.certificate.${key}`, values)
  }
}
