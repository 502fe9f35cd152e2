import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { AssemblyRecords, textDifference } from '#assemblies'
import { People } from '#identity'
import { type Language, moment, type Page, page, type ShownError, type Visitor } from '#platform'
import { Minutes, type MinutesOfAssembly, mayWrite } from '../minutes.service.js'
import { checkEdit } from '../rules/course.js'
import { LONGEST_REMARKS, type MinutesContent } from '../rules/minutes.js'
import { groupedHash } from '../rules/typed-hash.js'
import { MinutesWriting, type Written } from '../writing.service.js'
import { MinutesPages } from './minutes-pages.js'
import { shownSection } from './shown-section.js'

const VIEWS = 'libs/minutes/pages/views'
const EXCERPT = 120

/** What came back of a form: a text that was refused, or one that somebody else wrote meanwhile. */
export interface TypedAgain {
  typed: Record<string, string>
  errors?: ShownError[]
  conflict?: Extract<Written, { kind: 'conflict' }>
}

/** The pages on which minutes are written, and those of their versions. */
@Injectable()
export class WritingPages {
  constructor(
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(MinutesWriting) private readonly writing: MinutesWriting,
    @Inject(MinutesPages) private readonly pages: MinutesPages,
    @Inject(People) private readonly people: People,
  ) {}

  /** Every part, with what is typed in it. */
  async overview(lang: Language, assemblyId: string): Promise<Page> {
    const { known, assembly } = await this.find(assemblyId)
    const { latest, course } = known
    return page(`${VIEWS}/writing.hbs`, {
      title: this.pages.words(lang, 'writing.title'),
      ...{ assembly, heading: this.pages.titleOf(lang, assembly), version: latest.number },
      closed: checkEdit(course)[0]?.code
        ? this.pages.words(lang, `violations.${checkEdit(course)[0]!.code}`)
        : null,
      logChanged: checkEdit(course).length === 0 && (await this.writing.logChanged(assemblyId, latest)),
      parts: latest.content.sections.map(({ key, heading, facts, remarks }) => ({
        heading,
        href: `/alv/${assemblyId}/notulen/bewerken/${key}`,
        excerpt: remarks.length > EXCERPT ? `${remarks.slice(0, EXCERPT).trimEnd()}…` : remarks,
        facts: this.pages.words(lang, 'writing.facts', { count: facts.length }),
      })),
      happened: await this.versionLines(lang, assemblyId, known),
    })
  }

  /** One part: the facts beside what can be typed. */
  async section(lang: Language, assemblyId: string, key: string, again?: TypedAgain): Promise<Page> {
    const { known, assembly } = await this.find(assemblyId)
    const { latest, course } = known
    const section = latest.content.sections.find((one) => one.key === key)
    if (!section) throw new NotFoundException()
    const { conflict } = again ?? {}
    const model = {
      title: section.heading,
      ...{ assembly, heading: this.pages.titleOf(lang, assembly), section: shownSection(section) },
      version: latest.number,
      longest: LONGEST_REMARKS,
      closed:
        checkEdit(course).length > 0 && this.pages.words(lang, `violations.${checkEdit(course)[0]!.code}`),
      difference: conflict ? textDifference(conflict.theirs, conflict.yours) : null,
      value: section.remarks,
      ...{ typed: again?.typed ?? null, errors: again?.errors ?? null },
    }
    return page(`${VIEWS}/section.hbs`, model, conflict ? 409 : again ? 422 : 200)
  }

  /**
   * A version, with what it changed of the one before. What was written before the minutes were first put to an assembly
   * is for who writes them.
   */
  async version(lang: Language, visitor: Visitor, assemblyId: string, number: string): Promise<Page> {
    const { known, assembly } = await this.find(assemblyId)
    const first = firstShown(visitor, known)
    const wanted = /^[1-9]\d{0,4}$/.test(number) ? Number(number) : 0
    const found = wanted >= first ? await this.minutes.version(known.minutes.id, wanted) : null
    if (!found) throw new NotFoundException()
    const before = wanted > first ? await this.minutes.version(known.minutes.id, wanted - 1) : null
    const heading = this.pages.titleOf(lang, assembly)
    return page(`${VIEWS}/version.hbs`, {
      title: this.pages.words(lang, 'version.title', { number: wanted }),
      ...{ assembly, heading, version: found, hash: groupedHash(found.hash) },
      kind: this.pages.words(lang, `version.${found.kind}`),
      changes: before ? changesOf(before.content, found.content) : [],
      happened: await this.versionLines(lang, assemblyId, known, first),
    })
  }

  private async versionLines(
    lang: Language,
    assemblyId: string,
    { minutes, latest }: MinutesOfAssembly,
    first = 1,
  ) {
    const versions = (await this.minutes.versions(minutes.id)).filter(({ number }) => number >= first)
    const names = await this.people.named([...new Set(versions.map(({ recordedBy }) => recordedBy))])
    const headings = new Map(latest.content.sections.map(({ key, heading }) => [key, heading]))
    return versions.map(({ number, kind, section, recordedAt, recordedBy }) => ({
      when: moment(lang, recordedAt),
      at: recordedAt.toISOString(),
      heading: this.pages.words(lang, 'version.title', { number }),
      text: [
        this.pages.words(lang, `version.${kind}`),
        section && headings.get(section),
        names.get(recordedBy)?.name,
      ]
        .filter(Boolean)
        .join(' · '),
      href: `/alv/${assemblyId}/notulen/versies/${number}`,
      linkLabel: this.pages.words(lang, 'version.show', { number }),
    }))
  }

  private async find(assemblyId: string) {
    const assembly = await this.records.assembly(assemblyId)
    const known = assembly && (await this.minutes.of(assemblyId))
    if (!assembly || !known) throw new NotFoundException()
    return { assembly, known }
  }
}

/** The first version that this person may see. */
function firstShown(visitor: Visitor, { papers }: MinutesOfAssembly): number {
  if (mayWrite(visitor)) return 1
  return Math.min(...papers.map(({ version }) => version))
}

/** The parts that a version changed: what was typed, and whether the facts from the log are others. */
function changesOf(before: MinutesContent, after: MinutesContent) {
  const old = new Map(before.sections.map((section) => [section.key, section]))
  return after.sections.flatMap((section) => {
    const was = old.get(section.key)
    const facts = JSON.stringify(was?.facts) !== JSON.stringify(section.facts)
    const typed = (was?.remarks ?? '') !== section.remarks
    if (!facts && !typed) return []
    return [
      {
        heading: section.heading,
        facts,
        difference: typed ? textDifference(was?.remarks ?? '', section.remarks) : null,
      },
    ]
  })
}
