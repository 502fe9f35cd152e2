import { Controller, Get, Inject, NotFoundException, Param, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type PaperSize, paperSizes } from '#documents'
import { RuleViolated } from '#kernel'
import { Lang, type Language, Messages, type Page, page } from '#platform'
import { type ApprovedQuarter, ApprovedResults } from '../approved-results.service.js'
import { type Form, Infographics } from '../infographics.service.js'
import { Words } from '../words.js'
import { pathOf } from './areas.controller.js'
import { resultsModel } from './results-model.js'

const TYPES = { svg: 'image/svg+xml; charset=utf-8', png: 'image/png', pdf: 'application/pdf' } as const
/** A file from outside may be anything; ours may do nothing either, whoever opens it. */
const HARMLESS = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** The infographic of one approved quarter: in a page, and as files to share and print. */
@Controller('wijken/:gebied/:kwartaal')
export class InfographicController {
  constructor(
    @Inject(ApprovedResults) private readonly approved: ApprovedResults,
    @Inject(Infographics) private readonly infographics: Infographics,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('infographic')
  async show(
    @Param('gebied') slug: string,
    @Param('kwartaal') quarter: string,
    @Lang() lang: Language,
  ): Promise<Page> {
    const found = await this.find(slug, quarter)
    const { results } = found
    const words = new Words(this.messages, lang)
    const text = (key: string, values?: Record<string, unknown>) => words.text(`infographic.${key}`, values)
    const path = pathOf(results)
    const mark = this.infographics.markOf(found, lang)
    const file = (extension: string, key: string, query = '') => ({
      href: `${path}/infographic.${extension}?${query}v=${mark}`,
      label: text(key),
      download: true,
    })
    return page('libs/public-results/pages/views/infographic.hbs', {
      title: text('title', { area: results.area.name, quarter: words.quarter(results.quarter) }),
      breadcrumbs: [
        { href: '/wijken', label: words.text('area.back') },
        { href: `/wijken/${slug}`, label: results.area.name },
        { href: path, label: words.quarter(results.quarter) },
      ],
      areaName: text('pageTitle', { area: results.area.name }),
      intro: text('lead', { quarter: words.quarter(results.quarter) }),
      drawing: await this.infographics.inPage(found, lang),
      files: [
        file('pdf', 'pdfA4', 'formaat=A4&'),
        file('pdf', 'pdfA3', 'formaat=A3&'),
        file('png', 'png'),
        file('svg', 'svg'),
      ],
      results: resultsModel(words, results),
      more: [{ href: path, label: text('back') }],
    })
  }

  @Get('infographic.svg')
  async svg(
    @Param('gebied') slug: string,
    @Param('kwartaal') quarter: string,
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | string> {
    return this.send(slug, quarter, lang, { kind: 'svg' }, request, reply)
  }

  @Get('infographic.png')
  async png(
    @Param('gebied') slug: string,
    @Param('kwartaal') quarter: string,
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | string> {
    return this.send(slug, quarter, lang, { kind: 'png' }, request, reply)
  }

  /** A4 unless `formaat` says A3. @throws RuleViolated `infographic.unknownPaper` */
  @Get('infographic.pdf')
  async pdf(
    @Param('gebied') slug: string,
    @Param('kwartaal') quarter: string,
    @Query('formaat') paper: unknown,
    @Lang() lang: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | string> {
    return this.send(slug, quarter, lang, { kind: 'pdf', paper: paperOf(paper) }, request, reply)
  }

  private async find(slug: string, quarter: string): Promise<ApprovedQuarter> {
    const found = await this.approved.find(slug, quarter)
    if (!found) throw new NotFoundException()
    return found
  }

  /**
   * A version never changes, and its mark names the file: who has it need not fetch it again (ETag), and an address
   * with the mark in it may be kept for ever. Without it a cache asks first, since a quarter can be opened again.
   */
  private async send(
    slug: string,
    quarter: string,
    lang: Language,
    form: Form,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Buffer | string> {
    const found = await this.find(slug, quarter)
    const paper = form.kind === 'pdf' ? `-${form.paper}` : ''
    const mark = this.infographics.markOf(found, lang)
    const etag = `"${mark}${paper}"`
    const isNamed = (request.query as { v?: unknown }).v === mark
    reply
      .header('etag', etag)
      .header('cache-control', isNamed ? 'public, max-age=31536000, immutable' : 'public, no-cache')
      .header('vary', 'cookie')
    if (has(request.headers['if-none-match'], etag)) {
      reply.status(304)
      return ''
    }
    const content = await this.infographics.file(found, lang, form)
    reply
      .type(TYPES[form.kind])
      .header(
        'content-disposition',
        `inline; filename="${slug}-${found.results.quarter}${paper}.${form.kind}"`,
      )
      .header('content-security-policy', HARMLESS)
      .header('x-content-type-options', 'nosniff')
    return content
  }
}

/** A proxy on the way may have marked it as weak (`W/`). */
function has(known: string | undefined, etag: string): boolean {
  return known?.split(/\s*,\s*/).some((one) => one.replace(/^W\//, '') === etag) ?? false
}

function paperOf(typed: unknown): PaperSize {
  if (typed === undefined) return 'A4'
  const name = String(typed).trim().toUpperCase()
  if (Object.hasOwn(paperSizes, name)) return name as PaperSize
  throw RuleViolated.of('infographic.unknownPaper', { typed: String(typed).slice(0, 20) })
}
