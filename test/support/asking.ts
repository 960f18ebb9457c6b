// Questions to a running daemon over its API, in the few words that journeys need.
import type { Alarm } from '../../daemon/domain/alarm.ts'
import type { AlarmPage } from '../../daemon/http/contract.ts'
import type { DeviceView, HealthView, PointView } from '../../daemon/stream/contract.ts'
import { controlKey, type Daemon, until } from './daemon.ts'

export type PointNow = PointView & { readonly reading: { readonly value: number | null; readonly at: number } | null }

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

export type Asking = ReturnType<typeof asking>

/** Asked as the machine's own commands do. The daemon is looked up anew for every question, so that one started again on another port is found. */
export function asking(running: () => Pick<Daemon, 'url' | 'data'> | null | undefined) {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const daemon = running()
    if (daemon === null || daemon === undefined) throw new Error('no daemon runs')
    const response = await fetch(new URL(`/api/v1/${path}`, daemon.url), {
      method,
      headers: { authorization: `Bearer ${controlKey(daemon)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  const get = async <T>(path: string): Promise<T> => (await ask<T>('GET', path)).body
  /** Those that are open, acknowledged and suppressed ones among them; or the archive. */
  const alarms = async (state?: 'cleared'): Promise<readonly Alarm[]> => {
    const { items } = await get<AlarmPage>(`alarms?size=500&sort=-raised${state === undefined ? '' : `&state=${state}`}`)
    return state === undefined ? items.filter(alarm => alarm.clearedAt === null) : items
  }
  const devices = async (): Promise<readonly DeviceView[]> => (await get<{ items: readonly DeviceView[] }>('devices?size=500')).items

  return {
    get,
    ask,
    post: <T>(path: string, body: unknown): Promise<Answer<T>> => ask<T>('POST', path, body),
    alarms,
    devices,
    device: (id: string): Promise<DeviceView> => get<DeviceView>(`devices/${id}`),
    points: async (device: string): Promise<readonly PointNow[]> => (await get<{ items: readonly PointNow[] }>(`devices/${device}/points`)).items,
    health: (): Promise<HealthView> => get<HealthView>('health'),
    /** Every device has answered. */
    allUp: (ms = 60_000): Promise<readonly DeviceView[]> =>
      until('every device up', devices, all => all.length > 0 && all.every(device => device.status === 'up'), ms),
    /** An open alarm that fits. */
    alarm: async (what: string, fits: (alarm: Alarm) => boolean, ms = 60_000): Promise<Alarm> => {
      const found = await until(`the alarm "${what}"`, alarms, all => all.some(fits), ms)
      const alarm = found.find(fits)
      if (alarm === undefined) throw new Error(what)
      return alarm
    },
    /** Nothing that fits is open any more. */
    quiet: (what: string, fits: (alarm: Alarm) => boolean, ms = 60_000): Promise<readonly Alarm[]> =>
      until(`the end of "${what}"`, alarms, all => !all.some(fits), ms),
  }
}
