import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { NoticesWorkerModule } from '#notices'
import { type Config, DailyWorkModule, loadConfig, PlatformModule } from '#platform'
import { domainModules } from '../domain.modules.js'
import { entities } from '../entities.js'
import { run } from '../run.js'

/** The worker process: relay, queue consumers and the daily work, no HTTP. */
@Module({})
class WorkerModule {
  static with(config: Config) {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with(config, entities),
        ...domainModules,
        NoticesWorkerModule.when(true),
        DailyWorkModule.when(true),
      ],
    }
  }
}

await run(async () => {
  const worker = await NestFactory.createApplicationContext(WorkerModule.with(loadConfig(process.env)), {
    logger: ['error', 'warn'],
    abortOnError: false,
  })
  console.log('De worker van Samen draait')
  return () => worker.close()
})
