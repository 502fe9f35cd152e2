import { Controller, Get, Inject, Query } from '@nestjs/common'
import { Lang, type Language, type Page } from '#platform'
import { CertificatePages } from './certificate-pages.js'

/** Whether a certificate that somebody was given is ours, and still says how it is. Open to everyone. */
@Controller('garanties/certificaat')
export class CheckCertificateController {
  constructor(@Inject(CertificatePages) private readonly pages: CertificatePages) {}

  /** `?code=0123 4567 89ab cdef`; without it the form only. Keeps nothing. */
  @Get()
  check(@Lang() lang: Language, @Query('code') code?: unknown): Promise<Page> {
    return this.pages.check(
      lang,
      typeof code === 'string' && code.trim() !== '' ? code.slice(0, 100) : undefined,
    )
  }
}
