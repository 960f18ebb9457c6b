// Filters, sorting and saved views of the list. All of it stands in the address, so that a view can be sent to a colleague.
import { useEffect, useState } from 'preact/hooks'
import type { Words } from '../../../daemon/domain/form.ts'
import { PRIORITIES, TICKET_STATUSES } from '../../../daemon/domain/ticket.ts'
import { api } from '../../api.ts'
import { Icon } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { isFiltered, type ListQuery, SORTS } from './query.ts'

interface Named {
  readonly key: string
  readonly label: string
}

/** Names to filter by, asked once. */
function useNames(): { readonly services: readonly Named[]; readonly organisations: readonly Named[] } {
  const [services, setServices] = useState<readonly { readonly key: string; readonly name: Words }[]>([])
  const [organisations, setOrganisations] = useState<readonly { readonly id: number; readonly short: string }[]>([])
  useEffect(() => {
    let gone = false
    void api.get<{ readonly items: readonly { readonly key: string; readonly name: Words }[] }>('/api/v1/services').then(answer => {
      if (!gone && answer.ok) setServices(answer.value.items)
    })
    if (may('people.read')) {
      void api
        .get<{ readonly items: readonly { readonly id: number; readonly short: string }[] }>('/api/v1/organisations?size=200&sort=short')
        .then(answer => {
          if (!gone && answer.ok) setOrganisations(answer.value.items)
        })
    }
    return () => {
      gone = true
    }
  }, [])
  return {
    services: services.map(one => ({ key: one.key, label: text(one.name) })),
    organisations: organisations.map(one => ({ key: String(one.id), label: one.short })),
  }
}

export function Filters({ query }: { readonly query: ListQuery }) {
  const { inbox: words, statuses, priorities } = t.value.tickets
  const { services, organisations } = useNames()
  const [open, setOpen] = useState(false)
  return (
    <div class={`filters ${open ? 'open' : ''}`}>
      <button type="button" class="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="admin" />
        {words.filters}
      </button>
      <Choose name="status" label={words.status} value={query.status} options={TICKET_STATUSES.map(key => ({ key, label: statuses[key] }))} />
      <Choose name="service" label={words.service} value={query.service} options={services} />
      {organisations.length === 0 ? null : (
        <Choose
          name="organisation"
          label={words.organisation}
          value={query.organisation === null ? null : String(query.organisation)}
          options={organisations}
        />
      )}
      <Choose name="priority" label={words.priority} value={query.priority} options={PRIORITIES.map(key => ({ key, label: priorities[key] }))} />
      <label class="filter">
        <span class="small dim">{words.sort}</span>
        <select class="input" value={query.sort} onChange={event => setQuery({ sort: event.currentTarget.value, page: null })}>
          {SORTS.map(key => (
            <option key={key} value={key}>
              {words.sorts[key.replace('-', '') as 'due' | 'changed' | 'priority' | 'number']}
            </option>
          ))}
        </select>
      </label>
      {isFiltered(query) ? (
        <button
          type="button"
          class="textbtn"
          onClick={() => setQuery({ status: null, service: null, organisation: null, priority: null, search: null, page: null })}
        >
          <Icon name="close" /> {words.clear}
        </button>
      ) : null}
    </div>
  )
}

interface ChooseProps {
  readonly name: string
  readonly label: string
  readonly value: string | null
  readonly options: readonly Named[]
}

function Choose({ name, label, value, options }: ChooseProps) {
  const words = t.value.tickets.inbox
  // What the address asks for is shown even before, or without, its name.
  const missing = value !== null && !options.some(one => one.key === value)
  return (
    <label class="filter">
      <span class="small dim">{label}</span>
      <select class="input" value={value ?? ''} onChange={event => setQuery({ [name]: event.currentTarget.value, page: null })}>
        <option value="">{words.any}</option>
        {missing ? <option value={value}>{value}</option> : null}
        {options.map(one => (
          <option key={one.key} value={one.key}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
}
