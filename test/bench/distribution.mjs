/**
 * Dividing the margin over 1,000,000 holders: at once, weighted by days, and a call that many pledges can't carry,
 * against one bare pass of whole numbers over the same holders (product, quotient and remainder of each, nothing else),
 * in turns in the same run. Every division is checked to add up.
 */
import { performance } from 'node:perf_hooks'
import { divideCall } from '../../dist/libs/guarantees/rules/call.js'
import { distribute } from '../../dist/libs/risk-margin/rules/distribute.js'
import { divideByTimeCarried } from '../../dist/libs/risk-margin/rules/time-weighted.js'
import { median, report } from './support/table.mjs'

const HOLDERS = 1_000_000
const ROUNDS = 5
const AMOUNT = 12_069_100_000n

// A fixed series of amounts (MINSTD), so that every run divides the same.
let state = 20_190_101
const next = () => (state = (state * 48_271) % 2_147_483_647)
const shares = Array.from({ length: HOLDERS }, (_, at) => ({ id: `h${at}`, cents: BigInt(next() % 600_000) }))
const movements = shares.map(({ id, cents }, at) => ({
  id,
  cents,
  on: at % 3 === 0 ? '2019-05-17' : '2018-06-01',
}))
const pledges = shares.map(({ id, cents }) => ({ id, cents, calledCents: cents / 2n }))
const room = pledges.reduce((sum, { cents, calledCents }) => sum + cents - calledCents, 0n)

const times = { distribute: [], weighted: [], call: [], bare: [] }
for (let round = 0; round < ROUNDS; round++) {
  timed('bare', () => barePass(AMOUNT))
  timed('distribute', () => distribute(AMOUNT, shares).parts, AMOUNT)
  timed('weighted', () => divideByTimeCarried(AMOUNT, 2019, movements).parts, AMOUNT)
  timed('call', () => divideCall((room * 9n) / 10n, pledges).parts, (room * 9n) / 10n)
}

const limit = median(times.bare)
const note = `${HOLDERS.toLocaleString('en-GB')} holders`
report(
  [
    ['distribution', times.distribute, '< 2,000 ms'],
    ['distribution weighted by days', times.weighted, undefined],
    ['call of 90% of the room', times.call, undefined],
  ].map(([name, measured, aim]) => {
    const value = median(measured)
    return { name, value, unit: 'ms', limit, ratio: value / limit, aim, note }
  }),
)

function timed(name, work, sum) {
  const start = performance.now()
  const parts = work()
  times[name].push(performance.now() - start)
  const found = parts.reduce((total, { cents }) => total + cents, 0n)
  if (sum !== undefined && found !== sum) throw new Error(`${name} adds up to ${found}, not ${sum}`)
}

function barePass(amount) {
  let total = 0n
  for (const { cents } of shares) total += cents
  const parts = new Array(HOLDERS)
  for (let at = 0; at < HOLDERS; at++) {
    const { id, cents } = shares[at]
    const product = amount * cents
    const quota = product / total
    parts[at] = { id, cents: quota, remainder: product - quota * total }
  }
  return parts
}
