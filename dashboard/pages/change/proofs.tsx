// What was looked at after the change, from outside as its users do and from within, each with its figures.
import type { Proof } from '../../../daemon/domain/change.ts'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { factsOfProof } from '../../parts/hosting/facts.ts'
import { kindName } from '../../parts/hosting/names.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { clock, text } from '../../words/say.ts'

function Line({ proof }: { readonly proof: Proof }) {
  const words = t.value.hosting.change
  const facts = factsOfProof(proof.facts)
  const head = (
    <>
      <Icon name={proof.ok ? 'check' : 'crit'} class={proof.ok ? 'proofok' : 'crit'} label={proof.ok ? words.proofOk : words.proofBad} />
      <span class="grow">
        {text(proof.words)}
        <span class="small mid block">
          {kindName(proof.of.resource)} {proof.of.name}
        </span>
      </span>
      <time class="small dim nw" dateTime={new Date(proof.at).toISOString()}>
        {clock(proof.at)}
      </time>
    </>
  )
  if (facts.length === 0) return <li class="proof">{head}</li>
  return (
    <li>
      <details open={!proof.ok}>
        <summary class="proof">
          {head}
          <Icon name="right" class="turn" />
        </summary>
        <dl class="prooffacts">
          {facts.map(({ key, name, text: value }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd class="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  )
}

export function Proofs({ view, proofs }: { readonly view: ChangeView; readonly proofs: readonly Proof[] }) {
  const words = t.value.hosting.change
  if (proofs.length === 0 && view.state !== 'applied') return null
  return (
    <Panel title={words.proofs} class="proofspanel">
      {view.state === 'undone' || view.state === 'undoFailed' ? <p class="listnote">{words.proofsBefore}</p> : null}
      {proofs.length === 0 ? <p class="listnote">{words.proofsNone}</p> : null}
      {(['outside', 'inside'] as const).map(from => {
        const those = proofs.filter(proof => proof.from === from)
        if (those.length === 0) return null
        return (
          <section key={from}>
            <h3>{words.proofsFrom[from]}</h3>
            <ul class="proofs">
              {those.map(proof => (
                <Line key={`${proof.of.place.id} ${proof.of.resource} ${proof.of.name} ${proof.words.id}`} proof={proof} />
              ))}
            </ul>
          </section>
        )
      })}
    </Panel>
  )
}
