import { RouteConfig } from '@nestjs/platform-fastify'

/** A file that came with a form: its cleaned name and its content. */
export class Upload {
  constructor(
    readonly name: string,
    readonly content: Buffer,
    /** It was larger than the route takes: what came is thrown away and `content` is empty. */
    readonly tooLarge: boolean = false,
  ) {}
}

/** How much a route takes in one form. What comes above `maxFiles` or far above the rest is a page 413. */
export interface FileLimits {
  /** The most bytes of one file; a larger one arrives as an Upload with `tooLarge`. */
  maxFileBytes: number
  /** The most bytes of all files of a form together; the files that don't fit arrive with `tooLarge`. */
  maxFormBytes: number
  maxFiles: number
}

const MB = 1_000_000
const DEFAULT_LIMITS: FileLimits = { maxFileBytes: 5 * MB, maxFormBytes: 25 * MB, maxFiles: 10 }

/**
 * Lets a POST route take files: its form has `enctype="multipart/form-data"`, and the body holds an `Upload`
 * (or `Upload[]`) per file field. Other routes refuse such forms (415). By default 10 files of 5 MB, together 25 MB.
 */
export const TakesFiles = (limits: Partial<FileLimits> = {}): MethodDecorator =>
  RouteConfig({ takesFiles: { ...DEFAULT_LIMITS, ...limits } })

/** What `TakesFiles` says of the route of a request, or null. */
export function fileLimitsOf(routeConfig: object): FileLimits | null {
  return (routeConfig as { takesFiles?: FileLimits }).takesFiles ?? null
}

/** The files that were chosen in a field of a form; none when it was left empty. */
export function uploadsOf(body: unknown, field: string): Upload[] {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, field)) return []
  return [(body as Record<string, unknown>)[field]].flat().filter((one) => one instanceof Upload)
}

const LONGEST_NAME = 120

/**
 * The name of a file as it may be shown and stored: without folders, control characters and the invisible
 * ones that turn a name around (`fdp.exe` shown as `exe.pdf`); at most 120 characters, the extension kept.
 */
export function cleanFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1)!
  const visible = base
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/gu, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (visible === '') return 'bestand'
  const characters = [...visible]
  if (characters.length <= LONGEST_NAME) return visible
  const extension = [...(/\.[^.]{1,10}$/.exec(visible)?.[0] ?? '')]
  return [...characters.slice(0, LONGEST_NAME - extension.length), ...extension].join('')
}
