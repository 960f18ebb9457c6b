// `suar user list`: who may sign in.
import { accountCommand, COMMON_HELP } from '../cli/account-command.ts'
import { table } from '../cli/options.ts'
import type { AccountRow } from '../domain/signin.ts'

export default accountCommand<readonly AccountRow[]>({
  name: 'user list',
  summary: 'List who may sign in',
  help: `Usage: suar user list [SEARCH] [options]

${COMMON_HELP}`,
  positionals: { min: 0, max: 1, what: 'SEARCH' },
  run: (reach, [search = '']) => reach.list(search),
  say: rows =>
    rows.length === 0
      ? 'No accounts. "suar start" prints the link that makes the first.'
      : table(
          ['LOGIN', 'NAME', 'ROLES', 'ORGANISATION', 'SECOND FACTOR', 'STATE'],
          rows.map(({ login, name, roles, organisation, secondFactor, password, mustChange, lockedUntil }) => [
            login,
            name,
            roles.join(', '),
            organisation,
            secondFactor ? 'yes' : 'no',
            lockedUntil !== null
              ? `locked until ${new Date(lockedUntil).toISOString()}`
              : !password
                ? 'no password'
                : mustChange
                  ? 'must change the password'
                  : '',
          ]),
        ),
})
