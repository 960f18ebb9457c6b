// Why a change was asked for.
import type { ChangeView } from '../../../daemon/domain/hosting-view.ts'
import { Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export function About({ view }: { readonly view: ChangeView }) {
  const words = t.value.hosting.change
  const { requested } = view.change
  if (requested.reason === '') return null
  return (
    <Panel title={words.why} padded>
      <p class="changereason">{requested.reason}</p>
    </Panel>
  )
}
