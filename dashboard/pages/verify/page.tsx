// What anybody may ask of a document: whether its code is on record, and as what. No names of persons; a file is compared on the device itself.
import { useEffect, useState } from 'preact/hooks'
import type { VerificationView } from '../../../daemon/domain/paper.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { TextField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icons.tsx'
import { ErrorBox, Skeleton } from '../../parts/layout.tsx'
import { go } from '../../router.ts'
import { BareFrame } from '../../signin/frame.tsx'
import { t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import { Compare } from './compare.tsx'
import './verify.css'

export default function VerifyPage({ params }: PageProps) {
  const { verify } = t.value.people
  const code = params['code'] ?? ''
  const [is, setIs] = useState<VerificationView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const ask = async (): Promise<void> => {
    setIs(null)
    setProblem(null)
    const answer = await api.get<VerificationView>(`/api/v1/verify/${encodeURIComponent(code)}`)
    if (answer.ok) setIs(answer.value)
    else setProblem(answer.problem)
  }
  useEffect(() => void ask(), [code])
  const none = problem !== null && (problem.status === 404 || problem.status === 400)
  return (
    <BareFrame title={verify.title} sub={verify.sub} foot={verify.privacy} wide>
      {problem !== null && !none ? <ErrorBox problem={problem} retry={() => void ask()} /> : null}
      {is === null && problem === null ? <Skeleton lines={5} height={20} /> : null}
      {none ? (
        <Verdict tone="crit" title={verify.none} hint={verify.noneHint} />
      ) : is === null ? null : !is.intact ? (
        <Verdict tone="crit" title={verify.broken} hint={verify.brokenHint} />
      ) : is.status === 'void' ? (
        <Verdict tone="crit" title={verify.void} hint={verify.voidHint} />
      ) : (
        <Verdict tone="ok" title={verify.valid} hint={is.title} />
      )}
      {is === null ? null : (
        <>
          <Facts is={is} />
          <Compare sha256={is.sha256} />
        </>
      )}
      {none ? <Again code={code} /> : null}
    </BareFrame>
  )
}

function Verdict({ tone, title, hint }: { readonly tone: 'ok' | 'crit'; readonly title: string; readonly hint: string }) {
  return (
    <div class={`verdict ${tone}`} role="status">
      <Icon name={tone === 'ok' ? 'check' : 'crit'} class={tone === 'ok' ? '' : 'crit'} />
      <div>
        <b>{title}</b>
        {hint === '' ? null : <p class="mid">{hint}</p>}
      </div>
    </div>
  )
}

function Facts({ is }: { readonly is: VerificationView }) {
  const { verify } = t.value.people
  return (
    <dl class="verifyfacts">
      <dt>{verify.number}</dt>
      <dd>{is.number ?? '—'}</dd>
      <dt>{verify.kind}</dt>
      <dd>{verify.kinds[is.kind]}</dd>
      <dt>{verify.made}</dt>
      <dd>{dateLong(is.date)}</dd>
      <dt>{verify.state}</dt>
      <dd>{verify.states[is.status]}</dd>
      {is.signers.length === 0 ? null : (
        <>
          <dt>{verify.signers}</dt>
          <dd>
            <ol>
              {is.signers.map(one => (
                <li key={one.position}>
                  {one.position}{' '}
                  <span class="dim">
                    {one.at === null || one.method === null ? verify.unsigned : `${dateLong(one.at)}, ${verify.methods[one.method]}`}
                  </span>
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      <dt>{verify.hash}</dt>
      <dd class="mono small">{is.sha256}</dd>
    </dl>
  )
}

function Again({ code }: { readonly code: string }) {
  const { verify } = t.value.people
  const [typed, setTyped] = useState(code)
  return (
    <form
      class="signinform again"
      onSubmit={event => {
        event.preventDefault()
        if (typed.trim() !== '') go(`/verify/${encodeURIComponent(typed.trim())}`)
      }}
    >
      <TextField label={verify.code} help={verify.codeHelp} value={typed} onInput={setTyped} maxLength={80} />
      <button type="submit" class="btn big">
        {verify.check}
      </button>
    </form>
  )
}
