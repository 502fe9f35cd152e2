import { addDays, type Day } from '#kernel'
import type { ItemType } from './agenda.js'
import type { DecisionType } from './poll-rule.js'

/** BW 2:42: at least this notice for a change of the statutes, whatever the statutes say. */
const STATUTE_NOTICE_DAYS = 7
/** BW 2:42: the verbatim text lies open at least this long before the day of the assembly. */
const VERBATIM_DAYS = 5

export interface Term {
  days: number
  article: string
}

/** What stands in the way of convening (`refuse`) or wants attention (`warn`), with article and how to mend it. */
export interface Finding {
  weight: 'refuse' | 'warn'
  code: FindingCode
  article: string | null
  params: Record<string, string>
  mend: 'day' | 'agenda' | 'consent' | 'nothing'
}

export type FindingCode =
  | 'tooShort'
  | 'past'
  | 'noItems'
  | 'noPapers'
  | 'verbatimMissing'
  | 'verbatimLate'
  | 'nowhere'
  | 'digitalOnly'
  | 'nobody'
  | 'noAddress'
  | 'dischargeAlone'
  | 'requestTooLate'

export interface ConvocationCase {
  today: Day
  heldOn: Day
  items: readonly {
    number: number
    title: string
    type: ItemType
    decisionType: DecisionType | null
    /** It goes out now; false when it was convened before. */
    isNew: boolean
    papers: number
    /** The day on which the first version of the verbatim text was added, or null. */
    verbatimOn: Day | null
  }[]
  place: string
  onlineAddress: string | null
  ordinary: Term
  statuteChange: Term
  fullyDigital: { value: boolean; article: string }
  recipients: number
  /** Names of members that can be reached neither by e-mail nor by letter. */
  unreachable: readonly string[]
  /** The last day for an assembly that members asked for, or null. */
  requestedBefore: Day | null
}

/** The last day with `days` full days between it and the day itself: neither end counts. */
export const lastDayFor = (heldOn: Day, days: number): Day => addDays(heldOn, -days - 1)
/** The first day that leaves `days` full days after today. */
export const firstDayAfter = (today: Day, days: number): Day => addDays(today, days + 1)

/** The term that counts for these items: the longest of what the statutes and the law ask. */
export function termOf({ items, ordinary, statuteChange }: ConvocationCase): Term {
  const changes = items.some(({ isNew, decisionType }) => isNew && decisionType === 'statuteChange')
  if (!changes) return ordinary
  const legal = { days: STATUTE_NOTICE_DAYS, article: 'BW 2:42' }
  return [ordinary, statuteChange, legal].reduce((a, b) => (b.days > a.days ? b : a), statuteChange)
}

/** Everything that the statutes and the law say of convening now: what refuses comes first. */
export function checkConvocation(given: ConvocationCase): Finding[] {
  const findings = [
    ...checkTerm(given),
    ...checkPlace(given),
    ...checkAgenda(given),
    ...given.items.flatMap((item) => checkItem(given, item)),
    ...checkRecipients(given),
  ]
  return findings.toSorted((a, b) => Number(a.weight === 'warn') - Number(b.weight === 'warn'))
}

const refuse = (
  code: FindingCode,
  article: string | null,
  mend: Finding['mend'],
  params: Record<string, string> = {},
): Finding => ({ weight: 'refuse', code, article, params, mend })
const warn = (
  code: FindingCode,
  article: string | null,
  mend: Finding['mend'],
  params: Record<string, string> = {},
): Finding => ({ weight: 'warn', code, article, params, mend })

function checkTerm(given: ConvocationCase): Finding[] {
  const { today, heldOn, requestedBefore } = given
  if (heldOn < today) return [refuse('past', null, 'day')]
  const { days, article } = termOf(given)
  const latest = lastDayFor(heldOn, days)
  const earliest = firstDayAfter(today, days)
  const late = requestedBefore !== null && heldOn > requestedBefore
  return [
    ...(today > latest ? [refuse('tooShort', article, 'day', { days: String(days), latest, earliest })] : []),
    ...(late ? [warn('requestTooLate', 'BW 2:41', 'day', { day: requestedBefore })] : []),
  ]
}

function checkPlace({ place, onlineAddress, fullyDigital }: ConvocationCase): Finding[] {
  if (place === '' && !onlineAddress) return [refuse('nowhere', null, 'day')]
  if (place === '' && !fullyDigital.value) return [refuse('digitalOnly', fullyDigital.article, 'day')]
  return []
}

function checkAgenda({ items }: ConvocationCase): Finding[] {
  if (!items.some(({ isNew }) => isNew)) return [refuse('noItems', null, 'agenda')]
  const has = (type: ItemType) => items.some((item) => item.type === type)
  return has('discharge') && !has('accounts') ? [warn('dischargeAlone', 'BW 2:58', 'agenda')] : []
}

function checkItem({ today, heldOn }: ConvocationCase, item: ConvocationCase['items'][number]): Finding[] {
  if (!item.isNew) return []
  const params = { number: String(item.number), title: item.title }
  if (item.type === 'accounts' && item.papers === 0) return [refuse('noPapers', 'BW 2:58', 'agenda', params)]
  if (item.decisionType !== 'statuteChange') return []
  const latest = lastDayFor(heldOn, VERBATIM_DAYS)
  const late = (item.verbatimOn ?? today) > latest
  if (late) return [refuse('verbatimLate', 'BW 2:42', 'day', { ...params, latest })]
  return item.verbatimOn ? [] : [warn('verbatimMissing', 'BW 2:42', 'agenda', { ...params, latest })]
}

function checkRecipients({ recipients, unreachable }: ConvocationCase): Finding[] {
  if (recipients === 0) return [refuse('nobody', null, 'nothing')]
  if (unreachable.length === 0) return []
  const params = { count: String(unreachable.length), members: unreachable.join(', ') }
  return [warn('noAddress', 'BW 2:41', 'consent', params)]
}
