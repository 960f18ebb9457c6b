// A one-time link, shown once, to be handed to its person.
import { Dialog, toast } from '../../parts/index.ts'
import { t } from '../../words/index.ts'

export function LinkDialog({ name, link, onClose }: { readonly name: string; readonly link: string; readonly onClose: () => void }) {
  const { accounts } = t.value.people
  const copy = (): void => {
    // Without a clipboard (plain HTTP from another machine) the text is marked by a press and copied by hand.
    navigator.clipboard.writeText(link).then(
      () => toast('done', accounts.copied),
      () => undefined,
    )
  }
  return (
    <Dialog title={accounts.linkTitle} onClose={onClose}>
      <h2>{accounts.linkTitle}</h2>
      <div class="body">
        <p>{accounts.linkBody(name)}</p>
        <p class="mono secretbox">{link}</p>
      </div>
      <footer>
        <button type="button" class="btn" onClick={copy}>
          {accounts.copy}
        </button>
        <button type="button" class="btn primary" onClick={onClose}>
          {t.value.shell.close}
        </button>
      </footer>
    </Dialog>
  )
}
