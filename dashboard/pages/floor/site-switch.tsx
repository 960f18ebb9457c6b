// Between the sites, where there are several: in the address, so that it can be sent to a colleague.
import type { Layout } from '../../../daemon/domain/inventory.ts'
import { Segmented } from '../../parts/index.ts'
import { setQuery } from '../../router.ts'
import { t } from '../../words/index.ts'
import { sitesOf } from './site.ts'

export function SiteSwitch({ layout, chosen }: { readonly layout: Layout; readonly chosen: string }) {
  if (layout.sites.length === 0) return null
  return (
    <Segmented
      label={t.value.place.site}
      chosen={chosen}
      choices={sitesOf(layout).map(({ id, name }) => ({ key: id, label: name }))}
      onChoose={key => setQuery({ site: key === layout.site.id ? null : key, rack: null })}
    />
  )
}
