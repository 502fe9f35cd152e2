import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import { Files } from '#files'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, sha256Bytes, type Tx, Upload, type Visitor } from '#platform'
import { Minutes, type MinutesOfAssembly } from './minutes.service.js'
import { MinutesNotices } from './minutes-notices.js'
import { MinutesPaper } from './minutes-paper.js'
import { checkApproval, checkSignature, type SigningOffice } from './rules/course.js'
import { insertApproval, insertPaper, insertSignature, lockMinutes } from './store/minutes.store.js'

const SIGNED_PAPER = { kinds: ['pdf'] as const, maxBytes: 20_000_000 }

/** Approving minutes by the adopted decision, and signing them. */
@Injectable()
export class MinutesApproving {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(MinutesPaper) private readonly paper: MinutesPaper,
    @Inject(MinutesNotices) private readonly notices: MinutesNotices,
  ) {}

  /**
   * Records the approval: by the adopted decision on the motion, of the text that stood when its poll opened. Chair and
   * secretary are asked to sign. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `minutes.notAdopted`
   */
  async approve(assemblyId: string, visitor: Visitor): Promise<void> {
    await this.alone(assemblyId, async (tx, known) => {
      RuleViolated.throwIfAny(checkApproval(known.course))
      const { offer, latest, minutes, approval } = known
      if (approval || offer?.standing.state !== 'adopted') return
      const { decision } = offer.standing
      const approved = { minutesId: minutes.id, version: latest.number, hash: latest.hash }
      await insertApproval(tx, {
        ...{ ...approved, offerId: offer.id, decisionId: decision.id, decisionNumber: decision.number },
        ...{ approvedOn: decision.decidedOn, recordedAt: this.clock.now(), recordedBy: visitor.personId },
      })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'minutes.approved',
        subject: { kind: 'minutes', id: minutes.id },
        details: { version: latest.number, hash: latest.hash, decision: decision.number },
      })
      await this.notices.toSign(tx, minutes, decision.number)
    })
  }

  /**
   * Signs the approved text for an office, in the person's own session. With the second signature the PDF is made and
   * kept as it is. A repeat by the same person for the same office changes nothing.
   * @param hash of the text that was on the screen
   * @throws NotFoundException, RuleViolated `minutes.notYourOffice`, `minutes.otherText`, and of {@link checkSignature}
   */
  async sign(assemblyId: string, office: SigningOffice, hash: string, visitor: Visitor): Promise<void> {
    if (!visitor.has(office)) throw RuleViolated.of('minutes.notYourOffice')
    await this.alone(assemblyId, async (tx, { course, approval, signatures, minutes }) => {
      const { personId, name } = visitor
      if (signatures.some((one) => one.office === office && one.personId === personId)) return
      RuleViolated.throwIfAny(checkSignature(course, office, personId))
      if (approval!.hash !== hash) throw RuleViolated.of('minutes.otherText')
      const text = { version: approval!.version, hash: approval!.hash }
      await insertSignature(tx, {
        minutesId: minutes.id,
        office,
        ...text,
        personId,
        name,
        signedAt: this.clock.now(),
      })
      await this.audit.record(tx, {
        actorId: personId,
        action: 'minutes.signed',
        subject: { kind: 'minutes', id: minutes.id },
        details: { office, ...text },
      })
      const now = (await this.minutes.of(assemblyId, tx))!
      if (now.state === 'signed') await this.keepSigned(tx, now)
    })
  }

  private async keepSigned(tx: Tx, known: MinutesOfAssembly): Promise<void> {
    const pdf = await this.paper.signed(known)
    const assembly = (await this.records.assembly(known.minutes.assemblyId, tx))!
    const upload = new Upload(`notulen-${assembly.heldOn}.pdf`, pdf)
    const file = await this.files.keep(tx, upload, SIGNED_PAPER, null)
    await insertPaper(tx, {
      ...{ minutesId: known.minutes.id, version: known.approval!.version, kind: 'signed', fileId: file.id },
      ...{ sha256: sha256Bytes(pdf), madeAt: this.clock.now() },
    })
  }

  private async alone(
    assemblyId: string,
    work: (tx: Tx, known: MinutesOfAssembly) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await this.minutes.of(assemblyId, tx)
      if (!found) throw new NotFoundException()
      await lockMinutes(tx, found.minutes.id)
      await work(tx, (await this.minutes.of(assemblyId, tx))!)
    })
  }
}
