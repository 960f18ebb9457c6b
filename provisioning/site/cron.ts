// The crontab of a website: programs of its own folder, run as its own account.
import type { Website } from '../../daemon/domain/website.ts'
import { file, folderOf, heading } from './file.ts'
import { commandOf } from './program.ts'

/** cron hands a line to the shell: nothing in it means anything to one, and no `%`, which would be a new line to cron. */
export const crontab = ({ name, runtime, cron }: Website): string =>
  file([
    heading('cron', name),
    'SHELL=/bin/sh',
    'PATH=/usr/local/bin:/usr/bin:/bin',
    `HOME=${folderOf(name)}/private`,
    'MAILTO=""',
    ...cron.map(entry => `${entry.time} ${name} ${commandOf(name, entry, runtime.kind === 'php' ? runtime.version : null)}`),
  ])
