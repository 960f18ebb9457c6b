// The entries of the rail, and which of them a viewer may have. Pure.
import type { Permission } from '../daemon/domain/policy.ts'

export type NavKey =
  | 'home'
  | 'wall'
  | 'floor'
  | 'racks'
  | 'power'
  | 'capacity'
  | 'devices'
  | 'alarms'
  | 'tickets'
  | 'requests'
  | 'calendar'
  | 'agenda'
  | 'websites'
  | 'visits'
  | 'care'
  | 'mine'
  | 'stays'
  | 'doors'
  | 'people'
  | 'accounts'
  | 'audit'
  | 'admin'

export interface NavEntry {
  readonly key: NavKey
  readonly href: string
  /** Follows `g`. */
  readonly letter: string
  readonly group: 'own' | 'watch' | 'desk' | 'house'
  readonly needs: Permission
  /** Only for those who ask, or only for those who serve the house. */
  readonly only?: 'requesters' | 'staff'
}

/** The rail in its order, for everybody; `navOf` leaves what a viewer may. */
export const NAV: readonly NavEntry[] = [
  { key: 'home', href: '/home', letter: 'h', group: 'own', needs: 'ticket.read', only: 'requesters' },
  { key: 'mine', href: '/my-racks', letter: 'm', group: 'own', needs: 'stay.read', only: 'requesters' },
  { key: 'wall', href: '/wall', letter: 'w', group: 'watch', needs: 'watch.read' },
  { key: 'floor', href: '/floor', letter: 'f', group: 'watch', needs: 'watch.read' },
  { key: 'racks', href: '/racks', letter: 'r', group: 'watch', needs: 'watch.read' },
  { key: 'power', href: '/power', letter: 'p', group: 'watch', needs: 'plant.read' },
  { key: 'capacity', href: '/capacity', letter: 'c', group: 'watch', needs: 'plant.read' },
  { key: 'devices', href: '/devices', letter: 'd', group: 'watch', needs: 'watch.read' },
  { key: 'alarms', href: '/alarms', letter: 'a', group: 'watch', needs: 'watch.read' },
  { key: 'visits', href: '/visits', letter: 'v', group: 'watch', needs: 'visit.read' },
  { key: 'stays', href: '/stays', letter: 'i', group: 'watch', needs: 'stay.read', only: 'staff' },
  { key: 'doors', href: '/doors', letter: 'x', group: 'watch', needs: 'door.read' },
  { key: 'care', href: '/care', letter: 'e', group: 'watch', needs: 'care.read' },
  { key: 'tickets', href: '/tickets', letter: 't', group: 'desk', needs: 'ticket.read' },
  { key: 'requests', href: '/requests', letter: 'l', group: 'desk', needs: 'catalogue.read' },
  { key: 'websites', href: '/websites', letter: 'n', group: 'desk', needs: 'website.read' },
  { key: 'calendar', href: '/calendar', letter: 'k', group: 'desk', needs: 'calendar.read', only: 'staff' },
  { key: 'agenda', href: '/agenda', letter: 'b', group: 'desk', needs: 'agenda.read' },
  { key: 'people', href: '/people', letter: 'o', group: 'house', needs: 'people.read' },
  { key: 'accounts', href: '/admin/accounts', letter: 'u', group: 'house', needs: 'account.manage' },
  { key: 'audit', href: '/audit', letter: 'j', group: 'house', needs: 'audit.read' },
  { key: 'admin', href: '/admin', letter: 's', group: 'house', needs: 'watch.read' },
]

export const navOf = (may: (permission: Permission) => boolean): readonly NavEntry[] => {
  const staff = may('watch.read')
  return NAV.filter(one => may(one.needs) && (one.only === undefined || (one.only === 'staff') === staff))
}
