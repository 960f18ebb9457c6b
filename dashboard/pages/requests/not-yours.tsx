// What is said where a service is not for the viewer's organisation: who may ask, and whom to turn to.
import type { Service } from '../../../daemon/domain/service.ts'
import { session } from '../../signin/session.ts'
import { t } from '../../words/index.ts'
import { usersText } from './service-words.ts'

export function NotYours({ users }: { readonly users: Service['users'] }) {
  const { catalogue: words } = t.value.requests
  const agency = session.value?.agency
  return (
    <>
      {words.notYoursHow(usersText(users))}{' '}
      {agency === undefined ? (
        words.desk('')
      ) : (
        <>
          {words.desk(agency.acronym)}: <span class="nw">{agency.chat}</span>,{' '}
          <a class="asklink" href={`mailto:${agency.deskEmail}`}>
            {agency.deskEmail}
          </a>
        </>
      )}
      .
    </>
  )
}
