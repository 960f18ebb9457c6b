// An error's text for people: one line, bounded, with every secret taken out. And the wait before another try.
import { oneLine } from './enclosure.ts'

/** Secrets also as they look within a URL or in base 64, where a server may say them back. */
export function safeText(error: unknown, secrets: readonly string[]): string {
  let text = error instanceof Error ? error.message : String(error)
  for (const secret of secrets)
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret, 'utf8').toString('base64')])
      if (form !== '') text = text.replaceAll(form, '…')
  return oneLine(text, 300)
}

/** Milliseconds before the next try after `tries`: doubling, with a quarter of chance so that many do not knock at once. */
export const backOff = (tries: number, random: number, first = 2_000, longest = 300_000): number =>
  Math.min(longest, first * 2 ** Math.min(tries, 20)) * (0.75 + random / 2)
