// What there is to choose from at a site (doors, racks, escorts), and how a few of many are ticked.
import { useEffect, useState } from 'preact/hooks'
import { api } from '../../api.ts'

interface Named {
  readonly id: string
  readonly name: string
}
export interface Choices {
  readonly escorts: readonly { readonly person: number; readonly name: string }[]
  readonly sites: readonly Named[]
  readonly rooms: readonly (Named & { readonly site: string })[]
  readonly doors: readonly (Named & { readonly site: string; readonly room: string })[]
  readonly racks: readonly (Named & { readonly site: string; readonly room: string })[]
}

/** null until it came. */
export function useChoices(path: '/api/v1/visits/choices' | '/api/v1/visits/door/choices'): Choices | null {
  const [choices, set] = useState<Choices | null>(null)
  useEffect(() => {
    let gone = false
    void api.get<Choices>(path).then(answer => {
      if (!gone && answer.ok) set(answer.value)
    })
    return () => {
      gone = true
    }
  }, [path])
  return choices
}

interface TicksProps {
  readonly legend: string
  readonly choices: readonly Named[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

export const Ticks = ({ legend, choices, chosen, onChange }: TicksProps) => (
  <fieldset class="ticklist">
    <legend>{legend}</legend>
    {choices.map(one => (
      <label key={one.id}>
        <input
          type="checkbox"
          checked={chosen.includes(one.id)}
          onChange={event => onChange(event.currentTarget.checked ? [...chosen, one.id] : chosen.filter(id => id !== one.id))}
        />
        <span>{one.name}</span>
      </label>
    ))}
  </fieldset>
)
