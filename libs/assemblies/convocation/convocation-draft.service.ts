import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { canonicalJson, type Day, dayOf } from '#kernel'
import { Members } from '#members'
import { Clock, sha256Hex, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { advanceFrom } from '../rules/advance.js'
import { startTimes } from '../rules/agenda.js'
import { requestStanding } from '../rules/assembly-request.js'
import {
  type ConvenedItem,
  type ConvocationContent,
  type ConvocationKind,
  type Recipient,
  recipientsOf,
} from '../rules/convocation-content.js'
import { type ConvocationCase, checkConvocation, type Finding, termOf } from '../rules/convocation-terms.js'
import { type AgendaItem, readItems } from '../store/agenda.store.js'
import type { AssemblyPlanned } from '../store/assembly-plan.store.js'
import { findRequest } from '../store/assembly-request.store.js'
import { readConsents, readConvocations, readRecipients } from '../store/convocation.store.js'
import type { AssemblyRow } from '../store/entities.js'
import { type Paper, Papers } from './papers.service.js'

/** What would be sent now, to whom, and what the terms say of it. */
export interface ConvocationDraft {
  content: ConvocationContent
  contentHash: string
  recipients: Recipient[]
  findings: Finding[]
  /** The items that go out for the first time. */
  newItemIds: string[]
}

export interface DraftWish {
  kind: ConvocationKind
  supporters?: boolean
  reason?: string
  /** Another day, time or place, for who postpones. */
  moved?: Pick<AssemblyPlanned, 'heldOn' | 'startsAt' | 'place' | 'onlineAddress'>
}

/** Puts together what a convocation says, and checks it against the statutes in force. */
@Injectable()
export class ConvocationDrafts {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Members) private readonly members: Members,
    @Inject(People) private readonly people: People,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Papers) private readonly papers: Papers,
  ) {}

  /** @throws RuleViolated `statutes.missing` */
  async draft(tx: Tx, assembly: AssemblyRow, wish: DraftWish): Promise<ConvocationDraft> {
    const plan = { ...assembly, ...wish.moved }
    const earlier = await readConvocations(tx, assembly.id)
    const items = await readItems(tx, assembly.id)
    const papers = await this.papers.of(
      items.map(({ id }) => id),
      tx,
    )
    const supporters = wish.supporters ?? earlier.some(({ content }) => content.supportersInvited)
    const changes = wish.kind === 'postponement' || wish.kind === 'cancellation'
    const only = changes ? await convenedBefore(tx, assembly.id) : null
    const recipients = await this.recipients(tx, plan.heldOn, supporters, only)
    const given = await this.caseOf(tx, plan, wish.kind, items, papers, recipients)
    const { starts, endsAt } = startTimes(plan.startsAt, items)
    const content: ConvocationContent = {
      assemblyId: assembly.id,
      kind: wish.kind,
      sequence: earlier.length,
      title: plan.title,
      assemblyKind: plan.kind,
      heldOn: plan.heldOn,
      startsAt: plan.startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      place: plan.place,
      onlineAddress: plan.onlineAddress,
      reason: wish.reason ?? null,
      supportersInvited: supporters,
      items: items.map((item, at) =>
        convenedItem(item, at, starts[at]!, papers.get(item.id) ?? [], earlier.length),
      ),
      terms: termOf(given),
      ...(await this.advanceOf(tx, plan, wish.kind)),
    }
    return {
      content,
      contentHash: sha256Hex(canonicalJson(content)),
      recipients,
      findings: wish.kind === 'cancellation' || wish.kind === 'continuation' ? [] : checkConvocation(given),
      newItemIds: items.filter(({ convenedAt }) => !convenedAt).map(({ id }) => id),
    }
  }

  /** The condition for voting in advance, where the statutes allow it and the assembly is still to begin. */
  private async advanceOf(
    tx: Tx,
    { heldOn, startsAt }: AssemblyRow,
    kind: ConvocationKind,
  ): Promise<Pick<ConvocationContent, 'advance'>> {
    const setting = (await this.statutes.asOf(heldOn, tx)).find('advanceVoting')
    if (!setting?.value.allowed || kind === 'cancellation' || kind === 'continuation') return {}
    return { advance: { from: advanceFrom(startsAt, setting.value), article: setting.article } }
  }

  private async caseOf(
    tx: Tx,
    plan: AssemblyRow,
    kind: ConvocationKind,
    items: readonly AgendaItem[],
    papers: ReadonlyMap<string, Paper[]>,
    recipients: readonly Recipient[],
  ): Promise<ConvocationCase> {
    const today = this.clock.today()
    const book = await this.statutes.asOf(today, tx)
    const term = (key: 'noticeDays.ordinary' | 'noticeDays.statuteChange') => {
      const { value, article } = book.get(key)
      return { days: value, article }
    }
    const digital = book.get('fullyDigital')
    const request = plan.requestId ? await findRequest(tx, plan.requestId) : null
    const standing = request && requestStanding({ ...request, answeredOn: null }, today)
    return {
      today,
      heldOn: plan.heldOn,
      items: items.map((item, at) => ({
        number: at + 1,
        title: item.title,
        type: item.type,
        decisionType: item.decisionType,
        isNew: kind === 'postponement' || !item.convenedAt,
        papers: papers.get(item.id)?.length ?? 0,
        verbatimOn: verbatimOn(papers.get(item.id) ?? []),
      })),
      place: plan.place,
      onlineAddress: plan.onlineAddress,
      ordinary: term('noticeDays.ordinary'),
      statuteChange: term('noticeDays.statuteChange'),
      fullyDigital: { value: digital.value, article: digital.article },
      recipients: recipients.length,
      unreachable: recipients.filter(({ address }) => address === '').map(({ memberName }) => memberName),
      requestedBefore: standing?.boardUntil ?? null,
    }
  }

  /** The members that may vote on the day, the supporting ones if they are invited; or only who was convened before. */
  private async recipients(
    tx: Tx,
    heldOn: Day,
    supporters: boolean,
    only: ReadonlySet<string> | null,
  ): Promise<Recipient[]> {
    const today = this.clock.today()
    const members = (await this.members.asOf(heldOn, tx)).filter(
      ({ id, mayVote, kind, status }) =>
        (mayVote || (supporters && kind === 'supporting' && status === 'member')) && (!only || only.has(id)),
    )
    const details = await this.members.allDetails(today, tx)
    const consents = await readConsents(tx)
    const delegates = await this.people.holders('delegate', today, tx)
    return recipientsOf(
      members.map(({ id, name, mayVote }) => ({
        memberId: id,
        memberName: name,
        voting: mayVote,
        consents: consents.get(id)?.consents ?? false,
        delegates: delegates.filter(({ scopeId }) => scopeId === id),
        postal: postalLines(details.get(id)),
      })),
    )
  }
}

function convenedItem(
  item: AgendaItem,
  at: number,
  startsAt: Date,
  papers: readonly Paper[],
  earlier: number,
): ConvenedItem {
  return {
    id: item.id,
    number: at + 1,
    title: item.title,
    explanation: item.explanation,
    ...(item.text ? { text: item.text } : {}),
    type: item.type,
    startsAt: startsAt.toISOString(),
    minutes: item.minutes,
    question: item.question,
    decisionType: item.decisionType,
    added: earlier > 0 && !item.convenedAt,
    papers: papers.map(({ id, title, verbatim, versions: [newest] }) => ({
      id,
      title,
      verbatim,
      version: newest!.number,
      fileName: newest!.file.name,
      bytes: newest!.file.bytes,
      sha256: newest!.file.sha256,
    })),
  }
}

/** The day on which the text of a change of the statutes was first there. */
function verbatimOn(papers: readonly Paper[]): Day | null {
  const days = papers
    .filter(({ verbatim }) => verbatim)
    .map(({ versions }) => dayOf(versions.at(-1)!.addedAt))
  return days.toSorted()[0] ?? null
}

function postalLines(
  details: { street: string | null; postalCode: string | null; city: string | null } | undefined,
): string[] {
  if (!details?.street || !details.postalCode || !details.city) return []
  return [details.street, `${details.postalCode}  ${details.city}`]
}

async function convenedBefore(tx: Tx, assemblyId: string): Promise<Set<string>> {
  return new Set((await readRecipients(tx, assemblyId)).map(({ memberId }) => memberId))
}
