// People and offices: who holds which chair, persons, organisations, teams, applications; and bringing them in from CSV.
import { useEffect } from 'preact/hooks'
import type { PageProps } from '../../pages.ts'
import { PageHead, Tabs } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import '../../style/pages.css'
import { t } from '../../words/index.ts'
import { Chairs } from './chairs.tsx'
import { Import } from './import.tsx'
import { bringNames, forgetNames } from './lookup.ts'
import './people.css'
import { Register } from './register.tsx'
import { applicationsSpec, organisationsSpec, personsSpec, teamsSpec } from './specs.tsx'

const PARTS = ['chairs', 'persons', 'organisations', 'teams', 'applications', 'import'] as const
type Part = (typeof PARTS)[number]

export default function PeoplePage({ params, query }: PageProps) {
  const { register } = t.value.people
  const part: Part = PARTS.find(one => one === params['part']) ?? 'chairs'
  const open = params['id'] ?? null
  useEffect(() => {
    void bringNames()
    return forgetNames
  }, [])
  const shown = PARTS.filter(one => one !== 'import' || may('people.manage'))
  return (
    <>
      <PageHead title={register.title} sub={register.sub} />
      <div class="peopletabs">
        <Tabs
          label={register.title}
          chosen={part}
          choices={shown.map(key => ({ key, label: register.parts[key], href: key === 'chairs' ? '/people' : `/people/${key}` }))}
        />
      </div>
      {part === 'chairs' ? <Chairs open={open} query={query} /> : null}
      {part === 'persons' ? <Register key={part} spec={personsSpec()} query={query} open={open} /> : null}
      {part === 'organisations' ? <Register key={part} spec={organisationsSpec()} query={query} open={open} /> : null}
      {part === 'teams' ? <Register key={part} spec={teamsSpec()} query={query} open={open} /> : null}
      {part === 'applications' ? <Register key={part} spec={applicationsSpec()} query={query} open={open} /> : null}
      {part === 'import' && may('people.manage') ? <Import /> : null}
    </>
  )
}
