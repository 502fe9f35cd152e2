import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from './config/config.js'
import { Database } from './database/database.js'
import { newSecret } from './ids.js'

/** The secret that signs cookies: the setting, else one made once and kept in the database. */
@Injectable()
export class Secrets {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async sessionSecret(): Promise<string> {
    if (this.config.sessionSecret) return this.config.sessionSecret
    await this.database.read.query(
      `INSERT INTO instance_secrets (name, secret) VALUES ('session', $1) ON CONFLICT (name) DO NOTHING`,
      [newSecret()],
    )
    const rows: { secret: string }[] = await this.database.read.query(
      `SELECT secret FROM instance_secrets WHERE name = 'session'`,
    )
    return rows[0]!.secret
  }
}
