// What things of the shelf are called. One that another installation has and this page does not know keeps its own name.
import type { ThingRef } from '../../../daemon/domain/change.ts'
import { t } from '../../words/index.ts'

export const kindName = (resource: string): string => t.value.hosting.resources[resource] ?? resource

/** `nginx disdik di host web-1`. */
export const placeName = ({ place }: Pick<ThingRef, 'place'>): string => t.value.hosting.change.place(place.kind, place.id)
