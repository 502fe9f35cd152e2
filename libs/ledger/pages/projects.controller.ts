import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { CurrentVisitor, type Download, Lang, type Language, type Page, type Visitor } from '#platform'
import { sheetDownload } from '#sheets'
import { ProjectPages } from './project-pages.js'

/** Income and expenditure per project. */
@Controller('grootboek/projecten')
export class ProjectsController {
  constructor(@Inject(ProjectPages) private readonly pages: ProjectPages) {}

  @Get()
  list(@Lang() lang: Language, @Query('jaar') year?: string): Promise<Page> {
    return this.pages.list(lang, year)
  }

  @Get(':project')
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('project') project: string,
    @Query('jaar') year?: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, project, year)
  }

  @Get(':project/staat.csv')
  async csv(
    @Lang() lang: Language,
    @Param('project') project: string,
    @Query('jaar') year?: string,
  ): Promise<Download> {
    return sheetDownload('csv', await this.pages.sheet(lang, project, year))
  }

  @Get(':project/staat.xlsx')
  async xlsx(
    @Lang() lang: Language,
    @Param('project') project: string,
    @Query('jaar') year?: string,
  ): Promise<Download> {
    return sheetDownload('xlsx', await this.pages.sheet(lang, project, year))
  }
}
