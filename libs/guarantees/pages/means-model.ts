import { type Cents, formatCents } from '#kernel'
import { type Language, moment, type Text } from '#platform'
import type { ProposedMember, YearProposal } from '../means/share-proposals.service.js'
import { rateText } from '../rules/plain-amounts.js'
import type { GuaranteeMeansRow } from '../store/means-entities.js'

const AMOUNTS = ['equity', 'bound', 'pledged', 'share', 'more'] as const

/** What a member declared, what is proposed to it, and where it goes on. */
export function ownPart(
  { text, lang, open }: { text: Text; lang: Language; open: boolean },
  proposed: YearProposal,
  own: ProposedMember,
  history: readonly GuaranteeMeansRow[],
) {
  const { member, declared, pledgedCents, offeredCents, share } = own
  const moreCents = share?.moreCents ?? 0n
  const askedCents = moreCents > offeredCents ? moreCents - offeredCents : 0n
  const earlier = history.filter(({ memberId }) => memberId === member.id).length - 1
  return {
    name: member.name,
    ...{ pledgedCents, offeredCents, askedCents, open },
    declared: declared && declaredFacts(text, lang, declared, earlier),
    share: share && shareInWords(text, proposed, own),
    href: `/garanties?lid=${member.id}&bedrag=${encodeURIComponent(typedAmount(askedCents))}`,
    noRule: declared !== null && proposed.proposal === null,
  }
}

function declaredFacts(text: Text, lang: Language, declared: GuaranteeMeansRow, earlier: number) {
  const amount = (cents: Cents | null) => (cents === null ? text('notGiven') : formatCents(cents))
  return [
    { label: text('table.equity'), value: amount(declared.equityCents) },
    { label: text('table.income'), value: amount(declared.incomeCents) },
    { label: text('table.accounts'), value: String(declared.accountsYear) },
    ...(declared.remark ? [{ label: text('table.remark'), value: declared.remark }] : []),
    {
      label: text('table.declaredOn'),
      value: moment(lang, declared.declaredAt),
      note: earlier > 0 ? text('replaces', { count: earlier }) : '',
    },
  ]
}

function shareInWords(text: Text, { equityShare }: YearProposal, { member, share }: ProposedMember) {
  const { moreCents, shareCents, countedCents, boundCents } = share!
  const outcome = shareCents === 0n ? 'nothing' : moreCents > 0n ? 'more' : 'enough'
  return {
    moreCents,
    heading: text(`own.${outcome}`, { member: member.name, share: formatCents(shareCents) }),
    bound: text('own.bound', {
      ...{ counted: formatCents(countedCents), bound: formatCents(boundCents) },
      article: equityShare!.article,
    }),
  }
}

/** How the shares are computed, with where that stands. */
export function shareRules(text: Text, proposed: YearProposal): string[] {
  const { equityShare, incomeShare, requiredCents, capCents } = proposed
  if (!equityShare) return [text('rules.none')]
  return [
    text('rules.divided', { required: formatCents(requiredCents) }),
    incomeShare
      ? text('rules.counts', { rate: rateText(incomeShare.value), article: incomeShare.article })
      : text('rules.countsEquity'),
    text('rules.bound', { rate: rateText(equityShare.value), article: equityShare.article }),
    text('rules.cap', { cap: formatCents(capCents) }),
    text('rules.exact'),
  ]
}

/** Who declared and who didn't, for everyone: without amounts. */
export function whoDeclared(text: Text, { members }: YearProposal) {
  const asked = members.filter(({ member }) => member.status === 'member')
  const names = (given: boolean) =>
    asked.filter(({ declared }) => (declared !== null) === given).map(({ member }) => member.name)
  const [given, missing] = [names(true), names(false)]
  return { summary: text('declared.summary', { count: given.length, total: asked.length }), given, missing }
}

/** The table of everyone who declared means or stands surety, with its totals. Confidential. */
export function wholeTable(text: Text, { year, day, members, proposal, requiredCents }: YearProposal) {
  const shown = members.filter(({ declared, pledgedCents }) => declared || pledgedCents > 0n)
  const amounts = shown.map(amountsOf)
  return {
    day,
    columns: [
      { label: text('table.member') },
      ...AMOUNTS.map((key) => ({ label: text(`table.${key}`), kind: 'money' })),
    ],
    rows: shown.map(({ member, declared }, at) => {
      const [equity, ...others] = AMOUNTS.map((key) => amounts[at]![key])
      const income = declared?.incomeCents ?? null
      const note = declared ? text('accounts', { year: declared.accountsYear }) : text('silent')
      const withIncome = income === null ? '' : text('incomeToo', { income: formatCents(income) })
      return [{ value: member.name, note }, { value: equity ?? null, note: withIncome }, ...others]
    }),
    totals: [
      text('table.total'),
      ...AMOUNTS.map((key) => amounts.reduce((sum, one) => sum + (one[key] ?? 0n), 0n)),
    ],
    open: proposal && {
      tone: proposal.openCents > 0n ? 'warn' : 'good',
      text: text(proposal.openCents > 0n ? 'open' : 'covered', {
        ...{ open: formatCents(proposal.openCents), more: formatCents(proposal.moreCents) },
        ...{ required: formatCents(requiredCents), silent: formatCents(proposal.undeclaredPledgedCents) },
      }),
    },
    downloads: (['csv', 'xlsx'] as const).map((kind) => ({
      ...{ href: `/garanties/draagkracht/${year}/tabel.${kind}`, label: text(`download.${kind}`) },
      download: true,
    })),
  }
}

function amountsOf({ declared, pledgedCents, share }: ProposedMember) {
  return {
    ...{ equity: declared?.equityCents ?? null, bound: share?.boundCents ?? null },
    pledged: pledgedCents || null,
    ...{ share: share?.shareCents ?? null, more: share?.moreCents ?? null },
  }
}

/** As a person would type it: "1.500,00". */
const typedAmount = (cents: Cents): string => formatCents(cents).replace(/^€\s/, '')
