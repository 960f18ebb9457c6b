// `suar host check`: connects to a host, shows its key, and after a person compared it trusts that key.
import { COMMON_HELP, hostingCommand, textIn } from '../cli/hosting-command.ts'
import type { HostView } from '../domain/hosting-view.ts'
import { done } from '../domain/outcome.ts'

export default hostingCommand({
  name: 'host check',
  summary: 'Look whether a host is ready, and trust its key',
  help: `Usage: suar host check ID [options]

  --trust SHA256:…   trust this host key; give what the install command printed on the host itself
${COMMON_HELP}
Exit codes: 0 ready, 1 not ready (the reason is said) or failed, 2 wrong use or settings, 3 no answer from the daemon.
`,
  options: { trust: { type: 'string' } },
  positionals: { min: 1, max: 1, what: 'ID' },
  async run({ ask }, [id = ''], values) {
    const path = `/hosts/${encodeURIComponent(id)}`
    const hostKey = textIn(values, 'trust')
    const answer = hostKey === null ? await ask<HostView>('POST', `${path}/check`, {}) : await ask<HostView>('POST', `${path}/key`, { hostKey })
    if (!answer.ok) return answer
    const { state, trouble, shownKey, broker, facts } = answer.value
    const lines = [
      `${id} is ${state}.`,
      ...(trouble === null ? [] : [trouble.en]),
      ...(shownKey === null
        ? []
        : [`It shows the host key ${shownKey}. Compare it on the host itself, then: suar host check ${id} --trust ${shownKey}`]),
      ...(state === 'ready' ? [`Broker ${broker ?? ''}, ${String(facts?.['system'] ?? '')}`] : []),
    ]
    return done({ value: answer.value, text: lines.join('\n'), ok: state === 'ready' })
  },
})
