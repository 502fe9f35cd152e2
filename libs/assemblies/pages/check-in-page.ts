import { codeSquares } from '#documents'
import type { MemberOnDay } from '#members'
import { clockTime, type Language, type Messages, type Visitor } from '#platform'
import { pathOf } from '../hall/check-in-codes.service.js'
import type { HallNow } from '../hall/hall.service.js'
import { checkAttendance } from '../rules/assembly-phase.js'
import { proxyStateAt } from '../rules/proxies.js'
import type { AssemblyRow } from '../store/entities.js'
import { textsOf } from './page-text.js'

/** Who scans which code, and when. */
export interface Scan {
  member: MemberOnDay
  code: string
  visitor: Visitor
  at: { now: Date; today: string }
}

/** The model of `/alv/:id/binnen/:code`. */
export function checkInPage(
  { hall, messages }: { hall: HallNow; messages: Messages },
  assembly: AssemblyRow,
  { member, code, visitor, at }: Scan,
  lang: Language,
) {
  const text = textsOf(messages, lang)
  const isOwn = visitor.hasFor('delegate', member.id)
  const isDoor = !isOwn && visitor.has('secretary')
  const refused = checkAttendance(assembly, at.now, at.today)[0]
  const isPresent = hall.present.has(member.id)
  const last = hall.log.findLast(({ memberId }) => memberId === member.id)
  const gaveProxy = hall.proxies.some(
    (proxy) => proxy.principalId === member.id && proxyStateAt(proxy, hall.now) === 'accepted',
  )
  const reveals = isOwn || isDoor
  return {
    title: reveals ? member.name : text('checkIn.otherTitle'),
    assembly,
    ...{ reveals, isOwn, isDoor, code },
    number: member.number,
    note:
      reveals && !member.mayVote
        ? text(`checkIn.${member.kind === 'supporting' ? 'supporting' : 'suspended'}`)
        : '',
    arrived: isPresent && text('checkIn.arrived', { member: member.name, time: clockTime(lang, last!.at) }),
    proxy: gaveProxy && text(isPresent ? 'checkIn.proxySuspended' : 'checkIn.proxyWillSuspend'),
    refused: refused && messages.violation(lang, refused),
    verb: text(isOwn ? 'attendance.verb' : 'checkIn.verb', { member: member.name }),
  }
}

/** The model of `/alv/:id/binnen`: a code per own member. */
export function ownCodesPage(
  messages: Messages,
  assembly: AssemblyRow,
  members: readonly { name: string; code: string; address: string }[],
  lang: Language,
) {
  const text = textsOf(messages, lang)
  return {
    title: text('checkIn.ownTitle'),
    assembly,
    members: members.map(({ name, code, address }) => {
      const squares = codeSquares(address)
      // A white margin of four squares, without which no phone finds the code (ISO/IEC 18004).
      const box = `-4 -4 ${squares.length + 8} ${squares.length + 8}`
      return {
        name,
        href: `/alv/${assembly.id}/binnen/${code}`,
        path: pathOf(squares),
        box,
        alt: text('checkIn.altOf', { member: name }),
      }
    }),
  }
}
