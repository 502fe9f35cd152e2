import Handlebars from 'handlebars'
import { formatCents } from '#kernel'
import { FRESH_MINUTES } from '../access/step-up.js'
import { dayInDigits, fullDay, longDay, moment, timeOfDay } from '../text/dates.js'
import { richHtml } from '../text/rich-text.js'
import { isNumeric, stackedBars, type TableColumn, tableCell, wholePart } from './template-shapes.js'

type Options = Handlebars.HelperOptions
type Lang = 'nl' | 'en'

/**
 * The Handlebars helpers of every view, without `t`, which needs the message catalogues. All are pure: same
 * arguments and page model, same text. A missing value (`null`, `undefined`, `''`) gives empty text, so that a
 * page never shows "undefined"; a value of the wrong kind throws, so that a test finds it.
 */
export function templateHelpers(): Record<string, Handlebars.HelperDelegate> {
  return {
    money: (cents: unknown) => shown(cents, () => formatCents(BigInt(cents as bigint | string))),
    euros: (cents: unknown) =>
      shown(cents, () => formatCents(BigInt(cents as bigint | string)).replace(/,00$/, '')),
    number: (value: unknown, options: Options) => shown(value, () => grouped(value, langOf(options))),
    percent: (numerator: unknown, denominator: unknown, decimals: unknown, options?: Options) =>
      percent(
        numerator,
        denominator,
        typeof decimals === 'number' ? decimals : 0,
        langOf(options ?? decimals),
      ),
    date: (day: unknown, options: Options) => shown(day, () => longDay(langOf(options), String(day))),
    weekday: (day: unknown, options: Options) => shown(day, () => fullDay(langOf(options), String(day))),
    shortDate: (day: unknown) => shown(day, () => dayInDigits(String(day).slice(0, 10))),
    time: (instant: unknown, options: Options) =>
      shown(instant, () => timeOfDay(langOf(options), instantOf(instant))),
    dateTime: (instant: unknown, options: Options) =>
      shown(instant, () => moment(langOf(options), instantOf(instant))),
    isoInstant: (instant: unknown) => shown(instant, () => instantOf(instant).toISOString()),
    /** A text with marks that a person typed (see richHtml); safe whatever was typed. */
    rich: (text: unknown) => new Handlebars.SafeString(richHtml(String(text ?? ''))),
    eq: (a: unknown, b: unknown) => a === b,
    ne: (a: unknown, b: unknown) => a !== b,
    gt: (a: unknown, b: unknown) => wholePart(a) > wholePart(b),
    not: (a: unknown) => !holds(a),
    and: (...all: unknown[]) => all.slice(0, -1).every(holds),
    or: (...all: unknown[]) => all.slice(0, -1).find(holds) ?? '',
    ordinal: (index: unknown) => Number(index) + 1,
    concat: (...all: unknown[]) => all.slice(0, -1).join(''),
    list: (...all: unknown[]) => all.slice(0, -1),
    record: (options: Options) => ({ ...options.hash }),
    fieldId: (name: unknown) => `veld-${String(name).replace(/[^\w]+/g, '-')}`,
    errorOf: (errors: unknown, name: unknown) =>
      (Array.isArray(errors) ? errors : []).find((error) => error?.path === name)?.message ?? '',
    /** Whether an option is the chosen one: as typed in a refused form, else as it was. */
    chosen: (option: unknown, value: unknown, typed: unknown, name: unknown) =>
      String(option) ===
      String((holds(typed) ? (typed as Record<string, unknown>)[String(name)] : value) ?? ''),
    numericKind: (kind: unknown) => isNumeric({ label: '', kind: kind as TableColumn['kind'] }),
    sortable: (columns: unknown) => (columns as TableColumn[]).some((column) => holds(column.href)),
    brand,
    shareOf: (value: unknown, total: unknown) => `${percentage(value, total)}%`,
    percentOf: (value: unknown, total: unknown) => percentage(value, total),
    stackedBars,
    cell: (value: unknown, column: unknown, options: Options) =>
      tableCell(value, column, (amount) => grouped(amount, langOf(options))),
    freshMinutes: () => FRESH_MINUTES,
    csrf: (options: Options) => new Handlebars.SafeString(options.data.root.csrf ?? ''),
    nonce: (options: Options) => options.data.root.nonce ?? '',
  }
}

function shown(value: unknown, format: () => string): string {
  return value === null || value === undefined || value === '' ? '' : format()
}

/** As `{{#if}}` sees it, and an empty list does not hold. */
function holds(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

/** A name in two parts, of which the second is in the accent colour: the figures at its end, if any. */
function brand(name: unknown): { start: string; end: string } {
  const [, start = '', end = ''] = /^(.*?)(\d*)$/.exec(String(name ?? '')) ?? []
  return { start, end }
}

function langOf(options: unknown): Lang {
  return (options as Options | undefined)?.data?.root?.lang === 'en' ? 'en' : 'nl'
}

function locale(lang: Lang): string {
  return lang === 'en' ? 'en-GB' : 'nl-NL'
}

/** Groups the thousands of a whole number (bigint, number, digits); leaves decimals as they are given. */
function grouped(value: unknown, lang: Lang): string {
  if (typeof value === 'number') return new Intl.NumberFormat(locale(lang)).format(value)
  return new Intl.NumberFormat(locale(lang)).format(BigInt(value as bigint | string))
}

/** `2/3` as "66,7%" for one decimal: exact, rounded half away from zero. Nothing of nothing is "–". */
function percent(numerator: unknown, denominator: unknown, decimals: number, lang: Lang): string {
  const [n, d] = [BigInt(numerator as bigint), BigInt(denominator as bigint)]
  if (d === 0n) return '–'
  const scale = 10n ** BigInt(decimals)
  const twice = (2n * 100n * scale * (n < 0n ? -n : n)) / (d < 0n ? -d : d)
  const rounded = (twice + 1n) / 2n
  const sign = n !== 0n && n < 0n !== d < 0n && rounded > 0n ? '-' : ''
  const digits = rounded.toString().padStart(decimals + 1, '0')
  const whole = grouped(BigInt(digits.slice(0, digits.length - decimals)), lang)
  const rest = decimals ? `${lang === 'en' ? '.' : ','}${digits.slice(-decimals)}` : ''
  return `${sign}${whole}${rest}%`
}

/** A width of 0 to 100 with one decimal, cut off rather than rounded: a bar is full only when it is. */
function percentage(value: unknown, total: unknown): number {
  const [part, whole] = [wholePart(value), wholePart(total)]
  if (whole <= 0n || part <= 0n) return 0
  return part >= whole ? 100 : Number((1000n * part) / whole) / 10
}

function instantOf(instant: unknown): Date {
  return instant instanceof Date ? instant : new Date(String(instant))
}
