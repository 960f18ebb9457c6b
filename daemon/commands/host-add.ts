// `suar host add`: makes a host known, with keys of its own; nothing is done there until its install script was run.
import { COMMON_HELP, hostingCommand, textIn } from '../cli/hosting-command.ts'
import type { HostView } from '../domain/hosting-view.ts'
import { done, failed } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'host add',
  summary: 'Make a host known that is to hold websites',
  help: `Usage: suar host add ID ADDRESS [options]

  --name NAME   for people; the id when left out
  --port PORT   of its SSH server, 22 when left out
${COMMON_HELP}
Afterwards: suar host install ID | ssh root@ADDRESS sh -s
            suar host check ID                            shows the host's key
            suar host check ID --trust SHA256:…           after comparing it with what the install command printed
Exit codes: 0 made known, 1 failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { name: { type: 'string' }, port: { type: 'string' } },
  positionals: { min: 2, max: 2, what: 'ID and ADDRESS' },
  async run({ ask }, [id = '', address = ''], values) {
    const port = Number(textIn(values, 'port') ?? 22)
    if (!Number.isInteger(port)) return failed('invalid', `--port ${textIn(values, 'port')} is no port.`)
    const added = await ask<HostView>('POST', '/hosts', { id, name: textIn(values, 'name') ?? id, address, port })
    if (!added.ok) return added
    return done({ value: added.value, text: `${id} is known. Now: suar host install ${id} | ssh root@${address} sh -s` })
  },
})
