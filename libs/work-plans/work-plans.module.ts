import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { FilesModule } from '#files'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { NoticesModule } from '#notices'
import { PlanAgreeing } from './agreeing.service.js'
import { PlanEntering } from './entering.service.js'
import { PlanJudging } from './judging.service.js'
import { DivisionController } from './pages/division.controller.js'
import { DivisionPage } from './pages/division-page.js'
import { GoalsController } from './pages/goals.controller.js'
import { JudgementPage } from './pages/judgement-page.js'
import { JudgingController } from './pages/judging.controller.js'
import { PlanPage } from './pages/plan-page.js'
import { PlanWords } from './pages/plan-words.js'
import { WorkPlansController } from './pages/work-plans.controller.js'
import { PlanNotices } from './plan-notices.js'
import { WorkPlanStartPage } from './start-page.service.js'
import { SubsidyDivisions } from './subsidy-divisions.service.js'
import { WorkPlans } from './work-plans.service.js'
import { PlanWriting } from './writing.service.js'

@Module({
  imports: [AreasModule, FilesModule, GuaranteesModule, IdentityModule, NoticesModule],
  controllers: [WorkPlansController, GoalsController, JudgingController, DivisionController],
  providers: [
    ...[SubsidyDivisions, WorkPlans, PlanWriting, PlanAgreeing, PlanJudging, PlanEntering],
    ...[PlanNotices, PlanPage, JudgementPage, DivisionPage, PlanWords, WorkPlanStartPage],
  ],
  exports: [
    ...[SubsidyDivisions, WorkPlans, PlanWriting, PlanAgreeing, PlanJudging, PlanEntering],
    WorkPlanStartPage,
  ],
})
export class WorkPlansModule {}
