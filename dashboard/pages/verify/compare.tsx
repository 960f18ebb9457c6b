// Whether the file in one's hand is the one on record: hashed on this device, sent nowhere.
import { useState } from 'preact/hooks'
import { Icon } from '../../parts/icons.tsx'
import { t } from '../../words/index.ts'

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('')

export function Compare({ sha256 }: { readonly sha256: string }) {
  const { verify } = t.value.people
  const [same, setSame] = useState<boolean | null>(null)
  // Browsers hash only in a secure context (TLS or this machine).
  if (!isSecureContext) return null
  const compare = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    setSame(hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())) === sha256.toLowerCase())
  }
  return (
    <section class="compare">
      <label class="btn">
        <Icon name="upload" />
        {verify.compare}
        <input
          type="file"
          class="sr"
          accept="application/pdf"
          onChange={event => {
            void compare(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </label>
      <p class="small dim">{verify.compareHint}</p>
      <p role="status" class={same === false ? 't-crit' : 'strong'}>
        {same === null ? null : (
          <>
            <Icon name={same ? 'check' : 'crit'} class={same ? '' : 'crit'} /> {same ? verify.same : verify.other}
          </>
        )}
      </p>
    </section>
  )
}
