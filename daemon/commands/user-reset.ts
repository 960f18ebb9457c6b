// `suar user reset`: a forgotten password, a lost phone, a stolen token.
import { accountCommand, COMMON_HELP } from '../cli/account-command.ts'
import { secretLine } from '../cli/secret-line.ts'

export default accountCommand<{ readonly link: string }>({
  name: 'user reset',
  summary: 'Void what somebody signs in with, and let them set a new password',
  help: `Usage: suar user reset LOGIN [--password] [options]

  --password             ask for a new password (or read it as a line of standard input) instead of printing a link
${COMMON_HELP}
Password, second factors, recovery codes, passkeys, sessions and tokens of the account are void at once.
`,
  options: { password: { type: 'boolean' } },
  positionals: { min: 1, max: 1, what: 'LOGIN' },
  async run(reach, [login = ''], values, io) {
    return await reach.reset(login, values['password'] === true ? await secretLine('New password: ', io.stderr) : null)
  },
  say: ({ link }, [login]) => (link === '' ? `${login} has a new password.` : `${login} sets a new password here, once, within a day:\n${link}`),
})
