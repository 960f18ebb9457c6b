// What the viewer may do with a change now, the second person's word, and the digest that ties what was read to what is done.
import { useState } from 'preact/hooks'
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { type Answer, api } from '../../api.ts'
import { store } from '../../live/index.ts'
import { copied } from '../../parts/copy.ts'
import { placeName } from '../../parts/hosting/names.ts'
import { BusyButton, Button, ErrorBox, Icon, Panel, toast } from '../../parts/index.ts'
import { ReasonDialog } from '../../parts/reason.tsx'
import { Sure } from '../../parts/sure.tsx'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { when } from '../../words/when.ts'

type Deed = ChangeView['may'][number]
/** What leads on stands first. */
const ORDER: readonly Deed[] = ['apply', 'consent', 'plan', 'verify', 'stop', 'undo', 'end']
const HARMS: readonly Deed[] = ['stop', 'undo', 'end']

/** What takes the change further, and when. */
const LEADS: Partial<Readonly<Record<Deed, (view: ChangeView) => boolean>>> = {
  apply: () => true,
  consent: () => true,
  plan: ({ plan }) => plan === null,
  verify: ({ state }) => state !== 'verified',
}

/** The digest as people compare it: in fours, its beginning. */
const shortDigest = (digest: string): string => (digest.slice(0, 16).match(/.{4}/g) ?? []).join(' ')

async function act(number: string, deed: object): Promise<Answer<ChangeView>> {
  const answer = await api.post<ChangeView>(`/api/v1/changes/${number}/do`, deed)
  if (answer.ok && answer.value !== undefined) store.changes.put(answer.value)
  return answer
}

export function Next({ view }: { readonly view: ChangeView }) {
  const words = t.value.hosting.change
  const [asked, ask] = useState<Deed | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { plan, number } = view
  const may = ORDER.filter(deed => view.may.includes(deed))
  const first = may.find(deed => LEADS[deed]?.(view) === true)
  const close = (): void => ask(null)
  const run = async (kind: Deed): Promise<void> => {
    const answer = await act(number, { kind })
    setProblem(answer.ok ? null : answer.problem)
  }
  const name = (deed: Deed): string => (deed === 'plan' && plan !== null ? words.acts.again : words.acts[deed])
  const button = (deed: Deed) =>
    deed === 'plan' || deed === 'verify' ? (
      <BusyButton key={deed} kind={deed === first ? 'primary' : 'plain'} onClick={() => run(deed)}>
        {name(deed)}
      </BusyButton>
    ) : (
      <Button key={deed} kind={deed === first ? 'primary' : HARMS.includes(deed) ? 'danger' : 'plain'} onClick={() => ask(deed)}>
        {name(deed)}
      </Button>
    )
  const places = [...new Set(plan?.steps.map(placeName))].join(', ')
  return (
    <>
      {may.length === 0 && view.why === null && problem === null ? null : (
        <Panel title={words.next} padded class="nextpanel">
          {view.why === null ? null : <p class="mid">{text(view.why)}</p>}
          {may.length === 0 ? null : <div class="nextacts">{may.map(button)}</div>}
          {problem === null ? null : <ErrorBox problem={problem} />}
        </Panel>
      )}
      {plan === null || plan.steps.length === 0 ? null : <Signed view={view} plan={plan} />}
      {asked === 'apply' && plan !== null ? (
        <Sure
          title={words.sure.applyTitle}
          body={words.sure.applyBody(plan.steps.length, places)}
          act={words.acts.apply}
          danger={plan.danger !== 'plain'}
          send={() => act(number, { kind: 'apply', digest: plan.digest })}
          onClose={close}
          onDone={() => toast('done', words.began)}
        />
      ) : null}
      {asked === 'consent' && plan !== null ? (
        <Sure
          title={words.sure.consentTitle}
          body={words.sure.consentBody(plan.steps.length, shortDigest(plan.digest))}
          act={words.acts.consent}
          danger={false}
          send={() => act(number, { kind: 'consent', digest: plan.digest })}
          onClose={close}
          onDone={() => toast('done', words.consented)}
        />
      ) : null}
      {asked === 'stop' || asked === 'undo' || asked === 'end' ? (
        <ReasonDialog
          title={words.sure[`${asked}Title`]}
          body={words.sure[`${asked}Body`]}
          label={t.value.hosting.reason}
          act={words.acts[asked]}
          danger
          onClose={close}
          onGive={async reason => {
            const answer = await act(number, { kind: asked, reason })
            return answer.ok ? null : answer.problem
          }}
        />
      ) : null}
    </>
  )
}

/** Whose word stands on exactly this plan. */
function Signed({ view, plan }: { readonly view: ChangeView; readonly plan: NonNullable<ChangeView['plan']> }) {
  const words = t.value.hosting.change
  const consent = 'consent' in view.change ? view.change.consent : null
  const given = consent !== null && consent.digest === plan.digest
  const yours = view.may.includes('consent')
  const needed = given || (view.state === 'planned' && (plan.danger !== 'plain' || plan.guard !== null))
  const copy = (): void => {
    void copied(location.href).then(done => (done ? toast('done', t.peek().hosting.copied) : undefined))
  }
  return (
    <Panel title={words.digest} padded class="signedpanel">
      <p class="digest mono" title={plan.digest}>
        {shortDigest(plan.digest)}
        <span class="sr"> {plan.digest}</span>
      </p>
      <p class="small mid">{words.digestHint}</p>
      {needed ? (
        <div class={`second ${given ? 'given' : ''}`}>
          <h3>
            <Icon name={given ? 'check' : 'person'} />
            {words.second}
          </h3>
          {given || plan.danger === 'plain' ? null : <p class="small">{words.danger[plan.danger]}</p>}
          <p class="small">
            {given && consent !== null
              ? words.secondGiven(consent.name, when(consent.at))
              : consent !== null
                ? words.secondOld(consent.name)
                : yours
                  ? words.secondYours
                  : words.secondWanted}
          </p>
          {given || yours || view.state !== 'planned' ? null : (
            <button type="button" class="btn" onClick={copy}>
              {words.copyLink}
            </button>
          )}
        </div>
      ) : null}
      <p class="small dim">{words.madeAt(when(plan.madeAt))}</p>
    </Panel>
  )
}
