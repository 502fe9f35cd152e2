import { dayOf } from '#kernel'
import { clockTime, type Language, type Messages, shortDay, type Visitor } from '#platform'
import type { HallNow } from '../hall/hall.service.js'
import { type ProxyState, proxyStateAt } from '../rules/proxies.js'
import type { AssemblyRow } from '../store/entities.js'
import type { ProxyRecord } from '../store/proxy.store.js'
import { type Text, textsOf } from './page-text.js'

export interface ProxiesPageSources {
  hall: HallNow
  cap: { most: number; article: string }
  /** The names of all members on the day, by id. */
  names: ReadonlyMap<string, string>
  messages: Messages
}

/** The model of `/alv/:id/volmachten`: the own proxies, those that were received, and those of the hall. */
export function proxiesPage(
  { hall, cap, names, messages }: ProxiesPageSources,
  assembly: AssemblyRow,
  visitor: Visitor,
  lang: Language,
) {
  const text = textsOf(messages, lang)
  const own = new Set(visitor.scopesOf('delegate'))
  const isOver = assembly.endedAt !== null || assembly.cancelledAt !== null
  const shown = hall.proxies.map((proxy) => shownProxy(text, hall, names, proxy, lang))
  const live = shown.filter(({ state }) => state === 'asked' || state === 'accepted')
  const given = live.filter(({ principalId }) => own.has(principalId))
  const received = live.filter(({ holderId }) => own.has(holderId))
  const holders = new Set(received.flatMap(({ holderId, state }) => (state === 'accepted' ? [holderId] : [])))
  const mayGive = hall.electors.filter(
    ({ memberId }) =>
      own.has(memberId) &&
      !holders.has(memberId) &&
      !given.some(({ principalId }) => principalId === memberId),
  )
  const inHall = live.filter(({ state }) => state === 'accepted')
  return {
    title: text('proxy.title'),
    assembly,
    isOver,
    isDelegate: own.size > 0,
    capSentence: text('proxy.cap', { most: cap.most, article: cap.article }),
    given: given.map((proxy) => ({ ...proxy, mayRevoke: !isOver })),
    ended: shown.filter((proxy) => own.has(proxy.principalId) && !live.includes(proxy)),
    received: received.map((proxy) => ({
      ...proxy,
      mayAnswer: !isOver && proxy.state === 'asked',
      mayReturn: !isOver && proxy.state === 'accepted',
    })),
    form: !isOver &&
      mayGive.length > 0 && {
        action: `/alv/${assembly.id}/volmachten`,
        only: mayGive.length === 1 ? mayGive[0] : null,
        principals: mayGive.map(({ memberId, memberName }) => ({ value: memberId, label: memberName })),
        holders: hall.electors
          .filter(({ memberId }) => !own.has(memberId))
          .map(({ memberId, memberName }) => ({ value: memberId, label: memberName })),
      },
    isSecretary: visitor.has('secretary') && !isOver,
    letters: visitor.has('secretary', 'chair') ? live.filter(({ byLetter }) => byLetter) : [],
    columns: ['principal', 'holder', 'state'].map((key) => ({ label: text(`proxy.columns.${key}`) })),
    rows: inHall.map(({ principal, holder, label, tone, how }) => [
      { value: principal },
      { value: holder, note: how },
      { value: label, tone },
    ]),
  }
}

function shownProxy(
  text: Text,
  hall: HallNow,
  names: ReadonlyMap<string, string>,
  proxy: ProxyRecord,
  lang: Language,
) {
  const state = proxyStateAt(proxy, hall.now) as ProxyState
  const isSuspended = state === 'accepted' && hall.present.has(proxy.principalId)
  const principal = names.get(proxy.principalId) ?? ''
  const holder = names.get(proxy.holderId) ?? ''
  const label = text(`proxy.state.${isSuspended ? 'suspended' : state}`)
  const tone = isSuspended ? 'warn' : state === 'accepted' ? 'good' : 'neutral'
  const { id, principalId, holderId, byLetter, instruction, grantedAt } = proxy
  return {
    ...{ id, principalId, holderId, byLetter, state, principal, holder, label, tone, isSuspended },
    how: byLetter ? text('proxy.byLetter') : '',
    summary: [
      { label: text('proxy.columns.principal'), value: principal },
      { label: text('proxy.columns.holder'), value: holder },
      {
        label: text('proxy.columns.state'),
        value: label,
        note: isSuspended ? text('proxy.suspendedBecause', { member: principal }) : '',
      },
      { label: text('proxy.instruction'), value: instruction || text('proxy.noInstruction') },
      {
        label: text('proxy.granted'),
        value: text('proxy.grantedAt', {
          day: shortDay(lang, dayOf(grantedAt)),
          time: clockTime(lang, grantedAt),
        }),
        ...(byLetter && {
          note: text('proxy.byLetter'),
          actionHref: `/volmachten/${id}/bestand`,
          actionLabel: text('proxy.scan'),
        }),
      },
    ],
  }
}
