const GREEK = letters(
  'Α A Β V Γ G Δ D Ε E Ζ Z Η I Θ TH Ι I Κ K Λ L Μ M Ν N Ξ X Ο O Π P Ρ R Σ S Τ T Υ Y Φ F Χ CH Ψ PS Ω O',
)
const CYRILLIC = letters(
  'А A Б B В V Г G Д D Е E Ж ZH З Z И I Й Y К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х H Ц TS Ч CH Ш SH ' +
    'Щ SHT Ъ A Ь Y Ю YU Я YA Ы Y Э E І I Є YE Ґ G Ј J Љ LJ Њ NJ Џ DZ Ђ D Ћ C',
)
/** Latin letters that are no letter with a mark, and signs, by what is closest to them in the set. */
const CLOSEST: Readonly<Record<string, string>> = {
  ...GREEK,
  ...CYRILLIC,
  ...letters('Æ AE Œ OE Ø O Đ D Ð D Þ TH Ł L Ŋ N Ħ H Ŧ T ẞ SS'),
  ...{ ß: 'ss', ı: 'i', ς: 's', '€': 'EUR', '&': '+', '@': '(at)' },
  ...signsAs("'", '’‘‚‛´`ʼʹ"“”„«»‹›'),
  ...signsAs('-', '_–—‐‑‒−~=^'),
  ...signsAs('(', '[{<'),
  ...signsAs(')', ']}>'),
  ...signsAs('/', '\\|'),
  ...signsAs(',', ';'),
  ...signsAs('.', '!#$%*·•…°'),
}

/**
 * A text in the characters that every bank of the SEPA area takes (EPC217-08: Latin letters without marks, figures,
 * space and / - ? : ( ) . , ' +), by the closest there is; what has none becomes a full stop. No slash at either end
 * and no two beside each other (EPC230-15), at most `max` characters.
 * @returns empty when no letter or figure is left
 */
export function sepaText(text: string, max: number): string {
  const written = Array.from(text.normalize('NFC'), closest).join('')
  const clean = written
    .replace(/\s+/g, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/^[\s/]+/, '')
    .slice(0, max)
    .replace(/[\s/]+$/, '')
  return /[A-Za-z0-9]/.test(clean) ? clean : ''
}

const TAKEN = /^[A-Za-z0-9/\-?:().,'+ ]$/

function closest(character: string): string {
  if (TAKEN.test(character)) return character
  const known = CLOSEST[character]
  if (known !== undefined) return known
  if (/[\s\p{Cc}]/u.test(character)) return ' '
  if (/[\p{Mn}\p{Cf}]/u.test(character)) return ''
  const bare = character.normalize('NFKD').replace(/\p{Mn}/gu, '')
  if (bare === character || bare === '') return '.'
  return Array.from(bare, closest).join('')
}

/** `'Α A Β V'`: each letter with what is written for it, and the same for the small ones. */
function letters(pairs: string): Record<string, string> {
  const words = pairs.split(' ')
  const found: Record<string, string> = {}
  for (let at = 0; at < words.length; at += 2) {
    const [letter, written] = [words[at]!, words[at + 1]!]
    found[letter] = written
    found[letter.toLowerCase()] = written.toLowerCase()
  }
  return found
}

function signsAs(written: string, signs: string): Record<string, string> {
  return Object.fromEntries(Array.from(signs, (sign) => [sign, written]))
}
