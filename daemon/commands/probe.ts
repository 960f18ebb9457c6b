// `suar probe`: look at one device now, without a daemon.
import { performance } from 'node:perf_hooks'
import snmp from '../../collectors/snmp.ts'
import { ACCESS_HELP, ACCESS_OPTIONS, readAccess, readAddress } from '../cli/access.ts'
import { readOptions } from '../cli/options.ts'
import { probeText } from '../cli/probe-text.ts'
import type { Command } from '../command.ts'
import { openLog } from '../log.ts'
import { probe } from '../probe.ts'

const OPTIONS = {
  ...ACCESS_OPTIONS,
  json: { type: 'boolean' },
  timeout: { type: 'string' },
  retries: { type: 'string' },
  profiles: { type: 'string' },
} as const

export default {
  name: 'probe',
  summary: 'Look at one device now: who it is and all it measures',
  help: `Usage: suar probe HOST[:PORT] [options]

${ACCESS_HELP}  --timeout MS                until a request is asked again, 1000
  --retries N                 how often it is asked again, 2
  --profiles DIR              a folder of profiles that lies over Suar's own
  --json                      one JSON object on standard output

Exit codes: 0 the device answered, 3 it did not, 2 wrong use.
`,
  async run(argv, io) {
    const read = readOptions('probe', argv, OPTIONS, io, { min: 1, max: 1, what: 'HOST' })
    if (read === null) return 2
    const { values } = read
    const refuse = (reason: string): number => {
      io.stderr.write(`suar probe: ${reason}. See "suar probe --help".\n`)
      return 2
    }
    const address = readAddress(read.positionals[0] ?? '')
    if (!address.ok) return refuse(address.reason)
    const access = readAccess(values, io.env)
    if (!access.ok) return refuse(access.reason)
    const timeout = readNumber(values.timeout, 1000, 10, 60_000)
    if (timeout === null) return refuse('--timeout takes milliseconds from 10 to 60000')
    const retries = readNumber(values.retries, 2, 0, 10)
    if (retries === null) return refuse('--retries takes a number from 0 to 10')

    const log = openLog('warn')
    const collector = await snmp.open({ log, timeout, retries, siteProfiles: values.profiles ?? null })
    // What is under way with the device ends with the collector, however long it was to wait.
    const stop = () => void collector.close()
    io.signal.addEventListener('abort', stop, { once: true })
    try {
      const seen = await probe(collector, { address: address.value, access: access.value }, { signal: io.signal, log }, () => performance.now())
      if (values.json === true) io.stdout.write(`${JSON.stringify(seen)}\n`)
      else if (seen.reachable) io.stdout.write(probeText(seen))
      if (seen.failure !== null) io.stderr.write(`suar probe: ${seen.failure.message}\n`)
      return seen.reachable ? 0 : 3
    } finally {
      io.signal.removeEventListener('abort', stop)
      await collector.close()
    }
  },
} satisfies Command

function readNumber(text: string | undefined, usual: number, least: number, most: number): number | null {
  if (text === undefined) return usual
  const number = Number(text)
  return /^\d+$/.test(text) && number >= least && number <= most ? number : null
}
