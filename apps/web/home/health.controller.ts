import { Controller, Get, Header, Inject } from '@nestjs/common'
import { Database } from '#platform'

@Controller('gezond')
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** For load balancers and containers: answers "ok" while the database answers. */
  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  async check(): Promise<string> {
    await this.database.read.query('SELECT 1')
    return 'ok'
  }
}
