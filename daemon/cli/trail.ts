// The audit trail for a command: through the running daemon's API, or straight from the records when none runs.
import { exportLines, readAnchors } from '../audit-anchors.ts'
import { readConfig } from '../config.ts'
import { sayMistake } from '../domain/document.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { SILENT } from '../log.ts'
import { openRecords } from '../store/records.ts'
import { askDaemon } from './ask.ts'

export interface Span {
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface TrailReach {
  verify(): Promise<Outcome<{ readonly entries: number; readonly first: number; readonly head: string }>>
  export(span: Span, write: (line: string) => void): Promise<Outcome<void>>
  close(): Promise<void>
}

/** `invalid` for wrong settings. */
export async function reachTrail(file: string | null, env: NodeJS.ProcessEnv): Promise<Outcome<TrailReach>> {
  const configured = readConfig(file ?? env['SUAR_CONFIG'] ?? null, env)
  if (!configured.ok) return failed('invalid', configured.mistakes.map(sayMistake).join('\n'))
  const { config } = configured
  const records = await openRecords({ folder: config.data, log: SILENT, clock: Date.now, environmentKey: env['SUAR_SECRET_KEY'] })
  if (!records.ok && records.failure.kind !== 'conflict') return records
  if (records.ok) {
    const { audit, close } = records.value
    return done({
      verify: () => audit.verify(readAnchors(config.data)),
      async export(span, write) {
        await audit.append('suar', 'audit.export', 'audit', { ...span, account: 0, address: 'command' })
        for await (const line of exportLines(audit.walk(span))) write(line)
        return done(undefined)
      },
      close,
    })
  }
  const { ask, lines } = askDaemon(config, env)
  return done({
    async verify() {
      type Told =
        | { readonly ok: true; readonly entries: number; readonly first: number; readonly head: string }
        | { readonly ok: false; readonly reason: string }
      const answer = await ask<Told>('GET', '/audit/verify')
      if (!answer.ok) return answer
      return answer.value.ok ? done(answer.value) : failed('garbage', answer.value.reason)
    },
    export({ from, to }, write) {
      const query = new URLSearchParams({ ...(from === undefined ? {} : { from: String(from) }), ...(to === undefined ? {} : { to: String(to) }) })
      return lines(`/audit/export?${query}`, write)
    },
    close: async () => undefined,
  })
}
