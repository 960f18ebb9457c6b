// A one-time link, shown once, to be handed to its person.
import { SecretDialog } from '../../parts/secret.tsx'
import { t } from '../../words/index.ts'

export function LinkDialog({ name, link, onClose }: { readonly name: string; readonly link: string; readonly onClose: () => void }) {
  const { accounts } = t.value.people
  return (
    <SecretDialog
      title={accounts.linkTitle}
      body={accounts.linkBody(name)}
      secret={link}
      copy={accounts.copy}
      copied={accounts.copied}
      onClose={onClose}
    />
  )
}
