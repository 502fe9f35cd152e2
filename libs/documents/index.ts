export { codeSquares } from './code-squares.js'
export type { AttachedFile, Block, CodeBlock, Column, Fact, PaperDocument, TableBlock } from './document.js'
export { DocumentsModule } from './documents.module.js'
export { Documents } from './documents.service.js'
export {
  type Box,
  boxOf,
  type CircleShape,
  type Drawing,
  type PathShape,
  type RectShape,
  type Shape,
  type TextShape,
  type TypeStyle,
  type Typesetter,
} from './drawing/drawing.js'
export { type PaperSize, paperSizes } from './drawing/drawing-pdf.js'
export { Drawings } from './drawings.service.js'
