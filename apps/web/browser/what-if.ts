import { formatCents, tryParseCents } from '#kernel'
import { divideCall } from '../../../libs/guarantees/rules/call.js'
import type { Holding } from '../../../libs/risk-overview/rules/holding.js'
import { type HolderPart, sumOfParts, verdictOf, whatIf } from '../../../libs/risk-overview/rules/what-if.js'

/**
 * Answers "what if" while one types, slides or ticks: `<form data-what-if>` is computed again by the rules of the
 * server itself. Without this file its button does the same. The address follows, so that a reload, a link or a
 * file says what is seen.
 */
const form = document.querySelector<HTMLFormElement>('form[data-what-if]')
if (form) follow(form)

function follow(form: HTMLFormElement): void {
  const loss = form.elements.namedItem('verlies') as HTMLInputElement
  const slider = form.querySelector<HTMLInputElement>('input[type="range"]')!
  form.querySelector<HTMLElement>('[data-slider]')!.hidden = false
  form.addEventListener('input', ({ target }) => {
    if (target === slider) loss.value = slider.value.replace(/\B(?=(\d{3})+$)/g, '.')
    const cents = tryParseCents(loss.value)
    // What is being typed and is no amount yet: the figures stay until it is one; the button says what is wrong.
    if (cents === null || cents < 0n) return
    if (target === loss) slider.value = (cents / 100n).toString()
    document.querySelector('[data-example]')?.remove()
    show(form, cents)
    keepAddress(form)
  })
}

function show(form: HTMLFormElement, lossCents: bigint): void {
  const rows = [...form.querySelectorAll<HTMLElement>('[data-holder]')]
  const buffers = { marginCents: amount(form, 'margin'), reserveCents: amount(form, 'reserve') }
  const without = rows.filter((row) => row.querySelector('input')!.checked).map((row) => row.dataset.holder!)
  const outcome = whatIf(buffers, rows.map(holdingOf), { lossCents, without }, divideCall)
  const bars = {
    margin: outcome.fromMarginCents,
    reserve: outcome.fromReserveCents,
    holders: outcome.fromHoldersCents,
    uncovered: outcome.uncoveredCents,
  }
  for (const [key, cents] of Object.entries(bars)) {
    form.querySelector(`[data-bar="${key}"]`)?.setAttribute('width', width(cents, lossCents))
    tell(form, `[data-out="${key}"]`, cents)
  }
  tell(form, '[data-out="cover"]', outcome.coverCents)
  for (const [at, row] of rows.entries()) tellParts(row, outcome.parts[at]!)
  const sums = form.querySelector<HTMLElement>('[data-sums]')
  if (sums) tellParts(sums, sumOfParts(outcome.parts))
  const verdict = form.querySelector<HTMLElement>('[data-verdict]')!
  const sentence = verdict.dataset[verdictOf(outcome)]!
  if (verdict.textContent !== sentence) verdict.textContent = sentence
}

function holdingOf(row: HTMLElement): Holding {
  return {
    id: row.dataset.holder!,
    pledgedCents: amount(row, 'pledged'),
    calledCents: amount(row, 'called'),
    paidInCents: amount(row, 'paidIn'),
  }
}

const amount = (element: HTMLElement, name: string): bigint => BigInt(element.dataset[name]!)

function tellParts(
  row: HTMLElement,
  part: Pick<HolderPart, 'cents' | 'fromDepositCents' | 'toPayCents'>,
): void {
  for (const key of ['cents', 'fromDepositCents', 'toPayCents'] as const)
    tell(row, `[data-part="${key}"]`, part[key])
}

function tell(within: HTMLElement, selector: string, cents: bigint): void {
  const place = within.querySelector(selector)
  if (place) place.textContent = formatCents(cents)
}

/** As the server draws it: one decimal, cut off. */
function width(cents: bigint, whole: bigint): string {
  return whole > 0n ? `${Number((1000n * cents) / whole) / 10}%` : '0%'
}

function keepAddress(form: HTMLFormElement): void {
  const asked = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  history.replaceState(history.state, '', `?${asked}`)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="/garanties/overzicht."]'))
    link.search = `?${asked}`
}
