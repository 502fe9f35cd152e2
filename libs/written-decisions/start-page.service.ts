import { Inject, Injectable } from '@nestjs/common'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { listNews, listUnsettled, listWaiting } from './store/written.store.js'
import { WrittenDecisions } from './written-decisions.service.js'

/** What decisions without a meeting ask of a person, and what became of them, for the start page. */
@Injectable()
export class WrittenStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    return [...(await this.toAnswer(visitor)), ...(await this.toPrepare(visitor))]
  }

  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    if (!visitor.has('delegate', 'secretary', 'chair', 'director')) return []
    return (await listNews(this.database.read)).map(({ id, title, reason, at }) => {
      const key = reason === null ? 'opened' : reason === 'unanimous' ? 'adopted' : 'notTaken'
      return { key: `written-decisions.happenings.${key}`, values: { title }, href: pathOf(id), at }
    })
  }

  /** For a delegate: each member of the visitor that has not answered. */
  private async toAnswer(visitor: Visitor): Promise<Task[]> {
    const own = visitor.scopesOf('delegate')
    if (own.length === 0) return []
    const tasks: Task[] = []
    for (const id of await listUnsettled(this.database.read)) {
      const known = await this.written.find(id)
      if (known?.state !== 'open') continue
      const answered = new Set((await this.written.answers(id)).map(({ memberId }) => memberId))
      const silent = (await this.written.entitledOn(this.clock.today())).filter(
        ({ memberId }) => own.includes(memberId) && !answered.has(memberId),
      )
      for (const { memberName } of silent) {
        const values = { title: known.proposal.title, member: memberName }
        tasks.push(task('answer', id, values, known.opening!.closesOn))
      }
    }
    return tasks
  }

  /** For the director to record that the board knows, then for the secretary to ask the members. */
  private async toPrepare(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('director', 'secretary')) return []
    const waiting = await listWaiting(this.database.read)
    return waiting
      .filter(({ boardKnows }) => visitor.has(boardKnows ? 'secretary' : 'director'))
      .map(({ id, title, boardKnows }) => task(boardKnows ? 'open' : 'know', id, { title }, null))
  }
}

function pathOf(id: string): string {
  return `/besluiten/zonder-vergadering/${id}`
}

function task(what: string, id: string, values: Record<string, string>, dueOn: string | null): Task {
  return { key: `written-decisions.tasks.${what}`, values, href: pathOf(id), dueOn, openNow: false }
}
