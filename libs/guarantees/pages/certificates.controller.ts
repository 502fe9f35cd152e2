import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisit,
  CurrentVisitor,
  Download,
  isId,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
  type Visitor,
} from '#platform'
import { CertificatePaper } from '../certificates/certificate-paper.js'
import {
  type Certificate,
  GuaranteeCertificates,
  mayReadCertificates,
} from '../certificates/guarantee-certificates.service.js'
import { CertificatePages } from './certificate-pages.js'

/** Certificates of what a member stands surety for. */
@Controller('garanties/certificaten')
export class CertificatesController {
  constructor(
    @Inject(GuaranteeCertificates) private readonly certificates: GuaranteeCertificates,
    @Inject(CertificatePaper) private readonly paper: CertificatePaper,
    @Inject(CertificatePages) private readonly pages: CertificatePages,
  ) {}

  @Get()
  list(@CurrentVisit() visit: Visit): Promise<Page> {
    return this.pages.list(visit)
  }

  /** Issues a certificate. Safe to repeat: the same certificate is issued once. */
  @Post()
  async issue(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const { lid = '', dag = '' } = typed
    try {
      if (!isId(lid)) throw RuleViolated.of('certificate.notYourMember', {}, 'lid')
      return seeOther(
        `/garanties/certificaten/${await this.certificates.issue(visit.visitor, { memberId: lid, day: dag })}`,
      )
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const errors = error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params }))
      return this.pages.list(visit, { typed, errors })
    }
  }

  @Get(':id')
  async one(@CurrentVisit() { lang, visitor }: Visit, @Param('id') id: string): Promise<Page> {
    return this.pages.one(lang, await this.find(visitor, id))
  }

  @Get(':id/certificaat.pdf')
  async pdf(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<Download> {
    const certificate = await this.find(visitor, id)
    const pdf = await this.paper.make(certificate)
    if (!pdf) throw new NotFoundException()
    return new Download(`garantiebewijs-${certificate.onDay}.pdf`, 'application/pdf', pdf)
  }

  private async find(visitor: Visitor, id: string): Promise<Certificate> {
    const found = isId(id) ? await this.certificates.find(id) : null
    if (!found || !mayReadCertificates(visitor, found.memberId)) throw new NotFoundException()
    return found
  }
}
