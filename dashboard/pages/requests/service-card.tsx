// A service of the catalogue as a card: what it is, how long it takes, who may ask, what to bring.
import type { Service } from '../../../daemon/domain/service.ts'
import type { ServiceView } from '../../../daemon/http/contract.ts'
import { Icon } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { NotYours } from './not-yours.tsx'
import { isForMe, timeText, usersText } from './service-words.ts'

const ICONS = {
  'data-centre': 'racks',
  application: 'wall',
  data: 'devices',
  network: 'floor',
  communication: 'mail',
  security: 'key',
  desk: 'comment',
} as const satisfies Record<Service['group'], string>

export function ServiceCard({ service }: { readonly service: ServiceView }) {
  const { catalogue: words } = t.value.requests
  const name = text(service.name)
  const files = may('ticket.file')
  const asks = files && isForMe(service)
  const sheet = `/catalogue/${service.key}`
  return (
    <li class={files && !asks ? 'service notyours' : 'service'}>
      <Icon name={ICONS[service.group]} class="serviceicon" />
      <div class="grow">
        <h3>
          <a class="quiet servicelink" href={asks ? `/requests/new/${service.key}` : sheet}>
            {name}
          </a>
        </h3>
        <p class="small mid">{text(service.summary)}</p>
        <p class="small servicefacts">
          <span class="nw">
            <Icon name="clock" />
            {timeText(service.products)}
          </span>
          <span class="dim">{files && !asks ? words.notYours(usersText(service.users)) : words.for(usersText(service.users))}</span>
          <span class="dim nw">{words.papers(service.papers)}</span>
          {asks ? (
            <a class="sheetlink nw" href={sheet} aria-label={words.sheetOf(name)}>
              {words.sheet}
            </a>
          ) : null}
        </p>
        {files && !asks ? (
          <p class="small mid howto">
            <NotYours users={service.users} />
          </p>
        ) : null}
      </div>
      {files && !asks ? null : <Icon name="right" class="go" />}
    </li>
  )
}
