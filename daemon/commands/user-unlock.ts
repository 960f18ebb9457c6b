// `suar user unlock`: somebody mistyped too often.
import { accountCommand, COMMON_HELP } from '../cli/account-command.ts'

export default accountCommand<unknown>({
  name: 'user unlock',
  summary: 'Let somebody try again who mistyped too often',
  help: `Usage: suar user unlock LOGIN [options]

${COMMON_HELP}`,
  positionals: { min: 1, max: 1, what: 'LOGIN' },
  run: (reach, [login = '']) => reach.unlock(login),
  say: (_, [login]) => `${login} may try again.`,
})
