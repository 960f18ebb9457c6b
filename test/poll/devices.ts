// Devices for the poller's tests: a collector whose devices behave as their host name says, on a clock that is handed in.
import type { Collector, CompileOptions, Discovery, Errand, ErrandResult, Target } from '../../daemon/domain/collector.ts'
import { done, failed } from '../../daemon/domain/outcome.ts'
import type { Cadence, Point } from '../../daemon/domain/point.ts'

export const point = (key: string, cadence: Cadence = 'fast', more: Partial<Point> = {}): Point => ({
  key,
  label: { en: key },
  quantity: 'count',
  unit: '1',
  cadence,
  source: `1.3.6.1.4.1.99.${key.length}.0`,
  decode: { scale: 1, offset: 0, absent: [], counter: null, decoder: null },
  profile: 'fake',
  limits: {},
  states: null,
  rules: [],
  ...more,
})

export const counter = (key: string, cadence: Cadence = 'fast'): Point =>
  point(key, cadence, { quantity: 'octets', unit: 'bit/s', decode: { scale: 8, offset: 0, absent: [], counter: 64, decoder: null } })

export const target = (host: string, port = 161): Target => ({
  address: { host, port },
  access: { via: 'snmp', version: '2c', community: 'public' },
})

export interface Asked {
  readonly host: string
  readonly points: number
  readonly retries: number | undefined
}

export interface FakeOptions {
  readonly after: (ms: number, call: () => void) => void
  /** How a device answers: by default the first word of its host name decides. */
  readonly behave?: (target: Target) => Behaviour
  readonly points?: (target: Target) => readonly Point[]
  /** Whether a look ends half-way. */
  readonly halves?: (target: Target) => boolean
  /** Milliseconds a silent device takes to be given up, once a try. */
  readonly timeout?: number
  readonly onAsk?: (asked: Asked) => void
}

export type Behaviour = 'live' | 'dead' | 'wrong' | 'throws' | 'never' | 'twice' | 'reboots' | 'slow'

const ANSWERED: ErrandResult = { status: 'answered', why: null, pdus: 1, timeouts: 0, rediscover: null }

/** The value a point of a device has: tests can say what must arrive. */
export const expected = (port: number, i: number): number => port * 1000 + i

export const TWENTY: readonly Point[] = Array.from({ length: 20 }, (_, i) => point(`p${i}`))

export function fakeCollector({
  after,
  behave,
  points = () => TWENTY,
  halves,
  timeout = 1000,
  onAsk,
}: FakeOptions): Collector & { readonly asked: Asked[] } {
  const asked: Asked[] = []
  const behaviour = behave ?? (({ address }: Target) => address.host.split('-')[0] as Behaviour)

  const identity = {
    kind: 'other',
    vendor: null,
    model: null,
    serial: null,
    firmware: null,
    sysName: null,
    sysDescr: null,
    sysObjectID: null,
    profiles: [],
  } as const

  return {
    asked,
    discover(target) {
      return new Promise(resolve => {
        if (behaviour(target) === 'dead') return after(3 * timeout, () => resolve(failed('timeout', 'no answer')))
        const discovery: Discovery = {
          identity,
          points: points(target),
          interfaces: [],
          neighbours: [],
          remarks: [],
          partial: halves?.(target) ?? false,
        }
        after(20, () => resolve(done(discovery)))
      })
    },
    compile(target, compiled, options?: CompileOptions): Errand {
      const retries = options?.retries
      return {
        points: compiled,
        run(values, finished) {
          const ask: Asked = { host: target.address.host, points: compiled.length, retries }
          asked.push(ask)
          onAsk?.(ask)
          const fill = () => {
            for (let i = 0; i < compiled.length; i++) values[i] = expected(target.address.port, i)
          }
          switch (behaviour(target)) {
            case 'dead': {
              const tries = 1 + (retries ?? 2)
              return after(tries * timeout, () =>
                finished({ status: 'timeout', why: { code: 'noReply', where: 'here' }, pdus: tries, timeouts: tries, rediscover: null }),
              )
            }
            case 'wrong':
              return after(5, () =>
                finished({ status: 'wrongCredential', why: { code: 'failure', kind: 'wrongCredential' }, pdus: 1, timeouts: 0, rediscover: null }),
              )
            case 'throws':
              throw new Error('a bug in the collector')
            case 'never':
              return
            case 'twice':
              return after(5, () => {
                fill()
                finished(ANSWERED)
                finished(ANSWERED)
              })
            case 'reboots':
              return after(5, () => {
                fill()
                finished({ ...ANSWERED, rediscover: 'reboot' })
              })
            case 'slow':
              return after(25_000, () => {
                fill()
                finished(ANSWERED)
              })
            default:
              return after(5, () => {
                fill()
                finished(ANSWERED)
              })
          }
        },
      }
    },
    counters: () => ({ asked: asked.length }),
    close: () => Promise.resolve(),
  }
}
