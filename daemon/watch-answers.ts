// What the API asks about devices, alarms and the site, answered by the rooms: each question in one place, none of them knowing HTTP.
import type { Alarms, WatchedDevice } from './alarm/open.ts'
import type { Config } from './config.ts'
import type { Clock } from './domain/call.ts'
import { done, failed, refused } from './domain/outcome.ts'
import { throughOf } from './domain/people.ts'
import type { By } from './domain/signin.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { AlarmsDesk } from './http/routes/alarms.ts'
import type { DevicesDesk } from './http/routes/devices.ts'
import type { SiteDesk } from './http/routes/site.ts'
import type { Place } from './place.ts'
import type { Poller } from './poll/poller.ts'
import type { Records } from './store/records.ts'
import type { Telemetry } from './store/telemetry/telemetry.ts'
import type { Model } from './stream/model.ts'

export interface WatchSources {
  readonly fleet: Fleet
  readonly model: Model
  readonly records: Records
  readonly telemetry: Telemetry
  readonly alarms: Alarms
  readonly poller: Poller
  readonly place: Place
  readonly channels: Config['notify']
  readonly clock: Clock
  /** Brings a member to the poller. */
  adopt(no: number): void
  showDevice(id: string): void
  showPoints(id: string): void
  watchedDevices(): readonly WatchedDevice[]
}

export function openAnswers(sources: WatchSources): DevicesDesk & AlarmsDesk & SiteDesk {
  const { fleet, model, records, telemetry, alarms, poller, place, channels, clock } = sources
  const from = (by: By) => ({ account: by.account, address: by.address, ...throughOf(by) })
  const trail = (by: By, action: string, subject: string, detail: object) =>
    records.audit.append(by.name, action, subject, { ...detail, ...from(by) })
  const gone = (id: string) => failed('notFound', `There is no device "${id}".`)

  return {
    devices: () => model.devices(),
    device: id => model.device(id),
    points: id => model.pointsOf(id).values(),
    point: no => model.point(no),
    value: no => model.value(no),
    history: (points, from, to, buckets) => telemetry.history(points, from, to, buckets),
    now: clock,

    async poll(id) {
      const member = fleet.byId(id)
      return member === undefined ? gone(id) : await poller.pollNow(member.no)
    },
    async rediscover(id) {
      const member = fleet.byId(id)
      return member === undefined ? gone(id) : await poller.rediscover(member.no)
    },
    async add(device, by) {
      const added = await records.audit.together(async () => {
        const written = await records.devices.add(device, 'adopted')
        if (written.ok) await trail(by, 'device.add', device.id, { kind: device.kind, device: device.address })
        return written
      })
      if (!added.ok) return added
      const { no, identity } = added.value
      fleet.put(no, device, identity, [])
      alarms.setDevices(sources.watchedDevices())
      sources.showDevice(device.id)
      sources.showPoints(device.id)
      sources.adopt(no)
      return done({ id: device.id, no })
    },
    async remove(id, by) {
      const member = fleet.byId(id)
      if (member === undefined) return gone(id)
      if (place.inventory.devices.some(device => device.id === id))
        return failed('conflict', `"${id}" belongs to the site's description: remove it there.`)
      const stands = place.inventory.equipment.find(item => item.device === id)
      if (stands !== undefined) {
        const at = `${stands.name} (${stands.rack} U${stands.u})`
        return refused('conflict', {
          id: `Perangkat ini berdiri di rak sebagai ${at}: keluarkan dahulu dari raknya.`,
          en: `It stands in a rack as ${at}: take it out of its rack first.`,
        })
      }
      const removed = await records.audit.together(async () => {
        const gone = await records.devices.remove(member.no)
        if (gone.ok) await trail(by, 'device.remove', id, {})
        return gone
      })
      if (!removed.ok) return removed
      poller.remove(member.no)
      fleet.remove(member.no)
      model.removeDevice(id)
      alarms.setDevices(sources.watchedDevices())
      return done({ id })
    },

    page: query => records.alarms.page(query),
    one: id => records.alarms.one(id),
    similar: alarm => records.alarms.similar(alarm),
    async acknowledge(id, by, comment) {
      return await alarms.acknowledge(id, by.name, comment, from(by))
    },
    async comment(id, by, text) {
      return await alarms.comment(id, by.name, text, from(by))
    },

    layout: () => model.layout(),
    health: () => model.health(),
    channels: () =>
      Object.entries(channels.channels).map(([name, { via }]) => ({
        name,
        via,
        to: channels.recipients
          .filter(recipient => recipient.channel === name)
          .map(recipient => recipient.to)
          .join(', '),
      })),
    async testChannel(name, by) {
      // What goes out cannot be called back: it stands in the trail before, and how it went after.
      await trail(by, 'channel.test', name, {})
      const sent = await alarms.test(name)
      await trail(by, 'channel.tested', name, sent.ok ? { ok: true } : { ok: false, kind: sent.failure.kind })
      return sent
    },
    demo: () => place.demo(),
    async setDemo(scenario, active, by) {
      return await records.audit.together(async () => {
        await trail(by, 'demo.play', scenario, { active })
        return await place.setDemo(scenario, active)
      })
    },
  }
}
