// A real identity provider (oidc-provider) on loopback, whose sign-in page is answered by whom the test names.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface Identity {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  /** How the provider says it has looked at him (RFC 8176). */
  readonly amr?: readonly string[]
}

export interface RunningProvider {
  readonly issuer: string
  /** Who sits at the provider's sign-in page. */
  is(identity: Identity): void
  /** What a browser does there: signs in, agrees, and is sent back; gives the address it is sent back to. */
  walk(url: string): Promise<string>
  close(): Promise<void>
}

export async function startProvider({ redirect, secret }: { redirect: string; secret: string }): Promise<RunningProvider> {
  const server: Server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let somebody: Identity = { sub: 'nobody' }
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'suar', client_secret: secret, redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: async (_context, sub) => ({ accountId: sub, claims: async () => ({ ...somebody, sub }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['test'] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    void (async () => {
      if (!(request.url ?? '').startsWith('/interaction/')) return await handle(request, response)
      const { prompt, params, session } = await provider.interactionDetails(request, response)
      if (prompt.name === 'login')
        return await provider.interactionFinished(request, response, {
          login: { accountId: somebody.sub, ...(somebody.amr === undefined ? {} : { amr: [...somebody.amr] }) },
        })
      const grant = new provider.Grant({ accountId: session?.accountId ?? somebody.sub, clientId: String(params['client_id']) })
      grant.addOIDCScope(String(params['scope']))
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true })
    })().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  return {
    issuer,
    is(identity) {
      somebody = identity
    },
    async walk(from) {
      const cookies = new Map<string, string>()
      let url = from
      for (let step = 0; step < 12; step++) {
        if (!url.startsWith(issuer)) return url
        const response = await fetch(url, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const set of response.headers.getSetCookie()) {
          const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
          if (value === '') cookies.delete(name)
          else cookies.set(name, value)
        }
        const next = response.headers.get('location')
        if (next === null) throw new Error(`the provider stopped at ${url} with ${response.status}: ${await response.text()}`)
        url = new URL(next, url).href
      }
      throw new Error('the provider sends the browser round in circles')
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
