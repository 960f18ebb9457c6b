// A program of a website with the interpreter that runs it, as words of a command none of which means anything to a shell.
import type { SafeArgument, SafePath, SiteName } from '../../daemon/domain/safe.ts'
import type { INTERPRETERS } from '../../daemon/domain/website.ts'
import { folderOf } from './file.ts'

export interface Program {
  readonly interpreter: (typeof INTERPRETERS)[number]
  /** Below the website's folder: `private/app/main.js`. */
  readonly file: SafePath
  readonly arguments: readonly SafeArgument[]
}

/** `php`: the version of the website's own pool; null: the host's. */
export function commandOf(site: SiteName, { interpreter, file, arguments: words }: Program, php: string | null): string {
  const path = { php: `/usr/bin/php${php ?? ''}`, node: '/usr/bin/node', python3: '/usr/bin/python3', sh: '/bin/sh' }[interpreter]
  return [path, `${folderOf(site)}/${file}`, ...words].join(' ')
}
