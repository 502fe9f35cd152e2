/**
 * What an indicator counts. `unique` is a count of people who are counted once; `nOfM` is "12 of the 20";
 * `grade` is a Dutch school mark from 1 to 10.
 */
export const indicatorKinds = ['count', 'unique', 'percentage', 'grade', 'nOfM', 'yesNo'] as const
export type IndicatorKind = (typeof indicatorKinds)[number]

const WHOLE = /^(0|[1-9]\d{0,8})$/
const DECIMAL = /^(0|[1-9]\d{0,2})(\.\d{1,2})?$/
const N_OF_M = /^(0|[1-9]\d{0,8})\/([1-9]\d{0,8})$/

/**
 * Whether a text is a value or target of this kind in the one form in which they are stored: `"12"`, `"7.5"`,
 * `"12/20"`, `"yes"` or `"no"`. Percentages run from 0 to 100, grades from 1 to 10, n is at most m.
 */
export function isIndicatorValue(kind: IndicatorKind, text: string): boolean {
  switch (kind) {
    case 'count':
    case 'unique':
      return WHOLE.test(text)
    case 'percentage':
      return DECIMAL.test(text) && hundredths(text) <= 100_00
    case 'grade':
      return DECIMAL.test(text) && hundredths(text) >= 1_00 && hundredths(text) <= 10_00
    case 'nOfM': {
      const match = N_OF_M.exec(text)
      return match !== null && Number(match[1]) <= Number(match[2])
    }
    case 'yesNo':
      return text === 'yes' || text === 'no'
  }
}

function hundredths(text: string): number {
  const [whole = '0', decimals = ''] = text.split('.')
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
}
