// Who answers for an application, each with the days he does: those of earlier times stay.
import { RESPONSIBLE_AS } from '../../../daemon/domain/people.ts'
import { Button, Icon, SelectField, TextField } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import type { ResponsibleTyped } from './fields.ts'
import { Picker } from './picker.tsx'

interface ResponsibleProps {
  readonly label: string
  readonly value: readonly ResponsibleTyped[]
  readonly error: string | undefined
  readonly onChange: (value: readonly ResponsibleTyped[]) => void
}

export function ResponsibleRows({ label, value, error, onChange }: ResponsibleProps) {
  const { applications } = t.value
  const { register } = t.value.people
  const words = applications.edit
  const put = (at: number, change: Partial<ResponsibleTyped>): void => onChange(value.map((one, i) => (i === at ? { ...one, ...change } : one)))
  const options = RESPONSIBLE_AS.map(key => ({ key, label: applications.as[key] }))
  return (
    <fieldset class="members">
      <legend class="legend">{label}</legend>
      {error === undefined ? null : <p class="small t-crit">{error}</p>}
      {value.map((one, i) => (
        <div class="responsible" key={i}>
          <Picker of="person" label={words.person(i + 1)} value={one.person} onPick={person => put(i, { person })} />
          <SelectField
            label={applications.columns.as}
            value={one.as}
            options={options}
            onChange={as => put(i, { as: as === 'technical' ? 'technical' : 'structural' })}
          />
          <TextField label={register.from} type="date" value={one.from} onInput={from => put(i, { from })} optional />
          <TextField label={register.until} type="date" value={one.until} onInput={until => put(i, { until })} optional />
          <button type="button" class="iconbtn" aria-label={words.remove(i + 1)} onClick={() => onChange(value.filter((_, at) => at !== i))}>
            <Icon name="close" />
          </button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...value, { as: value.length === 0 ? 'structural' : 'technical', person: null, from: '', until: '' }])}>
          <Icon name="plus" />
          {words.add}
        </Button>
      </div>
    </fieldset>
  )
}
