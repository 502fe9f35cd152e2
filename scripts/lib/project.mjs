import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project these scripts belong to, wherever they are called from. */
export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** An absolute path inside the project. */
export function inProject(...parts) {
  return join(PROJECT, ...parts)
}

/** The path of a file inside `.samen/`, with its folder made. */
export function inState(...parts) {
  const path = inProject('.samen', ...parts)
  mkdirSync(dirname(path), { recursive: true })
  return path
}
