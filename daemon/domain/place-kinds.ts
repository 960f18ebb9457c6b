// The lists of the inventory that are changed on the page; the first site is one of `sites`.
export const PLACE_KINDS = ['sites', 'rooms', 'cages', 'rows', 'racks', 'equipment', 'doors', 'sensors', 'fixtures', 'power', 'networks'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]
