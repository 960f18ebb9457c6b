// Choosing a person or an organisation by a few letters of the name.
import { useId, useRef, useState } from 'preact/hooks'
import { Field } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { organisationsKnown, personsKnown } from './lookup.ts'

interface PickerProps {
  readonly of: 'person' | 'organisation'
  readonly label: string
  readonly value: number | null
  readonly onPick: (id: number | null) => void
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly optional?: boolean
}

interface Choice {
  readonly id: number
  readonly name: string
  readonly note: string
}

const MOST = 8
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

export function Picker({ of, label, value, onPick, help, error, optional = false }: PickerProps) {
  const { register } = t.value.people
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)

  const all: readonly Choice[] =
    of === 'person'
      ? [...personsKnown.value.values()]
          .filter(one => one.goneAt === null)
          .map(one => ({
            id: one.id,
            name: one.name,
            note: [one.position, organisationsKnown.value.get(one.organisation)?.short ?? ''].filter(Boolean).join(', '),
          }))
      : [...organisationsKnown.value.values()].filter(one => one.goneAt === null).map(one => ({ id: one.id, name: one.name, note: one.short }))
  const chosen =
    value === null ? '' : of === 'person' ? (personsKnown.value.get(value)?.name ?? '') : (organisationsKnown.value.get(value)?.name ?? '')
  const words = plain(typed ?? '').split(/\s+/)
  const found = typed === null ? [] : all.filter(one => words.every(word => plain(`${one.name} ${one.note}`).includes(word))).slice(0, MOST)

  const pick = (one: Choice | undefined): void => {
    if (one === undefined) return
    onPick(one.id)
    setTyped(null)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (typed === null) setTyped('')
      else setAt((at + (event.key === 'ArrowDown' ? 1 : -1) + Math.max(1, found.length)) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && typed !== null) {
      event.preventDefault()
      pick(found[at])
    } else if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation()
      setTyped(null)
    }
  }
  return (
    <Field label={label} help={help} error={error} optional={optional} class="picker">
      {ids => (
        <div
          class="withend"
          ref={box}
          onFocusOut={event => {
            if (event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget) === true) return
            setTyped(null)
          }}
        >
          <input
            {...ids}
            class="input"
            type="text"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={typed !== null}
            aria-controls={list}
            aria-activedescendant={typed !== null && found.length > 0 ? `${list}-${at}` : undefined}
            autocomplete="off"
            placeholder={register.choose}
            value={typed ?? chosen}
            onFocus={event => event.currentTarget.select()}
            onInput={event => {
              setTyped(event.currentTarget.value)
              setAt(0)
            }}
            onKeyDown={onKey}
          />
          {optional && value !== null && typed === null ? (
            <button type="button" class="textbtn small" onClick={() => onPick(null)}>
              {register.clear}
            </button>
          ) : null}
          <div id={list} role="listbox" aria-label={label} class={typed === null ? 'picks closed' : 'picks'}>
            {typed === null
              ? null
              : found.map((one, i) => (
                  <div
                    key={one.id}
                    id={`${list}-${i}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={i === at}
                    onPointerDown={event => {
                      event.preventDefault()
                      pick(one)
                    }}
                    onPointerMove={() => setAt(i)}
                  >
                    <span class="ell">{one.name}</span>
                    <span class="small dim ell">{one.note}</span>
                  </div>
                ))}
          </div>
          {typed !== null && found.length === 0 ? <p class="small dim picknone">{register.noMatch}</p> : null}
        </div>
      )}
    </Field>
  )
}
