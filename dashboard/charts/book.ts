// The one book of history of this page.
import type { History } from '../../daemon/http/contract.ts'
import { api } from '../api.ts'
import { nowExact } from '../live/index.ts'
import { openHistory } from './history.ts'

export const history = openHistory(url => api.get<History>(url), nowExact)
