// Spans of time in settings.
import { z } from 'zod'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, y: 31_557_600 }

/** `10s`, `5m`, `12h`, `7d`, `5y`, or a bare number of seconds; gives seconds. */
export const Span = z
  .union([z.number().positive(), z.string().regex(/^\d+(\.\d+)?\s*(s|m|h|d|y)$/, 'a span is a number with s, m, h, d or y, such as 90d')])
  .transform(span => (typeof span === 'number' ? span : Number.parseFloat(span) * (SECONDS[span.at(-1) ?? 's'] ?? 1)))
