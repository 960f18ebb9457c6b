// The ports of a switch: its `port.<name>.<what>` points gathered one row a port.
import type { PointView } from '../../../daemon/stream/contract.ts'

export interface Port {
  readonly name: string
  readonly state: PointView | null
  readonly admin: PointView | null
  readonly inOctets: PointView | null
  readonly outOctets: PointView | null
  /** Errors and discards of both directions. */
  readonly faults: readonly PointView[]
  readonly speed: PointView | null
  readonly rest: readonly PointView[]
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What a key says after the port's name. A name may itself hold dots (`port.Gi1/0/1.100.in.octets`), so it is read from the end. */
const TAIL = /^port\.(.+?)\.((?:in|out)\.[a-z]+|oper|admin|state|status|speed|[a-z][a-zA-Z]*)$/

export function portOf(key: string): { readonly port: string; readonly what: string } | null {
  const found = TAIL.exec(key)
  return found?.[1] === undefined || found[2] === undefined ? null : { port: found[1], what: found[2] }
}

export function portsOf(points: readonly PointView[]): readonly Port[] {
  const rows = new Map<string, Map<string, PointView>>()
  for (const point of points) {
    const found = portOf(point.key)
    if (!found) continue
    const row = rows.get(found.port) ?? new Map<string, PointView>()
    rows.set(found.port, row.set(found.what, point))
  }
  return [...rows]
    .sort((one, other) => natural.compare(one[0], other[0]))
    .map(([name, whats]) => {
      const take = (...names: readonly string[]) => {
        for (const what of names) {
          const point = whats.get(what)
          if (point) {
            whats.delete(what)
            return point
          }
        }
        return null
      }
      const row = {
        name,
        state: take('oper', 'state', 'status'),
        admin: take('admin'),
        inOctets: take('in.octets'),
        outOctets: take('out.octets'),
        speed: take('speed'),
      }
      const faults = [...whats.values()].filter(point => point.quantity === 'errors' || point.quantity === 'discards')
      return { ...row, faults, rest: [...whats.values()].filter(point => !faults.includes(point)) }
    })
}
