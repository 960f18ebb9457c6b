// Where a website stands and what runs it, as it is wanted.
import type { WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import type { Runtime } from '../../../daemon/domain/website.ts'
import { mebibytes } from '../../parts/hosting/amounts.ts'
import { Icon, Panel } from '../../parts/index.ts'
import { t } from '../../words/index.ts'
import { dateLong, text } from '../../words/say.ts'

function runtimeText(runtime: Runtime): string {
  const { form } = t.value.hosting
  switch (runtime.kind) {
    case 'static':
      return form.runtimes.static
    case 'php':
      return `PHP ${runtime.version} · ${runtime.children} × ${mebibytes(runtime.memory)}`
    case 'app':
      return `${runtime.interpreter} ${[runtime.file, ...runtime.arguments].join(' ')} · :${runtime.port} · ${mebibytes(runtime.memory)}`
  }
}

export function Addresses({ site }: { readonly site: WebsiteView }) {
  const words = t.value.hosting.site
  const { wanted } = site
  return (
    <Panel title={words.dns}>
      {wanted.records.length === 0 ? (
        <p class="listnote">{words.noDns}</p>
      ) : (
        <table class="table recordtable">
          <thead>
            <tr>
              <th scope="col">{words.recordColumns.domain}</th>
              <th scope="col">{words.recordColumns.address}</th>
              <th scope="col" class="num wide">
                {words.recordColumns.ttl}
              </th>
              <th scope="col" class="wide">
                {words.recordColumns.zone}
              </th>
            </tr>
          </thead>
          <tbody>
            {wanted.records.map(record => (
              <tr key={`${record.domain} ${record.address}`}>
                <td class="anywhere">{record.domain}</td>
                <td class="mono">{record.address}</td>
                <td class="num wide">{record.ttl}</td>
                <td class="wide">{record.zone}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {wanted.domains.length < 2 && wanted.addresses.length === 0 ? null : (
        <dl class="facts padded sitefacts">
          {wanted.domains.length < 2 ? null : (
            <>
              <dt>{words.aliases}</dt>
              <dd>{wanted.domains.slice(1).join(', ')}</dd>
            </>
          )}
          {wanted.addresses.map(one => [
            <dt key={`of ${one.address}`}>PTR</dt>,
            <dd key={one.address}>
              <span class="mono">{one.address}</span> → {one.name}
            </dd>,
          ])}
        </dl>
      )}
    </Panel>
  )
}

export function Running({ site }: { readonly site: WebsiteView }) {
  const words = t.value.hosting.site
  const { wanted, certificate } = site
  return (
    <Panel title={words.settings}>
      <dl class="facts padded sitefacts">
        <dt>{words.runs}</dt>
        <dd>{runtimeText(wanted.runtime)}</dd>
        <dt>{words.server}</dt>
        <dd>{wanted.server}</dd>
        <dt>{words.database}</dt>
        <dd>
          {wanted.database === null
            ? words.noDatabase
            : `${t.value.hosting.form.databases[wanted.database.engine]}, ${words.connections(wanted.database.connections)}`}
        </dd>
        <dt>{words.certificate}</dt>
        <dd>
          {words.sources[wanted.certificate]}
          {certificate === null ? null : (
            <span class="small mid block">
              {words.issuer(certificate.issuer)} · {words.until(dateLong(certificate.notAfter))}
            </span>
          )}
          {certificate === null || certificate.trouble === null ? null : (
            <span class="small t-crit block">
              <Icon name="crit" class="crit" /> {text(certificate.trouble)}
            </span>
          )}
        </dd>
        <dt>{words.backup}</dt>
        <dd>{wanted.backup === null ? words.noBackup : words.backupKept(words.backupEvery[wanted.backup.every], wanted.backup.days)}</dd>
        <dt>{words.cron}</dt>
        <dd>
          {wanted.cron.length === 0
            ? words.noCron
            : wanted.cron.map(one => (
                <code key={`${one.time} ${one.file}`} class="mono block">
                  {[one.time, one.interpreter, one.file, ...one.arguments].join(' ')}
                </code>
              ))}
        </dd>
        {wanted.openings.length === 0 ? null : (
          <>
            <dt>{words.openings}</dt>
            <dd>
              {wanted.openings.map(one => (
                <span key={`${one.protocol} ${one.port} ${one.from}`} class="block">
                  {words.opening(one.port, one.protocol, one.from)}
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  )
}

/** Type and name of a key; its body helps nobody who reads. */
function keyName(line: string): string {
  const [type = '', body = '', ...comment] = line.split(' ')
  return `${comment.join(' ') || type} · …${body.slice(-8)}`
}

export function Access({ site }: { readonly site: WebsiteView }) {
  const words = t.value.hosting.site
  return (
    <Panel title={words.keys}>
      {site.wanted.keys.length === 0 ? (
        <p class="listnote">{words.noKeys}</p>
      ) : (
        <ul class="plainlist">
          {site.wanted.keys.map(key => (
            <li key={key} class="mono anywhere">
              {keyName(key)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
