// Why a rack does not do, as people read it: for the page of the planner and for the answer to a reservation.
import type { Obstacle } from '../placement.ts'
import { formatNumber } from './format.ts'
import type { Lang } from './lang.ts'

export interface ObstacleNames {
  readonly rack: (id: string) => string
  readonly node: (id: string) => string
  readonly room: (id: string) => string
  readonly site: (id: string) => string
}

type Words = { readonly id: string; readonly en: string }

export function obstacleWords(why: Obstacle, names: ObstacleNames): Words {
  const figure = (value: number, lang: Lang): string => formatNumber(value, Number.isInteger(value) ? 0 : 1, lang)
  const both = (id: (figure: (value: number) => string) => string, en: (figure: (value: number) => string) => string): Words => ({
    id: id(value => figure(value, 'id')),
    en: en(value => figure(value, 'en')),
  })
  const when = 'when' in why && why.when === 'peak' ? { id: ' pada beban puncak', en: ' at the peak of the day' } : { id: '', en: '' }
  switch (why.code) {
    case 'otherTenant':
      return { id: `Rak ini disediakan untuk ${why.tenant}.`, en: `This rack is kept for ${why.tenant}.` }
    case 'otherSite':
      return { id: `Rak ini berada di ${names.site(why.site)}.`, en: `This rack stands at ${names.site(why.site)}.` }
    case 'besideTenant':
      return { id: `${why.tenant} ada di rak ${names.rack(why.rack)}.`, en: `${why.tenant} stands in rack ${names.rack(why.rack)}.` }
    case 'units':
      return {
        id: `Perlu ${why.need}U; kosong ${why.free}U, terpanjang berurutan ${why.longest}U.`,
        en: `Needs ${why.need}U; ${why.free}U are free, ${why.longest}U at most in a row.`,
      }
    case 'weight':
      return both(
        f => `Berat ${f(why.need)} kg; sisa daya dukung ${f(why.left)} kg.`,
        f => `Weighs ${f(why.need)} kg; the rack takes ${f(why.left)} kg more.`,
      )
    case 'rackPower':
      return both(
        f => `Perlu ${f(why.need)} W; rak ini masih dapat menanggung ${f(why.left)} W.`,
        f => `Needs ${f(why.need)} W; the rack can carry ${f(why.left)} W more.`,
      )
    case 'noFeed':
      return { id: 'Rak ini belum punya jalur listrik.', en: 'This rack has no feed.' }
    case 'oneFeed':
      return { id: `Hanya ada satu jalur listrik (${why.feed}).`, en: `There is one feed only (${why.feed}).` }
    case 'feedsMeet':
      return { id: `Kedua jalur bertemu di ${names.node(why.node)}.`, en: `Both feeds meet in ${names.node(why.node)}.` }
    case 'feed':
      return both(
        f => `Jalur ${why.feed} memikul ${f(why.need)} W bila jalur lain padam${when.id}; sisa ${f(why.left)} W.`,
        f => `Feed ${why.feed} must carry ${f(why.need)} W with the other one gone${when.en}; ${f(why.left)} W are left.`,
      )
    case 'upstream':
      return both(
        f => `${names.node(why.node)} memikul tambahan ${f(why.need)} W${when.id}; sisa ${f(why.left)} W.`,
        f => `${names.node(why.node)} must carry ${f(why.need)} W more${when.en}; ${f(why.left)} W are left.`,
      )
    case 'inlet':
      return both(
        f => `Udara masuk menjadi ${f(why.celsius)} °C${when.id}; batasnya ${f(why.limit)} °C.`,
        f => `Inlet air would reach ${f(why.celsius)} °C${when.en}; the limit is ${f(why.limit)} °C.`,
      )
    case 'cooling':
      return both(
        f => `Pendingin ${names.room(why.room)} perlu ${f(why.need)} W${when.id}; sisa ${f(why.left)} W tanpa unit terbesar.`,
        f => `Cooling of ${names.room(why.room)} must take ${f(why.need)} W more${when.en}; ${f(why.left)} W are left without the largest unit.`,
      )
    case 'ports':
      return { id: `Perlu ${why.need} port; sisa ${why.left}.`, en: `Needs ${why.need} ports; ${why.left} are left.` }
    case 'addresses':
      return { id: `Perlu ${why.need} alamat IP; sisa ${why.left}.`, en: `Needs ${why.need} IP addresses; ${why.left} are left.` }
  }
}
