// What stands in the racks and what is promised to stand there, in one shape: both take U, power, weight, ports and addresses.
import type { Equipment, Layout } from '../domain/inventory.ts'
import type { Reservation } from '../domain/placement.ts'

type Place = Reservation['places'][number]

export interface Standing {
  readonly id: string
  readonly name: string
  readonly rack: string
  readonly tenant: string | null
  /** Promised and not there yet: no reading has it. */
  readonly planned: boolean
  readonly places: readonly Place[]
  readonly weight: number | null
  readonly agreed: number | null
  readonly nameplate: number | null
  readonly ports: number
  readonly addresses: number
  readonly psus: Equipment['psus']
}

/** Equipment in the inventory's order, then reservations by their id. */
export function standing({ equipment }: Pick<Layout, 'equipment'>, reservations: readonly Reservation[]): Standing[] {
  const there = equipment.map(
    (item): Standing => ({
      id: item.id,
      name: item.name,
      rack: item.rack,
      tenant: item.tenant ?? null,
      planned: false,
      places: [{ u: item.u, height: item.height, face: item.face }],
      weight: item.weight ?? null,
      agreed: item.agreed ?? null,
      nameplate: item.nameplate ?? null,
      ports: item.ports,
      addresses: item.addresses.length,
      psus: item.psus,
    }),
  )
  const promised = reservations
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(
      (reservation): Standing => ({
        // No equipment's id has a colon.
        id: `reservation:${reservation.id}`,
        name: reservation.id,
        rack: reservation.rack,
        tenant: reservation.tenant,
        planned: true,
        places: reservation.places,
        weight: reservation.weight,
        agreed: reservation.watts,
        nameplate: null,
        ports: reservation.ports,
        addresses: reservation.addresses,
        psus: reservation.feeds.map(feed => ({ feed })),
      }),
    )
  return [...there, ...promised]
}
