// Rotation of a website's logs.
import type { Website } from '../../daemon/domain/website.ts'
import { block, file, folderOf, heading } from './file.ts'

/** Copied and emptied in place: no script of root's is needed, and no server must open its files anew. */
export const logRotation = ({ name }: Website): string =>
  file([
    heading('logrotate', name),
    ...block(`${folderOf(name)}/log/*.log`, [
      'daily',
      'rotate 30',
      'maxsize 100M',
      'missingok',
      'notifempty',
      'compress',
      'delaycompress',
      'copytruncate',
    ]),
  ])
