// What the broker answers, read at the door, and its refusals as failures of ours.
import { z } from 'zod'
import type { Words } from '../../daemon/domain/form.ts'
import type { Json } from '../../daemon/domain/json.ts'
import { type Failure, type FailureKind, failed } from '../../daemon/domain/outcome.ts'

export const PROTOCOL = 1

const REFUSALS = ['invalid', 'conflict', 'stale', 'broken', 'refused', 'locked', 'full', 'unsupported', 'notFound', 'garbage'] as const
type Refusal = (typeof REFUSALS)[number]

/** What came through JSON.parse is JSON; null is a value too. */
const JsonValue = z.custom<Json>(value => value !== undefined)

export const Answer = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), value: JsonValue }),
  z.object({
    id: z.int().nullable(),
    ok: z.literal(false),
    kind: z.enum(REFUSALS),
    message: z.string().max(2000),
    detail: z.string().max(20_000).default(''),
  }),
])
export type Answer = z.output<typeof Answer>
export type Refused = Extract<Answer, { ok: false }>

const port = z.int().min(1).max(65_535)

export const Hello = z.object({
  protocol: z.literal(PROTOCOL),
  broker: z.string().max(100),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  facts: z.object({
    system: z.string().max(200),
    hostname: z.string().max(255),
    systemd: z.boolean(),
    nginx: z.boolean(),
    apache: z.boolean(),
    php: z.array(z.string().regex(/^\d{1,2}\.\d{1,2}$/)).max(50),
    mariadb: z.boolean(),
    postgresql: z.boolean(),
    bind: z.boolean(),
    nftables: z.boolean(),
    quota: z.enum(['ext4', 'xfs', 'none']),
    listen: z.object({ address: z.string().max(45), http: port, https: port }),
  }),
})
export type Hello = z.output<typeof Hello>

/** What each is to us, whether trying again by itself helps, and what it says before the broker's own sentence. */
const AS: { readonly [K in Refusal]: readonly [kind: FailureKind, retry: boolean, words: Words] } = {
  invalid: ['invalid', false, { id: 'permintaan ditolak broker', en: 'the broker refuses the request' }],
  conflict: ['conflict', false, { id: 'sudah ada dan bukan buatan Suar', en: 'it is there already and not made by Suar' }],
  stale: ['stale', false, { id: 'keadaannya sudah berubah sejak direncanakan', en: 'it was changed since it was planned' }],
  broken: [
    'refused',
    false,
    { id: 'host sudah rusak sebelum perubahan ini; tidak ada yang disentuh', en: 'the host was broken before; nothing was touched' },
  ],
  refused: [
    'refused',
    false,
    { id: 'ditolak server di host; keadaan semula dikembalikan', en: 'refused by the host’s own server; put back as it was' },
  ],
  locked: ['busy', true, { id: 'perubahan lain sedang berjalan di host', en: 'another change is at work on the host' }],
  full: ['full', false, { id: 'ruang penyimpanan host penuh', en: 'the host has no room left' }],
  unsupported: ['notSupported', false, { id: 'tidak didukung host ini', en: 'this host does not have it' }],
  notFound: ['notFound', false, { id: 'tidak ada di host', en: 'it is not on the host' }],
  garbage: ['garbage', false, { id: 'broker gagal dengan cara yang tidak terduga', en: 'the broker failed in a way nobody foresaw' }],
}

/** The broker's own sentence says what and the remedy, the server's words why; both are shown as they came. */
export function failureOfBroker({ kind, message, detail }: Refused, host: string): Failure {
  const [as, retry, before] = AS[kind]
  const said = [message, ...(detail === '' ? [] : [detail])].join(' — ')
  const words = { id: `${host}: ${before.id}. ${said}`, en: `${host}: ${before.en}. ${said}` }
  return { ...failed(as, words.en, retry).failure, words }
}
