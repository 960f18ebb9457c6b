// What cards and forms say of a service: who may ask, how long it takes.
import type { Service } from '../../../daemon/domain/service.ts'
import { isFor } from '../../../daemon/domain/service-users.ts'
import { standardText } from '../../parts/clock/words.ts'
import { may, me } from '../../signin/session.ts'
import { t } from '../../words/index.ts'

/** Kinds of organisations that may ask, in words. */
export function usersText(users: Service['users']): string {
  const words = t.value.requests.users
  return users.length === 0 || users.length === 4 ? words.everybody : words.and(users.map(kind => words[kind]))
}

/** Whether the viewer may ask for it: by one of the own organisations, or for anybody. The daemon asks the same again. */
export function isForMe(service: Pick<Service, 'users'>): boolean {
  const organisations = me.value?.organisations ?? []
  return may('ticket.work') || organisations.length === 0 || organisations.some(one => isFor(service, one.kind))
}

/** From the shortest to the longest of its products, where they count in the same unit; else each once. */
export function timeText(products: readonly Pick<Service['products'][number], 'standard'>[]): string {
  const units = new Set(products.map(one => one.standard.unit))
  const [first] = products
  if (first === undefined) return ''
  if (units.size > 1) return [...new Set(products.map(one => standardText(one.standard)))].join(', ')
  const [min, max] = [Math.min(...products.map(one => one.standard.min)), Math.max(...products.map(one => one.standard.max))]
  return standardText({ min, max, unit: first.standard.unit })
}
