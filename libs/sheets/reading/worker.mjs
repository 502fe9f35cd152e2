/**
 * The thread in which one file is read: it has a memory limit of its own and is ended when it takes too long. Plain
 * JavaScript, run from the source tree like the views, because a thread has no TypeScript under the tests.
 */
import { parentPort } from 'node:worker_threads'
import { readCsv } from './csv.mjs'
import { Refused } from './refused.mjs'
import { readTree } from './tree.mjs'
import { readWorkbook } from './workbook.mjs'

const readers = {
  csv: ({ text, delimiter, limits }) => readCsv(text, delimiter, limits),
  workbook: ({ parts, limits }) => readWorkbook(parts, limits),
  xml: ({ text, limits }) => readTree(text, limits),
}

parentPort.once('message', (task) => parentPort.postMessage(answer(task)))

/** Whatever goes wrong while reading is the file's fault: all that could be refused by name has been. */
function answer(task) {
  try {
    return { read: readers[task.kind](task) }
  } catch (error) {
    const { code, params } = error instanceof Refused ? error : new Refused('notReadable')
    return { refused: { code, params } }
  }
}
