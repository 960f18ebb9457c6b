// Whether the chain of hashes is whole: asked of the daemon, which walks all of it.
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { BusyButton, ErrorBox, Icon } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { moment, number } from '../../words/say.ts'

type Verified =
  | { readonly ok: true; readonly entries: number; readonly first: number; readonly head: string }
  | { readonly ok: false; readonly reason: string }

export function Chain() {
  const { audit } = t.value.people
  const [is, setIs] = useState<{ readonly verified: Verified; readonly at: number } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const verify = async (): Promise<void> => {
    const answer = await api.get<Verified>('/api/v1/audit/verify')
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) setIs({ verified: answer.value, at: now.peek() })
  }
  useEffect(() => void verify(), [])
  if (problem !== null) return <ErrorBox problem={problem} retry={() => void verify()} />
  const broken = is !== null && !is.verified.ok ? is.verified : null
  const whole = is?.verified.ok === true ? is.verified : null
  return (
    <section class={broken === null ? 'panel trailstate' : 'panel trailstate crit'} aria-live="polite">
      <Icon name={broken !== null ? 'crit' : whole !== null ? 'check' : 'unknown'} class={broken !== null ? 'crit' : ''} />
      <div class="grow">
        <b>{broken !== null ? broken.reason : whole !== null ? audit.sound(number(whole.entries)) : audit.verifying}</b>
        {broken !== null ? <p class="small mid">{audit.brokenHint}</p> : null}
        {whole !== null && is !== null ? (
          <p class="small dim">
            {audit.checkedAt(moment(is.at, now.peek()))} · <span class="mono">{whole.head.slice(0, 16)}…</span>
          </p>
        ) : null}
      </div>
      <BusyButton onClick={verify}>{audit.verify}</BusyButton>
    </section>
  )
}
