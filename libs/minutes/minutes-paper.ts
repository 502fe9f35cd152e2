import { Inject, Injectable } from '@nestjs/common'
import { type Block, Documents } from '#documents'
import { Files } from '#files'
import { CONFIG, type Config, longDay, moment, richPlain } from '#platform'
import type { MinutesOfAssembly } from './minutes.service.js'
import { paperBlocks } from './rules/paper-blocks.js'
import { groupedHash } from './rules/typed-hash.js'

/** The minutes as PDF, in Dutch: they are part of the record. */
@Injectable()
export class MinutesPaper {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Files) private readonly files: Files,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** As the minutes stand now; once signed it is the very file that was made then. */
  async now(known: MinutesOfAssembly): Promise<Buffer> {
    const kept = known.papers.find(({ kind }) => kind === 'signed')?.fileId
    const file = kept ? await this.files.read(kept) : null
    if (file) return file.content
    if (known.approval) return this.signed(known)
    return known.offer ? this.offered(known) : this.make(known, 'Concept')
  }

  /** For the agenda. The same version is the same file, byte for byte. */
  offered(known: MinutesOfAssembly): Promise<Buffer> {
    return this.make(known, 'Ter vaststelling')
  }

  /** With the decision and the signatures. */
  signed(known: MinutesOfAssembly): Promise<Buffer> {
    return this.make(known, 'Vastgesteld')
  }

  private make(known: MinutesOfAssembly, stage: string): Promise<Buffer> {
    const { latest, minutes, signatures, approval } = known
    const { title, subtitle } = latest.content
    const last = signatures.at(-1)?.signedAt ?? approval?.recordedAt
    return this.documents.pdf({
      title,
      subtitle: `${subtitle} ${stage}, versie ${latest.number}.`,
      lang: 'nl',
      footer: `${stage}, versie ${latest.number}`,
      madeAt: (approval && last) || latest.recordedAt,
      blocks: [
        ...paperBlocks(latest.content, richPlain),
        { kind: 'heading', text: 'Vaststelling en ondertekening', level: 2 },
        ...this.standing(known),
        { kind: 'paragraph', text: `SHA-256 van de tekst: ${groupedHash(latest.hash)}` },
        {
          kind: 'paragraph',
          text: `Controleer deze notulen: ${this.config.baseUrl}/notulen/${minutes.id}/controle`,
        },
      ],
    })
  }

  private standing({ approval, signatures }: MinutesOfAssembly): Block[] {
    if (!approval) return [{ kind: 'paragraph', text: 'Deze notulen zijn nog niet vastgesteld.' }]
    const { approvedOn, decisionNumber } = approval
    const facts = signatures.map(({ office, name, signedAt }) => ({
      label: office === 'chair' ? 'Voorzitter' : 'Secretaris',
      value: `${name}, ondertekend op ${moment('nl', signedAt)}`,
    }))
    const approved = `Vastgesteld door de ALV op ${longDay('nl', approvedOn)} met besluit ${decisionNumber}.`
    return [
      { kind: 'paragraph', text: approved },
      ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
      ...(facts.length < 2
        ? [{ kind: 'paragraph' as const, text: 'Nog niet door beiden ondertekend.' }]
        : []),
    ]
  }
}
