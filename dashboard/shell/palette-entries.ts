// What the palette offers for a few letters. Whole words first, beginnings of words next, then letters anywhere.
import { now, store } from '../live/index.ts'
import { navOf } from '../pages.ts'
import type { ShapeName, ThingName } from '../parts/icons.tsx'
import { askDevice } from '../parts/index.ts'
import { shapeOfAlarm, type Tone, toneOfAlarm } from '../parts/tone.ts'
import { go } from '../router.ts'
import { may, signOut } from '../signin/session.ts'
import { setTheme, type Theme } from '../theme.ts'
import { lang, t } from '../words/index.ts'
import { detailOf, numberOf, titleOf } from '../words/say.ts'
import { toggleDemo } from './demo.tsx'
import { navName } from './nav.tsx'
import { chooseLang } from './preferences.tsx'

export interface Entry {
  readonly key: string
  readonly group: string
  readonly icon: ShapeName | ThingName
  readonly tone?: Tone
  readonly label: string
  readonly note: string
  /** Further words it is found by. */
  readonly also?: string
  readonly run: () => void
}

const MOST = 40
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** 0: does not match; higher is better. All words of the query must be found. Pure. */
function score(query: string, label: string, also = ''): number {
  const name = plain(label)
  const all = `${name} ${plain(also)}`
  let sum = 1
  for (const word of plain(query).split(/\s+/)) {
    if (word === '') continue
    const at = all.indexOf(word)
    if (at < 0) return 0
    sum += name === word ? 8 : name.startsWith(word) ? 5 : all.includes(` ${word}`) ? 3 : 1
  }
  return sum
}

export function findEntries(query: string): readonly Entry[] {
  const pool = [...ticket(query), ...alarms(), ...pages(), ...racks(), ...devices(), ...actions(query)]
  if (query.trim() === '') return [...pool.filter(one => one.group === t.value.palette.alarms).slice(0, 5), ...pages(), ...actions('')].slice(0, MOST)
  return pool
    .map(entry => ({ entry, score: score(query, entry.label, `${entry.note} ${entry.also ?? ''}`) }))
    .filter(one => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(one => one.entry)
}

const pages = (): Entry[] =>
  navOf(may).map(one => ({
    key: `page ${one.key}`,
    group: t.value.palette.pages,
    icon: one.key,
    label: navName(one.key, 'long'),
    note: `g ${one.letter}`,
    run: () => go(one.href),
  }))

const alarms = (): Entry[] =>
  [...store.alarms.value.values()]
    .filter(alarm => alarm.clearedAt === null)
    .sort((a, b) => Number(a.suppressed) - Number(b.suppressed) || b.raisedAt - a.raisedAt)
    .map(alarm => ({
      key: `alarm ${alarm.id}`,
      group: t.value.palette.alarms,
      icon: shapeOfAlarm(alarm),
      tone: alarm.suppressed ? 'ok' : toneOfAlarm(alarm),
      label: titleOf(alarm),
      note: detailOf(alarm),
      also: numberOf(alarm),
      run: () => go(`/alarms?alarm=${alarm.id}`),
    }))

const racks = (): Entry[] =>
  (store.layout.value?.racks ?? []).map(rack => ({
    key: `rack ${rack.id}`,
    group: t.value.palette.racks,
    icon: 'racks',
    label: rack.name,
    note: rack.tenant ?? rack.use ?? '',
    also: `${t.value.nav.racks} rack rak ${rack.id}`,
    run: () => go(`/racks/${rack.id}`),
  }))

const devices = (): Entry[] =>
  [...store.devices.value.values()].map(device => ({
    key: `device ${device.id}`,
    group: t.value.palette.devices,
    icon: 'devices',
    label: device.name,
    note: [device.identity?.model ?? '', device.address].filter(part => part !== '').join(' · '),
    also: `${device.id} ${device.kind} ${device.identity?.serial ?? ''} ${device.identity?.vendor ?? ''} ${device.tenant ?? ''}`,
    run: () => go(`/devices/${device.id}`),
  }))

/** A ticket by its number, also when only `2026-412` or `412` is typed: the daemon says whether there is one, and whether one may see it. */
function ticket(query: string): Entry[] {
  const found = /^(?:t-?)?(?:(\d{4})-)?(\d{1,6})$/i.exec(query.trim())
  const { people } = t.value
  if (found === null || !may('ticket.read')) return []
  const number = `T-${found[1] ?? new Date(now.value).getFullYear()}-${(found[2] ?? '').padStart(4, '0')}`
  return [
    {
      key: `ticket ${number}`,
      group: t.value.nav.tickets,
      icon: 'tickets',
      label: people.palette.ticket(number),
      note: '',
      also: query,
      run: () => go(`/tickets/${number}`),
    },
  ]
}

function actions(query: string): Entry[] {
  const { palette, people } = t.value
  const one = (key: string, icon: ThingName, label: string, run: () => void, also = ''): Entry => ({
    key,
    group: palette.actions,
    icon,
    label,
    note: '',
    also,
    run,
  })
  const theme = (to: Theme, label: string): Entry => one(`theme ${to}`, 'moon', label, () => setTheme(to), 'theme tema tampilan')
  const all = [
    one('language', 'language', palette.language, () => chooseLang(lang.peek() === 'id' ? 'en' : 'id'), 'bahasa language'),
    theme('light', palette.lightTheme),
    theme('dark', palette.darkTheme),
    theme('system', palette.systemTheme),
    one('account', 'key', people.account.open, () => go('/account'), 'akun account kata sandi password'),
    one('out', 'out', people.account.signOut, () => void signOut(), 'keluar sign out logout'),
  ]
  if (store.demo.value !== null && may('demo.play')) all.push(one('demo', 'play', t.value.demo.title, toggleDemo, 'demo'))
  // Only when asked for by name: hundreds of them would bury the rest.
  if (query.trim().length > 1 && may('device.poll')) {
    for (const device of store.devices.value.values()) {
      all.push(one(`poll ${device.id}`, 'refresh', palette.poll(device.name), () => void askDevice(device), device.id))
    }
  }
  return all
}
