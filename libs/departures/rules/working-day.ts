import { addDays, type Day, daysBetween } from '#kernel'

const A_MONDAY = '2018-01-01'
const FIXED = ['01-01', '05-05', '12-25', '12-26']
/** From Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday. */
const AROUND_EASTER = [-2, 1, 39, 50]

/**
 * The first day, this one or later, that is no Saturday, Sunday or generally recognised holiday (Algemene
 * termijnenwet, articles 1 and 3): a legal term ends no earlier.
 */
export function workingDayFrom(day: Day): Day {
  return isWorkingDay(day) ? day : workingDayFrom(addDays(day, 1))
}

function isWorkingDay(day: Day): boolean {
  const weekday = ((daysBetween(A_MONDAY, day) % 7) + 7) % 7
  return weekday < 5 && !isHoliday(day)
}

function isHoliday(day: Day): boolean {
  const year = Number(day.slice(0, 4))
  const easter = easterSunday(year)
  return (
    FIXED.includes(day.slice(5)) ||
    day === kingsDay(year) ||
    AROUND_EASTER.some((days) => addDays(easter, days) === day)
  )
}

/** 27 April, and the day before when that is a Sunday. */
function kingsDay(year: number): Day {
  const day = `${yearText(year)}-04-27`
  return daysBetween(A_MONDAY, day) % 7 === 6 ? addDays(day, -1) : day
}

/** Easter on the Gregorian calendar, by the method of Meeus, Jones and Butcher. */
function easterSunday(year: number): Day {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return `${yearText(year)}-${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`
}

const two = (n: number) => String(n).padStart(2, '0')
const yearText = (year: number) => String(year).padStart(4, '0')
