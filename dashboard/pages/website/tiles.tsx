// What one looks at first: reachable, room left, database, certificate.
import type { WebsiteView } from '../../../daemon/domain/hosting-view.ts'
import { daysLeft, mebibytes, toneOfDays, toneOfUse } from '../../parts/hosting/amounts.ts'
import { Meter, Tile, Tiles } from '../../parts/index.ts'
import { may } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { dateLong } from '../../words/say.ts'
import { when } from '../../words/when.ts'

export function SiteTiles({ site }: { readonly site: WebsiteView }) {
  const { hosting } = t.value
  const words = hosting.site
  const { certificate } = site
  const { database } = site.wanted
  const quiet = site.state === 'suspended' || site.state === 'removed'
  const until = certificate?.notAfter ?? site.certificateUntil
  const days = until === null ? null : daysLeft(until)
  return (
    <Tiles>
      <Tile
        label={hosting.list.columns.up}
        tone={!quiet && site.up === false ? 'crit' : site.up === null || quiet ? 'unknown' : 'ok'}
        value={
          <span class="tileword">
            {quiet ? hosting.websiteStates[site.state] : site.up === null ? hosting.list.upUnknown : site.up ? hosting.list.up : hosting.list.down}
          </span>
        }
        note={may('change.read') ? (site.drift === 0 ? words.noDrift : hosting.list.drift(site.drift)) : site.domain}
      />
      <Tile
        label={words.disk}
        tone={toneOfUse(site.used, site.quota)}
        value={<span class="tileword">{site.used === null ? hosting.none : mebibytes(site.used)}</span>}
        note={
          <span class="tilemeter">
            {site.used === null ? null : <Meter value={site.used / site.quota} tone={toneOfUse(site.used, site.quota)} label={words.disk} />}
            {site.used === null ? hosting.notMeasured(mebibytes(site.quota)) : hosting.usedOf(mebibytes(site.used), mebibytes(site.quota))}
          </span>
        }
      />
      <Tile
        label={words.database}
        tone={database === null ? 'ok' : toneOfUse(site.databaseUsed, database.size)}
        value={<span class="tileword">{database === null || site.databaseUsed === null ? hosting.none : mebibytes(site.databaseUsed)}</span>}
        note={
          database === null ? (
            words.noDatabase
          ) : (
            <span class="tilemeter">
              {site.databaseUsed === null ? null : (
                <Meter value={site.databaseUsed / database.size} tone={toneOfUse(site.databaseUsed, database.size)} label={words.database} />
              )}
              {site.databaseUsed === null
                ? hosting.notMeasured(mebibytes(database.size))
                : hosting.usedOf(mebibytes(site.databaseUsed), mebibytes(database.size))}
            </span>
          )
        }
      />
      <Tile
        label={words.certificate}
        tone={days === null ? 'unknown' : toneOfDays(days)}
        value={<span class="tileword">{days === null || until === null ? words.noCertificate : hosting.days(days)}</span>}
        note={
          certificate === null
            ? until === null
              ? ''
              : words.until(dateLong(until))
            : certificate.renewAt === null
              ? words.noRenew
              : words.renewAt(when(certificate.renewAt))
        }
      />
    </Tiles>
  )
}
