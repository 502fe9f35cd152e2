/**
 * The thread in which a file is read: it has a memory limit of its own and is ended when it takes too long. Plain
 * JavaScript, run from the source tree like the views, because a thread has no TypeScript under the tests.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { Refused } from './refused.mjs'

const { kind, text, delimiter, parts, limits } = workerData
const readers = {
  csv: async () => {
    const { readCsv } = await import('./csv.mjs')
    return () => readCsv(text, delimiter, limits)
  },
  workbook: async () => {
    const { readWorkbook } = await import('./workbook.mjs')
    return () => readWorkbook(parts, limits)
  },
}

parentPort.postMessage(answer(await readers[kind]()))

/** Whatever goes wrong while reading is the file's fault: all that could be refused by name has been. */
function answer(read) {
  try {
    return { read: read() }
  } catch (error) {
    const { code, params } = error instanceof Refused ? error : new Refused('notReadable')
    return { refused: { code, params } }
  }
}
