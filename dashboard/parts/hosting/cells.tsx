// Use against quota, days that are left, whether it is reachable: the same in the list and on the website's own page.
import { t } from '../../words/index.ts'
import { Meter } from '../controls.tsx'
import { Icon } from '../icons.tsx'
import { daysLeft, mebibytes, toneOfDays, toneOfUse } from './amounts.ts'

export function Usage({ used, quota, name }: { readonly used: number | null; readonly quota: number; readonly name: string }) {
  const words = t.value.hosting
  const tone = toneOfUse(used, quota)
  return (
    <span class="usecell">
      <span class={tone === 'crit' ? 't-crit' : tone === 'warn' ? 't-warn' : used === null ? 'dim' : ''}>
        {used === null ? words.notMeasured(mebibytes(quota)) : words.usedOf(mebibytes(used), mebibytes(quota))}
      </span>
      {used === null ? null : <Meter value={used / quota} tone={tone} label={`${words.list.columns.usage} ${name}`} />}
    </span>
  )
}

export function Days({ until }: { readonly until: number | null }) {
  const words = t.value.hosting
  if (until === null) return <span class="dim">{words.none}</span>
  const days = daysLeft(until)
  const tone = toneOfDays(days)
  return (
    <span class={`nw ${tone === 'crit' ? 't-crit' : tone === 'warn' ? 't-warn' : ''}`}>
      {tone === 'ok' ? null : <Icon name={tone} class={`${tone} dayicon`} />}
      {words.days(days)}
    </span>
  )
}

export function Up({ up }: { readonly up: boolean | null }) {
  const words = t.value.hosting.list
  return (
    <span class={`nw ${up === null ? 'dim' : up ? 'mid' : 't-crit'}`}>
      {up === null ? '' : <Icon name={up ? 'ok' : 'crit'} class={up ? 'upicon' : 'crit upicon'} />}
      {up === null ? words.upUnknown : up ? words.up : words.down}
    </span>
  )
}
