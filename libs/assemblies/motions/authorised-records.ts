import { Injectable } from '@nestjs/common'
import type { Language, Visitor } from '#platform'

/** A record in another library that an adopted decision releases, as the pages name it. */
export interface AuthorisedRecord {
  label: string
  /** Null for who may not see it. */
  href: string | null
}

type Source = (id: string, lang: Language, visitor: Visitor) => Promise<AuthorisedRecord | null>

/**
 * Where motions find the record that they authorise: an admission, an SLA, a distribution, annual accounts, a
 * discharge. The library that keeps such records says here how to name one.
 */
@Injectable()
export class AuthorisedRecords {
  private readonly sources = new Map<string, Source>()

  /** @param kind as in `SubmittedMotion.authorises` */
  add(kind: string, source: Source): void {
    this.sources.set(kind, source)
  }

  /** Null when nothing is authorised, or nobody here knows the record. */
  async find(
    kind: string | null,
    id: string | null,
    lang: Language,
    visitor: Visitor,
  ): Promise<AuthorisedRecord | null> {
    return kind && id ? ((await this.sources.get(kind)?.(id, lang, visitor)) ?? null) : null
  }
}
