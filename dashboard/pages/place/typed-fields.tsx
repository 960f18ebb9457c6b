// Fields that keep what is typed while it is not yet what it shall be: numbers, and lists by commas.
import { useEffect, useState } from 'preact/hooks'
import { TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { number } from '../../words/say.ts'
import { typedNumber } from './fields.ts'

/** What is typed stays as typed while it is no number; arrows and drags from outside show at once. */
export function NumberField(props: {
  label: string
  value: unknown
  whole: boolean
  needed: boolean
  error?: string
  onChange: (value: number | undefined) => void
}) {
  const { label, value, whole, needed, error, onChange } = props
  const shown = typeof value === 'number' ? number(value, 3).replace(/[.,]0+$|(?<=[.,]\d*[1-9])0+$/, '') : ''
  const [text, setText] = useState(shown)
  useEffect(() => {
    setText(was => (typedNumber(was) === (typeof value === 'number' ? value : null) ? was : shown))
  }, [value, shown])
  const read = typedNumber(text)
  const bad = read === undefined || (read === null && needed) || (whole && read !== null && !Number.isInteger(read))
  return (
    <TextField
      label={label}
      value={text}
      inputMode="text"
      maxLength={16}
      {...(bad ? { error: t.value.place.fields.number } : error === undefined ? {} : { error })}
      onInput={typed => {
        setText(typed)
        const next = typedNumber(typed)
        if (next === undefined || (next === null && needed) || (whole && next !== null && !Number.isInteger(next))) return
        onChange(next ?? undefined)
      }}
    />
  )
}

export function ListField({
  label,
  value,
  error,
  onChange,
}: {
  label: string
  value: readonly string[]
  error?: string
  onChange: (value: string[]) => void
}) {
  const joined = value.join(', ')
  const [text, setText] = useState(joined)
  const parts = (typed: string) =>
    typed
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== '')
  useEffect(() => {
    setText(was => (parts(was).join(', ') === joined ? was : joined))
  }, [joined])
  return (
    <TextField
      label={label}
      value={text}
      {...(error === undefined ? {} : { error })}
      onInput={typed => {
        setText(typed)
        onChange(parts(typed))
      }}
    />
  )
}
