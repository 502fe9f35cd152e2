import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { isId, type Language, Messages, type Visitor } from '#platform'
import {
  type Call,
  type CalledHolder,
  type CallState,
  callPath,
  GuaranteeCalls,
} from '../guarantee-calls.service.js'
import type { ClaimState } from '../rules/claim.js'
import { CALL_WORKERS } from '../start-page.service.js'

export const VIEWS = 'libs/guarantee-calls/pages/views'

type Tone = 'good' | 'warn' | 'bad' | 'neutral'
const CALL_TONES: Record<CallState, Tone> = {
  ...{ proposed: 'neutral', adopted: 'warn', rejected: 'bad', withdrawn: 'neutral', lapsed: 'neutral' },
  ...{ issued: 'warn', settled: 'good', cancelled: 'neutral' },
}
const CLAIM_TONES: Record<ClaimState, Tone> = {
  ...{ settled: 'good', open: 'neutral', overdue: 'warn', inDefault: 'bad', pursued: 'warn' },
  ...{ writtenOff: 'bad', cancelled: 'neutral' },
}

/** What the pages about calls have in common. */
@Injectable()
export class CallWords {
  constructor(
    @Inject(Messages) readonly messages: Messages,
    @Inject(GuaranteeCalls) readonly calls: GuaranteeCalls,
  ) {}

  say(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `guarantee-calls.${key}`, values)
  }

  /** @throws NotFoundException */
  async find(id: string): Promise<Call> {
    const call = isId(id) ? await this.calls.find({ id }) : null
    if (!call) throw new NotFoundException()
    return call
  }

  callState(lang: Language, { state }: Call): { value: string; tone: Tone } {
    return { value: this.say(lang, `state.${state}`), tone: CALL_TONES[state] }
  }

  claimState(lang: Language, { state }: CalledHolder): { value: string; tone: Tone } | null {
    return state && { value: this.say(lang, `claim.${state}`), tone: CLAIM_TONES[state] }
  }

  holderPath(call: Call, { memberId }: CalledHolder): string {
    return `${callPath(call)}/leden/${memberId}`
  }
}

/** Whether the visitor may see how one holder pays: its own delegates, and who works with it. */
export function maySeeHolder(visitor: Visitor, memberId: string): boolean {
  return visitor.hasFor('delegate', memberId) || visitor.has(...CALL_WORKERS, 'auditCommittee')
}
