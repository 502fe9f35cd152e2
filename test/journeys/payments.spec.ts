import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BankLines, Matching, Suggestions } from '#bank'
import { People } from '#identity'
import { Ledger } from '#ledger'
import { Members } from '#members'
import { Payables } from '#payments'
import { Database, type Visitor } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  expectAccessible,
  follow,
  keepScreenshot,
  LAPTOP,
  press,
  SMALL,
  TestBrowser,
} from '../support/browser.js'
import type { HttpClient } from '../support/http-client.js'

/** The payout of 2019, to the cent: who carried what of the risk. */
const PARTS: readonly [number: number, cents: bigint][] = [
  [52, 11_586_336n],
  [1, 144_829n],
  [2, 144_829n],
  [3, 144_829n],
  [4, 48_277n],
]
const MARGIN = 12_069_100n
const NEW_IBAN = 'NL02ABNA0123456789'
const OTHER_IBAN = 'BE68539007547034'

let test: TestApp
let browser: TestBrowser
let controller: HttpClient
let director: HttpClient
let chair: HttpClient

beforeAll(async () => {
  test = await startTestApp({ demo: true })
  browser = await TestBrowser.open(test.url)
  controller = await test.client('controller')
  director = await test.client('bestuurder')
  chair = await test.client('voorzitter')
  await describeIban(4, null)
  await owePayout()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await test?.stop()
})

const inTx = <T>(work: Parameters<Database['transaction']>[0]) =>
  test.app.get(Database).transaction(work) as Promise<T>
const memberOf = async (number: number) => (await test.app.get(Members).withNumber(number))!

/** What the payout of the margin does: it books what is owed, and hands the parts over. */
async function owePayout(): Promise<void> {
  await inTx(async (tx) => {
    const debts = await Promise.all(
      PARTS.map(async ([number, cents]) => ({ memberId: await memberOf(number), cents })),
    )
    await test.app.get(Ledger).post(tx, {
      ...{ idempotencyKey: 'payout', onDay: '2020-02-15', description: 'Uitkering', document: 'RM-2019' },
      recordedBy: null,
      postings: [
        { account: 'BEivOreRis', cents: MARGIN },
        ...debts.map(({ memberId, cents }) => ({ account: 'BSchOvsUit', memberId, cents: -cents })),
      ],
    })
    for (const { memberId, cents } of debts) {
      const { name } = (await test.app.get(Members).find(memberId, '2020-02-15', tx))!
      await test.app.get(Payables).add(tx, {
        ...{
          key: `payout:${memberId}`,
          kind: 'riskMargin',
          memberId,
          payeeName: name,
          cents,
          reference: 'RM-2019',
        },
        ...{
          description: 'Uitkering risicomarge 2019',
          decisionNumber: '2020-1',
          debitAccount: 'BSchOvsUit',
        },
        ...{ explanation: `€ 120.691,00 gedeeld naar aandeel: ${name}.`, document: 'RM-2019', by: null },
      })
    }
  })
}

async function describeIban(number: number, iban: string | null): Promise<void> {
  const memberId = await memberOf(number)
  await inTx(async (tx) => {
    const details = (await test.app.get(Members).details(memberId, '2020-02-15', tx))!
    await test.app.get(Members).describe(tx, memberId, { ...details, on: '2020-02-15', iban }, null, 'test')
  })
}

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
const boxes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]+)"[^>]*?( checked)?>`, 'g'))].map(
    ([, value, on]) => ({
      value: value!,
      checked: on !== undefined,
    }),
  )
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)![1]!

/** Makes a batch of everything that stands ticked. @returns its address */
async function makeBatch(): Promise<string> {
  const { text } = await controller.get('/betalingen')
  const chosen = boxes(text, 'betalen').filter(({ checked }) => checked)
  const body = new URLSearchParams({ sleutel: hidden(text, 'sleutel') })
  for (const { value } of chosen) body.append('betalen', value)
  const send = () => postAll(controller, '/betalingen', body, text)
  const answers = await Promise.all([send(), send(), send()])
  expect(new Set(answers).size).toBe(1)
  return answers[0]!
}

/** A form in which several boxes have one name. @returns where it leads */
async function postAll(
  client: HttpClient,
  path: string,
  body: URLSearchParams,
  page: string,
): Promise<string> {
  const token = hidden(page, '_csrf')
  const response = await fetch(new URL(path, test.url), {
    ...{ method: 'POST', redirect: 'manual', headers: { cookie: client.cookie } },
    body: new URLSearchParams([...body, ['_csrf', token]]),
  })
  expect(response.status).toBe(303)
  return response.headers.get('location')!
}

async function approve(client: HttpClient, batch: string) {
  const { text } = await client.get(batch)
  const vingerafdruk = /name="vingerafdruk" value="([^"]+)"/.exec(text)?.[1] ?? '0'
  return client.post(`${batch}/goedkeuring`, { vingerafdruk })
}

async function visitorOf(name: string): Promise<Visitor> {
  const people = test.app.get(People)
  return (await people.visitor((await people.withAddress(`${name}@example.org`))!.id))!
}

/** A line of the bank: entered by the serviceteam, proposed by the controller, confirmed by the director. */
async function bankSays(
  cents: bigint,
  kind: string,
  label: RegExp,
  description = 'afschrift',
): Promise<void> {
  const [team, proposer, confirmer] = await Promise.all(
    ['serviceteam', 'controller', 'bestuurder'].map(visitorOf),
  )
  const [lines, matching] = [test.app.get(BankLines), test.app.get(Matching)]
  const { id } = await lines.enter(team!, {
    ...{ bookedOn: '2020-02-15', cents, counterpartyName: 'Bank', counterpartyIban: '', description },
    requestKey: randomUUID(),
  })
  const { items } = await test.app.get(Suggestions).ofLine((await lines.find(id))!)
  const item = items.find((one) => one.kind === kind && label.test(one.label))
  expect(item, `${kind} ${label}`).toBeDefined()
  await matching.propose(proposer!, id, [{ kind, itemId: item!.id, cents }], randomUUID())
  const [proposal] = await lines.proposals(id)
  await Promise.all([1, 2].map(() => matching.confirm(confirmer!, proposal!.id)))
}

const balance = async (number: number) =>
  test.app
    .get(Ledger)
    .balance({ account: 'BSchOvsUit', memberId: await memberOf(number), through: '2020-12-31' })

describe('the payout of the margin is paid', () => {
  let batch: string

  it('asks a member without an IBAN for it first', async () => {
    const delegate = await test.client('lid-4')
    expect(plain((await delegate.get('/mijn')).text)).toContain(
      'Vul de IBAN in van Stichting Wijkinformatiepunt Utrecht',
    )
    const { text } = await controller.get('/betalingen')
    expect(boxes(text, 'betalen')).toHaveLength(4)
    expect(plain(text)).toContain('Wacht op een IBAN')
    await describeIban(4, NEW_IBAN)
    expect(boxes((await controller.get('/betalingen')).text, 'betalen')).toHaveLength(5)
    expect((await delegate.get('/betalingen')).status).toBe(403)
    expect((await director.post('/betalingen')).status).toBe(403)
  })

  it('goes into one batch, however often the form is sent', async () => {
    batch = await makeBatch()
    const { text } = await controller.get(batch)
    expect(plain(text)).toContain('5 betalingen, samen € 120.691,00')
    expect(plain(text)).toContain('Controlegetal: 5 betalingen')
    expect((await controller.get(`${batch}/betaalbestand.xml`)).status).toBe(404)
  })

  it('is approved by two, of organisations that are not the same', async () => {
    expect((await approve(controller, batch)).location).toBe(batch)
    const { text } = await chair.get(batch)
    expect(plain(text)).toContain('Iemand van SAMEN030 keurde deze opdracht al goed')
    const vingerafdruk = /[0-9a-f]{64}/.exec(text)![0]
    expect((await chair.post(`${batch}/goedkeuring`, { vingerafdruk })).status).toBe(409)
    const page = await browser.pageOf('bestuurder', { viewport: SMALL })
    await page.goto('/mijn')
    await follow(page, /^Keur betaalopdracht/)
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Keur € 120\.691,00 goed/ }).dblclick()
    await page.getByText('De opdracht is twee keer goedgekeurd').waitFor()
    await expectAccessible(page)
    await page.setViewportSize(LAPTOP)
    await expectAccessible(page)
    await keepScreenshot(page, 'betaalopdracht')
    const shown = plain((await controller.get(batch)).text)
    expect(shown).toContain('Eerste goedkeuring: Controller (SAMEN030)')
    expect(shown).toMatch(/Tweede goedkeuring: .* \(Zorgbelang/)
  })

  it('has a file whose control sum is the whole distribution, the same each time', async () => {
    const first = await controller.get(`${batch}/betaalbestand.xml`)
    expect((await director.get(`${batch}/betaalbestand.xml`)).text).toBe(first.text)
    expect(first.text.match(/<CtrlSum>120691\.00<\/CtrlSum>/g)).toHaveLength(2)
    expect(first.text).toContain('<BtchBookg>false</BtchBookg>')
    expect(first.text).toContain('<StrtNm>Voorbeeldstraat</StrtNm><BldgNb>52</BldgNb>')
    expect(first.text).toContain('<Nm>BuurtWerkKamer Cooperatie</Nm>')
    expect(plain((await controller.get(batch)).text).match(/Betaalbestand opgehaald door/g)).toHaveLength(2)
    expect((await (await test.client('lid-1')).get(`${batch}/betaalbestand.xml`)).status).toBe(403)
  })

  it('is paid as the bank says: all but one, one comes back', async () => {
    for (const [number, cents] of PARTS.slice(0, 4)) {
      const name = (await test.app.get(Members).find(await memberOf(number), '2020-02-15'))!.name
      await bankSays(-cents, 'payment', new RegExp(`aan ${name.replace(/[|]/g, '\\|')} `))
      expect(await balance(number)).toBe(0n)
    }
    await bankSays(144_829n, 'paymentReturn', /BuurtWerkKamer/, 'AC04 rekening opgeheven')
    expect(await balance(1)).toBe(-144_829n)
    const delegate = await test.client('lid-1')
    expect(plain((await delegate.get('/mijn')).text)).toContain(
      'Controleer de IBAN van BuurtWerkKamer Coöperatie',
    )
    expect(plain((await delegate.get('/betalingen/mijn')).text)).toContain('kwam terug')
    const shown = (await controller.get('/betalingen')).text
    expect(boxes(shown, 'betalen')).toMatchObject([{ checked: false }])
    expect(plain(shown)).toContain('AC04 rekening opgeheven')
  })

  it('what the bank did not carry out and what came back goes into another batch', async () => {
    await describeIban(1, OTHER_IBAN)
    const { text } = await controller.get(batch)
    const [open] = boxes(text, 'weigeren')
    const answer = await controller.post(`${batch}/weigering`, {
      weigeren: open!.value,
      redenWeigering: 'AC01',
    })
    expect(answer.location).toBe(batch)
    expect(plain((await controller.get(batch)).text)).toContain('afgehandeld')
    const next = await makeBatch()
    expect(next).not.toBe(batch)
    const shown = plain((await director.get(next)).text)
    expect(shown).toMatch(
      /kwam terug in opdracht 2020-1 \(AC04 rekening opgeheven\)\. Er is nu een andere rekening/,
    )
    expect(shown).toContain('in opdracht 2020-1 niet uitgevoerd (AC01)')
    await approve(director, next)
    await approve(controller, next)
    const file = (await controller.get(`${next}/betaalbestand.xml`)).text
    expect(file).toContain(`<IBAN>${OTHER_IBAN}</IBAN>`)
    expect(file).toContain('<EndToEndId>BO-2020-2-001</EndToEndId>')
    await bankSays(-(144_829n + 48_277n), 'paymentBatch', /2020-2/)
    for (const [number] of PARTS) expect(await balance(number)).toBe(0n)
  })

  it('each member reads what it was paid, with the computation', async () => {
    const page = await browser.pageOf('lid-4', { viewport: SMALL })
    await page.goto('/mijn')
    await page.getByText('is overgemaakt aan Stichting Wijkinformatiepunt').first().waitFor()
    await page.goto('/betalingen/mijn')
    await expectAccessible(page)
    const href = (await page.getByRole('link', { name: 'Specificatie als PDF' }).getAttribute('href'))!
    const delegate = await test.client('lid-4')
    expect((await delegate.get(href)).text.startsWith('%PDF')).toBe(true)
    expect((await (await test.client('lid-5')).get(href)).status).toBe(404)
    const [mail] = await test.database.owner.query(
      `SELECT model FROM notices WHERE template = 'payments/paid' AND to_address = 'lid-4@example.org'`,
    )
    expect(mail.model).toMatchObject({ cents: '48277', iban: 'NL02 •••• 6789' })
  })

  it('an account of who is no member is confirmed by another', async () => {
    const page = await browser.pageOf('controller', { viewport: SMALL })
    await page.goto('/betalingen')
    await expectAccessible(page)
    await follow(page, 'Rekeningen van wie geen lid is')
    await page.getByText('Voer een rekening in').click()
    await press(page, 'Leg deze rekening voor')
    await page.getByText('Kies wie er betaald wordt').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Begunstigde').selectOption({ index: 1 })
    await page.getByLabel('Naam bij de rekening').fill('Stichting Oost')
    await page.getByLabel('IBAN').fill(NEW_IBAN)
    await page.getByLabel('Waar staat deze rekening?').fill('brief van 3 februari 2020')
    await press(page, 'Leg deze rekening voor')
    await page.getByText('Iemand anders dan wie haar invoerde').waitFor()
    const second = await browser.pageOf('bestuurder', { viewport: SMALL })
    await second.goto('/mijn')
    await follow(second, /^Controleer de rekening van/)
    await expectAccessible(second)
    await press(second, 'Ja, de rekening klopt')
    await second.getByText('geldt', { exact: true }).first().waitFor()
    await expectAccessible(second)
  })
})
