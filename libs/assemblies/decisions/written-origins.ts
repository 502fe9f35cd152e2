import { Injectable } from '@nestjs/common'
import type { Tx } from '#platform'

/** What the register shows of a decision that all members took without a meeting (BW 2:40 lid 2). */
export interface WrittenOrigin {
  /** The page where it was answered. */
  href: string
  reasoning: string
  /** One sentence, as that of a poll: why it was taken, or was not. */
  reason: string
  answers: { for: number; against: number; silent: number }
  /** The files of its proof besides the decision itself and what came after: name → content. */
  parts: Readonly<Record<string, unknown>>
}

type Source = (id: string, tx: Tx) => Promise<WrittenOrigin | null>

/** Where the register finds decisions without a meeting: the library that keeps them says so here. */
@Injectable()
export class WrittenOrigins {
  private source: Source = async () => null

  set(source: Source): void {
    this.source = source
  }

  find(id: string, tx: Tx): Promise<WrittenOrigin | null> {
    return this.source(id, tx)
  }
}
