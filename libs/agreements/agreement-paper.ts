import { Inject, Injectable } from '@nestjs/common'
import { Documents } from '#documents'
import { Files } from '#files'
import {
  Clock,
  CONFIG,
  type Config,
  Database,
  longDay,
  Messages,
  moment,
  sha256Bytes,
  type Tx,
  Upload,
} from '#platform'
import { readContent, verificationCode } from './content.js'
import { paperBlocks } from './paper-blocks.js'
import { groupedHash } from './rules/typed-hash.js'
import { insertPaper, readSignedVersions, type SignedVersion } from './store/signing-records.js'
import { termsFromJson } from './store/terms-schema.js'

const SIGNED_PAPER = { kinds: ['pdf'] as const, maxBytes: 20_000_000 }

/** The signed agreement as PDF, in Dutch: it is part of the record. */
@Injectable()
export class AgreementPaper {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Files) private readonly files: Files,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The PDF of a signed version: the very file that was made when it was signed. Null when there is no text of it. */
  async read(agreementId: string, number: number): Promise<Buffer | null> {
    const version = await this.version(this.database.read, agreementId, number)
    const file = version?.paper ? await this.files.read(version.paper.fileId) : null
    if (file) return file.content
    return version?.content ? this.make(version) : null
  }

  /** Makes the PDF once and keeps it: a later version of our code would give other bytes. */
  async keep(tx: Tx, agreementId: string, number: number): Promise<void> {
    const version = (await this.version(tx, agreementId, number))!
    const pdf = await this.make(version)
    const upload = new Upload(`afspraak-${version.areaSlug}-${number}.pdf`, pdf)
    const file = await this.files.keep(tx, upload, SIGNED_PAPER, null)
    const madeAt = this.clock.now()
    await insertPaper(tx, { versionId: version.id, fileId: file.id, sha256: sha256Bytes(pdf), madeAt })
  }

  private make(version: SignedVersion): Promise<Buffer> {
    const content = readContent(version.content!)
    const text = (key: string, values?: Record<string, unknown>) =>
      this.messages.text('nl', `agreements.${key}`, values)
    const address = `${this.config.baseUrl}/afspraken/controle/${verificationCode(version.sha256!)}`
    return this.documents.pdf({
      title: text('paper.title', { area: content.area.name }),
      subtitle: text('paper.subtitle', {
        ...{ cooperative: content.cooperative, party: content.counterparty.name, number: version.number },
        ...{ from: longDay('nl', content.holdsFrom), until: longDay('nl', content.endsOn) },
      }),
      lang: 'nl',
      footer: text('paper.footer', { area: content.area.name, number: version.number }),
      madeAt: version.signatures.at(-1)?.signedAt ?? version.recordedAt,
      blocks: [
        ...paperBlocks(content, termsFromJson(content.terms), text),
        { kind: 'heading', text: text('paper.signatures'), level: 2 },
        version.signatures.length > 0
          ? { kind: 'facts', facts: this.signatureFacts(version, text) }
          : { kind: 'paragraph', text: text('signedOnPaper', { day: longDay('nl', version.signedOn) }) },
        { kind: 'paragraph', text: text('paper.hash', { hash: groupedHash(version.sha256!) }) },
        { kind: 'paragraph', text: text('paper.check', { address }) },
      ],
      attachments: [
        {
          ...{
            name: 'afspraak.json',
            description: text('paper.attachment'),
            contentType: 'application/json',
          },
          ...{ content: Buffer.from(version.content!, 'utf8'), addedAt: version.recordedAt },
        },
      ],
    })
  }

  private signatureFacts(
    { signatures }: SignedVersion,
    text: (key: string, values?: Record<string, unknown>) => string,
  ) {
    return signatures.map(({ side, capacity, name, signedAt }) => ({
      label: text(`sides.${side}`),
      value: text('paper.signedBy', {
        ...{ name, capacity: text(`capacities.${capacity}`) },
        at: moment('nl', signedAt),
      }),
    }))
  }

  private async version(tx: Tx, agreementId: string, number: number): Promise<SignedVersion | null> {
    const versions = await readSignedVersions(tx, { agreementId })
    return versions.find((one) => one.number === number) ?? null
  }
}
