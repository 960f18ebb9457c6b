// `suar host install`: the one script that an administrator runs as root on a host to adopt it.
import { COMMON_HELP, hostingCommand } from '../cli/hosting-command.ts'
import { done } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'host install',
  summary: 'Print the script that adopts a host',
  help: `Usage: suar host install ID | ssh root@HOST sh -s
       suar host install ID > suar-host-ID.sh

${COMMON_HELP}
Run it again after every upgrade of Suar: what is as it should be stays. "sh -s -- --remove" takes everything back.
Exit codes: 0 printed, 1 failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  positionals: { min: 1, max: 1, what: 'ID' },
  async run({ lines }, [id = '']) {
    let script = ''
    const read = await lines(`/hosts/${encodeURIComponent(id)}/install`, piece => {
      script += piece
    })
    return read.ok ? done({ value: { id, script }, text: script.trimEnd() }) : read
  },
})
