import { Download } from '#platform'
import type { StoredFile } from './files.service.js'
import type { FileKind } from './rules/file-content.js'

const CONTENT_TYPE: Record<FileKind, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
}

/**
 * A file as an answer. A picture is shown, in a page that may do nothing; a PDF is downloaded, since viewers of
 * browsers don't open it in such a page.
 */
export function fileReply(file: StoredFile & { content: Buffer }): Download {
  return new Download(file.name, CONTENT_TYPE[file.kind], file.content, file.kind !== 'pdf')
}
