// The Standar Pelayanan: fourteen components in their order.
import type { Service, ServiceStandard } from '../../../daemon/domain/service.ts'
import { Empty } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { text } from '../../words/say.ts'
import { Proses } from './prose.tsx'

const ORDER = [
  'legalBasis',
  'requirements',
  'procedure',
  'time',
  'cost',
  'products',
  'facilities',
  'competences',
  'supervision',
  'complaints',
  'executors',
  'guarantee',
  'safety',
  'evaluation',
] as const satisfies readonly (keyof ServiceStandard)[]

export function StandardRows({ service: { standard } }: { readonly service: Service }) {
  const words = t.value.requests.sheet
  if (standard === null) return <Empty title={words.noStandard} hint={words.noneHint} />
  return (
    <>
      <p class="standardtitle">{text(standard.title)}</p>
      <dl class="sheetrows counted">
        {ORDER.map(key => (
          <div key={key}>
            <dt>{words.components[key]}</dt>
            <dd>
              <Proses texts={[standard[key]].flat().map(text)} none={words.noValue} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
