import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import {
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type ShownError,
  type Visitor,
} from '#platform'
import { Minutes, type MinutesOfAssembly, mayRead, mayWrite } from '../minutes.service.js'
import { MinutesOffering } from '../offering.service.js'
import { groupedHash } from '../rules/typed-hash.js'
import { changedSince, nextSteps } from './next-steps.js'
import { shownSection } from './shown-section.js'

const VIEWS = 'libs/minutes/pages/views'
const TONES = { draft: 'neutral', offered: 'warn', approved: 'warn', signed: 'good' } as const

/** A form on the page that was refused. */
export interface Refused {
  errors: ShownError[]
  typed: Record<string, string>
}

type AssemblyOfMinutes = NonNullable<Awaited<ReturnType<AssemblyRecords['assembly']>>>

/** The page of the minutes of one assembly. */
@Injectable()
export class MinutesPages {
  constructor(
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(MinutesOffering) private readonly offering: MinutesOffering,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @throws NotFoundException for an assembly that is not there; minutes that aren't yet have a page that says so. */
  async show(lang: Language, visitor: Visitor, assemblyId: string, refused?: Refused): Promise<Page> {
    const assembly = await this.records.assembly(assemblyId)
    if (!assembly) throw new NotFoundException()
    const known = await this.minutes.of(assemblyId)
    if (!known || !mayRead(visitor, known)) return this.none(lang, visitor, assembly, known !== null)
    return this.known(lang, visitor, assembly, known, refused)
  }

  /** The name of the minutes: "Notulen van 15 februari 2020". */
  titleOf(lang: Language, { heldOn }: Pick<AssemblyOfMinutes, 'heldOn'>): string {
    return this.words(lang, 'title', { day: longDay(lang, heldOn) })
  }

  words(lang: Language, key: string, values?: Record<string, unknown>): string {
    return this.messages.text(lang, `minutes.${key}`, values)
  }

  private none(lang: Language, visitor: Visitor, assembly: AssemblyOfMinutes, drafted: boolean): Page {
    const writes = mayWrite(visitor)
    const why = !assembly.endedAt ? 'notEnded' : drafted || !writes ? 'notOffered' : 'notDrafted'
    return page(`${VIEWS}/none.hbs`, {
      title: this.titleOf(lang, assembly),
      assembly,
      why: this.words(lang, `none.${why}`),
      mayDraft: writes && assembly.endedAt !== null && !drafted,
    })
  }

  private async known(
    lang: Language,
    visitor: Visitor,
    assembly: AssemblyOfMinutes,
    known: MinutesOfAssembly,
    refused?: Refused,
  ): Promise<Page> {
    const { latest, state, minutes, papers } = known
    const model = {
      title: this.titleOf(lang, assembly),
      ...{ assembly, state, minutes, heading: latest.content.title, subtitle: latest.content.subtitle },
      stateText: this.words(lang, `state.${state}`),
      stateTone: TONES[state],
      summary: await this.summary(lang, known),
      sections: latest.content.sections.map(shownSection),
      next: await this.next(lang, visitor, known),
      changedSince: changedSince(known),
      links: this.links(lang, visitor, assembly.id, known),
      hasSignedPaper: papers.some(({ kind }) => kind === 'signed'),
      hash: latest.hash,
      ...{ errors: refused?.errors ?? null, typed: refused?.typed ?? null },
    }
    return page(`${VIEWS}/minutes.hbs`, model, refused ? 422 : 200)
  }

  private async summary(lang: Language, { latest, offer, approval, signatures }: MinutesOfAssembly) {
    const text = (key: string, values?: Record<string, unknown>) => this.words(lang, `label.${key}`, values)
    const next = offer && (await this.records.assembly(offer.assemblyId))
    const signed = signatures.map(({ office, name, signedAt }) => ({
      label: text(`signed.${office}`),
      value: name,
      note: moment(lang, signedAt),
    }))
    return [
      {
        label: text('version'),
        value: String(latest.number),
        note: moment(lang, latest.recordedAt),
      },
      ...(next
        ? [
            {
              label: text('offeredTo'),
              value: next.title,
              note: longDay(lang, next.heldOn),
              href: `/voorstellen/${offer.motionId}`,
            },
          ]
        : []),
      ...(approval
        ? [
            {
              label: text('approved'),
              value: text('decision', { number: approval.decisionNumber }),
              note: longDay(lang, approval.approvedOn),
              href: `/besluiten/${approval.decisionNumber}`,
            },
          ]
        : []),
      ...signed,
      { label: text('hash'), value: groupedHash(latest.hash), note: text('hashNote') },
    ]
  }

  private async next(lang: Language, visitor: Visitor, known: MinutesOfAssembly) {
    const offers = mayWrite(visitor) && known.state === 'draft'
    const candidates = offers ? await this.offering.candidates(known.minutes.assemblyId) : []
    const assemblies = candidates.map(({ id, title, heldOn }) => ({
      value: id,
      label: `${title}, ${longDay(lang, heldOn)}`,
    }))
    return { ...nextSteps(visitor, known, (key) => this.words(lang, key)), assemblies }
  }

  private links(
    lang: Language,
    visitor: Visitor,
    assemblyId: string,
    { minutes, offer, latest }: MinutesOfAssembly,
  ) {
    return [
      { href: `/alv/${assemblyId}/notulen.pdf`, label: this.words(lang, 'link.pdf'), download: true },
      ...(offer ? [{ href: `/notulen/${minutes.id}/controle`, label: this.words(lang, 'link.check') }] : []),
      ...(offer || mayWrite(visitor)
        ? [
            {
              href: `/alv/${assemblyId}/notulen/versies/${latest.number}`,
              label: this.words(lang, 'link.versions'),
            },
          ]
        : []),
    ]
  }
}
