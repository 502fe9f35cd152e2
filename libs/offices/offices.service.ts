import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { addDays, type Day } from '#kernel'
import { Clock, Database, type Happening, Ids, type Task, type Tx, type Visitor } from '#platform'
import { type Office, offices } from './rules/offices.js'
import { contains } from './rules/term.js'
import type { Appointer } from './store/entities.js'
import { insertTerm, type OfficeTerm, readTerms } from './store/office-records.js'

/** How long beforehand a term that ends is announced: three months. */
const EXPIRES_WITHIN_DAYS = 92

/** A term to enter, with where it was decided. */
export interface NewTerm {
  office: Office
  personId: string
  from: Day
  until: Day | null
  appointedBy: Appointer | null
  decision?: string
  note?: string
  by: string | null
  recordedAt?: Date
  requestKey?: string
}

/** Who holds which office, as of a day and as it was known. */
@Injectable()
export class Offices {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The terms that hold on a day, per office. @param knownAt as it was known then */
  async onDay(day: Day, knownAt?: Date, tx: Tx = this.database.read): Promise<Record<Office, OfficeTerm[]>> {
    const terms = (await readTerms(tx, { knownAt })).filter((term) => contains(term, day))
    const byOffice = offices.map((office) => [office, terms.filter((term) => term.office === office)])
    return Object.fromEntries(byOffice)
  }

  /** Every term of an office, past and coming ones too, by start. */
  async terms(office: Office, tx: Tx = this.database.read): Promise<OfficeTerm[]> {
    return readTerms(tx, { office })
  }

  /** The offices that these people hold on a day. */
  async heldBy(personIds: readonly string[], day: Day, tx: Tx = this.database.read): Promise<OfficeTerm[]> {
    return (await readTerms(tx)).filter((term) => personIds.includes(term.personId) && contains(term, day))
  }

  /** The terms that hold on a day and end within three months after it. */
  async expiring(day: Day, tx: Tx = this.database.read): Promise<OfficeTerm[]> {
    const horizon = addDays(day, EXPIRES_WITHIN_DAYS)
    return (await readTerms(tx)).filter(
      (term) => contains(term, day) && term.until !== null && term.until <= horizon,
    )
  }

  /**
   * Enters a term with the role that goes with it, in the caller's transaction. The rules are not looked at: that
   * is for who appoints (`OfficeAppointing`); here come terms that were decided elsewhere.
   */
  async enter(tx: Tx, term: NewTerm): Promise<string> {
    const { office, personId, from, until, by, appointedBy, decision = '', note = '' } = term
    const assignmentId = await this.people.assign(tx, { personId, role: office, from, by })
    if (until !== null) await this.people.endRole(tx, assignmentId, until, by)
    const id = this.ids.next()
    await insertTerm(tx, {
      ...{
        id,
        office,
        personId,
        assignmentId,
        holdsFrom: from,
        holdsUntil: until,
        appointedBy,
        decision,
        note,
      },
      ...{ requestKey: term.requestKey ?? null, recordedBy: by },
      recordedAt: term.recordedAt ?? this.clock.now(),
    })
    return id
  }

  /** For the secretary: terms that end soon and have no one after them yet. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('secretary')) return []
    const ending = await this.expiring(this.clock.today())
    const followed = await Promise.all(
      ending.map(async (term) => (await this.terms(term.office)).some(({ from }) => from >= term.until!)),
    )
    return ending
      .filter((_, at) => !followed[at])
      .map(({ id, office, name, until }) => ({
        key: 'offices.tasks.expiring',
        values: { office, name },
        href: `/functies/termijnen/${id}`,
        dueOn: addDays(until!, -1),
        openNow: false,
      }))
  }

  /** What was recorded about the own offices; for the secretary and the chair about all. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const all = visitor.has('secretary', 'chair')
    const terms = (await readTerms(this.database.read)).filter(
      ({ personId, recordedBy }) => recordedBy !== null && (all || personId === visitor.personId),
    )
    return terms.flatMap(({ id, office, name, recordedAt, endedAt }) => {
      const one = (what: string, at: Date) => ({
        ...{
          key: `offices.happenings.${what}`,
          values: { office, name },
          href: `/functies/termijnen/${id}`,
          at,
        },
      })
      return [one('appointed', recordedAt), ...(endedAt ? [one('ended', endedAt)] : [])]
    })
  }
}
