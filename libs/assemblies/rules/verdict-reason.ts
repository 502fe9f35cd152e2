import type { Fraction } from '#kernel'
import { type Threshold, tieRejects, type Verdict, type VerdictInput } from './verdict.js'

/**
 * Says in plain Dutch why a verdict is what it is: what was counted, what was needed, the quorum, the outcome.
 * For the answer of `samen compute verdict` and for the register of decisions; one line, B1 level.
 */
export function verdictReason(input: VerdictInput, verdict: Verdict): string {
  return [
    countedSentence(input, verdict),
    neededSentence(input, verdict),
    quorumSentence(input, verdict),
    outcomeSentence(input, verdict),
  ].join(' ')
}

function countedSentence({ tally, majority, blank }: VerdictInput, { base }: Verdict): string {
  if (base === 0) {
    return {
      cast: 'Er zijn geen stemmen uitgebracht.',
      present: 'Er was niemand aanwezig.',
      electorate: 'Er zijn geen stemgerechtigden.',
    }[majority.base]
  }
  const whole = {
    cast:
      tally.blank === 0
        ? 'uitgebrachte stemmen'
        : `uitgebrachte stemmen (blanco ${blank === 'included' ? 'telt mee' : 'telt niet mee'})`,
    present: 'aanwezige stemmen',
    electorate: 'stemmen van alle stemgerechtigden',
  }[majority.base]
  return `${counted(tally.for)} van de ${number(base)} ${whole} ${tally.for <= 1 ? 'was' : 'waren'} voor.`
}

function neededSentence({ majority }: VerdictInput, { base, needed }: Verdict): string {
  if (base === 0) return 'Zonder stem voor wordt niets aangenomen.'
  const impossible = needed > base ? ', en dat kan niet' : ''
  return `Nodig ${inWords(majority)}, dus ten minste ${number(needed)} voor${impossible}.`
}

function quorumSentence(
  { present, electorate, quorum }: VerdictInput,
  { quorumReached, quorumNeeded }: Verdict,
): string {
  if (!quorum || quorumNeeded === null) return 'Er geldt geen quorum.'
  const there = `${number(present)} van de ${number(electorate)} stemmen aanwezig of vertegenwoordigd`
  const required = `nodig ${inWords(quorum)}, dus ten minste ${number(quorumNeeded)}`
  return `Het quorum is ${quorumReached ? '' : 'niet '}gehaald: er waren ${there}; ${required}.`
}

function outcomeSentence(input: VerdictInput, { adopted, needed, quorumReached }: Verdict): string {
  const { tally } = input
  if (adopted) return 'Het voorstel is aangenomen.'
  if (tieRejects(input))
    return 'De stemmen staakten: er waren er even veel voor als tegen. Dan is het voorstel niet aangenomen.'
  if (!quorumReached && tally.for >= needed) return 'Daarom is het voorstel niet aangenomen.'
  return 'Het voorstel is niet aangenomen.'
}

function inWords({ fraction, strict }: Threshold): string {
  const share = shareInWords(fraction)
  if (strict) return `was meer dan ${share}`
  return share === ALL ? `waren ${share}` : `was ${share}`
}

const ALL = 'alle stemmen'

const SHARES: Record<string, string> = {
  '1/1': ALL,
  '1/2': 'de helft',
  '1/3': 'een derde',
  '2/3': 'twee derde',
  '1/4': 'een kwart',
  '3/4': 'driekwart',
  '4/5': 'vier vijfde',
  '9/10': 'negen tiende',
}

function shareInWords(fraction: Fraction): string {
  const reduced = fraction.reduced().toString()
  return SHARES[reduced] ?? `${reduced} deel`
}

function counted(votes: number): string {
  return votes === 0 ? 'Geen' : number(votes)
}

/** 1234567 → 1.234.567, without Intl so that the text is the same on every machine. */
function number(whole: number): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, '.')
}
