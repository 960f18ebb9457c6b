// Devices of this installation for a command: through the running daemon's API, or straight from the records when none runs.
import { readConfig } from '../config.ts'
import type { Device } from '../domain/device.ts'
import { sayMistake } from '../domain/document.ts'
import { done, failed, type Outcome } from '../domain/outcome.ts'
import { SILENT } from '../log.ts'
import { openRecords } from '../store/records.ts'
import { type Asking, askDaemon } from './ask.ts'

export interface DeviceRow {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly address: string
  readonly status: string
  readonly model: string
}

export interface Reach {
  list(): Promise<Outcome<readonly DeviceRow[]>>
  add(device: Device): Promise<Outcome<void>>
  remove(id: string): Promise<Outcome<void>>
  close(): Promise<void>
}

/** `invalid` for wrong settings. */
export async function reach(file: string | null, env: NodeJS.ProcessEnv): Promise<Outcome<Reach>> {
  const configured = readConfig(file ?? env['SUAR_CONFIG'] ?? null, env)
  if (!configured.ok) return failed('invalid', configured.mistakes.map(sayMistake).join('\n'))
  const { config } = configured
  const records = await openRecords({ folder: config.data, log: SILENT, clock: Date.now, environmentKey: env['SUAR_SECRET_KEY'] })
  if (records.ok) return done(byRecords(records.value))
  if (records.failure.kind !== 'conflict') return records
  return done(byApi(askDaemon(config, env)))
}

type Records = Extract<Awaited<ReturnType<typeof openRecords>>, { ok: true }>['value']

const byRecords = (records: Records): Reach => ({
  async list() {
    const all = await records.devices.list()
    return done(
      all.map(({ device, identity }) => ({
        id: device.id,
        name: device.name,
        kind: device.kind,
        address: `${device.address.host}:${device.address.port}`,
        status: 'not polled: no daemon runs',
        model: [identity?.vendor, identity?.model].filter(Boolean).join(' '),
      })),
    )
  },
  async add(device) {
    const added = await records.devices.add(device, 'adopted')
    return added.ok ? done(undefined) : added
  },
  async remove(id) {
    const found = (await records.devices.list()).find(({ device }) => device.id === id)
    if (found === undefined) return failed('notFound', `There is no device "${id}".`)
    if (found.source === 'inventory') return failed('conflict', `"${id}" is named in the site's file: remove it there.`)
    return await records.devices.remove(found.no)
  },
  close: () => records.close(),
})

interface Listed {
  readonly items: readonly (Omit<DeviceRow, 'model'> & {
    readonly identity: { readonly vendor: string | null; readonly model: string | null } | null
  })[]
  readonly total: number
}

function byApi({ ask }: Asking): Reach {
  return {
    async list() {
      const rows: DeviceRow[] = []
      for (let page = 1; ; page++) {
        const answer = await ask<Listed>('GET', `/devices?size=1000&page=${page}`)
        if (!answer.ok) return answer
        const { items, total } = answer.value
        rows.push(
          ...items.map(({ id, name, kind, address, status, identity }) => ({
            id,
            name,
            kind,
            address,
            status,
            model: [identity?.vendor, identity?.model].filter(Boolean).join(' '),
          })),
        )
        if (rows.length >= total || items.length === 0) return done(rows)
      }
    },
    async add(device) {
      const answer = await ask('POST', '/devices', device)
      return answer.ok ? done(undefined) : answer
    },
    async remove(id) {
      const answer = await ask('DELETE', `/devices/${encodeURIComponent(id)}`)
      return answer.ok ? done(undefined) : answer
    },
    close: async () => undefined,
  }
}
