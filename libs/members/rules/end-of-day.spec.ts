import { expect, it } from 'vitest'
import { endOfDay } from './end-of-day.js'

it.each([
  ['in winter', '2019-12-31', '2019-12-31T22:59:59.999Z'],
  ['in summer', '2019-07-01', '2019-07-01T21:59:59.999Z'],
  ['the day the clock goes forward', '2020-03-29', '2020-03-29T21:59:59.999Z'],
  ['the day it goes back', '2020-10-25', '2020-10-25T22:59:59.999Z'],
])('the end of a day, %s', (_, day, instant) => {
  expect(endOfDay(day).toISOString()).toBe(instant)
})
