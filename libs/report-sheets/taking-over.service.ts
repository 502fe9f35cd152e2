import { Inject, Injectable } from '@nestjs/common'
import { Drafting, type FieldChange, type ReportAddress, type SavedFields } from '#accountability'
import { RuleViolated } from '#kernel'
import type { Visitor } from '#platform'
import { type ShownUpload, WorkbookUploads } from './uploads.service.js'
import type { ComparedField } from './workbook/judge.js'
import { dutchText } from './workbook/values.js'

/** What a person decided where workbook and web both changed, having seen the web's text of a revision. */
export interface Choices {
  chosen: ReadonlyMap<string, 'file' | 'web'>
  seen: ReadonlyMap<string, number>
}

export type TakeOutcome =
  | { outcome: 'taken'; count: number; completionUndone: boolean }
  /** Fields in which both changed, of which no choice was made, or that changed once more since they were seen. */
  | { outcome: 'asked'; fields: string[] }

/** Taking a workbook over into the draft on the web. */
@Injectable()
export class TakingOver {
  constructor(
    @Inject(WorkbookUploads) private readonly uploads: WorkbookUploads,
    @Inject(Drafting) private readonly drafting: Drafting,
  ) {}

  /**
   * Saves in the draft what the workbook changed; where the web changed too only what a person chose after having seen
   * both. Safe to repeat, and beside others: a text that already stands there changes nothing, and a field that
   * somebody changes at this very moment is asked anew.
   * @returns null when there is no such upload
   * @throws RuleViolated `reportSheet.hasProblems`, `reportSheet.notOpen`; NotFoundException, ForbiddenException
   */
  async take(
    visitor: Visitor,
    address: ReportAddress,
    id: string,
    choices: Choices,
  ): Promise<TakeOutcome | null> {
    const shown = await this.uploads.find(visitor, address, id)
    if (!shown) return null
    const { judged, upload } = shown
    if (!judged) throw RuleViolated.of('reportSheet.notOpen')
    if (upload.content.problems.length > 0) throw RuleViolated.of('reportSheet.hasProblems')
    const readable = judged.fields.filter(({ unreadable }) => !unreadable)
    const unanswered = readable.filter((one) => one.fate === 'asked' && !isAnswered(one, shown, choices))
    if (unanswered.length > 0) return { outcome: 'asked', fields: unanswered.map(({ field }) => field) }
    const changes = readable
      .filter(
        ({ field, fate }) => fate === 'taken' || (fate === 'asked' && choices.chosen.get(field) === 'file'),
      )
      .map((one) => changeOf(one, shown))
    return outcomeOf(await this.drafting.saveFields(visitor, address, changes), changes.length)
  }
}

/** A choice counts for the text that was shown with it. */
function isAnswered({ field }: ComparedField, { fields }: ShownUpload, { chosen, seen }: Choices): boolean {
  return chosen.has(field) && seen.get(field) === (fields.get(field)?.revision ?? 0)
}

function changeOf({ field, kind, inFile }: ComparedField, { fields }: ShownUpload): FieldChange {
  return { field, text: dutchText(kind, inFile), seenRevision: fields.get(field)?.revision ?? 0 }
}

function outcomeOf({ conflicts, closed, completionUndone }: SavedFields, asked: number): TakeOutcome {
  if (conflicts.length > 0) return { outcome: 'asked', fields: conflicts.map(({ field }) => field) }
  return { outcome: 'taken', count: asked - closed.length, completionUndone }
}
