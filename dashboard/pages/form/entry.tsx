// The desk's quick entry: who came, by which way, for what; then the same form as anybody's, with what was brought scanned in.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { isMarked, NO_LETTER } from '../../../daemon/domain/letter-mark.ts'
import type { TicketChannel } from '../../../daemon/domain/ticket.ts'
import type { Problem, ServiceView } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import type { PageProps } from '../../pages.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Button, ErrorBox, PageHead, Panel, Segmented } from '../../parts/index.ts'
import { LetterMarkFields } from '../../parts/letter-mark.tsx'
import { go } from '../../router.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { bringNames } from '../people/lookup.ts'
import { Picker } from '../people/picker.tsx'
import '../people/people.css'

/** By which ways an officer takes requests in; the others have doors of their own. */
const CHANNELS = ['walk-in', 'telephone', 'letter', 'email', 'chat'] as const satisfies readonly TicketChannel[]

export default function Entry({ query }: PageProps) {
  const { entry: words } = t.value.requests
  const { channels } = t.value.tickets
  const [services, setServices] = useState<readonly ServiceView[]>([])
  const [service, setService] = useState(query.get('service') ?? '')
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('walk-in')
  const [from, setFrom] = useState<'known' | 'typed'>('known')
  const [person, setPerson] = useState<number | null>(null)
  const [organisation, setOrganisation] = useState<number | null>(null)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const [letter, setLetter] = useState(NO_LETTER)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  useSignalEffect(() => {
    document.title = `${t.value.requests.entry.title} · Suar`
  })
  useEffect(() => {
    let gone = false
    void bringNames()
    void api.get<{ readonly items: readonly ServiceView[] }>('/api/v1/services').then(answer => {
      if (gone) return
      if (answer.ok) setServices(answer.value.items)
      else setProblem(answer.problem)
    })
    return () => {
      gone = true
    }
  }, [])
  const known = from === 'known'
  const mistakes = {
    service: service === '' ? words.serviceMissing : undefined,
    person: known && person === null ? words.personMissing : undefined,
    name: !known && name.trim().length < 2 ? words.nameMissing : undefined,
    organisation: !known && organisation === null ? words.organisationMissing : undefined,
  }
  const told = (mistake: string | undefined): string | undefined => (tried ? mistake : undefined)
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy) return
    if (Object.values(mistakes).some(one => one !== undefined)) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.entryform [aria-invalid="true"]')?.focus())
      return
    }
    setBusy(true)
    setProblem(null)
    const answer = await api.post<{ readonly number: string }>('/api/v1/tickets', {
      service,
      channel,
      ...(organisation === null ? {} : { organisation }),
      ...(isMarked(letter) ? { letter } : {}),
      requester: known ? { person } : { name: name.trim(), email: email.trim(), phone: phone.trim() },
    })
    setBusy(false)
    if (answer.ok) go(`/requests/draft/${answer.value.number}`)
    else setProblem(answer.problem)
  }
  return (
    <div class="narrowpage">
      <PageHead title={words.title} sub={words.sub} />
      <Panel>
        <form class="body entryform" noValidate onSubmit={event => void send(event)}>
          <div class="field">
            <span class="legend">{words.channel}</span>
            <Segmented label={words.channel} chosen={channel} onChoose={setChannel} choices={CHANNELS.map(key => ({ key, label: channels[key] }))} />
          </div>
          <SelectField
            label={words.service}
            error={told(mistakes.service)}
            value={service}
            onChange={setService}
            options={[{ key: '', label: t.value.people.field.choose }, ...services.map(one => ({ key: one.key, label: text(one.name) }))]}
          />
          <div class="field">
            <span class="legend">{words.who}</span>
            <Segmented
              label={words.who}
              chosen={from}
              onChoose={setFrom}
              choices={[
                { key: 'known', label: words.whoFrom.known },
                { key: 'typed', label: words.whoFrom.typed },
              ]}
            />
          </div>
          {known ? (
            <>
              <Picker of="person" label={words.person} value={person} onPick={setPerson} error={told(mistakes.person)} />
              <Picker of="organisation" label={words.organisationOther} value={organisation} onPick={setOrganisation} optional />
            </>
          ) : (
            <>
              <TextField label={words.name} value={name} onInput={setName} error={told(mistakes.name)} maxLength={120} />
              <Picker
                of="organisation"
                label={words.organisation}
                value={organisation}
                onPick={setOrganisation}
                error={told(mistakes.organisation)}
              />
              <TextField label={words.email} help={words.emailHint} type="email" optional value={email} onInput={setEmail} />
              <TextField label={words.phone} type="tel" optional value={phone} onInput={setPhone} maxLength={30} />
            </>
          )}
          <LetterMarkFields value={letter} onInput={setLetter} />
          {problem === null ? null : <ErrorBox problem={problem} />}
          <p class="small dim">{words.hint}</p>
          <div class="row">
            <Button type="submit" kind="primary" disabled={busy}>
              {words.open}
            </Button>
          </div>
        </form>
      </Panel>
    </div>
  )
}
