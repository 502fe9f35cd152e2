import { type Language, type Messages, moment } from '#platform'
import type { ShownUpload } from '../uploads.service.js'
import { fieldLabel, textsOf } from '../words.js'
import type { ComparedField } from '../workbook/judge.js'
import { workbookLayout } from '../workbook/layout.js'
import { dutchText } from '../workbook/values.js'
import { shownFindings } from './finding-words.js'
import { headOf } from './heads.js'

const LONGEST_SHOWN = 240

/** The page of an uploaded workbook: what must change, and what it changes on the web. */
export function shownPage(
  messages: Messages,
  lang: Language,
  { report, fields, upload, judged }: ShownUpload,
  unanswered: readonly string[] = [],
) {
  const text = textsOf(messages, lang)
  const labels = labelsOf(text, report.template)
  const { problems } = upload.content
  const findings = shownFindings(messages, lang, problems, judged)
  const changed = (judged?.fields ?? []).filter(({ unreadable }) => !unreadable)
  const by = (fate: ComparedField['fate']) => changed.filter((one) => one.fate === fate)
  const asked = problems.length > 0 ? [] : by('asked')
  const taken = by('taken')
  const said = (kind: ComparedField['kind'], typed: string) =>
    clipped(dutchText(kind, typed)) || text('shown.empty')
  return {
    ...headOf(messages, lang, report),
    title: text('shown.title', { name: upload.name }),
    lead: text('page.open', { when: moment(lang, upload.uploadedAt) }),
    id: upload.id,
    outdated: judged === null,
    problemCount: problems.length,
    findingsText: problems.length > 0 ? null : text('shown.findingsText', { count: findings.length }),
    findingColumns: [{ label: text('shown.where') }, { label: text('shown.what') }],
    findings: findings.map(({ where, severity, message }) => [
      { value: where, note: text(`shown.severity.${severity}`) },
      message,
    ]),
    differenceColumns: ['field', 'old', 'new'].map((one) => ({ label: text(`shown.${one}`) })),
    differencesText: text('shown.differencesText', { count: taken.length }),
    differences: taken.map(({ field, kind, inFile, onWeb }) => [
      labels.get(field) ?? field,
      said(kind, onWeb),
      said(kind, inFile),
    ]),
    kept: countText(text, 'shown.kept', by('kept').length),
    unreadable: countText(
      text,
      'shown.unreadable',
      (judged?.fields ?? []).filter(({ unreadable }) => unreadable).length,
    ),
    asked: asked.map(({ field, kind, inFile, onWeb }) => ({
      name: `keuze.${field}`,
      seenName: `gezien.${field}`,
      seen: fields.get(field)?.revision ?? 0,
      label: labels.get(field),
      error: unanswered.includes(field) ? text('shown.chooseHere') : '',
      options: [
        { value: 'file', label: text('shown.mine'), hint: said(kind, inFile) },
        { value: 'web', label: text('shown.theirs'), hint: said(kind, onWeb) },
      ],
    })),
    errors: unanswered.map((field) => ({
      path: `keuze.${field}`,
      message: text('shown.choose', { label: labels.get(field) }),
    })),
    mayTake: judged !== null && problems.length === 0 && taken.length + asked.length > 0,
    nothing: judged !== null && problems.length === 0 && taken.length + asked.length === 0,
  }
}

function labelsOf(text: ReturnType<typeof textsOf>, template: ShownUpload['report']['template']) {
  const rows = workbookLayout(template).rows
  return new Map(
    rows.flatMap((row) => row.inputs.map((input) => [input.field, fieldLabel(text, row, input)] as const)),
  )
}

function countText(text: ReturnType<typeof textsOf>, key: string, count: number): string | null {
  return count > 0 ? text(key, { count }) : null
}

function clipped(typed: string): string {
  return typed.length > LONGEST_SHOWN ? `${typed.slice(0, LONGEST_SHOWN).trimEnd()}…` : typed
}
