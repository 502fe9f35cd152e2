import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Counterparties } from '#agreements'
import { People } from '#identity'
import { RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, isId, type Tx, type Visitor } from '#platform'
import { payableIban } from './iban.js'
import { sepaText } from './rules/sepa-text.js'
import {
  type EnteredAccount,
  insertAccount,
  insertAccountAnswer,
  lockAccounts,
  readAccounts,
} from './store/account.store.js'

/** An account as it is typed. */
export interface NewAccount {
  payeeId: string
  name: string
  iban: string
  street: string
  buildingNumber: string
  postalCode: string
  town: string
  country: string
  source: string
  requestKey: string
}

/** An account with the names that go with it. */
export type ShownAccount = EnteredAccount & {
  payeeName: string
  enteredByName: string
  answeredByName: string
}

/** The bank accounts of who is no member: one person enters, another confirms; nothing is changed afterwards. */
@Injectable()
export class Payees {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(People) private readonly people: People,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
  ) {}

  /** Those that an account can be entered for: a party that is a member is paid on the account of the register. */
  async choices(tx: Tx = this.database.read): Promise<{ id: string; name: string }[]> {
    return (await this.counterparties.all(tx)).filter(({ memberId }) => memberId === null)
  }

  /** Every account that was entered, the latest first. */
  async all(tx: Tx = this.database.read): Promise<ShownAccount[]> {
    const accounts = await readAccounts(tx)
    const parties = new Map((await this.counterparties.all(tx)).map(({ id, name }) => [id, name]))
    const ids = accounts.flatMap(({ enteredBy, answeredBy }) => [
      enteredBy,
      ...(answeredBy ? [answeredBy] : []),
    ])
    const named = await this.people.named([...new Set(ids)], tx)
    return accounts.map((account) => ({
      ...account,
      payeeName: parties.get(account.payeeId) ?? '',
      enteredByName: named.get(account.enteredBy)?.name ?? '',
      answeredByName: named.get(account.answeredBy ?? '')?.name ?? '',
    }))
  }

  /**
   * Enters an account, for another person to confirm. A repeat with the same key adds nothing.
   * @throws RuleViolated `payee.unknown`, `payee.nameNeeded`, `payee.ibanInvalid`, `payee.countryInvalid`,
   * `payee.sourceNeeded`
   */
  async enter(visitor: Visitor, given: NewAccount): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockAccounts(tx)
      const accounts = await readAccounts(tx)
      if (accounts.some(({ requestKey }) => requestKey === given.requestKey)) return
      RuleViolated.throwIfAny(await this.violations(tx, given))
      const id = this.ids.next()
      const known = (text: string) => text.trim() || null
      await insertAccount(tx, {
        ...{ id, payeeId: given.payeeId, name: given.name.trim(), iban: payableIban(given.iban)! },
        ...{ street: known(given.street), buildingNumber: known(given.buildingNumber) },
        ...{
          postalCode: known(given.postalCode),
          town: known(given.town),
          country: given.country.toUpperCase(),
        },
        ...{ source: given.source.trim(), requestKey: given.requestKey },
        ...{ enteredAt: this.clock.now(), enteredBy: visitor.personId },
      })
      await this.log(tx, visitor, 'payeeAccount.entered', id, given.payeeId)
    })
  }

  /**
   * Another person says whether an account is right. The same answer again changes nothing.
   * @throws NotFoundException; RuleViolated `payee.ownAccount`, `payee.answered`
   */
  async answer(visitor: Visitor, id: string, answer: 'confirmed' | 'refused', note: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockAccounts(tx)
      const account = isId(id) ? (await readAccounts(tx)).find((one) => one.id === id) : undefined
      if (!account) throw new NotFoundException()
      if (account.answer === answer) return
      if (account.answer !== null) throw RuleViolated.of('payee.answered')
      const { enteredBy, payeeId } = account
      if (enteredBy === visitor.personId) throw RuleViolated.of('payee.ownAccount')
      const answered = { answeredAt: this.clock.now(), answeredBy: visitor.personId }
      await insertAccountAnswer(tx, { accountId: id, answer, note: note.trim(), enteredBy, ...answered })
      await this.log(tx, visitor, `payeeAccount.${answer}`, id, payeeId)
    })
  }

  private async violations(tx: Tx, given: NewAccount): Promise<Violation[]> {
    const found: Violation[] = []
    const wrong = (code: string, path: string) => found.push({ code: `payee.${code}`, path })
    if (!(await this.choices(tx)).some(({ id }) => id === given.payeeId)) wrong('unknown', 'begunstigde')
    if (sepaText(given.name, 70) === '' || given.name.trim().length > 70) wrong('nameNeeded', 'naam')
    if (payableIban(given.iban) === null) wrong('ibanInvalid', 'iban')
    if (!/^[A-Za-z]{2}$/.test(given.country)) wrong('countryInvalid', 'land')
    if (given.source.trim() === '') wrong('sourceNeeded', 'bron')
    return found
  }

  private log(tx: Tx, { personId }: Visitor, action: string, id: string, payeeId: string): Promise<void> {
    const subject = { kind: 'payeeAccount', id }
    return this.audit.record(tx, { actorId: personId, action, subject, details: { payeeId } })
  }
}
