// What becomes of the data on a piece that leaves: each medium wiped with method, tool and verification, none in it, or left for a reason.
import { useState } from 'preact/hooks'
import { MEDIUM_KINDS, type Media, type MediaWipe, WIPE_CHECKS, WIPE_METHODS } from '../../../daemon/domain/stay.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { BusyButton, Button, CheckField, ErrorBox, Pill, Segmented, SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateTime } from '../../words/say.ts'

type Wipe = Omit<MediaWipe, 'at' | 'by' | 'note'>

const BLANK: Wipe = { medium: 'ssd', make: '', serial: '', method: 'purge', technique: '', tool: '', check: 'full', passed: true }

export function MediaForm({ path, media }: { readonly path: string; readonly media: Media | null }) {
  const words = t.value.stays.stay.media
  const [kind, setKind] = useState<Media['kind']>(media?.kind ?? 'wiped')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const say = async (body: object): Promise<boolean> => {
    const answer = await api.post(path, body)
    setProblem(answer.ok ? null : answer.problem)
    return answer.ok
  }
  return (
    <section class="stayform" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p class="small mid">{words.hint}</p>
      {media === null ? null : <MediaSaid media={media} />}
      <Segmented
        label={words.title}
        chosen={kind}
        onChoose={setKind}
        choices={(['wiped', 'none', 'kept'] as const).map(key => ({ key, label: words.kinds[key] }))}
      />
      {kind === 'wiped' ? <WipeForm onSay={wipe => say({ kind, wipe })} /> : null}
      {kind === 'kept' ? <TextField label={words.reason} value={reason} onInput={setReason} /> : null}
      {problem === null ? null : <ErrorBox problem={problem} />}
      {kind === 'wiped' ? null : (
        <BusyButton
          onClick={async () => {
            await say(kind === 'none' ? { kind } : { kind, reason: reason.trim() })
          }}
        >
          {words.say}
        </BusyButton>
      )}
    </section>
  )
}

function WipeForm({ onSay }: { readonly onSay: (wipe: Wipe) => Promise<boolean> }) {
  const words = t.value.stays.stay.media
  const [wipe, setWipe] = useState(BLANK)
  const set = (change: Partial<Wipe>) => setWipe(was => ({ ...was, ...change }))
  const send = async (): Promise<void> => {
    // The next one of the same machine is often wiped the same way.
    if (await onSay(wipe)) set({ serial: '', passed: true })
  }
  return (
    <form
      class="wipeform"
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <SelectField
        label={words.medium}
        value={wipe.medium}
        options={MEDIUM_KINDS.map(key => ({ key, label: words.mediums[key] }))}
        onChange={medium => set({ medium })}
      />
      <TextField label={words.make} value={wipe.make} onInput={make => set({ make })} optional />
      <TextField label={words.serial} value={wipe.serial} onInput={serial => set({ serial })} />
      <SelectField
        label={words.method}
        value={wipe.method}
        options={WIPE_METHODS.map(key => ({ key, label: words.methods[key] }))}
        onChange={method => set({ method, ...(method === 'destroy' ? { check: 'visual' } : {}) })}
      />
      <TextField label={words.technique} help={words.techniqueHelp} value={wipe.technique} onInput={technique => set({ technique })} />
      <TextField label={words.tool} value={wipe.tool} onInput={tool => set({ tool })} />
      <SelectField
        label={words.check}
        value={wipe.check}
        options={WIPE_CHECKS.map(key => ({ key, label: words.checks[key] }))}
        onChange={check => set({ check })}
      />
      <CheckField label={words.passed} checked={wipe.passed} onChange={passed => set({ passed })} />
      <Button type="submit" disabled={[wipe.serial, wipe.technique, wipe.tool].some(one => one.trim() === '')}>
        {words.add}
      </Button>
    </form>
  )
}

export function MediaSaid({ media }: { readonly media: Media }) {
  const words = t.value.stays.stay.media
  if (media.kind === 'none') return <p class="small mid">{words.saidNone(media.by, dateTime(media.at))}</p>
  if (media.kind === 'kept') return <p class="small mid">{words.saidKept(media.reason, media.by, dateTime(media.at))}</p>
  return (
    <ul class="evidence">
      {media.wipes.map(wipe => (
        <li key={`${wipe.serial} ${wipe.at}`}>
          <Pill tone={wipe.passed ? 'ok' : 'warn'}>{wipe.passed ? words.result.passed : words.result.failed}</Pill>
          <b>{wipe.serial}</b>
          <span>
            {words.methodNames[wipe.method]}, {wipe.technique}
          </span>
          <span class="mid">
            {[words.mediums[wipe.medium], wipe.make, wipe.tool, words.checks[wipe.check], wipe.by, dateTime(wipe.at)]
              .filter(one => one !== '')
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
