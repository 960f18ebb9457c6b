// Number and date of the letter that a request comes with: what the agenda book says of it.
import type { LetterMark } from '../../daemon/domain/letter-mark.ts'
import { t } from '../words/index.ts'
import { TextField } from './field.tsx'
import './letter-mark.css'

interface LetterMarkProps {
  readonly value: LetterMark
  readonly onInput: (letter: LetterMark) => void
}

export function LetterMarkFields({ value, onInput }: LetterMarkProps) {
  const words = t.value.tickets.letter
  return (
    <div class="lettermark">
      <TextField
        label={words.number}
        help={words.hint}
        optional
        value={value.number}
        maxLength={100}
        onInput={number => onInput({ ...value, number })}
      />
      <TextField label={words.date} type="date" optional value={value.date} onInput={date => onInput({ ...value, date })} />
    </div>
  )
}
