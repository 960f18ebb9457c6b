// Who may ask for a service, by the kind of organisation. The daemon refuses by it, and the pages say it beforehand.
import type { Service } from './service.ts'

/** Officers ask for anybody: whether one is an officer is the caller's to know. */
export const isFor = ({ users }: Pick<Service, 'users'>, kind: Service['users'][number]): boolean => users.length === 0 || users.includes(kind)
