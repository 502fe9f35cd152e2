import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Clock, DailyWork, Database, type Happening, longDay, type Task, type Visitor } from '#platform'
import { Statutes } from '#statutes'
import { lastDayFor } from '../rules/convocation-terms.js'
import { readPlanned } from '../store/assembly-plan.store.js'
import { readRecentConvocations, readUnposted } from '../store/convocation.store.js'
import { AssemblyRequests } from './assembly-requests.service.js'

/** What planning and convening ask of a person, and what happened of it, for the start page. */
@Injectable()
export class ConvocationTasks implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DailyWork) private readonly daily: DailyWork,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(AssemblyRequests) private readonly requests: AssemblyRequests,
  ) {}

  onModuleInit(): void {
    this.daily.add('assembly requests', (today) => this.requests.tellOfSilence(today))
  }

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    const convening = visitor.has('chair', 'secretary')
    return [
      ...(convening ? await this.toConvene() : []),
      ...(visitor.has('secretary') ? await this.toPost() : []),
      ...(await this.requestsFor(visitor, convening || visitor.has('director'))),
    ]
  }

  async happeningsFor(): Promise<Happening[]> {
    const recent = await readRecentConvocations(this.database.read)
    return recent.map(({ assemblyId, kind, content, convenedAt }) => ({
      key: `assemblies.happenings.${kind}`,
      values: { title: content.title, day: longDay('nl', content.heldOn) },
      href: `/alv/${assemblyId}`,
      at: convenedAt,
    }))
  }

  private async toConvene(): Promise<Task[]> {
    const planned = await readPlanned(this.database.read)
    if (planned.length === 0) return []
    const days = (await this.statutes.asOf(this.clock.today())).find('noticeDays.ordinary')?.value ?? 0
    return planned.map(({ id, title, heldOn }) => ({
      key: 'assemblies.tasks.convene',
      values: { title },
      href: `/alv/${id}/oproeping`,
      dueOn: lastDayFor(heldOn, days),
      openNow: false,
    }))
  }

  private async toPost(): Promise<Task[]> {
    const unposted = await readUnposted(this.database.read)
    return unposted.map(({ assemblyId, title }) => ({
      key: 'assemblies.tasks.post',
      values: { title },
      href: `/alv/${assemblyId}/oproeping`,
      dueOn: this.clock.today(),
      openNow: false,
    }))
  }

  private async requestsFor(visitor: Visitor, board: boolean): Promise<Task[]> {
    const requests = await this.requests.list()
    return requests.flatMap(({ id, kind, subject, startedBy, standing }) => {
      const { state, boardUntil } = standing
      if (state === 'collecting' || state === 'answered') return []
      const silent = kind === 'assembly' && state !== 'filed'
      const own = silent && startedBy === visitor.personId
      if (!board && !own) return []
      const key = own && !board ? 'assemblies.tasks.conveneYourself' : 'assemblies.tasks.answerRequest'
      const values = { subject }
      return [{ key, values, href: `/alv/verzoeken/${id}`, dueOn: board ? boardUntil : null, openNow: false }]
    })
  }
}
