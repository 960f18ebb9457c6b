// `suar user add`: a person with a role and an account, and the link where they set the password.
import { accountCommand, COMMON_HELP } from '../cli/account-command.ts'
import { failed } from '../domain/outcome.ts'
import { ROLES } from '../domain/roles.ts'
import { Login } from '../domain/signin.ts'

export default accountCommand<{ readonly link: string }>({
  name: 'user add',
  summary: 'Let a person sign in',
  help: `Usage: suar user add LOGIN --name NAME --role ROLE [options]

  --name NAME            with titles, as it stands on paper
  --role ROLE            ${ROLES.join(', ')}
  --organisation SHORT   the agency that runs the data centre when left out; a requester asks for it
${COMMON_HELP}
Prints a link, good for a day and once, where the person sets the password. Chairs, NIP and periods of office are
set on the page People.
`,
  options: { name: { type: 'string' }, role: { type: 'string' }, organisation: { type: 'string' } },
  positionals: { min: 1, max: 1, what: 'LOGIN' },
  async run(reach, [given = ''], values) {
    const login = Login.safeParse(given)
    if (!login.success) return failed('invalid', `LOGIN "${given}": ${login.error.issues[0]?.message ?? 'not a login'}.`)
    const { name, organisation } = values
    const role = ROLES.find(role => role === values['role'])
    if (typeof name !== 'string' || name.trim().length < 2) return failed('invalid', '--name is missing. See "suar user add --help".')
    if (role === undefined) return failed('invalid', `--role must be one of ${ROLES.join(', ')}.`)
    return await reach.add({ login: login.data, name: name.trim(), role, organisation: typeof organisation === 'string' ? organisation : null })
  },
  say: ({ link }, [login]) => `${login} may sign in after setting a password here, once, within a day:\n${link}`,
})
