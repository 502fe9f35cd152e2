import { Module } from '@nestjs/common'
import { AccountabilityModule } from '#accountability'
import { DocumentsModule } from '#documents'
import { ApprovedResults } from './approved-results.service.js'
import { Infographics } from './infographics.service.js'
import { AreasWithResultsController } from './pages/areas.controller.js'
import { InfographicController } from './pages/infographic.controller.js'
import { ResultsController } from './pages/results.controller.js'

@Module({
  imports: [AccountabilityModule, DocumentsModule],
  controllers: [AreasWithResultsController, ResultsController, InfographicController],
  providers: [ApprovedResults, Infographics],
  exports: [ApprovedResults, Infographics],
})
export class PublicResultsModule {}
