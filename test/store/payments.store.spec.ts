import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BankLine, SettledByBank } from '#bank'
import { People } from '#identity'
import type { Cents } from '#kernel'
import { Ledger } from '#ledger'
import { Members } from '#members'
import { Approving, Batches, Ending, type Payable, Payables, Payees, PaymentFiles } from '#payments'
import { Database, SignInAgain, type Visitor } from '#platform'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let test: TestDatabase
let app: INestApplicationContext
let payables: Payables
let batches: Batches
let approving: Approving
let ending: Ending
let files: PaymentFiles
let people: Record<'controller' | 'director' | 'chair' | 'delegate', Visitor>
const NEW_IBAN = 'NL02ABNA0123456789'

beforeAll(async () => {
  test = await createTestDatabase('demo')
  app = await startContext(test.url, domainModules)
  ;[payables, batches, approving] = [app.get(Payables), app.get(Batches), app.get(Approving)]
  ;[ending, files] = [app.get(Ending), app.get(PaymentFiles)]
  people = {
    controller: await visitorOf('controller'),
    director: await visitorOf('bestuurder'),
    chair: await visitorOf('voorzitter'),
    delegate: await visitorOf('lid-4'),
  }
}, 120_000)

afterAll(async () => {
  await app.close()
  await test.drop()
})

const query = (sql: string, params: unknown[] = []) => test.owner.query(sql, params)
const inTx = <T>(work: Parameters<Database['transaction']>[0]) =>
  app.get(Database).transaction(work) as Promise<T>
async function visitorOf(name: string): Promise<Visitor> {
  const found = await app.get(People).withAddress(`${name}@example.org`)
  return (await app.get(People).visitor(found!.id))!
}
const memberOf = async (number: number) => (await app.get(Members).withNumber(number))!

/** Adds payables for members with these numbers, one cent more for each. */
async function owed(reference: string, numbers: readonly number[], cents = 10_001n): Promise<string[]> {
  const ids: string[] = []
  await inTx(async (tx) => {
    for (const [at, number] of numbers.entries()) {
      const memberId = await memberOf(number)
      const amount = cents + BigInt(at)
      await app.get(Ledger).post(tx, {
        ...{ idempotencyKey: `test:${reference}:${number}`, onDay: '2020-02-15', description: 'test' },
        ...{ document: reference, recordedBy: null },
        postings: [
          { account: 'BEivOreRis', cents: amount },
          { account: 'BSchOvsUit', memberId, cents: -amount },
        ],
      })
      const name = (await app.get(Members).find(memberId, '2020-02-15', tx))!.name
      ids.push(
        await payables.add(tx, {
          ...{
            key: `${reference}:${number}`,
            kind: 'riskMargin',
            memberId,
            payeeName: name,
            cents: amount,
            reference,
          },
          ...{
            description: 'Uitkering risicomarge',
            debitAccount: 'BSchOvsUit',
            document: reference,
            by: null,
          },
        }),
      )
    }
  })
  return ids
}

const stateOf = async (id: string): Promise<Payable> => (await payables.read({ ids: [id] }))[0]!
const make = (
  payableIds: readonly string[],
  requestKey: string = randomUUID(),
  again: readonly string[] = [],
) => batches.make(people.controller, { payableIds, requestKey, sameAccountAgain: again })
async function approve(who: Visitor, name: string, fresh = true) {
  const { sha256 } = await batches.named(name)
  return approving.approve(who, name, { sha256, fresh })
}
async function approved(ids: readonly string[], again: readonly string[] = []): Promise<string> {
  const name = await make(ids, randomUUID(), again)
  await approve(people.controller, name)
  await approve(people.director, name)
  return name
}
const line = (cents: Cents, rest: Partial<BankLine> = {}): BankLine => ({
  ...{ id: randomUUID(), bookedOn: '2020-02-15', cents, counterpartyName: '', counterpartyIban: '' },
  ...{ description: '', endToEndId: null, returnReason: null, statementReference: '2020-02' },
  ...rest,
})
const settle = (kind: string, id: string, said: BankLine) =>
  inTx<void>((tx) => app.get(SettledByBank).settle(tx, people.director, kind, id, said))
const openItems = async (kind: string) =>
  (await app.get(SettledByBank).openItems(app.get(Database).read)).filter((item) => item.kind === kind)
const codes = async (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: Error) => error.message,
  )
const payableBalance = async (number: number) =>
  app.get(Ledger).balance({ account: 'BSchOvsUit', memberId: await memberOf(number), through: '2020-12-31' })

describe('what is to be paid', () => {
  it('is added once, whatever is repeated; an amount of zero is nothing', async () => {
    const memberId = await memberOf(7)
    const given = {
      ...{
        key: 'once',
        kind: 'riskMargin' as const,
        memberId,
        payeeName: 'Zeven',
        cents: 500n,
        reference: 'T-1',
      },
      ...{ description: 'x', debitAccount: 'BSchOvsUit', document: 'T-1', by: null },
    }
    const add = (more: object = {}) => inTx<string>((tx) => payables.add(tx, { ...given, ...more }))
    const ids = await Promise.all(Array.from({ length: 20 }, () => add()))
    expect(new Set(ids).size).toBe(1)
    expect(await codes(add({ cents: 501n }))).toContain('payable.keyReused')
    expect(await add({ key: 'zero', cents: 0n })).toBe('')
    expect(await payables.of('riskMargin', 'T-1')).toMatchObject([
      { cents: 500n, state: 'ready', paidOn: null },
    ])
  })

  it('waits for an IBAN, and asks the delegates for it once', async () => {
    await describeIban(9, null)
    const [id] = await owed('T-IBAN', [9])
    await owed('T-IBAN', [9])
    expect((await stateOf(id!)).state).toBe('waitingForIban')
    const asked = await query(`SELECT to_address FROM notices WHERE template = 'payments/iban-needed'`)
    expect(asked).toEqual([{ to_address: 'lid-9@example.org' }])
    expect(await codes(make([id!]))).toContain('paymentBatch.waitingForIban')
    await describeIban(9, NEW_IBAN)
    expect((await stateOf(id!)).state).toBe('ready')
  })
})

async function describeIban(number: number, iban: string | null): Promise<void> {
  const memberId = await memberOf(number)
  await inTx(async (tx) => {
    const details = (await app.get(Members).details(memberId, '2020-02-15', tx))!
    await app.get(Members).describe(tx, memberId, { ...details, on: '2020-02-15', iban }, null, 'test')
  })
}

describe('a batch', () => {
  it('is made once for each request, and a payable is in one of twenty at most', async () => {
    const ids = await owed('T-20', [10, 11, 12])
    const key = randomUUID()
    const same = await Promise.all([1, 2, 3].map(() => make([ids[0]!], key)))
    expect(new Set(same).size).toBe(1)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => codes(make(ids.slice(1)))))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome.includes('paymentBatch.inBatch'))).toHaveLength(19)
    const batch = await batches.named(same[0]!)
    expect(batch).toMatchObject({ count: 1, cents: 10_001n, approvals: [], outcome: null })
    // Without the services: the database refuses a second live payment too, and one after an attempt that runs.
    const [payment] = await query('SELECT * FROM payments WHERE payable_id = $1', [ids[0]])
    const insert = (attempt: number, after: number | null) =>
      test.application.query(
        `INSERT INTO payments (id, batch_id, place, payable_id, attempt, after_attempt, end_to_end_id, cents, name, iban)
         VALUES ($1, $2, 99, $3, $4, $5, $6, 1, 'x', 'y')`,
        [randomUUID(), payment.batch_id, ids[0], attempt, after, randomUUID()],
      )
    await expect(insert(1, null)).rejects.toMatchObject({ constraint: 'payments_one_live' })
    await expect(insert(2, 1)).rejects.toMatchObject({ constraint: 'payments_after_ending_fkey' })
    await expect(insert(2, null)).rejects.toMatchObject({ constraint: 'payments_after' })
  })

  it('is approved by two people of different organisations, the second freshly signed in', async () => {
    const ids = await owed('T-APPROVE', [13, 14])
    const name = await make(ids)
    const { sha256 } = await batches.named(name)
    const by = (who: Visitor, more: object = {}) =>
      approving.approve(who, name, { sha256, fresh: true, ...more })
    expect(await codes(by(people.delegate))).toContain('paymentBatch.notApprover')
    expect(await codes(by(people.controller, { sha256: 'x' }))).toContain('paymentBatch.otherContent')
    expect(await Promise.all([1, 2, 3].map(() => by(people.controller, { fresh: false })))).toEqual([1, 1, 1])
    expect(await codes(by(people.chair))).toContain('paymentBatch.sameOrganisation')
    await expect(by(people.director, { fresh: false })).rejects.toBeInstanceOf(SignInAgain)
    expect(await Promise.all([1, 2, 3].map(() => by(people.director)))).toEqual([2, 2, 2])
    const done = await batches.named(name)
    expect(
      done.approvals.map(({ role, organisations }) => [role, organisations.map((one) => one.name)]),
    ).toEqual([
      ['controller', ['SAMEN030']],
      ['director', ['Zorgbelang Gelderland|Utrecht']],
    ])
    expect(await codes(by(people.chair))).toContain('paymentBatch.closed')
    expect(await codes(ending.end(people.controller, name, 'x'))).toContain('paymentBatch.alreadyApproved')
  })

  it('gets two approvals when two approve at once, and never two of one organisation', async () => {
    const [one, two] = [
      await make(await owed('T-AT-ONCE', [15])),
      await make(await owed('T-AT-ONCE-2', [16])),
    ]
    const both = await Promise.all([approve(people.controller, one), approve(people.director, one)])
    expect(both.toSorted()).toEqual([1, 2])
    const same = await Promise.all([
      codes(approve(people.controller, two)),
      codes(approve(people.chair, two)),
    ])
    expect(same.filter((outcome) => outcome.includes('sameOrganisation'))).toHaveLength(1)
    expect((await batches.named(two)).outcome).toBeNull()
  })

  it('has one file, the same bytes every time; each fetch is recorded', async () => {
    const ids = await owed('T-FILE', [17, 18, 19])
    const name = await approved(ids)
    const [first, second] = [
      await files.fetch(people.director, name),
      await files.fetch(people.controller, name),
    ]
    expect(second).toEqual(first)
    const batch = await batches.named(name)
    expect(first.content).toContain(`<CtrlSum>${300}.06</CtrlSum>`)
    expect(first.content.match(/<EndToEndId>/g)).toHaveLength(3)
    expect((await files.downloads(batch.id)).times).toHaveLength(2)
    const waiting = await make(await owed('T-NO-FILE', [20]))
    await expect(files.fetch(people.director, waiting)).rejects.toThrow('Not Found')
  })

  it('is refused when an account changed, with the line; withdrawn its payables are ready again', async () => {
    const ids = await owed('T-CHANGED', [21, 22])
    const name = await make(ids)
    await approve(people.controller, name)
    await describeIban(22, NEW_IBAN)
    const refused = await approve(people.director, name).catch((error) => error.violations)
    expect(refused).toMatchObject([{ code: 'paymentBatch.accountChanged' }])
    await Promise.all([1, 2].map(() => ending.end(people.controller, name, 'andere rekening')))
    expect((await stateOf(ids[0]!)).state).toBe('ready')
    expect(await codes(approve(people.director, name))).toContain('paymentBatch.closed')
    const next = await make(ids)
    const { content } = await batches.named(next)
    expect(content.payments.map(({ attempt, earlier }) => [attempt, earlier?.batch])).toEqual([
      [2, name],
      [2, name],
    ])
  })
})

describe('what the bank did', () => {
  it('books each payment once, and a batch in one sum for what is left of it', async () => {
    const ids = await owed('T-PAID', [23, 24, 25])
    const name = await approved(ids)
    const { id: batchId } = await batches.named(name)
    const items = (await openItems('payment')).filter(({ href }) => href === `/betalingen/${name}`)
    expect(items.map(({ cents }) => cents)).toHaveLength(3)
    const [first] = items
    expect(await codes(settle('payment', first!.id, line(first!.cents - 1n)))).toContain(
      'payment.otherAmount',
    )
    const said = line(first!.cents)
    await Promise.all([1, 2, 3].map(() => settle('payment', first!.id, said)))
    expect(await codes(settle('payment', first!.id, line(first!.cents)))).toContain('payment.notOpen')
    const [rest] = (await openItems('paymentBatch')).filter(({ id }) => id === batchId)
    expect(rest!.cents).toBe(items.slice(1).reduce((sum, { cents }) => sum + cents, 0n))
    await settle('paymentBatch', batchId, line(rest!.cents))
    for (const [at, number] of [23, 24, 25].entries()) {
      expect(await payableBalance(number)).toBe(0n)
      expect(await stateOf(ids[at]!)).toMatchObject({ state: 'paid', paidOn: '2020-02-15' })
    }
    expect(await codes(settle('paymentBatch', batchId, line(rest!.cents)))).toContain('payment.notOpen')
    const told = await query(
      `SELECT count(*)::int AS n FROM notices WHERE template = 'payments/paid' AND to_address = 'lid-23@example.org'`,
    )
    expect(told[0].n).toBe(1)
  })

  it('a payment that comes back is owed again, goes out anew to another account, and is booked to zero', async () => {
    const [id] = await owed('T-BACK', [26])
    const name = await approved([id!])
    const [item] = (await openItems('payment')).filter(({ href }) => href === `/betalingen/${name}`)
    expect(await codes(settle('paymentReturn', item!.id, line(-item!.cents)))).toContain('payment.notPaid')
    await settle('payment', item!.id, line(item!.cents))
    const back = line(-item!.cents, { returnReason: 'AC04 rekening opgeheven' })
    await Promise.all([1, 2].map(() => settle('paymentReturn', item!.id, back)))
    expect(await stateOf(id!)).toMatchObject({
      state: 'returned',
      paidOn: null,
      last: { reason: 'AC04 rekening opgeheven' },
    })
    expect(await payableBalance(26)).toBe(item!.cents)
    expect(await codes(make([id!]))).toContain('paymentBatch.returned')
    await describeIban(26, NEW_IBAN)
    const next = await approved([id!])
    const [again] = (await batches.named(next)).content.payments
    expect(again).toMatchObject({ iban: NEW_IBAN, attempt: 2, earlier: { batch: name, ended: 'returned' } })
    expect(again!.endToEndId).not.toBe((await batches.named(name)).content.payments[0]!.endToEndId)
    const [second] = (await openItems('payment')).filter(({ href }) => href === `/betalingen/${next}`)
    await settle('payment', second!.id, line(second!.cents))
    expect(await payableBalance(26)).toBe(0n)
    expect((await stateOf(id!)).state).toBe('paid')
  })

  it('the same account again only when asked for, and shown to who approves', async () => {
    const [id] = await owed('T-AGAIN', [27])
    const name = await approved([id!])
    const [item] = (await openItems('payment')).filter(({ href }) => href === `/betalingen/${name}`)
    await settle('payment', item!.id, line(item!.cents))
    await settle('paymentReturn', item!.id, line(-item!.cents, { description: 'onbekend' }))
    const next = await make([id!], randomUUID(), [id!])
    expect((await batches.named(next)).content.payments[0]!.earlier).toMatchObject({ sameAccount: true })
  })

  it('what is not carried out is ready again; what is paid is not', async () => {
    const ids = await owed('T-REFUSED', [28, 29])
    const name = await approved(ids)
    const { content } = await batches.named(name)
    const [one, other] = content.payments
    const items = (await openItems('payment')).filter(({ href }) => href === `/betalingen/${name}`)
    await settle('payment', items[0]!.id, line(items[0]!.cents))
    const refuse = (endToEndId: string) =>
      ending.refusedByBank(people.controller, name, { endToEndIds: [endToEndId], reason: 'AC01' })
    expect(await codes(refuse(one!.endToEndId))).toContain('payment.paidAlready')
    await Promise.all([1, 2].map(() => refuse(other!.endToEndId)))
    expect((await stateOf(other!.payableId)).state).toBe('ready')
    expect(await codes(settle('payment', items[1]!.id, line(items[1]!.cents)))).toContain('payment.notOpen')
  })
})

describe('an account of who is no member', () => {
  it('is entered by one and confirmed by another, and paid to from then on', async () => {
    const payees = app.get(Payees)
    const [party] = await payees.choices()
    const id = await inTx<string>((tx) =>
      payables.add(tx, {
        ...{
          key: 'advance',
          kind: 'advance',
          memberId: null,
          payeeId: party!.id,
          payeeName: party!.name,
          cents: 5n,
        },
        ...{ reference: 'V-1', description: 'Voorschot', debitAccount: 'BVorVsc', document: 'V-1', by: null },
      }),
    )
    expect((await stateOf(id)).state).toBe('waitingForIban')
    const account = {
      ...{ payeeId: party!.id, name: 'Wijkcoöperatie', iban: 'NL02 ABNA 0123 4567 89', street: 'Plein' },
      ...{ buildingNumber: '1', postalCode: '3500 AA', town: 'Utrecht', country: 'nl', source: 'factuur' },
      requestKey: randomUUID(),
    }
    await Promise.all([1, 2].map(() => payees.enter(people.controller, account)))
    expect(
      await codes(
        payees.enter(people.controller, {
          ...account,
          requestKey: randomUUID(),
          iban: 'NL00',
          land: '',
        } as never),
      ),
    ).toContain('payee.ibanInvalid')
    const [entered] = await payees.all()
    expect(await payees.all()).toHaveLength(1)
    expect(await codes(payees.answer(people.controller, entered!.id, 'confirmed', ''))).toContain(
      'payee.ownAccount',
    )
    expect((await stateOf(id)).state).toBe('waitingForIban')
    await Promise.all([1, 2].map(() => payees.answer(people.director, entered!.id, 'confirmed', '')))
    expect(await stateOf(id)).toMatchObject({
      state: 'ready',
      account: { town: 'Utrecht', buildingNumber: '1' },
    })
    expect(await codes(payees.answer(people.chair, entered!.id, 'refused', ''))).toContain('payee.answered')
    const name = await approved([id])
    const [item] = (await openItems('payment')).filter(({ href }) => href === `/betalingen/${name}`)
    await settle('payment', item!.id, line(item!.cents))
    const told = await query(
      `SELECT to_address FROM notices WHERE template = 'payments/paid' AND model->>'reference' = 'V-1'`,
    )
    expect(told).toEqual([{ to_address: 'penningmeester@example.org' }])
    expect(await payables.ofVisitor(await visitorOf('penningmeester'))).toMatchObject([{ id, state: 'paid' }])
  })
})
