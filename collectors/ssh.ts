// Collector for Linux and BSD hosts by SSH: one read-only script a cycle over one kept connection each.
import { because, whyOf } from '../daemon/domain/because.ts'
import type { Call } from '../daemon/domain/call.ts'
import type { Collector, CollectorEntry, Discovery, Errand, ErrandResult, Target } from '../daemon/domain/collector.ts'
import { done, type Failure, type FailureKind, type Outcome } from '../daemon/domain/outcome.ts'
import type { Cadence } from '../daemon/domain/point.ts'
import { POLL_STATUS, type PollStatus } from '../daemon/domain/reading.ts'
import { pointOf } from './host/figure.ts'
import { openConnection, type SshConnection, type SshTarget } from './ssh/connection.ts'
import { type Findings, findIn, identityOf } from './ssh/figures.ts'
import type { CpuTimes } from './ssh/linux.ts'
import { EVERYTHING, FIRST_FAST, SCRIPTS } from './ssh/script.ts'
import { type Sections, shorten, takeApart } from './ssh/sections.ts'

/** How many of the collector's timeouts a script may take: the slow one asks the package manager. */
const DEADLINES: Readonly<Record<Cadence, number>> = { fast: 8, normal: 20, slow: 120 }
const CONNECT = 10

/** One host as adopted: given another credential or pin it is another target, and another of these. */
interface Host {
  readonly connection: SshConnection
  cpu: CpuTimes | null
  uptime: number | null
}

const isSsh = (target: Target): target is SshTarget => target.access.via === 'ssh'

const entry: CollectorEntry = {
  via: 'ssh',
  open({ log, timeout }) {
    const hosts = new WeakMap<Target, Host>()
    /** Held weakly: an adopted device that is gone takes its host with it; the connection closes when idle. */
    const open = new Set<WeakRef<SshConnection>>()
    const counters = { commands: 0, failures: 0, connections: 0, timeouts: 0, remarks: 0 }

    const hostOf = (target: Target): Host => {
      const known = hosts.get(target)
      if (known !== undefined) return known
      if (!isSsh(target)) throw new TypeError(`the ssh collector was handed a target of ${target.access.via}`)
      const host: Host = { connection: openConnection(target, { log, connectTimeout: CONNECT * timeout }), cpu: null, uptime: null }
      hosts.set(target, host)
      for (const ref of open) if (ref.deref() === undefined) open.delete(ref)
      open.add(new WeakRef(host.connection))
      return host
    }

    async function ask(host: Host, script: string, deadline: number, signal?: AbortSignal): Promise<Outcome<Sections>> {
      const before = host.connection.opened
      const output = await host.connection.run(script, deadline, signal)
      counters.commands++
      counters.connections += host.connection.opened - before
      if (!output.ok) {
        counters.failures++
        if (output.failure.kind === 'timeout') counters.timeouts++
        return output
      }
      const sections = takeApart(output.value)
      return sections === null ? because('garbage', { code: 'otherOutput', text: shorten(output.value) ?? '–' }) : done(sections)
    }

    /** Keeps what the next answer is compared with; true when the host has restarted since the last one. */
    const remember = (host: Host, { cpu, uptime, remarks }: Findings): boolean => {
      const restarted = host.uptime !== null && uptime !== null && uptime + 5 < host.uptime
      host.cpu = cpu ?? host.cpu
      host.uptime = uptime ?? host.uptime
      counters.remarks += remarks.length
      return restarted
    }

    async function discover(target: Target, { signal }: Pick<Call, 'signal'>): Promise<Outcome<Discovery>> {
      const host = hostOf(target)
      const sections = await ask(host, EVERYTHING, DEADLINES.slow * timeout, signal)
      if (!sections.ok) return sections
      const found = findIn(sections.value, null)
      remember(host, found)
      return done({
        identity: identityOf(sections.value),
        points: found.figures.map(figure => pointOf(figure, 'ssh-host')),
        interfaces: [],
        neighbours: [],
        remarks: found.remarks,
        partial: !sections.value.complete,
      })
    }

    const compile: Collector['compile'] = (target, points, options): Errand => {
      const host = hostOf(target)
      const cadence = points[0]?.cadence ?? 'fast'
      const places = new Map(points.map(({ source }, i) => [source, i]))
      // A probe asks for one point of many: what it leaves out has not appeared, and nothing has vanished.
      const whole = options?.retries !== 0

      const fill = (values: Float64Array, { figures }: Findings): ErrandResult['rediscover'] => {
        values.fill(Number.NaN)
        let taken = 0
        let fresh = false
        for (const { key, value, cadence: of } of figures) {
          const place = places.get(key)
          if (place === undefined) fresh ||= of === cadence
          else {
            values[place] = value
            taken++
          }
        }
        if (!whole) return null
        return taken < places.size ? 'vanished' : fresh ? 'tableChanged' : null
      }

      const once = async (values: Float64Array): Promise<ErrandResult> => {
        const sections = await ask(host, cadence === 'fast' && host.cpu === null ? FIRST_FAST : SCRIPTS[cadence], DEADLINES[cadence] * timeout)
        if (!sections.ok) return resultOf(sections.failure)
        const found = findIn(sections.value, host.cpu)
        const restarted = remember(host, found)
        const changed = fill(values, found)
        const { complete } = sections.value
        return {
          status: complete ? 'answered' : 'partial',
          why: complete ? null : { code: 'cutShort' },
          pdus: 1,
          timeouts: 0,
          rediscover: restarted ? 'reboot' : complete ? changed : null,
        }
      }

      return {
        points,
        run(values, finished) {
          once(values).then(finished, (error: unknown) => {
            log.error({ host: target.address.host, error }, 'an SSH errand failed in an unforeseen way')
            finished({ status: 'garbage', why: { code: 'fault' }, pdus: 1, timeouts: 0, rediscover: null })
          })
        },
      }
    }

    return Promise.resolve({
      discover,
      compile,
      counters: () => counters,
      close() {
        for (const ref of open) ref.deref()?.close()
        open.clear()
        return Promise.resolve()
      },
    })
  },
}

const isStatus = (kind: string): kind is PollStatus => (POLL_STATUS as readonly string[]).includes(kind)

/** No failure leaves a poll without a status: a busy host is one that did not answer this time. */
const statusOf = (kind: FailureKind): PollStatus =>
  isStatus(kind) ? kind : kind === 'forbidden' ? 'wrongCredential' : kind === 'busy' || kind === 'cancelled' ? 'timeout' : 'garbage'

const resultOf = (failure: Failure): ErrandResult => ({
  status: statusOf(failure.kind),
  why: whyOf(failure),
  pdus: 1,
  timeouts: failure.kind === 'timeout' ? 1 : 0,
  rediscover: null,
})

export default entry
