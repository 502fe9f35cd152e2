import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies, Papers } from '#assemblies'
import { Files } from '#files'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, Upload, type Visitor } from '#platform'
import { type AccountsOfYear, AnnualAccounts } from './annual-accounts.service.js'
import { checkDischargeOffer, checkOffer, isPending } from './rules/course.js'
import { insertOffer, lockYear } from './store/accounts.store.js'
import type { OfferKind } from './store/entities.js'

/** What the voters read; Dutch, as every text of the cooperative. */
const MOTIONS: Record<OfferKind, (year: number) => { title: string; question: string; explanation: string }> =
  {
    annualAccounts: (year) => ({
      title: `Jaarrekening ${year} vaststellen`,
      question: `Stelt de ALV de jaarrekening ${year} vast?`,
      explanation:
        'De jaarrekening en het verslag van de controle staan bij dit agendapunt. Vaststellen is geen decharge: daarover stemt de ALV apart.',
    }),
    discharge: (year) => ({
      title: `Decharge over ${year}`,
      question: `Verleent de ALV het bestuur decharge over ${year}?`,
      explanation:
        'Met decharge zegt de ALV dat zij het bestuur niet aansprakelijk houdt voor wat uit de jaarrekening en de stukken blijkt. Het is een ander besluit dan het vaststellen van de jaarrekening.',
    }),
  }

/** Putting the accounts to an assembly: one motion to adopt them, another to discharge the board (BW 2:58). */
@Injectable()
export class AccountsOffering {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Papers) private readonly papers: Papers,
    @Inject(AnnualAccounts) private readonly accounts: AnnualAccounts,
  ) {}

  /** The assemblies that they can be put to: all that are not over. */
  async candidates() {
    return this.assemblies.runningOrUpcoming()
  }

  /**
   * Puts both motions on the agenda, the adoption first, with accounts and report as papers. A repeat for the same
   * assembly finds them there and adds a paper that is missing.
   * @throws NotFoundException, RuleViolated `accounts.chooseAssembly`, of {@link checkOffer}, and what submitting a motion
   * and adding a paper throw
   */
  async offer(year: number, assemblyId: string, visitor: Visitor): Promise<void> {
    await this.onAgenda(year, assemblyId, async (tx, known) => {
      const { adoption, discharge } = known
      const onAgenda = adoption?.assemblyId === assemblyId && isPending(adoption.standing.state)
      if (!onAgenda) RuleViolated.throwIfAny(checkOffer(known.course))
      const motionId = onAgenda
        ? adoption.motionId
        : await this.submit(tx, known, 'annualAccounts', assemblyId, visitor)
      if (!onAgenda && !isPending(discharge?.standing.state ?? null))
        await this.submit(tx, known, 'discharge', assemblyId, visitor)
      await this.addPapers(tx, known, assemblyId, motionId, visitor)
    })
  }

  /**
   * Puts the discharge to an assembly again, after adoption. A repeat finds it there.
   * @throws NotFoundException, RuleViolated `accounts.chooseAssembly`, and of {@link checkDischargeOffer}
   */
  async offerDischarge(year: number, assemblyId: string, visitor: Visitor): Promise<void> {
    await this.onAgenda(year, assemblyId, async (tx, known) => {
      const { discharge } = known
      if (discharge?.assemblyId === assemblyId && isPending(discharge.standing.state)) return
      RuleViolated.throwIfAny(checkDischargeOffer(known.course))
      await this.submit(tx, known, 'discharge', assemblyId, visitor)
    })
  }

  /**
   * Takes both from the agenda, to mend the accounts. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `motion.pollOpened`
   */
  async takeBack(year: number, visitor: Visitor): Promise<void> {
    await this.alone(year, async (tx, { adoption, discharge }) => {
      for (const offer of [adoption, discharge]) {
        if (offer && isPending(offer.standing.state))
          await this.assemblies.withdrawMotion(tx, offer.kind, offer.id, visitor.personId)
      }
    })
  }

  private async submit(
    tx: Tx,
    { latest, year }: AccountsOfYear,
    kind: OfferKind,
    assemblyId: string,
    visitor: Visitor,
  ) {
    const id = this.ids.next()
    const { motionId } = await this.assemblies.submitMotion(tx, {
      ...{ assemblyId, ...MOTIONS[kind](year), decisionType: 'ordinary', authorises: { kind, id } },
      submittedBy: visitor.personId,
    })
    const offered = { offeredAt: this.clock.now(), offeredBy: visitor.personId }
    await insertOffer(tx, { id, accountsId: latest!.id, kind, assemblyId, motionId, ...offered })
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action: 'accounts.offered',
      subject: { kind: 'annualAccounts', id: String(year) },
      details: { offer: kind, assemblyId, motionId, version: latest!.version },
    })
    return motionId
  }

  private async addPapers(
    tx: Tx,
    { year, latest, review }: AccountsOfYear,
    assemblyId: string,
    motionId: string,
    visitor: Visitor,
  ): Promise<void> {
    const add = async (title: string, name: string, fileId: string) => {
      const file = await this.files.read(fileId, tx)
      const paper = { id: null, title, verbatim: false }
      if (file)
        await this.papers.attach(
          tx,
          assemblyId,
          motionId,
          paper,
          new Upload(name, file.content),
          visitor.personId,
        )
    }
    await add(`Jaarrekening ${year}`, `jaarrekening-${year}.pdf`, latest!.fileId)
    if (!review) return
    const title = review.kind === 'auditor' ? 'Controleverklaring' : 'Verslag van de kascommissie'
    await add(title, `controle-${year}.pdf`, review.fileId)
  }

  private async onAgenda<T>(
    year: number,
    assemblyId: string,
    work: (tx: Tx, known: AccountsOfYear) => Promise<T>,
  ) {
    const candidates = await this.candidates()
    if (!candidates.some(({ id }) => id === assemblyId))
      throw RuleViolated.of('accounts.chooseAssembly', {}, 'vergadering')
    return this.alone(year, work)
  }

  private async alone<T>(year: number, work: (tx: Tx, known: AccountsOfYear) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await lockYear(tx, year)
      const known = await this.accounts.of(year, tx)
      if (!known) throw new NotFoundException()
      return work(tx, known)
    })
  }
}
