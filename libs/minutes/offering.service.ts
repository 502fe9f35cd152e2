import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies, AssemblyRecords, Papers } from '#assemblies'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Bytes, type Tx, Upload, type Visitor } from '#platform'
import { MINUTES, Minutes, type MinutesOfAssembly } from './minutes.service.js'
import { MinutesPaper } from './minutes-paper.js'
import { checkOffer } from './rules/course.js'
import { dayInWords } from './rules/words.js'
import { insertOffer, insertPaper, lockMinutes } from './store/minutes.store.js'

/** Putting minutes to the next assembly: a motion to approve them, with the text as a paper. */
@Injectable()
export class MinutesOffering {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Papers) private readonly papers: Papers,
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(MinutesPaper) private readonly paper: MinutesPaper,
  ) {}

  /** The assemblies that the minutes can be put to: all that are not over, but the one they are of. */
  async candidates(assemblyId: string) {
    return (await this.assemblies.runningOrUpcoming()).filter(({ id }) => id !== assemblyId)
  }

  /**
   * Puts the newest version on the agenda of an assembly. A repeat finds the motion there, and adds the paper when it
   * is missing or there is a newer version.
   * @throws NotFoundException, RuleViolated of {@link checkOffer}, `minutes.otherAssembly`, and what submitting a motion
   * and adding a paper throw
   */
  async offer(assemblyId: string, nextId: string, visitor: Visitor): Promise<void> {
    const candidates = await this.candidates(assemblyId)
    if (!candidates.some(({ id }) => id === nextId))
      throw RuleViolated.of('minutes.otherAssembly', {}, 'vergadering')
    const { motionId, name, pdf, title } = await this.database.transaction(async (tx) => {
      const found = await this.minutes.of(assemblyId, tx)
      if (!found) throw new NotFoundException()
      await lockMinutes(tx, found.minutes.id)
      const known = (await this.minutes.of(assemblyId, tx))!
      RuleViolated.throwIfAny(checkOffer(known.course, known.offer?.assemblyId === nextId))
      const assembly = (await this.records.assembly(assemblyId, tx))!
      const motion = await this.motionFor(tx, known, { ...assembly, nextId }, visitor)
      const made = await this.paper.offered(known)
      const { number: version } = known.latest
      const sha256 = sha256Bytes(made)
      const paper = { minutesId: known.minutes.id, version, kind: 'offered' as const, sha256, fileId: null }
      await insertPaper(tx, { ...paper, madeAt: this.clock.now() })
      const words = dayInWords(assembly.heldOn)
      return {
        motionId: motion,
        name: `notulen-${assembly.heldOn}.pdf`,
        pdf: made,
        title: `Notulen van ${words}`,
      }
    })
    const upload = new Upload(name, pdf)
    await this.papers.add(nextId, motionId, { id: null, title, verbatim: false }, upload, visitor)
  }

  /** The motion that is there, or a new one. */
  private async motionFor(
    tx: Tx,
    { minutes, offer, latest }: MinutesOfAssembly,
    { nextId, heldOn, title }: { nextId: string; heldOn: string; title: string },
    visitor: Visitor,
  ): Promise<string> {
    if (offer?.assemblyId === nextId && offer.standing.state === 'waiting') return offer.motionId
    const id = this.ids.next()
    const day = dayInWords(heldOn)
    const { motionId } = await this.assemblies.submitMotion(tx, {
      assemblyId: nextId,
      title: `Notulen vaststellen: ${day}`,
      question: `Stelt de ALV de notulen van ${title} van ${day} vast?`,
      explanation:
        'De notulen staan bij dit agendapunt. Klopt er iets niet? Zeg het vóór de stemming: de secretaris past de tekst dan aan. Vastgesteld wordt de tekst zoals die is als de stemming begint.',
      decisionType: 'ordinary',
      authorises: { kind: MINUTES, id },
      submittedBy: visitor.personId,
    })
    const offered = { offeredAt: this.clock.now(), offeredBy: visitor.personId }
    await insertOffer(tx, { id, minutesId: minutes.id, assemblyId: nextId, motionId, ...offered })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'minutes.offered',
      subject: { kind: 'minutes', id: minutes.id },
      details: { assemblyId: nextId, motionId, version: latest.number, hash: latest.hash },
    })
    return motionId
  }
}
