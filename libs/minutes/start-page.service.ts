import { Inject, Injectable } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import { addDays } from '#kernel'
import { Clock, Database, dayInDigits, type Happening, type Task, type Visitor } from '#platform'
import { Minutes, type MinutesOfAssembly } from './minutes.service.js'
import { signingOffices } from './rules/course.js'
import { listSigned, listUnfinished, listWithoutMinutes } from './store/minutes.store.js'

/** How far back an assembly without minutes is still a task. */
const DAYS_BACK = 400

/** What minutes ask of chair and secretary, and what was signed, for the start page. */
@Injectable()
export class MinutesStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('chair', 'secretary')) return []
    return [...(await this.toDraft(visitor)), ...(await this.toGoOn(visitor))]
  }

  async happeningsFor(): Promise<Happening[]> {
    return (await listSigned(this.database.read)).map(({ assemblyId, title, at }) => ({
      ...{ key: 'minutes.happenings.signed', values: { title }, at },
      href: `/alv/${assemblyId}/notulen`,
    }))
  }

  private async toDraft(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('secretary')) return []
    const since = new Date(`${addDays(this.clock.today(), -DAYS_BACK)}T00:00:00Z`)
    const assemblies = await listWithoutMinutes(this.database.read, since)
    return assemblies.map(({ id, title }) => task('draft', id, { title }))
  }

  private async toGoOn(visitor: Visitor): Promise<Task[]> {
    const tasks: Task[] = []
    for (const { assemblyId } of await listUnfinished(this.database.read)) {
      const known = await this.minutes.of(assemblyId)
      const key = known && taskOf(known, visitor)
      const assembly = key && (await this.records.assembly(assemblyId))
      if (key && assembly)
        tasks.push(task(key, assemblyId, { title: assembly.title, day: dayInDigits(assembly.heldOn) }))
    }
    return tasks
  }
}

/** What this person can do for minutes that are not finished; null when it is somebody else's turn. */
function taskOf({ state, offer, signatures }: MinutesOfAssembly, visitor: Visitor): string | null {
  if (state === 'approved') {
    const mine = signingOffices.find(
      (office) => visitor.has(office) && !signatures.some((one) => one.office === office),
    )
    return mine && !signatures.some(({ personId }) => personId === visitor.personId) ? 'sign' : null
  }
  if (!visitor.has('secretary')) return null
  if (offer?.standing.state === 'adopted') return 'approve'
  return state === 'draft' ? 'offer' : null
}

function task(what: string, assemblyId: string, values: Record<string, string>): Task {
  return {
    key: `minutes.tasks.${what}`,
    values,
    href: `/alv/${assemblyId}/notulen`,
    dueOn: null,
    openNow: false,
  }
}
