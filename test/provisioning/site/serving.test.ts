// The virtual hosts at work: real servers, asked as browsers ask, by a program of PHP, by one of its own, and by somebody who tries what is not his.
import assert from 'node:assert/strict'
import { connect } from 'node:tls'
import type { Website } from '../../../daemon/domain/website.ts'
import { askWeb } from '../../../provisioning/site/outside/web.ts'
import { quiet } from '../../store/support/must.ts'
import { canHost, startHost, type TestHost } from '../../support/host/start.ts'
import { put, standUp } from './stand.ts'
import { PHP, website } from './websites.ts'

const call = { signal: new AbortController().signal, log: quiet }

/** Until the server has read its files again. */
async function until<T>(ask: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  for (let tried = 0; ; tried++) {
    const value = await ask()
    if (good(value) || tried > 100) return value
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

for (const server of ['nginx', 'apache'] as const)
  describe(`a website behind ${server}`, function () {
    this.timeout(60_000)
    let host: TestHost
    const roots: string[] = []
    const of = (name: string, runtime: object, more: object = {}): Website =>
      website({ name, server, domains: [`${name}.example.go.id`, `www.${name}.example.go.id`], runtime, ...more })

    before(async function () {
      if (!canHost()) this.skip()
      host = await startHost({ with: [server, 'php'] })
    })
    after(() => host?.stop())

    const look = async ({ domains }: Website, path: string, domain = domains[0]!) => {
      const answer = await askWeb({ address: host.address, port: 443, domain, path, roots }, call)
      assert.ok(answer.ok, answer.ok ? '' : answer.failure.message)
      return answer.value
    }
    const stand = async (one: Website, good: string) => {
      roots.push(await standUp(host, one))
      await until(
        () => askWeb({ address: host.address, port: 443, domain: one.domains[0]!, path: good, roots }, call),
        answer => answer.ok && answer.value.certificate?.doubt === null,
      )
      await until(
        () => askWeb({ address: host.address, port: 80, domain: one.domains[0]!, path: good, roots: null }, call),
        answer => answer.ok && answer.value.code === 301,
      )
    }

    it('is led to from HTTP under the name that was asked, and answers challenges there', async () => {
      const one = of('statis', { kind: 'static' })
      await stand(one, '/')
      await host.install('printf jawaban >/var/lib/suar-host/acme/token; chmod 644 /var/lib/suar-host/acme/token\n')
      const plain = (path: string) => askWeb({ address: host.address, port: 80, domain: one.domains[1]!, path, roots: null }, call)
      const led = await plain('/satu%20dua/?x=1&y=%2F')
      assert.ok(led.ok)
      assert.equal(led.value.code, 301)
      assert.equal(led.value.location, 'https://www.statis.example.go.id/satu%20dua/?x=1&y=%2F')
      const challenge = await plain('/.well-known/acme-challenge/token')
      assert.equal(challenge.ok && challenge.value.body, 'jawaban')
      assert.equal((await look(one, '/.well-known/acme-challenge/token')).body, 'jawaban')
    })

    it('serves its files, and neither hidden ones nor others’', async () => {
      const one = of('statis', { kind: 'static' })
      const other = of('tetangga', { kind: 'static' })
      await stand(other, '/')
      await put(host, one, 'public/index.html', '<h1>Dinas</h1>')
      await put(host, one, 'public/.env', 'PASSWORD=x')
      await put(host, one, 'public/.git/config', 'x')
      await put(host, one, 'public/.well-known/security.txt', 'Contact: x')
      await put(host, other, 'public/rahasia.txt', 'rahasia tetangga')
      await host.install(`cd /srv/suar/statis/public
ln -s ../../tetangga/public/rahasia.txt a.txt; ln -s ../../tetangga/public folder; ln -s /etc/passwd b.txt; ln -s index.html c.html; ln -s / akar; chown -h statis: a.txt folder b.txt c.html akar\n`)
      assert.equal((await look(one, '/')).body, '<h1>Dinas</h1>')
      assert.equal((await look(one, '/c.html')).code, 200, 'a link of its own to its own')
      assert.equal((await look(one, '/.well-known/security.txt')).code, 200)
      for (const path of [
        '/.env',
        '/.git/config',
        '/%2eenv',
        '/a.txt',
        '/folder/rahasia.txt',
        '/b.txt',
        '/akar/etc/passwd',
        '/../../etc/passwd',
        '/folder/',
      ])
        assert.ok((await look(one, path)).code >= 400, path)
    })

    it('runs PHP as its own account, in its own folders', async () => {
      const one = of('dinas-php', PHP)
      await stand(one, '/')
      const program = `<?php header('Content-Type: text/plain'); echo posix_geteuid() === fileowner(__FILE__) ? 'sendiri' : 'orang lain', ' ',
        @file_get_contents('/etc/passwd') === false ? 'tertutup' : 'terbuka', ' ', $_SERVER['HTTPS'] ?? '-', ' ', $_SERVER['REQUEST_URI'], ' ',
        isset($_SERVER['HTTP_PROXY']) && $_SERVER['HTTP_PROXY'] !== '' ? 'proxy' : 'bersih', ' ', ini_get('upload_tmp_dir');`
      await put(host, one, 'public/index.php', program)
      await put(host, one, 'public/gambar.jpg', '<?php echo "jalan";')
      const seen = await look(one, '/layanan/satu?x=1')
      assert.equal(seen.body, 'sendiri tertutup on /layanan/satu?x=1 bersih /srv/suar/dinas-php/tmp')
      assert.doesNotMatch((await look(one, '/gambar.jpg/x.php')).body, /jalan$/, 'no file that is not PHP is run as if it were')
      assert.match((await look(one, '/gambar.jpg')).body, /<\?php/)
    })

    it('hands on to a program of its own, web sockets too', async () => {
      const one = of('aplikasi', { kind: 'app', port: 3123, interpreter: 'python3', file: 'private/main.py' })
      await stand(one, '/')
      const waiting = await look(one, '/')
      assert.ok(waiting.code >= 502 && waiting.code <= 504, 'nobody is behind it yet')
      await host.install(`cat >/run/app.py <<'END'
import http.server
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            self.send_response_only(101); self.send_header("Upgrade", "websocket"); self.send_header("Connection", "Upgrade"); self.end_headers()
            self.wfile.write(self.rfile.read(4)[::-1]); self.close_connection = True; return
        body = "|".join([self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"], self.headers["X-Forwarded-For"]]).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass
http.server.ThreadingHTTPServer(("127.0.0.1", 3123), H).serve_forever()
END
setsid python3 /run/app.py >/dev/null 2>&1 </dev/null &
i=0; until python3 -c 'import socket; socket.create_connection(("127.0.0.1", 3123))' 2>/dev/null; do i=$((i+1)); [ $i -lt 100 ]; sleep 0.05; done\n`)
      const seen = await until(
        () => look(one, '/jalan?x=1'),
        ({ code }) => code === 200,
      )
      assert.match(seen.body, /^\/jalan\?x=1\|aplikasi\.example\.go\.id\|https\|127\.\d+\.\d+\.\d+$/)
      const echoed = await new Promise<string>((resolve, reject) => {
        const socket = connect({ host: host.address, port: 443, servername: one.domains[0]!, ca: roots }, () =>
          socket.write(
            `GET /ws HTTP/1.1\r\nHost: ${one.domains[0]}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
          ),
        )
        let told = ''
        let asked = false
        socket.on('data', chunk => {
          told += chunk.toString()
          if (told.includes('\r\n\r\n') && !asked) {
            asked = true
            socket.write('abcd')
          }
          if (told.endsWith('dcba')) {
            resolve(told)
            socket.destroy()
          }
        })
        socket.setTimeout(5000, () => socket.destroy())
        socket.on('close', () => reject(new Error(`closed after: ${told}`)))
        socket.on('error', reject)
      })
      assert.match(echoed, /^HTTP\/1\.1 101 /)
    })

    it('says that it is suspended, to everything but challenges', async () => {
      const one = of('ditutup', PHP, { state: 'suspended' })
      await stand(one, '/')
      await put(host, one, 'public/index.html', 'masih ada')
      for (const path of ['/', '/index.html', '/apa/saja.php']) {
        const seen = await look(one, path)
        assert.equal(seen.code, 503, path)
        assert.match(seen.body, /dinonaktifkan sementara/)
      }
      assert.equal((await look(one, '/.well-known/acme-challenge/token')).code, 200)
    })

    it('is believed by who trusts its root, and doubted by others', async () => {
      const one = of('statis', { kind: 'static' })
      assert.equal((await look(one, '/')).certificate?.doubt, null)
      const stranger = await askWeb({ address: host.address, port: 443, domain: one.domains[0]!, path: '/', roots: [] }, call)
      assert.match((stranger.ok && stranger.value.certificate?.doubt) || '', /SELF_SIGNED|self.signed/i)
      assert.match((await look(one, '/', one.domains[1])).certificate?.doubt ?? '', /ALTNAME|altnames/i, 'and for no other name')
    })
  })

describe('who looks at a website', () => {
  it('says what keeps it from it', async () => {
    const kind = async (port: number) => {
      const answer = await askWeb({ address: '127.102.0.1', port, domain: 'x.example', path: '/', roots: [] }, call)
      return answer.ok ? 'ok' : answer.failure.kind
    }
    assert.equal(await kind(9), 'refused')
  })
})
