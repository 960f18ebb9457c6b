// `suar user token`: an API token for a program.
import { accountCommand, COMMON_HELP } from '../cli/account-command.ts'
import { failed } from '../domain/outcome.ts'
import { READING } from '../domain/policy.ts'

export default accountCommand<{ readonly token: string }>({
  name: 'user token',
  summary: 'Make an API token for a program',
  help: `Usage: suar user token LOGIN --name NAME --scope SCOPE [--scope SCOPE …] [options]

  --name NAME            what it is for
  --scope SCOPE          ${READING.join(', ')}
  --days N               how long it is good; 90 when left out, 0: until it is ended
${COMMON_HELP}
The token can look at what the account may see and one of its scopes allows. It is printed this once. What acts (desk.act and
others) acts in a person's name: that person makes it, on the page of the own account.
`,
  options: { name: { type: 'string' }, scope: { type: 'string', multiple: true }, days: { type: 'string' } },
  positionals: { min: 1, max: 1, what: 'LOGIN' },
  async run(reach, [login = ''], values) {
    const { name } = values
    const wanted = Array.isArray(values['scope']) ? values['scope'] : []
    const scopes = READING.filter(scope => wanted.includes(scope))
    const days = Number(values['days'] ?? 90)
    if (typeof name !== 'string' || name.trim() === '') return failed('invalid', '--name is missing: say what the token is for.')
    if (scopes.length === 0 || scopes.length !== new Set(wanted).size) return failed('invalid', `--scope must be among ${READING.join(', ')}.`)
    if (!Number.isInteger(days) || days < 0 || days > 3650) return failed('invalid', '--days must be a number from 0 to 3650.')
    return await reach.token(login, { name: name.trim(), scopes, days: days === 0 ? null : days })
  },
  say: ({ token }) => token,
})
