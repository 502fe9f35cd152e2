export type { AttachedFile, Block, CodeBlock, Column, Fact, PaperDocument, TableBlock } from './document.js'
export { DocumentsModule } from './documents.module.js'
export { Documents } from './documents.service.js'
