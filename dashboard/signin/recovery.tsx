// The recovery codes, shown once: to print, copy or save, and to say that it was done.

import { copied } from '../parts/copy.ts'
import { Icon } from '../parts/icons.tsx'
import { toast } from '../parts/overlay.tsx'
import { t } from '../words/index.ts'
import { me } from './session.ts'

export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { factor } = t.value.people
  const file = (): string => `${factor.fileTitle}\r\n${me.peek()?.login ?? ''} ${location.host}\r\n\r\n${codes.join('\r\n')}\r\n`
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([file()], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'suar.txt'
    link.click()
    URL.revokeObjectURL(url)
  }
  const copy = (): void => {
    // Without a clipboard (plain HTTP from another machine) the codes can still be printed or saved.
    void copied(codes.join('\n')).then(done => (done ? toast('done', factor.copied) : download()))
  }
  return (
    <section class="recovery" aria-label={factor.recoveryTitle}>
      <h2>{factor.recoveryTitle}</h2>
      <p class="mid">{factor.recoveryBody}</p>
      <ol class="mono">
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="row wrap noprint">
        <button type="button" class="btn" onClick={() => print()}>
          <Icon name="print" />
          {factor.print}
        </button>
        <button type="button" class="btn" onClick={copy}>
          {factor.copy}
        </button>
        <button type="button" class="btn" onClick={download}>
          <Icon name="download" />
          {factor.download}
        </button>
      </div>
      <button type="button" class="btn primary big noprint" onClick={onKept}>
        {factor.kept}
      </button>
    </section>
  )
}
