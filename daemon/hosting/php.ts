// Which PHP a host has for what was asked, however the version was written.
const numberIn = (text: string): { readonly major: number; readonly minor: number | null } | null => {
  const found = /(\d{1,2})(?:\.(\d{1,2}))?/.exec(text)
  return found === null ? null : { major: Number(found[1]), minor: found[2] === undefined ? null : Number(found[2]) }
}
const weigh = (version: string): number => {
  const { major, minor } = numberIn(version) ?? { major: 0, minor: 0 }
  return major * 100 + (minor ?? 0)
}

export interface Php {
  readonly version: string
  /** It is what was asked for. */
  readonly exact: boolean
}

/** Nothing asked, or nothing that is a version: the newest. The nearest otherwise, of two as near the newer. Null: the host has none. */
export function phpFor(asked: string | null, has: readonly string[]): Php | null {
  const newestFirst = [...has].sort((a, b) => weigh(b) - weigh(a))
  const [newest] = newestFirst
  if (newest === undefined) return null
  const wanted = asked === null ? null : numberIn(asked)
  if (wanted === null) return { version: newest, exact: asked === null }
  if (wanted.minor === null) {
    const same = newestFirst.find(version => numberIn(version)?.major === wanted.major)
    if (same !== undefined) return { version: same, exact: true }
  }
  const at = wanted.major * 100 + (wanted.minor ?? 0)
  const [nearest = newest] = newestFirst.toSorted((a, b) => Math.abs(weigh(a) - at) - Math.abs(weigh(b) - at))
  return { version: nearest, exact: weigh(nearest) === at }
}

/** As a website says it, without a host to look at; null: no version. */
export function phpWritten(asked: string | null): string | null {
  const wanted = asked === null ? null : numberIn(asked)
  return wanted === null || wanted.minor === null ? null : `${wanted.major}.${wanted.minor}`
}
