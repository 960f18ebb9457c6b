// What can be chosen in the form of a website, as the daemon's schema has it; the schema itself stays with the daemon.
import type { CronEntry } from '../../../daemon/domain/website.ts'

export const INTERPRETERS = ['php', 'node', 'python3', 'sh'] as const satisfies readonly (typeof CronEntry)['_output']['interpreter'][]
