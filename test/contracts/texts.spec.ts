import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Messages, projectRoot } from '#platform'

const messages = new Messages()

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(projectRoot, folder, name))
}

describe('message catalogues', () => {
  it('have the same keys in both languages', () => {
    expect(messages.keys('en').sort()).toEqual(messages.keys('nl').sort())
  })

  it('have every key that a template names', () => {
    const known = new Set(messages.keys('nl'))
    const missing = ['libs', 'apps/web'].flatMap((folder) =>
      filesBelow(folder, '.hbs').flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/[({]t "([\w.-]+)"/g)]
          .map(([, key]) => key!)
          .filter((key) => !known.has(key))
          .map((key) => `${file}: ${key}`),
      ),
    )
    expect(missing).toEqual([])
  })

  it('have every key that the code names in full', () => {
    const known = new Set(messages.keys('nl'))
    const missing = ['libs', 'apps'].flatMap((folder) =>
      filesBelow(folder, '.ts')
        .filter((file) => !file.endsWith('.spec.ts'))
        .flatMap((file) =>
          [...readFileSync(file, 'utf8').matchAll(/\.text\(\s*(?:lang|language),\s*'([\w.-]+)'/g)]
            .map(([, key]) => key!)
            .filter((key) => !known.has(key))
            .map((key) => `${file}: ${key}`),
        ),
    )
    expect(missing).toEqual([])
  })

  it('name every notice that can be sent', () => {
    const missing = readdirSync(join(projectRoot, 'libs'))
      .filter((library) => existsSync(join(projectRoot, 'libs', library, 'emails')))
      .flatMap((library) =>
        readdirSync(join(projectRoot, 'libs', library, 'emails')).map((notice) => `${library}/${notice}`),
      )
      .flatMap((notice) =>
        (['nl', 'en'] as const)
          .filter((language) => !messages.keys(language).includes(`notices.names.${notice}`))
          .map((language) => `${language}: ${notice}`),
      )
    expect(missing).toEqual([])
  })

  it('have a text for every violation that the code throws', () => {
    const codes = new Set(messages.keys('nl').flatMap((key) => key.split('.violations.')[1] ?? []))
    const missing = ['libs', 'apps/web'].flatMap((folder) =>
      filesBelow(folder, '.ts')
        .filter(
          (file) =>
            !file.endsWith('.spec.ts') &&
            !file.includes('/kernel/') &&
            !/rules\/(coverage|verdict|distribute|allocate)\.ts$/.test(file),
        )
        .flatMap((file) =>
          [
            ...readFileSync(file, 'utf8').matchAll(
              /RuleViolated\.of\(\s*'([\w.-]+)'|\bcode: '([\w-]+\.[\w.-]+)'/g,
            ),
          ]
            .map(([, thrown, listed]) => (thrown ?? listed)!)
            .filter((code) => !codes.has(code))
            .map((code) => `${file}: ${code}`),
        ),
    )
    expect(missing).toEqual([])
  })
})
