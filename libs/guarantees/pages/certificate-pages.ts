import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '#kernel'
import { Members } from '#members'
import {
  Clock,
  type FieldError,
  formErrors,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type Visit,
  type Visitor,
} from '#platform'
import {
  type Certificate,
  GUARANTEE_STAFF,
  GuaranteeCertificates,
} from '../certificates/guarantee-certificates.service.js'
import { YearStatements } from '../certificates/year-statements.service.js'
import { Guarantees } from '../guarantees.service.js'
import { type CertificateStanding, groupedCode } from '../rules/certificate.js'
import { certificateText, shownCertificate } from './shown-certificate.js'

const VIEWS = 'libs/guarantees/pages/views'
const TONES: Record<CertificateStanding, string> = { holds: 'good', changed: 'warn', corrected: 'warn' }

/** A form that was refused. */
export interface RefusedCertificate {
  typed: Record<string, string>
  errors: readonly FieldError[]
}

/** The pages of certificates: those that were issued, one of them, and the check that is open to everyone. */
@Injectable()
export class CertificatePages {
  constructor(
    @Inject(GuaranteeCertificates) private readonly certificates: GuaranteeCertificates,
    @Inject(YearStatements) private readonly statements: YearStatements,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list({ lang, visitor }: Visit, refused?: RefusedCertificate): Promise<Page> {
    const text = certificateText(this.messages, lang)
    const names = new Map((await this.members.asOf(this.clock.today())).map(({ id, name }) => [id, name]))
    const holders = await this.holdersFor(visitor)
    const model = {
      title: text('title'),
      today: this.clock.today(),
      ...{ holders, onlyHolder: holders.length === 1 ? holders[0] : null, typed: refused?.typed ?? null },
      columns: [
        { label: text('label.member') },
        { label: text('label.day'), kind: 'day' },
        { label: text('label.issuedOn'), kind: 'day' },
        { label: text('label.code'), kind: 'figure' },
      ],
      rows: (await this.certificates.shownTo(visitor)).map(({ id, memberId, onDay, issuedAt, code }) => [
        { value: names.get(memberId) ?? '?', href: `/garanties/certificaten/${id}` },
        ...[onDay, dayOf(issuedAt), groupedCode(code)],
      ]),
      years: (await this.statements.years()).map((year) => ({
        href: `/garanties/jaaroverzicht/${year}`,
        label: this.messages.text(lang, 'guarantees.statement.title', { year }),
      })),
      errors: formErrors(this.messages, lang, refused?.errors ?? []),
    }
    return page(`${VIEWS}/certificates.hbs`, model, refused ? 422 : 200)
  }

  async one(lang: Language, certificate: Certificate): Promise<Page> {
    const { id, content, code, issuedAt, onDay } = certificate
    const text = certificateText(this.messages, lang)
    return page(`${VIEWS}/certificate.hbs`, {
      title: text('one.title', { day: longDay(lang, onDay) }),
      ...{ id, issuedAt, code: groupedCode(code), checkHref: `/garanties/certificaat?code=${code}` },
      shown: content && shownCertificate(this.messages, lang, content),
      standing: this.standing(lang, await this.certificates.standingOf(certificate)),
    })
  }

  /** @param typed the code, when one was given */
  async check(lang: Language, typed?: string): Promise<Page> {
    const text = certificateText(this.messages, lang)
    const found = typed ? await this.certificates.check(typed) : null
    const asked = { title: text('check.title'), typed: typed ? { code: typed } : null }
    if (!found) {
      const unknown = [{ field: 'code', code: 'certificate.unknownCode' }]
      const errors = typed ? formErrors(this.messages, lang, unknown) : []
      return page(`${VIEWS}/check-certificate.hbs`, { ...asked, errors, found: null }, typed ? 404 : 200)
    }
    const { certificate, standing } = found
    const { content, code, issuedAt, sha256 } = certificate
    return page(`${VIEWS}/check-certificate.hbs`, {
      ...{ ...asked, errors: [] },
      found: {
        ...{ code: groupedCode(code), issued: text('check.issued', { at: moment(lang, issuedAt) }) },
        standing: this.standing(lang, standing),
        shown: content && shownCertificate(this.messages, lang, content),
        hash: sha256.match(/.{8}/g)!.join(' '),
      },
    })
  }

  /** Whether it still holds; of one that was erased only that. */
  private standing(lang: Language, standing: CertificateStanding | null) {
    const text = certificateText(this.messages, lang)
    const key = standing ?? 'erased'
    return {
      tone: standing ? TONES[standing] : 'neutral',
      heading: text(`standing.${key}.title`),
      text: text(`standing.${key}.text`, { day: longDay(lang, this.clock.today()) }),
    }
  }

  /** Whom the visitor may issue a certificate for: the own members, and for staff everyone with a guarantee. */
  private async holdersFor(visitor: Visitor): Promise<{ value: string; label: string }[]> {
    const holders = await this.guarantees.holdersOn(this.clock.today())
    const scopes = visitor.scopesOf('delegate')
    return holders
      .filter(({ memberId }) => visitor.has(...GUARANTEE_STAFF) || scopes.includes(memberId))
      .map(({ memberId, name }) => ({ value: memberId, label: name }))
  }
}
