import { type INestApplicationContext, Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AssembliesModule } from '#assemblies'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { type Config, loadConfig, PlatformModule } from '#platform'
import { StatutesModule } from '#statutes'
import { entities } from '../../apps/entities.js'

/** What an assembly needs around it. */
export const assemblyModules = [
  NoticesModule,
  IdentityModule,
  MembersModule,
  StatutesModule,
  AssembliesModule,
]

@Module({})
class TestModule {
  static with(config: Config, domain: readonly Type[]) {
    return { module: TestModule, imports: [PlatformModule.with(config, entities), ...domain] }
  }
}

/**
 * The services of these libraries on a database, without HTTP; its clock can be moved.
 * @param pool connections, for tests in which many do something at once
 */
export function startContext(
  databaseUrl: string,
  domain: readonly Type[],
  pool = 20,
): Promise<INestApplicationContext> {
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    SAMEN_DEMO: '1',
    LOG_LEVEL: 'error',
    DATABASE_POOL: String(pool),
  })
  return NestFactory.createApplicationContext(TestModule.with(config, domain), {
    logger: ['error'],
    abortOnError: false,
  })
}
