// Alarms: open by cause, handled, suppressed, and the archive; one of them in full beside the list.
import { useDerived } from '../../live/derived.ts'
import { store } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { acknowledge, Empty, Icon, PageHead, Skeleton, Tabs } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { useAcknowledgeKey, usePageKeys } from '../device/page-keys.ts'
import './alarms.css'
import { Archive, withAlarm } from './archive.tsx'
import { AlarmDetail } from './detail.tsx'
import { counts, type Group, groupsOf, TABS, type Tab, tabOf, walk } from './groups.ts'
import { AlarmList } from './list.tsx'

const tabFrom = (text: string | null): Tab => TABS.find(tab => tab === text) ?? 'open'

/** Groups with at least one alarm of the device, when one is asked for. */
const ofDevice = (groups: readonly Group[], device: string | null) =>
  device === null ? groups : groups.filter(group => [group.cause, ...group.effects, ...group.suppressed].some(alarm => alarm.device === device))

/** Suppressed alarms as a list of their own: each stands alone there. */
const suppressedOf = (groups: readonly Group[]): readonly Group[] =>
  groups
    .flatMap(group => [...(group.cause.suppressed ? [group.cause] : []), ...group.suppressed])
    .map(cause => ({ cause, effects: [], suppressed: [] }))

function Counts() {
  const words = t.value.pages.alarms
  const sums = useDerived(() => counts(store.alarms.value.values()), [])
  const shown = [
    ['critical', 'crit'],
    ['warning', 'warn'],
    ['unknown', 'unknown'],
  ] as const
  return (
    <p class="alarmcounts small">
      {shown.map(([severity, tone]) =>
        sums.value[severity] === 0 ? null : (
          <span key={severity} class="row">
            <Icon name={tone} class={tone} />
            {sums.value[severity]} {words.severities[severity]}
          </span>
        ),
      )}
    </p>
  )
}

export default function AlarmsPage({ query }: PageProps) {
  const words = t.value.pages.alarms
  const tab = tabFrom(query.get('state'))
  const device = query.get('device')
  const picked = Number(query.get('alarm') ?? Number.NaN)
  const selected = Number.isInteger(picked) ? picked : null
  const groups = useDerived(() => ofDevice(groupsOf(store.alarms.value.values()), device), [device]).value
  const by = {
    open: groups.filter(group => tabOf(group) === 'open'),
    acknowledged: groups.filter(group => tabOf(group) === 'acknowledged'),
    suppressed: suppressedOf(groups),
  }
  const shown = tab === 'archive' ? [] : tab === 'open' ? [...by.open, ...by.acknowledged] : by[tab]
  const hrefOf = (id: number) => `/alarms?${withAlarm(query, id)}`
  const order = walk(shown)
  const step = (by_: 1 | -1) => {
    if (order.length === 0) return
    const at = selected === null ? -1 : order.indexOf(selected)
    const next = order[at < 0 ? (by_ === 1 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + by_))]
    if (next === undefined) return
    setQuery({ alarm: next })
    document.querySelector(`[data-alarm="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  usePageKeys({ j: () => step(1), k: () => step(-1) })
  useAcknowledgeKey(() => {
    const alarm = selected === null ? undefined : store.alarms.peek().get(selected)
    if (alarm !== undefined && alarm.acknowledged === null && alarm.clearedAt === null) acknowledge(alarm)
    else if (selected === null)
      acknowledge(...(by.open[0] === undefined ? [] : [by.open[0].cause, ...by.open[0].effects].filter(each => each.acknowledged === null)))
  })
  if (store.layout.value === null) return <Skeleton lines={8} />
  const alarms = by.open.reduce((sum, group) => sum + 1 + group.effects.length, 0)
  const href = (to: Tab) => (to === 'open' ? '/alarms' : `/alarms?state=${to}`)
  return (
    <>
      <PageHead
        title={words.title}
        sub={words.sub(by.open.length, alarms, by.suppressed.length)}
        actions={
          may('timeline.read') ? (
            <a class="btn" href="/timeline">
              {t.value.timeline.open}
            </a>
          ) : null
        }
      />
      <div class="alarmtabs">
        <Tabs
          label={words.tabsLabel}
          chosen={tab}
          choices={TABS.map(key => ({ key, label: words.tabs[key], href: href(key), count: key === 'archive' ? undefined : by[key].length }))}
        />
        <Counts />
      </div>
      <div class={selected !== null ? 'alarmgrid picked' : tab === 'archive' ? 'alarmgrid whole' : 'alarmgrid'}>
        <div class="stack">
          {tab === 'archive' ? <Archive query={query} selected={selected} /> : null}
          {tab === 'open' ? (
            <>
              {by.open.length === 0 ? (
                <section class="panel">
                  <Empty title={words.quietTitle} hint={words.quietHint} />
                </section>
              ) : (
                <AlarmList groups={by.open} selected={selected} hrefOf={hrefOf} label={words.tabs.open} />
              )}
              {by.acknowledged.length === 0 ? null : (
                <>
                  <h2 class="handled">{words.handled}</h2>
                  <AlarmList groups={by.acknowledged} selected={selected} hrefOf={hrefOf} label={words.handled} muted />
                </>
              )}
            </>
          ) : null}
          {tab === 'acknowledged' || tab === 'suppressed' ? (
            by[tab].length === 0 ? (
              <section class="panel">
                <Empty
                  title={tab === 'suppressed' ? words.noneSuppressed : words.noneAcknowledged}
                  {...(tab === 'suppressed' ? { hint: words.suppressedHint } : {})}
                />
              </section>
            ) : (
              <AlarmList groups={by[tab]} selected={selected} hrefOf={hrefOf} label={words.tabs[tab]} muted={tab === 'suppressed'} />
            )
          ) : null}
        </div>
        <div class="alarmside">
          {selected === null ? (
            <section class="panel pickhint">
              <Empty title={words.pick} hint={words.pickHint} />
            </section>
          ) : (
            <AlarmDetail key={selected} id={selected} />
          )}
        </div>
      </div>
    </>
  )
}
