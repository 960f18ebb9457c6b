// Takes a script's output apart by its `@@name` lines. Whatever the host's login scripts print around it is set aside.

export interface Sections {
  readonly get: (name: string) => readonly string[] | null
  /** The last line came: nothing is missing. */
  readonly complete: boolean
  /** Text outside the script's own output, shortened; null when there was none. */
  readonly stray: string | null
}

/** Nothing that a script prints is longer; what is, is passed over, for the patterns that read it take time by the square of its length. */
const LONGEST = 2048

/** null: nothing in it is ours. */
export function takeApart(output: string): Sections | null {
  const lines = output.split('\n').map(line => line.replace(/\r$/, ''))
  const begin = lines.indexOf('@@begin')
  if (begin < 0) return null
  const end = lines.indexOf('@@end', begin)
  const sections = new Map<string, string[]>()
  let current: string[] = []
  for (const line of lines.slice(begin + 1, end < 0 ? undefined : end)) {
    const name = /^@@([a-z]+)$/.exec(line)?.[1]
    if (name !== undefined) {
      current = []
      sections.set(name, current)
    } else if (line !== '' && line.length <= LONGEST) current.push(line)
  }
  return {
    get: name => sections.get(name) ?? null,
    complete: end >= 0,
    stray: shorten([...lines.slice(0, begin), ...(end < 0 ? [] : lines.slice(end + 1))].join(' ')),
  }
}

/** Printable and short: it is shown to people and written to logs. */
export function shorten(text: string): string | null {
  const printable = text.replace(/[^\x20-\x7e]+/g, ' ').trim()
  if (printable === '') return null
  return printable.length > 160 ? `${printable.slice(0, 160)}…` : printable
}
