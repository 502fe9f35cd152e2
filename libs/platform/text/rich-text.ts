import MarkdownIt from 'markdown-it'

/**
 * The marks that count in a text that people type: paragraphs, line breaks, bold, italic, lists, quotes and
 * headings. All else, HTML and links too, is shown as it was typed: a text can lead nobody elsewhere.
 */
const ALLOWED = ['newline', 'escape', 'emphasis', 'list', 'blockquote', 'heading']

const OPENING: Record<string, string> = {
  paragraph_open: 'p',
  heading_open: 'h3',
  bullet_list_open: 'ul',
  ordered_list_open: 'ol',
  list_item_open: 'li',
  blockquote_open: 'blockquote',
  strong_open: 'strong',
  em_open: 'em',
}

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number]

const parser = new MarkdownIt('zero', { html: false, linkify: false, typographer: false }).enable(ALLOWED)

/**
 * A typed text with its marks as HTML. Written by hand from a list of known tokens, so that nothing else can come
 * out; every heading becomes one of the third level, as it stands within a part of a page.
 */
export function richHtml(text: string): string {
  return tokensOf(text).map(htmlOf).join('')
}

/** A typed text without its marks, for mails, PDFs and lists: paragraphs apart, items of a list with a dash. */
export function richPlain(text: string): string {
  return tokensOf(text)
    .map(plainOf)
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function tokensOf(text: string): Token[] {
  return parser
    .parse(text, {})
    .flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]))
}

function htmlOf(token: Token): string {
  if (token.hidden) return ''
  if (token.type === 'softbreak' || token.type === 'hardbreak') return '<br>'
  const opening = OPENING[token.type]
  if (opening === 'ol') {
    const start = Number(token.attrGet('start') ?? 1)
    return start > 1 ? `<ol start="${start}">` : '<ol>'
  }
  if (opening) return `<${opening}>`
  const closing = OPENING[token.type.replace(/_close$/, '_open')]
  return closing ? `</${closing}>` : escaped(token.content)
}

/** `info` of an item of a numbered list is its number. */
function plainOf({ type, content, hidden, info, level }: Token): string {
  switch (type) {
    case 'softbreak':
    case 'hardbreak':
      return '\n'
    case 'list_item_open':
      return `${'  '.repeat(level >> 1)}${info ? `${info}. ` : '- '}`
    case 'paragraph_close':
    case 'heading_close':
      return hidden ? '\n' : '\n\n'
    case 'bullet_list_close':
    case 'ordered_list_close':
      return '\n'
    default:
      return content
  }
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!)
}
