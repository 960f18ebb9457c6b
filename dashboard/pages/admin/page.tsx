// Administration: how Suar itself is, whether its notices get out, and which devices are silent.
import { PageHead } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export default function AdminPage() {
  const { admin } = t.value
  return <PageHead title={admin.title} sub={admin.sub} />
}
