// A secret the daemon says once and never again: to be copied, and gone when the dialog is shut.
import { t } from '../words/index.ts'
import { copied } from './copy.ts'
import { Dialog, toast } from './overlay.tsx'
import './secret.css'

interface SecretProps {
  readonly title: string
  readonly body: string
  readonly secret: string
  readonly copy: string
  /** Said when it is in the clipboard. */
  readonly copied: string
  readonly onClose: () => void
}

export function SecretDialog({ title, body, secret, copy, copied: said, onClose }: SecretProps) {
  const press = (): void => {
    // Where the browser gives no clipboard (plain HTTP from another machine), the text is marked by one press and copied by hand.
    void copied(secret).then(done => (done ? toast('done', said) : undefined))
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <h2>{title}</h2>
      <div class="body">
        <p>{body}</p>
        <p class="mono secretbox">{secret}</p>
      </div>
      <footer>
        <button type="button" class="btn" onClick={press}>
          {copy}
        </button>
        <button type="button" class="btn primary" onClick={onClose}>
          {t.value.shell.close}
        </button>
      </footer>
    </Dialog>
  )
}
