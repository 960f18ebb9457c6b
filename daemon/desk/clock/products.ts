// Which standard a ticket runs on: the longest of the products asked for, or several one after the other where the service's phases follow each other.
import type { Instant } from '../../domain/call.ts'
import type { Service } from '../../domain/service.ts'
import type { Standard } from '../../domain/standard.ts'
import { measure } from './measure.ts'
import type { WorkingTime } from './working.ts'

export interface ProductStandards {
  /** One after the other; mostly there is one. */
  readonly standards: readonly Standard[]
  /** `unknown`: nothing was chosen yet, so the longest of all is taken. */
  readonly together: 'one' | 'longest' | 'chain' | 'unknown'
  readonly products: readonly string[]
}

/** `start`: where they are compared from, because three months are sometimes longer than 13 weeks and sometimes not. */
export function productStandards(
  { products, phases }: Pick<Service, 'products' | 'phases'>,
  chosen: readonly string[] | null,
  time: WorkingTime,
  start: Instant | null,
): ProductStandards {
  const known = products.filter(({ key }) => chosen?.includes(key))
  const wanted = known.length > 0 ? known : products
  const inPhases = [...new Set(phases.filter(({ side }) => side === 'house').map(({ product }) => product))]
    .map(key => wanted.find(product => product.key === key))
    .filter(product => product !== undefined)
  const chain = inPhases.length > 1 ? inPhases : []
  const rows = [chain, ...wanted.filter(product => !chain.includes(product)).map(product => [product])].filter(row => row.length > 0)
  const dueOf = (row: typeof wanted): Instant => {
    const at = start ?? 0
    const runs = [{ from: at, until: null }]
    return measure(time, { runs, stops: [], now: at }, { standards: row.map(({ standard }) => standard), difficulty: null }, null).measured.due ?? at
  }
  const longest =
    rows.length < 2 ? rows[0] : rows.map(row => ({ row, due: dueOf(row) })).reduce((one, other) => (other.due > one.due ? other : one)).row
  const row = longest ?? []
  const together = known.length === 0 ? 'unknown' : row.length > 1 ? 'chain' : rows.length > 1 ? 'longest' : 'one'
  return { standards: row.map(({ standard }) => standard), together, products: row.map(({ key }) => key) }
}
