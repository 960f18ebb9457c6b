// The members of a team, each with a duty.
import { Button, Icon, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import type { Member } from './fields.ts'
import { Picker } from './picker.tsx'

interface MembersProps {
  readonly label: string
  readonly value: readonly Member[]
  readonly onChange: (value: readonly Member[]) => void
}

export function Members({ label, value, onChange }: MembersProps) {
  const { team, office, register } = t.value.people
  const put = (at: number, change: Partial<Member>): void => onChange(value.map((one, i) => (i === at ? { ...one, ...change } : one)))
  return (
    <fieldset class="members">
      <legend class="legend">{label}</legend>
      {value.map((one, i) => (
        <div class="member" key={i}>
          <Picker of="person" label={`${office.person} ${i + 1}`} value={one.person} onPick={person => put(i, { person })} />
          <TextField label={team.duty} value={one.duty} onInput={duty => put(i, { duty })} maxLength={120} />
          <button
            type="button"
            class="iconbtn"
            aria-label={`${register.remove} ${i + 1}`}
            onClick={() => onChange(value.filter((_, at) => at !== i))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...value, { person: null, duty: '' }])}>
          <Icon name="plus" />
          {team.addMember}
        </Button>
      </div>
    </fieldset>
  )
}
