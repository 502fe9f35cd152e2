import type { Readable } from 'node:stream'

/** What a controller returns to show a page: a template by its path from the root, and a model. */
export class Page {
  constructor(
    readonly view: string,
    readonly model: { title: string } & Record<string, unknown>,
    readonly status: number = 200,
  ) {}
}

/** What a controller returns after a state change: the browser goes on with a GET (303, RFC 9110). */
export class SeeOther {
  constructor(readonly path: string) {}
}

/** What a controller returns to hand out a file. */
export class Download {
  constructor(
    readonly fileName: string,
    readonly contentType: string,
    /** A stream is sent as it is written. */
    readonly content: string | Buffer | Readable,
    /** Whether a browser may show it itself; then in a page that may do nothing else. */
    readonly inline = false,
  ) {}
}

export const page = (view: string, model: { title: string } & Record<string, unknown>, status = 200): Page =>
  new Page(view, model, status)

/** @param path a path of ours that starts with one slash; anything else goes to the start page. */
export const seeOther = (path: string): SeeOther => new SeeOther(isOwnPath(path) ? path : '/')

/** Whether a path stays on this site: guards against open redirects (`//host`, `/\host`, control characters). */
export function isOwnPath(path: unknown): path is string {
  return typeof path === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)
}

/** The name of the cookie that holds the signed id of a session. */
export const SESSION_COOKIE = 'sessie'
