import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot, settingNames } from '#platform'

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8')

function sources(folder: string): string {
  return readdirSync(join(projectRoot, folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => read(join(folder, name)))
    .join('\n')
}

describe('the documents', () => {
  it('the glossary names identifiers that exist', () => {
    const code = sources('libs') + sources('apps')
    const named = read('docs/glossary.md')
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name!))
    const missing = named.filter((name) => !new RegExp(`\\b${name}(?![a-z])`).test(code))
    expect(named.length).toBeGreaterThan(40)
    expect(missing).toEqual([])
  })

  it('the README documents every setting', () => {
    const readme = read('README.md')
    expect(settingNames.filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([])
  })

  it('ARCHITECTURE names every library', () => {
    const architecture = read('ARCHITECTURE.md')
    expect(
      readdirSync(join(projectRoot, 'libs')).filter((library) => !architecture.includes(`${library}/`)),
    ).toEqual([])
  })

  it('links to files that are there', () => {
    const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md']
    const broken = documents.flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, path]) => path!)
        .filter((path) => !existsSync(join(projectRoot, path)))
        .map((path) => `${document}: ${path}`),
    )
    expect(broken).toEqual([])
  })
})
