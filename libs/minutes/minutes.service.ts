import { Inject, Injectable } from '@nestjs/common'
import { AuthorisingMotions, type MotionStanding } from '#assemblies'
import { Database, isId, type Tx, type Visitor } from '#platform'
import { type MinutesCourse, type MinutesState, minutesState } from './rules/course.js'
import type {
  MinutesApprovalRow,
  MinutesOfferRow,
  MinutesPaperRow,
  MinutesRow,
  MinutesSignatureRow,
} from './store/entities.js'
import {
  findApproval,
  findLastOffer,
  findLatest,
  findMinutes,
  findVersion,
  listVersions,
  readPapers,
  readSignatures,
  type Version,
} from './store/minutes.store.js'

/** What an adopted motion to approve minutes refers to: one time that they were put to an assembly. */
export const MINUTES = 'minutes'

/** The minutes of an assembly with everything that happened to them. */
export interface MinutesOfAssembly {
  minutes: MinutesRow
  latest: Version
  offer: (MinutesOfferRow & { standing: MotionStanding }) | null
  approval: MinutesApprovalRow | null
  signatures: MinutesSignatureRow[]
  papers: MinutesPaperRow[]
  course: MinutesCourse
  state: MinutesState
}

/** Reading minutes. How they stand follows from what was recorded; nothing else is kept of it. */
@Injectable()
export class Minutes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuthorisingMotions) private readonly motions: AuthorisingMotions,
  ) {}

  /** Null when the assembly has no minutes yet. */
  async of(assemblyId: string, tx: Tx = this.database.read): Promise<MinutesOfAssembly | null> {
    const minutes = isId(assemblyId) ? await findMinutes(tx, { assemblyId }) : null
    return minutes && this.withCourse(minutes, tx)
  }

  /** By their own id. */
  async numbered(id: string, tx: Tx = this.database.read): Promise<MinutesOfAssembly | null> {
    const minutes = isId(id) ? await findMinutes(tx, { id }) : null
    return minutes && this.withCourse(minutes, tx)
  }

  /** One version of them; null when there is none with that number. */
  async version(minutesId: string, number: number, tx: Tx = this.database.read): Promise<Version | null> {
    return findVersion(tx, minutesId, number)
  }

  /** Every version without its content, the newest first. */
  async versions(minutesId: string, tx: Tx = this.database.read) {
    return listVersions(tx, minutesId)
  }

  private async withCourse(minutes: MinutesRow, tx: Tx): Promise<MinutesOfAssembly> {
    const { id } = minutes
    const last = await findLastOffer(tx, id)
    const offer = last && {
      ...last,
      standing: await this.motions.standing({ kind: MINUTES, id: last.id }, tx),
    }
    const approval = await findApproval(tx, id)
    const signatures = await readSignatures(tx, id)
    const course = {
      offer: offer && { poll: offer.standing.state },
      approved: approval !== null,
      signatures,
    }
    return {
      ...{ minutes, offer, approval, signatures, course },
      latest: (await findLatest(tx, id))!,
      papers: await readPapers(tx, id),
      state: minutesState(course),
    }
  }
}

/** The draft is for who writes it; once put to an assembly the minutes are for everyone who is signed in. */
export function mayRead(visitor: Visitor, { offer }: Pick<MinutesOfAssembly, 'offer'>): boolean {
  return offer !== null || mayWrite(visitor)
}

export const mayWrite = (visitor: Visitor): boolean => visitor.has('chair', 'secretary')
