// Websites as the tests of templates want them, and any that the schema accepts.
import fc from 'fast-check'
import { Website } from '../../../daemon/domain/website.ts'
import type { Listen } from '../../../provisioning/site/file.ts'

export const LISTEN: Listen = { address: '*', http: 80, https: 443 }

export const website = (given: object = {}): Website =>
  Website.parse({ name: 'dinkes', host: 'web-1', domains: ['dinkes.example.go.id'], runtime: { kind: 'static' }, quota: 512, ...given })

export const PHP = { kind: 'php', version: '8.2' }
export const APP = { kind: 'app', port: 3000, interpreter: 'node', file: 'private/app/main.js', arguments: ['--mode=production', 'a,b'] }

/** One of each kind, by the name of its golden file. */
export const SAMPLES: Readonly<Record<string, Website>> = {
  static: website({ domains: ['dinkes.example.go.id', 'www.dinkes.example.go.id'] }),
  php: website({ runtime: PHP, cron: [{ time: '*/5 * * * *', interpreter: 'php', file: 'public/artisan', arguments: ['schedule:run'] }] }),
  app: website({ name: 'e-layanan', domains: ['layanan.example.go.id'], runtime: APP }),
  suspended: website({ runtime: PHP, state: 'suspended' }),
}

const letters = (signs: string, minLength: number, maxLength: number) => fc.string({ unit: fc.constantFrom(...signs), minLength, maxLength })
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'

const siteName = fc
  .tuple(letters(LOWER, 1, 1), letters(`${LOWER}${DIGITS}-`, 0, 28), letters(`${LOWER}${DIGITS}`, 1, 1))
  .map(parts => parts.join('').replaceAll(/-+/g, '-'))
const label = fc.tuple(letters(LOWER + DIGITS, 1, 1), letters(`${LOWER}${DIGITS}-`, 0, 60), letters(LOWER, 1, 1)).map(parts => parts.join(''))
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('go.id', 'example', 'xn--p1ai', 'contoh-daerah.go.id'))
  .map(([labels, top]) => [...labels, top].join('.'))
const part = fc.tuple(letters(`${LOWER}${LOWER.toUpperCase()}${DIGITS}_`, 1, 1), letters(`${LOWER}${DIGITS}._-`, 0, 12)).map(signs => signs.join(''))
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/'))
const argument = letters(`${LOWER}${LOWER.toUpperCase()}${DIGITS}._=:@,+/-`, 1, 30)
const words = fc.array(argument, { maxLength: 10 })
const figure = (from: number, to: number) => fc.integer({ min: from, max: to })
const field = fc.oneof(
  fc.constant('*'),
  figure(0, 23).map(String),
  fc.tuple(figure(1, 5), figure(6, 7)).map(([from, to]) => `${from}-${to}`),
  figure(1, 30).map(step => `*/${step}`),
  fc.tuple(figure(1, 3), figure(4, 7)).map(([from, to]) => `${from},${to}`),
)
/** Days of the week and months have the fewest figures of all. */
const time = fc
  .tuple(field, field, fc.constantFrom('*', '1', '1-15', '*/2'), fc.constantFrom('*', '1', '6-12'), fc.constantFrom('*', '0', '1-5'))
  .map(fields => fields.join(' '))

/** What forms may bring; most of it the schema takes, the rest it refuses. */
export const anyWebsite: fc.Arbitrary<Website> = fc
  .record({
    name: siteName,
    host: fc.constant('web-1'),
    domains: fc.uniqueArray(domain, { minLength: 1, maxLength: 6 }),
    server: fc.constantFrom('nginx', 'apache'),
    runtime: fc.oneof(
      fc.constant({ kind: 'static' }),
      fc.record({
        kind: fc.constant('php'),
        version: fc.constant('8.2'),
        children: figure(1, 200),
        memory: figure(16, 4096),
        upload: figure(1, 4096),
      }),
      fc.record({
        kind: fc.constant('app'),
        port: figure(1024, 65_535),
        interpreter: fc.constantFrom('node', 'python3'),
        file: path,
        arguments: words,
        memory: figure(32, 65_536),
      }),
    ),
    quota: figure(16, 10_000_000),
    cron: fc.array(fc.record({ time, interpreter: fc.constantFrom('php', 'node', 'python3', 'sh'), file: path, arguments: words }), { maxLength: 5 }),
    state: fc.constantFrom('live', 'suspended'),
    staging: fc.constantFrom(true, undefined),
  })
  .map(given => Website.safeParse(given))
  .filter(read => read.success)
  .map(read => read.data!)
