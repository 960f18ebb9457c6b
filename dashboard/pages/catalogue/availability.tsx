// How much of its working time a service was there, month by month, and when it was not; officers write down what no device tells.
import { useEffect, useState } from 'preact/hooks'
import type { Downtime, MonthAvailability, Outage, ServiceAvailability } from '../../../daemon/domain/outage.ts'
import type { Service } from '../../../daemon/domain/service.ts'
import { workText } from '../../../daemon/domain/words/clock-words.ts'
import { MONTH_NAMES } from '../../../daemon/domain/words/time.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { type Column, Empty, ErrorBox, Icon, Skeleton, Table, toast } from '../../parts/index.ts'
import { Sure } from '../../parts/sure.tsx'
import { may } from '../../signin/session.ts'
import { lang, t } from '../../words/index.ts'
import { dateTime, number } from '../../words/say.ts'
import './availability.css'
import { OutageForm } from './outage-form.tsx'

type Got =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'ready'; readonly is: ServiceAvailability }

type Asking = { readonly kind: 'write'; readonly outage: Outage | null } | { readonly kind: 'withdraw'; readonly outage: Outage } | null

const percent = (share: number): string => `${number(share * 100, Number.isInteger(share * 100) ? 0 : 2)} %`
const monthName = (month: string): string => {
  const [year = '', no = ''] = month.split('-')
  return `${MONTH_NAMES[lang.value][Number(no) - 1] ?? ''} ${year}`
}

export function AvailabilityPart({ service }: { readonly service: Pick<Service, 'key'> }) {
  const words = t.value.availability
  const [got, setGot] = useState<Got>({ kind: 'waiting' })
  const [turn, setTurn] = useState(0)
  const [asking, setAsking] = useState<Asking>(null)
  const again = (): void => setTurn(was => was + 1)
  useEffect(() => {
    let gone = false
    void api.get<ServiceAvailability>(`/api/v1/services/${encodeURIComponent(service.key)}/availability`).then(answer => {
      if (!gone) setGot(answer.ok ? { kind: 'ready', is: answer.value } : { kind: 'failed', problem: answer.problem })
    })
    return () => {
      gone = true
    }
  }, [service.key, turn])
  if (got.kind === 'waiting') return <Skeleton lines={8} />
  if (got.kind === 'failed') return <ErrorBox problem={got.problem} retry={again} />
  const { is } = got
  const manage = may('outage.manage')
  return (
    <div class="availability">
      <dl class="sheethead">
        <div>
          <dt>{words.guaranteed}</dt>
          <dd>{is.guaranteed === null ? words.noGuarantee : percent(is.guaranteed / 100)}</dd>
        </div>
      </dl>
      <div class="availabilitytools">
        <p class="small dim grow">
          {words.formula} {is.monitored ? '' : words.unwatched}
        </p>
        {may('ticket.export') ? (
          <a class="btn" href={`/api/v1/availability/print?language=${lang.value}`} target="_blank" rel="noreferrer">
            <Icon name="download" />
            {words.report}
          </a>
        ) : null}
        {manage ? (
          <button type="button" class="btn primary" onClick={() => setAsking({ kind: 'write', outage: null })}>
            {words.declare}
          </button>
        ) : null}
      </div>
      {is.months.length === 0 ? <Empty title={words.none} hint={words.noneHint} /> : <Months months={is.months} />}
      <h3>{words.downs}</h3>
      {is.downtimes.length === 0 ? (
        <Empty title={words.noDowns} />
      ) : (
        <ul class="downtimes">
          {is.downtimes.map(one => (
            <Down key={`${one.from}${one.outage?.id ?? ''}${one.devices.join()}`} downtime={one} manage={manage} ask={setAsking} />
          ))}
        </ul>
      )}
      {asking?.kind === 'write' ? <OutageForm service={service.key} outage={asking.outage} onClose={() => setAsking(null)} onSaved={again} /> : null}
      {asking?.kind === 'withdraw' ? (
        <Sure
          title={words.withdrawTitle}
          body={words.withdrawBody}
          act={words.withdraw}
          send={() => api.delete(`/api/v1/outages/${asking.outage.id}`)}
          onClose={() => setAsking(null)}
          onDone={() => {
            toast('done', words.withdrawn, asking.outage.reason)
            again()
          }}
        />
      ) : null}
    </div>
  )
}

function Months({ months }: { readonly months: readonly MonthAvailability[] }) {
  const words = t.value.availability
  const columns: readonly Column<MonthAvailability>[] = [
    {
      key: 'month',
      label: words.columns.month,
      cell: one => (
        <>
          {monthName(one.month)}
          {one.running ? <span class="block small dim">{words.running}</span> : null}
        </>
      ),
    },
    { key: 'working', label: words.columns.working, num: true, wide: true, cell: one => workText(one.working, lang.value) },
    {
      key: 'down',
      label: words.columns.down,
      num: true,
      cell: one => (
        <>
          {workText(one.down, lang.value)}
          {one.allowed === null ? null : <span class="block small dim">{words.allowed(workText(one.allowed, lang.value))}</span>}
        </>
      ),
    },
    { key: 'planned', label: words.columns.planned, num: true, wide: true, cell: one => workText(one.planned, lang.value) },
    { key: 'share', label: words.columns.share, num: true, cell: one => <b>{percent(one.share)}</b> },
    {
      key: 'kept',
      label: words.columns.kept,
      wide: true,
      cell: one => (one.kept === null ? '–' : one.kept ? one.running ? words.keptSoFar : words.kept : <span class="t-crit">{words.missed}</span>),
    },
  ]
  return <Table label={words.months} columns={columns} rows={months} keyOf={one => one.month} />
}

interface DownProps {
  readonly downtime: Downtime
  readonly manage: boolean
  readonly ask: (asking: Asking) => void
}

function Down({ downtime, manage, ask }: DownProps) {
  const words = t.value.availability
  const { from, until, planned, devices, outage } = downtime
  return (
    <li>
      <div class="grow">
        <div>
          {dateTime(from)} – {until === null ? <b>{words.still}</b> : dateTime(until)}
        </div>
        <div>{outage !== null ? outage.reason : devices.length > 0 ? words.devices(devices.join(', ')) : null}</div>
        <div class="small dim">
          {planned ? `${words.planned} · ` : ''}
          {outage === null ? words.monitored : words.writtenBy(outage.by)}
        </div>
      </div>
      {outage !== null && manage ? (
        <div class="row">
          <button type="button" class="textbtn small" onClick={() => ask({ kind: 'write', outage })}>
            {words.amend}
          </button>
          <button type="button" class="textbtn small" onClick={() => ask({ kind: 'withdraw', outage })}>
            {words.withdraw}
          </button>
        </div>
      ) : null}
    </li>
  )
}
