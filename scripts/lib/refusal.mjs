/** A failure that the user can mend: its message is the one line to print, its code the exit code. */
export class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

const DISK_IS_FULL = /ENOSPC|EDQUOT|No space left on device|Check free disk space|Disk quota exceeded/i

/** Whether an error, or what a program printed, says that the disk is full. */
export function saysDiskIsFull(text) {
  return DISK_IS_FULL.test(text)
}

export const DISK_FULL_LINE = 'De schijf is vol. Maak ruimte vrij en start opnieuw; er is niets verloren.'

/** One line for any error: a refusal's own text, a plain sentence for disk and permissions, else its message. */
export function lineFor(error) {
  if (error instanceof Refusal) return error.message
  const text = String(error?.message ?? error)
  if (saysDiskIsFull(`${error?.code} ${text}`)) return DISK_FULL_LINE
  if (error?.code === 'EACCES' || error?.code === 'EPERM')
    return `Geen rechten voor ${error.path ?? error.syscall}. Start Samen als de eigenaar van deze map.`
  if (error?.code === 'EROFS')
    return `De map ${error.path} is alleen te lezen; Samen moet er kunnen schrijven.`
  return `Er ging iets mis: ${text.split('\n')[0]}`
}
