import { Inject, Injectable } from '@nestjs/common'
import { type Language, longDay, Messages } from '#platform'
import type { Finding } from '../rules/convocation-terms.js'

/** What the terms say, in the reader's language: what is wrong, by which article, and how to mend it. */
@Injectable()
export class FindingTexts {
  constructor(@Inject(Messages) private readonly messages: Messages) {}

  sentence(lang: Language, { code, params, article }: Finding): string {
    const text = this.messages.text(lang, `assemblies.findings.${code}`, shownParams(lang, params))
    return article ? `${text} (${article})` : text
  }

  /** The findings for the page of one assembly. */
  list(lang: Language, findings: readonly Finding[], assemblyId: string) {
    const pages = { day: 'wijziging', agenda: 'agenda' }
    return findings.map((finding) => ({
      weight: finding.weight,
      tone: finding.weight === 'refuse' ? 'bad' : 'warn',
      sentence: this.sentence(lang, finding),
      mend:
        finding.mend === 'nothing'
          ? null
          : {
              label: this.messages.text(lang, `assemblies.mend.${finding.mend}`),
              href:
                finding.mend === 'consent'
                  ? '/alv/email-toestemming'
                  : `/alv/${assemblyId}/${pages[finding.mend]}`,
            },
    }))
  }
}

function shownParams(lang: Language, params: Record<string, string>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (/^\d{4}-\d\d-\d\d$/.test(value)) return [name, longDay(lang, value)]
      return [name, /^\d{1,4}$/.test(value) ? Number(value) : value]
    }),
  )
}
