import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { richHtml, richPlain } from './rich-text.js'

describe('a typed text with marks', () => {
  it.each([
    ['a paragraph', 'De ALV besluit.', '<p>De ALV besluit.</p>', 'De ALV besluit.'],
    ['two paragraphs', 'Een.\n\nTwee.', '<p>Een.</p><p>Twee.</p>', 'Een.\n\nTwee.'],
    ['a line end', 'Een.\nTwee.', '<p>Een.<br>Twee.</p>', 'Een.\nTwee.'],
    [
      'bold and italic',
      '**vet** en *schuin*',
      '<p><strong>vet</strong> en <em>schuin</em></p>',
      'vet en schuin',
    ],
    ['a list', '- een\n- twee', '<ul><li>een</li><li>twee</li></ul>', '- een\n- twee'],
    [
      'a numbered list',
      '3. drie\n4. vier',
      '<ol start="3"><li>drie</li><li>vier</li></ol>',
      '3. drie\n4. vier',
    ],
    ['a quote', '> zo', '<blockquote><p>zo</p></blockquote>', 'zo'],
    ['a heading of any level', '# Artikel 1\ntekst', '<h3>Artikel 1</h3><p>tekst</p>', 'Artikel 1\n\ntekst'],
    ['an escaped sign', '\\*geen\\*', '<p>*geen*</p>', '*geen*'],
    [
      'HTML',
      '<b onclick="x">b</b>',
      '<p>&lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>',
      '<b onclick="x">b</b>',
    ],
    ['a link', '[klik](https://x.example)', '<p>[klik](https://x.example)</p>', '[klik](https://x.example)'],
    ['an image', '![a](x)', '<p>![a](x)</p>', '![a](x)'],
    ['code', '`a`', '<p>`a`</p>', '`a`'],
    ['nothing', '', '', ''],
  ])('%s', (_, typed, html, plain) => {
    expect(richHtml(typed)).toBe(html)
    expect(richPlain(typed)).toBe(plain)
  })

  it('brings forth only the known elements, without attributes but the number of a list', () => {
    const pieces = fc.constantFrom(
      '<script>',
      '</p>',
      '<img src=x onerror=y>',
      '[a](javascript:b)',
      '*',
      '_',
      '**',
    )
    const more = fc.constantFrom(
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '# ',
      '&lt;',
      '"',
      "'",
      '\\',
      '`',
      'a ',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, more, fc.string()), { maxLength: 30 }), (parts) => {
        const left = richHtml(parts.join('')).replace(
          /<\/?(?:p|h3|ul|ol|li|blockquote|strong|em)>|<ol start="\d+">|<br>/g,
          '',
        )
        expect(left).not.toMatch(/[<>"']/)
      }),
    )
  })
})
