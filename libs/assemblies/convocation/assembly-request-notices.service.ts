import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Notices } from '#notices'
import { Clock, longDay, type Tx } from '#platform'
import { requestStanding } from '../rules/assembly-request.js'
import type { AssemblyRequest } from '../store/assembly-request.store.js'

/** Who hears of a request: the board when it is filed, its first signer when the board stays silent. */
@Injectable()
export class AssemblyRequestNotices {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async filed(tx: Tx, request: AssemblyRequest): Promise<void> {
    const day = this.clock.today()
    const board = new Map<string, { name: string; email: string }>()
    for (const role of ['director', 'chair', 'secretary'] as const) {
      for (const { personId, name, email } of await this.people.holders(role, day, tx))
        board.set(personId, { name, email })
    }
    await this.notices.send(
      tx,
      [...board].map(([personId, person]) => ({
        notice: 'assemblies/request-filed',
        to: { personId, ...person },
        model: this.model(request),
        key: `assemblies/request-filed ${request.id} ${personId}`,
      })),
    )
  }

  async silence(tx: Tx, request: AssemblyRequest): Promise<void> {
    const first = (await this.people.named([request.startedBy], tx)).get(request.startedBy)
    if (!first) return
    await this.notices.send(tx, [
      {
        notice: 'assemblies/request-silent',
        to: { personId: request.startedBy, ...first },
        model: this.model(request),
        key: `assemblies/request-silent ${request.id}`,
      },
    ])
  }

  private model(request: AssemblyRequest) {
    const { boardUntil } = requestStanding(request, this.clock.today())
    return {
      subject: request.subject,
      asked: request.asked,
      forAssembly: request.kind === 'assembly',
      until: boardUntil && longDay('nl', boardUntil),
      path: `/alv/verzoeken/${request.id}`,
    }
  }
}
