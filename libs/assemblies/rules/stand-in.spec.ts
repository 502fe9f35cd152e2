import { describe, expect, it } from 'vitest'
import { checkAppointment, type StandInOffice } from './stand-in.js'

describe('checkAppointment', () => {
  const assembly = { ended: false, standIns: {} }
  const anna = { id: 'anna', roles: ['delegate'] }
  it.each<
    [
      string,
      StandInOffice,
      Parameters<typeof checkAppointment>[1],
      Parameters<typeof checkAppointment>[2],
      string[],
    ]
  >([
    ['a delegate for the chair', 'chair', assembly, anna, []],
    ['in the place of another stand-in', 'chair', { ...assembly, standIns: { chair: 'bas' } }, anna, []],
    ['after the assembly', 'chair', { ...assembly, ended: true }, anna, ['assembly.ended']],
    ['nobody we know', 'chair', assembly, null, ['standIn.unknownPerson']],
    ['the chair for the chair', 'chair', assembly, { ...anna, roles: ['chair'] }, ['standIn.holdsOffice']],
    ['the secretary for the chair', 'chair', assembly, { ...anna, roles: ['secretary'] }, ['standIn.both']],
    [
      'who stands in for the chair, for the secretary too',
      'secretary',
      { ...assembly, standIns: { chair: 'anna' } },
      anna,
      ['standIn.both'],
    ],
  ])('%s', (_, office, given, person, expected) => {
    expect(checkAppointment(office, given, person).map(({ code }) => code)).toEqual(expected)
  })
})
