import { Inject, Injectable } from '@nestjs/common'
import { sha256Bytes } from '#platform'
import { Minutes, type MinutesOfAssembly } from './minutes.service.js'
import { readHash } from './rules/typed-hash.js'

/** What a hash or a file turns out to be: the signed or approved text, an earlier version, or none of these minutes. */
export interface CheckedMinutes {
  outcome: 'signed' | 'approved' | 'current' | 'older' | 'none' | 'noHash'
  /** What was compared, and by what. */
  hash: string
  by: 'hash' | 'file'
  version: number | null
}

/** Compares what someone has with the minutes that are kept here. Nothing of it is kept. */
@Injectable()
export class MinutesChecking {
  constructor(@Inject(Minutes) private readonly minutes: Minutes) {}

  /** Null when there are no such minutes, or nobody put them to an assembly yet. */
  async find(id: string): Promise<MinutesOfAssembly | null> {
    const known = await this.minutes.numbered(id)
    return known?.offer ? known : null
  }

  /** A typed or pasted hash: of the text, or of a PDF. */
  async hash(known: MinutesOfAssembly, typed: string): Promise<CheckedMinutes> {
    const hash = readHash(typed)
    if (hash === null) return { outcome: 'noHash', hash: '', by: 'hash', version: null }
    return this.compare(known, hash, 'hash')
  }

  /** An uploaded file: a PDF that we made, or the text itself. */
  async file(known: MinutesOfAssembly, content: Buffer): Promise<CheckedMinutes> {
    return this.compare(known, sha256Bytes(content), 'file')
  }

  private async compare(
    known: MinutesOfAssembly,
    hash: string,
    by: CheckedMinutes['by'],
  ): Promise<CheckedMinutes> {
    const paper = known.papers.find(({ sha256 }) => sha256 === hash)
    if (paper?.kind === 'signed') return { outcome: 'signed', hash, by, version: paper.version }
    const versions = await this.minutes.versions(known.minutes.id)
    const version = paper?.version ?? versions.find((one) => one.hash === hash)?.number ?? null
    return { outcome: version === null ? 'none' : standingOf(known, version), hash, by, version }
  }
}

function standingOf({ latest, state }: MinutesOfAssembly, version: number): CheckedMinutes['outcome'] {
  if (version !== latest.number) return 'older'
  return state === 'signed' || state === 'approved' ? state : 'current'
}
