// In without a ticket: a walk-in, an emergency, the house's own maintenance. Quick, on a phone, with what is owed said beforehand.
import { useState } from 'preact/hooks'
import type { DoorBook, VisitDetail, VisitKind } from '../../../daemon/domain/visit.ts'
import type { Problem } from '../../../daemon/http/contract.ts'
import { api } from '../../api.ts'
import { now } from '../../live/index.ts'
import { AreaField, Button, CheckField, ErrorBox, PageHead, Panel, Segmented, SelectField, Skeleton, TextField, toast } from '../../parts/index.ts'
import { go } from '../../router.ts'
import { t } from '../../words/index.ts'
import { Ticks, useChoices } from './choices.tsx'
import { instantOf, localOf } from './times.ts'
import { useBadges } from './use-badges.ts'

type Kind = Exclude<VisitKind, 'planned'>
const KINDS: readonly Kind[] = ['walkIn', 'emergency', 'maintenance']
interface Person {
  readonly name: string
  readonly company: string
  readonly identity: string
  readonly badge: string
}
const NOBODY: Person = { name: '', company: '', identity: '', badge: '' }
const HOUR = 3_600_000

export function Entry() {
  const words = t.value.visits.entry
  const choices = useChoices('/api/v1/visits/door/choices')
  const badges: DoorBook['badges'] = useBadges()
  const [kind, setKind] = useState<Kind>('walkIn')
  const [site, setSite] = useState('')
  const [doors, setDoors] = useState<readonly string[]>([])
  const [racks, setRacks] = useState<readonly string[]>([])
  const [purpose, setPurpose] = useState('')
  const [until, setUntil] = useState(localOf((now.peek() || Date.now()) + 2 * HOUR))
  const [escort, setEscort] = useState('')
  const [people, setPeople] = useState<readonly Person[]>([NOBODY])
  const [accepted, accept] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  if (choices === null) return <Skeleton lines={8} />
  const here = site === '' ? (choices.sites[0]?.id ?? '') : site
  const set = (i: number, change: Partial<Person>): void => setPeople(people.map((one, n) => (n === i ? { ...one, ...change } : one)))
  const mistake = (field: string): string | undefined => problem?.errors?.find(one => one.field === field)?.reason

  async function send(): Promise<void> {
    setBusy(true)
    const answer = await api.post<VisitDetail>('/api/v1/visits/enter', {
      kind,
      site: here,
      doors,
      racks,
      purpose: purpose.trim(),
      until: instantOf(until),
      escort: escort === '' ? null : Number(escort),
      visitors: people,
      accepted,
    })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    toast('done', words.entered(answer.value.number))
    go(`/visits/${answer.value.id}`)
  }

  return (
    <div class="entrypage">
      <PageHead title={words.title} sub={words.sub} />
      <Panel padded>
        <form
          class="entryform"
          onSubmit={event => {
            event.preventDefault()
            void send()
          }}
        >
          <Segmented<Kind>
            label={words.kind}
            chosen={kind}
            onChoose={setKind}
            choices={KINDS.map(key => ({ key, label: t.value.visits.kinds[key] }))}
          />
          {choices.sites.length < 2 ? null : (
            <SelectField
              label={words.site}
              value={here}
              onChange={value => {
                setSite(value)
                setDoors([])
                setRacks([])
              }}
              options={choices.sites.map(one => ({ key: one.id, label: one.name }))}
            />
          )}
          <AreaField label={words.purpose} value={purpose} onInput={setPurpose} rows={2} error={mistake('purpose')} />
          <Ticks legend={words.doors} choices={choices.doors.filter(one => one.site === here)} chosen={doors} onChange={setDoors} />
          <Ticks legend={words.racks} choices={choices.racks.filter(one => one.site === here)} chosen={racks} onChange={setRacks} />
          <div class="pair">
            <TextField label={words.until} type="datetime-local" value={until} onInput={setUntil} error={mistake('until')} />
            <SelectField
              label={words.escort}
              value={escort}
              onChange={setEscort}
              options={[{ key: '', label: words.noEscort }, ...choices.escorts.map(one => ({ key: String(one.person), label: one.name }))]}
            />
          </div>
          {people.map((person, i) => (
            <fieldset key={i} class="person">
              <legend>{words.person(i + 1)}</legend>
              <div class="pair">
                <TextField
                  label={words.name}
                  value={person.name}
                  onInput={name => set(i, { name })}
                  maxLength={120}
                  error={mistake(`visitors.${i}.name`)}
                />
                <TextField label={words.company} value={person.company} onInput={company => set(i, { company })} maxLength={200} optional />
              </div>
              <div class="pair">
                <TextField label={words.identity} value={person.identity} onInput={identity => set(i, { identity })} maxLength={40} optional />
                <SelectField
                  label={words.badge}
                  value={person.badge}
                  onChange={badge => set(i, { badge })}
                  options={[{ key: '', label: words.noBadge }, ...badges.map(card => ({ key: card, label: card }))]}
                />
              </div>
              {people.length < 2 ? null : (
                <button type="button" class="textbtn" onClick={() => setPeople(people.filter((_, n) => n !== i))}>
                  {words.less}
                </button>
              )}
            </fieldset>
          ))}
          {people.length >= 20 ? null : <Button onClick={() => setPeople([...people, NOBODY])}>{words.more}</Button>}
          <CheckField label={words.accepted} checked={accepted} onChange={accept} />
          {problem === null ? null : <ErrorBox problem={problem} />}
          <Button
            type="submit"
            kind="primary"
            disabled={busy || doors.length === 0 || purpose.trim().length < 3 || people.some(({ name }) => name.trim().length < 2)}
          >
            {words.enter}
          </Button>
        </form>
      </Panel>
    </div>
  )
}
