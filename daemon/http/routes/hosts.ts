// /api/v1/hosts, /provisioning: managed hosts from being made known to being let go, what is found changed on them, and the switch that stops it all.
import { z } from 'zod'
import type { DriftReport, HostView, ProvisioningView } from '../../domain/hosting-view.ts'
import { done, type Outcome } from '../../domain/outcome.ts'
import type { Viewer } from '../../domain/people.ts'
import { HostId } from '../../domain/safe.ts'
import { FileAnswer, type Route, route } from '../route.ts'

export interface HostDesk {
  list(): Promise<readonly HostView[]>
  one(id: string): Promise<Outcome<HostView>>
  add(given: HostSent, viewer: Viewer): Promise<Outcome<HostView>>
  /** The script that an administrator runs on the host as root. */
  install(id: string, viewer: Viewer): Promise<Outcome<{ readonly name: string; readonly text: string }>>
  trust(id: string, hostKey: string, viewer: Viewer): Promise<Outcome<HostView>>
  check(id: string, viewer: Viewer, signal: AbortSignal): Promise<Outcome<HostView>>
  thaw(id: string, reason: string, viewer: Viewer): Promise<Outcome<HostView>>
  remove(id: string, viewer: Viewer): Promise<Outcome<void>>
  drift(id: string, viewer: Viewer, signal: AbortSignal): Promise<Outcome<DriftReport>>
  bookDrift(viewer: Viewer, signal: AbortSignal): Promise<Outcome<DriftReport>>
  lastDrift(id: string): Promise<Outcome<DriftReport>>
  provisioning(): Promise<ProvisioningView>
  stop(stopped: boolean, reason: string, viewer: Viewer): Promise<Outcome<ProvisioningView>>
}

const HostSent = z.strictObject({
  id: HostId,
  name: z.string().trim().min(1).max(80),
  /** A name or an address; never a user or a port within. */
  address: z
    .string()
    .trim()
    .max(253)
    .regex(/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+)$/, 'a host name or an IP address'),
  port: z.int().min(1).max(65_535).default(22),
})
export type HostSent = z.output<typeof HostSent>

const Named = z.strictObject({ id: HostId })
const reason = z.string().trim().min(3, 'say it in a few words').max(500)

export const hostRoutes = (desk: HostDesk): Route[] => [
  route({
    method: 'get',
    path: '/hosts',
    needs: 'host.read',
    summary: 'Managed hosts, what each can, and why one is not ready',
    handle: async () => done({ items: await desk.list() }),
  }),
  route({
    method: 'post',
    path: '/hosts',
    needs: 'host.manage',
    summary: 'Make a host known: keys are made for it; nothing is done there until its install script was run and its host key compared',
    body: HostSent,
    handle: ({ body, viewer }) => desk.add(body, viewer),
  }),
  route({ method: 'get', path: '/hosts/:id', needs: 'host.read', summary: 'One host', params: Named, handle: ({ params }) => desk.one(params.id) }),
  route({
    method: 'get',
    path: '/hosts/:id/install',
    needs: 'host.manage',
    summary: 'The script that adopts the host, to be run there as root; with --remove it takes everything back',
    params: Named,
    async handle({ params, viewer }) {
      const script = await desk.install(params.id, viewer)
      return script.ok ? done(new FileAnswer(script.value.name, 'text/x-shellscript; charset=utf-8', Buffer.from(script.value.text))) : script
    },
  }),
  route({
    method: 'post',
    path: '/hosts/:id/key',
    needs: 'host.manage',
    summary: 'Trust this host key: a person compared it with what ssh-keygen says on the host itself',
    params: Named,
    body: z.strictObject({ hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'written as ssh-keygen prints it: SHA256:…') }),
    handle: ({ params, body, viewer }) => desk.trust(params.id, body.hostKey, viewer),
  }),
  route({
    method: 'post',
    path: '/hosts/:id/check',
    needs: 'host.manage',
    summary: 'Connect, greet the broker and read what the host can',
    params: Named,
    handle: ({ params, viewer, signal }) => desk.check(params.id, viewer, signal),
  }),
  route({
    method: 'post',
    path: '/hosts/:id/thaw',
    needs: 'host.manage',
    summary: 'Changes may be applied there again after several failed one after the other; with what was found',
    params: Named,
    body: z.strictObject({ reason }),
    handle: ({ params, body, viewer }) => desk.thaw(params.id, body.reason, viewer),
  }),
  route({
    method: 'delete',
    path: '/hosts/:id',
    needs: 'host.manage',
    summary: 'Let a host go that holds nothing of ours; what stands there stays',
    params: Named,
    handle: ({ params, viewer }) => desk.remove(params.id, viewer),
  }),
  route({
    method: 'post',
    path: '/hosts/:id/drift',
    needs: 'change.work',
    summary: 'Compare everything of ours on the host with what is held of it, now: missing, changed, foreign. Touches nothing',
    params: Named,
    handle: ({ params, viewer, signal }) => desk.drift(params.id, viewer, signal),
  }),
  route({
    method: 'get',
    path: '/hosts/:id/drift',
    needs: 'host.read',
    summary: 'What the last comparison found',
    params: Named,
    handle: ({ params }) => desk.lastDrift(params.id),
  }),
  route({
    method: 'post',
    path: '/provisioning/drift',
    needs: 'change.work',
    summary: 'Compare what Suar keeps in its own books (addresses, checks, backup policies) with what changes left there. Touches nothing',
    handle: ({ viewer, signal }) => desk.bookDrift(viewer, signal),
  }),
  route({
    method: 'get',
    path: '/provisioning',
    needs: 'website.read',
    summary: 'Whether changes may be applied at all, and who stopped them',
    handle: async () => done(await desk.provisioning()),
  }),
  route({
    method: 'post',
    path: '/provisioning',
    needs: 'provisioning.stop',
    summary: 'Stop every change on every host and zone after the step under way, or let them go on',
    body: z.strictObject({ stopped: z.boolean(), reason }),
    handle: ({ body, viewer }) => desk.stop(body.stopped, body.reason, viewer),
  }),
]
