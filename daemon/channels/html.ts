// The text of an HTML letter: what a reader would see, and nothing of what would run, load or hide. One pass, whatever it is fed.

/** Characters of HTML that are looked at. */
const MOST = 2_000_000

/** Their content is no text. */
const DROPPED: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'select',
])
/** They begin a new line. */
const LINES: ReadonlySet<string> = new Set(
  'address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(' '),
)
/** They leave an empty line. */
const PARAGRAPHS: ReadonlySet<string> = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'blockquote'])

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  copy: '©',
  reg: '®',
  deg: '°',
  euro: '€',
  times: '×',
}

const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
  })

/** Plain text of HTML. Quoted letters (`blockquote`) get `>` before their lines, as in plain mail. */
export function textOfHtml(html: string): string {
  const source = html.slice(0, MOST)
  const out: string[] = []
  let at = 0
  let quoted = 0
  let fresh = true
  let blank = true
  const line = (): void => {
    if (!fresh) out.push('\n')
    blank = fresh
    fresh = true
  }
  const say = (text: string): void => {
    const words = decoded(text).replace(/[\s\u00a0]+/g, ' ')
    const said = fresh ? words.trimStart() : words
    if (said === '') return
    if (fresh && quoted > 0) out.push(`${'>'.repeat(Math.min(quoted, 9))} `)
    out.push(said)
    fresh = false
    blank = false
  }
  while (at < source.length) {
    const open = source.indexOf('<', at)
    say(source.slice(at, open === -1 ? source.length : open))
    if (open === -1) break
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4)
      at = end === -1 ? source.length : end + 3
      continue
    }
    // `3 < 4` is no tag.
    if (!/[a-z!?/]/i.test(source[open + 1] ?? '')) {
      say('<')
      at = open + 1
      continue
    }
    const end = endOfTag(source, open + 1)
    if (end === -1) break
    const tag = /^(\/?)([a-z][a-z0-9]*)/i.exec(source.slice(open + 1, Math.min(end, open + 40)))
    at = end + 1
    if (tag === null) continue
    const name = (tag[2] ?? '').toLowerCase()
    const closing = tag[1] === '/'
    if (DROPPED.has(name) && !closing && source[end - 1] !== '/') {
      at = afterClosing(source, at, name)
      continue
    }
    if (name === 'blockquote') quoted = Math.max(0, quoted + (closing ? -1 : 1))
    if (LINES.has(name)) line()
    if (PARAGRAPHS.has(name) && !blank) {
      out.push('\n')
      blank = true
    }
    if (name === 'li' && !closing) say('• ')
    if ((name === 'td' || name === 'th') && closing && !fresh) out.push('\t')
  }
  return out
    .join('')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Where the tag ends that begins before `from`: a `>` within quotes is none. -1: never. */
function endOfTag(source: string, from: number): number {
  let quote = ''
  for (let at = from; at < source.length; at++) {
    const sign = source[at] ?? ''
    if (quote !== '') {
      if (sign === quote) quote = ''
    } else if ((sign === '"' || sign === "'") && source[at - 1] === '=') quote = sign
    else if (sign === '>') return at
  }
  return source.indexOf('>', from)
}

/** Past `</name …>`; the end when it never comes. */
function afterClosing(source: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  closing.lastIndex = from
  const found = closing.exec(source)
  if (found === null) return source.length
  const end = source.indexOf('>', closing.lastIndex)
  return end === -1 ? source.length : end + 1
}
