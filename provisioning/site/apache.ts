// The virtual host of a website for Apache.
import type { Website } from '../../daemon/domain/website.ts'
import { addressesOf, CHALLENGES, certificateOf, file, folderOf, heading, type Lines, type Listen, parts, socketOf } from './file.ts'
import { CIPHERS, STATIC } from './nginx.ts'
import { SUSPENDED_PAGE } from './suspended.ts'

/**
 * One site, one file, as for nginx: HTTP leads on and answers challenges, HTTPS serves; suspended: 503. No .htaccess is read: what a tenant writes
 * is no part of the server's settings. Needs the modules alias, rewrite, ssl, headers, expires, and proxy with proxy_fcgi or proxy_http.
 */
export const apacheHost = (website: Website, listen: Listen): string =>
  file([heading('apache', website.name), ...parts(plain(website, listen), secure(website, listen))])

const section = (head: string, lines: Lines): Lines => [`<${head}>`, lines, `</${head.split(' ')[0]!}>`]
const virtual = (listen: Listen, port: number): string =>
  `VirtualHost ${(listen.address === '*' ? ['*'] : addressesOf(listen)).map(address => `${address}:${port}`).join(' ')}`

const names = ({ domains: [first, ...others] }: Website): Lines => [`ServerName ${first}`, ...others.map(domain => `ServerAlias ${domain}`)]
const logs = ({ name }: Website): Lines => [`ErrorLog ${folderOf(name)}/log/error.log`, `CustomLog ${folderOf(name)}/log/access.log combined`]
const challenge: Lines = [
  `Alias /.well-known/acme-challenge/ ${CHALLENGES}`,
  ...section(`Directory ${CHALLENGES}`, ['Options None', 'AllowOverride None', 'Require all granted']),
]
const NOT_CHALLENGE = 'RewriteCond %{REQUEST_URI} !^/\\.well-known/acme-challenge/'

function plain(website: Website, listen: Listen): Lines {
  const port = listen.https === 443 ? '' : `:${listen.https}`
  return section(
    virtual(listen, listen.http),
    parts([...names(website), ...logs(website)], challenge, [
      'UseCanonicalName Off',
      'RewriteEngine On',
      NOT_CHALLENGE,
      `RewriteRule ^ https://%{SERVER_NAME}${port}%{REQUEST_URI} [R=301,L]`,
    ]),
  )
}

function secure(website: Website, listen: Listen): Lines {
  const { chain, key } = certificateOf(website.name)
  return section(
    virtual(listen, listen.https),
    parts(
      [...names(website), `DocumentRoot ${folderOf(website.name)}/public`, ...logs(website), 'UseCanonicalName Off'],
      [
        'SSLEngine On',
        `SSLCertificateFile ${chain}`,
        `SSLCertificateKeyFile ${key}`,
        'SSLProtocol -all +TLSv1.2 +TLSv1.3',
        `SSLCipherSuite ${CIPHERS}`,
        'SSLHonorCipherOrder Off',
        'SSLSessionTickets Off',
      ],
      [
        'Header always set X-Content-Type-Options nosniff',
        'Header always set X-Frame-Options SAMEORIGIN',
        'Header always set Referrer-Policy strict-origin-when-cross-origin',
        ...(website.staging === true ? ['Header always set X-Robots-Tag noindex'] : []),
        'RequestHeader unset Proxy early',
      ],
      challenge,
      ...(website.state === 'suspended' ? [suspended] : serving(website)),
    ),
  )
}

const suspended: Lines = [`ErrorDocument 503 "${SUSPENDED_PAGE}"`, 'RewriteEngine On', NOT_CHALLENGE, 'RewriteRule ^ - [R=503,L]']

/** What is no file goes to the program, if there is one: FallbackResource would go round in circles without it. */
const FRONT: Lines = [
  NOT_CHALLENGE,
  'RewriteCond %{DOCUMENT_ROOT}/index.php -f',
  'RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f',
  'RewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-d',
  'RewriteRule ^ /index.php [L]',
]

function serving(website: Website): Lines[] {
  const { runtime, name } = website
  if (runtime.kind === 'app')
    return [
      [
        'RequestHeader unset X-Forwarded-For early',
        'RequestHeader set X-Forwarded-Proto https',
        'ProxyPreserveHost On',
        'ProxyTimeout 300',
        'ProxyPass /.well-known/acme-challenge/ !',
        `ProxyPass / http://127.0.0.1:${runtime.port}/ upgrade=websocket`,
        `ProxyPassReverse / http://127.0.0.1:${runtime.port}/`,
      ],
    ]
  const php = runtime.kind === 'php'
  return [
    section(`Directory ${folderOf(name)}/public`, [
      'Options SymLinksIfOwnerMatch',
      'AllowOverride None',
      'Require all granted',
      `DirectoryIndex ${php ? 'index.php ' : ''}index.html index.htm`,
      ...(php ? [`LimitRequestBody ${runtime.upload * 1024 * 1024}`] : []),
    ]),
    // Neither `.git` nor `.env` is ever served; challenges lie elsewhere.
    ['RewriteEngine On', NOT_CHALLENGE, 'RewriteRule /\\.(?!well-known/) - [R=404,L]'],
    php ? FRONT : [],
    section(`LocationMatch "\\.(${STATIC})$"`, ['ExpiresActive On', 'ExpiresDefault "access plus 7 days"']),
    php ? section('FilesMatch "\\.php$"', section('If "-f %{REQUEST_FILENAME}"', [`SetHandler "proxy:unix:${socketOf(name)}|fcgi://${name}"`])) : [],
  ]
}
