// Every certificate at one glance: a bar of the days that are left, soonest first; where it is from, when it is renewed, and what went wrong.
import { useSignalEffect } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { CertificateView, ChangeRow } from '../../../daemon/domain/hosting-view.ts'
import { api } from '../../api.ts'
import { now, useRows } from '../../live/index.ts'
import type { PageProps } from '../../pages.ts'
import { daysLeft, toneOfDays } from '../../parts/hosting/amounts.ts'
import '../../parts/hosting/hosting.css'
import { Propose } from '../../parts/hosting/propose.tsx'
import { StopBand } from '../../parts/hosting/stop.tsx'
import { HostingTabs } from '../../parts/hosting/tabs.tsx'
import { useTyped } from '../../parts/hosting/use-list.ts'
import { Button, Empty, Icon, Meter, PageHead, Panel, SearchField, TopicGate } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { dateLong, number, text } from '../../words/say.ts'
import { when } from '../../words/when.ts'
import './certificates.css'
import { Upload } from './upload.tsx'

const GROUPS = ['over', 'week', 'month', 'later'] as const
const DAY = 86_400_000
/** Browsers take no longer ones; an authority of one's own may give years, which would make every other bar a dot. */
const LONGEST = 398
type Group = (typeof GROUPS)[number]

const groupOf = (days: number): Group => (days < 0 ? 'over' : days < 7 ? 'week' : days < 30 ? 'month' : 'later')

export default function CertificatesPage({ query }: PageProps) {
  useSignalEffect(() => {
    document.title = `${t.value.hosting.certificate.title} · Suar`
  })
  const { hosting } = t.value
  const words = hosting.certificate
  const { status, rows } = useRows('certificates')
  const search = query.get('search') ?? ''
  const [typed, type] = useTyped(search)
  const [uploading, upload] = useState(false)
  const [renewing, renew] = useState<string | null>(null)
  const all = [...(rows.value?.values() ?? [])].sort((a, b) => a.notAfter - b.notAfter)
  const found = all.filter(one => `${one.names.join(' ')} ${one.website ?? ''}`.includes(search.toLowerCase()))
  const scale = Math.max(90, ...all.map(one => Math.min(LONGEST, daysLeft(one.notAfter))))
  const soon = all.filter(one => daysLeft(one.notAfter) < 30).length
  return (
    <div class="hostingpage">
      <PageHead
        title={words.title}
        sub={all.length === 0 ? undefined : words.sub(number(all.length), number(soon))}
        actions={
          may('change.work') ? (
            <Button kind="primary" onClick={() => upload(true)}>
              <Icon name="upload" />
              {words.upload}
            </Button>
          ) : null
        }
      />
      <StopBand />
      <HostingTabs chosen="certificates" />
      {all.length < 8 && search === '' ? null : (
        <div class="toolbar">
          <SearchField label={words.searchLabel} value={typed} onInput={type} />
        </div>
      )}
      <TopicGate status={status}>
        {all.length === 0 ? (
          <Panel>
            <Empty title={words.none} hint={words.noneHint} />
          </Panel>
        ) : found.length === 0 ? (
          <Panel>
            <Empty title={hosting.nothing} hint={hosting.nothingHint} />
          </Panel>
        ) : (
          GROUPS.map(group => {
            const those = found.filter(one => groupOf(daysLeft(one.notAfter)) === group)
            if (those.length === 0) return null
            return (
              <Panel key={group} title={words.groups[group]} end={<span>{number(those.length)}</span>}>
                <ul class="certlist">
                  {those.map(one => (
                    <Certificate key={one.fingerprint} certificate={one} scale={scale} onRenew={renew} />
                  ))}
                </ul>
              </Panel>
            )
          })
        )}
      </TopicGate>
      {uploading ? <Upload onClose={() => upload(false)} /> : null}
      {renewing === null ? null : (
        <Propose
          title={`${words.renew}: ${renewing}`}
          body={hosting.form.sendHint}
          act={words.renew}
          send={reason => api.post<ChangeRow>(`/api/v1/certificates/${encodeURIComponent(renewing)}/renew`, { reason })}
          onClose={() => renew(null)}
        />
      )}
    </div>
  )
}

interface CertificateProps {
  readonly certificate: CertificateView
  /** Days that a whole bar stands for: the same in every line, so that they can be compared. */
  readonly scale: number
  readonly onRenew: (website: string) => void
}

function Certificate({ certificate, scale, onRenew }: CertificateProps) {
  const { hosting } = t.value
  const words = hosting.certificate
  const { website, names, source, notAfter, renewAt, trouble } = certificate
  const days = daysLeft(notAfter)
  const tone = toneOfDays(days)
  const [first = '', ...others] = names
  const share = (of: number): number => Math.max(0, Math.min(1, of / (scale * DAY)))
  const left = share(notAfter - now.value)
  const renewMark = renewAt === null ? null : share(notAfter - renewAt)
  return (
    <li class="cert">
      <div class="certname">
        <b class="anywhere">{first}</b>
        <span class="small mid anywhere">
          {website === null ? words.noWebsite : <a href={`/websites/${website}`}>{website}</a>}
          {others.length === 0 ? '' : ` · ${others.join(', ')}`}
        </span>
      </div>
      <div class="certbar">
        <span class={`certdays ${tone === 'crit' ? 't-crit' : tone === 'warn' ? 't-warn' : ''}`}>
          {tone === 'ok' ? null : <Icon name={tone} class={tone} />}
          {hosting.days(days)}
        </span>
        <Meter value={left} tone={tone} label={`${words.scale(number(scale))}, ${first}`} {...(renewMark === null ? {} : { mark: renewMark })} />
        <span class="small mid">
          {words.until} {dateLong(notAfter)}
        </span>
      </div>
      <div class="certfrom small">
        <span>{hosting.site.sources[source]}</span>
        <span class="mid anywhere">{certificate.issuer}</span>
        <span class={renewAt === null ? 't-warn' : 'mid'}>
          {renewAt === null ? words.noRenew : renewAt <= now.value ? words.renewDue : words.renewAt(when(renewAt))}
        </span>
      </div>
      <div class="certact">
        {website !== null && source !== 'upload' && may('change.work') ? (
          <Button label={`${words.renew}: ${first}`} onClick={() => onRenew(website)}>
            {words.renew}
          </Button>
        ) : null}
      </div>
      {trouble === null ? null : (
        <p class="certtrouble">
          <Icon name="crit" class="crit" />
          <span>
            <b>{words.trouble}.</b> {text(trouble)}
          </span>
        </p>
      )}
    </li>
  )
}
