// Make and model, typed or taken from the types that were imported: a known type fills in height, depth, weight and watts.
import { useEffect, useId, useState } from 'preact/hooks'
import type { Make } from '../../../daemon/domain/place.ts'
import { api } from '../../api.ts'
import { TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

interface MakeFieldProps {
  readonly label: string
  readonly value: string
  readonly error?: string
  readonly onChange: (change: Readonly<Record<string, unknown>>) => void
}

const nameOf = ({ manufacturer, model }: Make): string => `${manufacturer} ${model}`

/** What a type says of the equipment; half a U takes a whole one. */
const filled = (make: Make): Readonly<Record<string, unknown>> => ({
  make: nameOf(make),
  height: Math.max(1, Math.ceil(make.height)),
  face: make.fullDepth ? 'both' : 'front',
  ports: make.ports,
  ...(make.weight === undefined ? {} : { weight: make.weight }),
  ...(make.nameplate === undefined ? {} : { nameplate: make.nameplate }),
})

export function MakeField({ label, value, error, onChange }: MakeFieldProps) {
  const words = t.value.place.edit
  const [makes, setMakes] = useState<readonly Make[]>([])
  const list = useId()
  useEffect(() => {
    void api.get<{ items: readonly Make[] }>('/api/v1/place/makes').then(answer => {
      if (answer.ok) setMakes(answer.value.items)
    })
  }, [])
  const known = makes.find(make => nameOf(make) === value)
  return (
    <>
      <TextField
        label={label}
        value={value}
        maxLength={200}
        list={list}
        {...(makes.length === 0 ? {} : { help: words.fillHint })}
        {...(error === undefined ? {} : { error })}
        onInput={text => {
          const make = makes.find(each => nameOf(each) === text)
          onChange(make === undefined ? { make: text === '' ? undefined : text } : filled(make))
        }}
      />
      <datalist id={list}>
        {makes.map(make => (
          <option key={make.id} value={nameOf(make)} />
        ))}
      </datalist>
      {known === undefined ? null : (
        <button type="button" class="textbtn small" onClick={() => onChange(filled(known))}>
          {words.fill}
        </button>
      )}
    </>
  )
}
