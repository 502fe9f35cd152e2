import { createHmac, timingSafeEqual } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { type CodeBlock, codeSquares } from '#documents'
import { CONFIG, type Config, type Language, Messages, Secrets } from '#platform'
import { PROOF_LENGTH, readCheckInCode, writeCheckInCode } from '../rules/check-in-code.js'

/**
 * The code of a member for one assembly: on its convocation and on the phone of its delegate, read at the door by
 * the secretary's phone. Derived from both ids with a secret: none is stored. It opens nothing by itself: whoever
 * scans it signs in, and may do what the own role allows.
 */
@Injectable()
export class CheckInCodes {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'baseUrl'>,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The same for ever, so a paper that is made again is the same. */
  async codeOf(assemblyId: string, memberId: string): Promise<string> {
    return writeCheckInCode({ memberId, proof: await this.derive(assemblyId, memberId) })
  }

  /** The address that the code holds: `/alv/:id/binnen/:code`. */
  async addressOf(assemblyId: string, memberId: string): Promise<string> {
    return `${this.config.baseUrl}/alv/${assemblyId}/binnen/${await this.codeOf(assemblyId, memberId)}`
  }

  /** The member that a code is of; null when it is not one of ours, or of another assembly. */
  async memberOf(assemblyId: string, code: string): Promise<string | null> {
    const read = readCheckInCode(code)
    if (!read) return null
    const proof = (await this.derive(assemblyId, read.memberId)).slice(0, PROOF_LENGTH)
    return timingSafeEqual(Buffer.from(read.proof), Buffer.from(proof)) ? read.memberId : null
  }

  /** For a paper: the code with what to do with it beside it. */
  async block(assemblyId: string, memberId: string, lang: Language): Promise<CodeBlock> {
    return {
      kind: 'code',
      rows: codeSquares(await this.addressOf(assemblyId, memberId)),
      alt: this.messages.text(lang, 'assemblies.checkIn.alt'),
      text: this.messages.text(lang, 'assemblies.checkIn.onPaper'),
    }
  }

  private async derive(assemblyId: string, memberId: string): Promise<string> {
    return createHmac('sha256', await this.secrets.sessionSecret())
      .update(`check-in ${assemblyId} ${memberId}`)
      .digest('base64url')
  }
}

/** The squares of a code as the path of an SVG, one unit each. */
export function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
}
