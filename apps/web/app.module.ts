import { type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core'
import { NoticesWorkerModule } from '#notices'
import { type Config, DailyWorkModule, PERMISSIONS, PlatformModule } from '#platform'
import { domainModules } from '../domain.modules.js'
import { entities } from '../entities.js'
import { AccessGuard } from './access.guard.js'
import { DemoModule } from './demo/demo.module.js'
import { ErrorFilter } from './error.filter.js'
import { HealthController } from './home/health.controller.js'
import { HomeController } from './home/home.controller.js'
import { MineController } from './home/mine.controller.js'
import { PageInterceptor } from './page.interceptor.js'
import { PageRenderer } from './page-renderer.js'
import { allPermissions } from './permissions.js'

/** The web process: all libraries, the pages around them, and the worker when it runs inline. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, entities),
        ...domainModules,
        NoticesWorkerModule.when(config.worker === 'inline'),
        DailyWorkModule.when(config.worker === 'inline'),
        ...(config.demo ? [DemoModule] : []),
      ],
      controllers: [HomeController, MineController, HealthController],
      providers: [
        PageRenderer,
        { provide: PERMISSIONS, useValue: allPermissions(config.demo) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
    }
  }
}
