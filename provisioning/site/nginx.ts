// The virtual host of a website for nginx.
import type { Website } from '../../daemon/domain/website.ts'
import { addressesOf, block, CHALLENGES, certificateOf, file, folderOf, heading, type Lines, type Listen, parts, socketOf } from './file.ts'
import { SUSPENDED_PAGE } from './suspended.ts'

/** Mozilla's intermediate list of 2024: clients since 2014, forward secrecy only. */
export const CIPHERS =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305'

/** Files that browsers may keep for a week. */
export const STATIC = 'css|js|mjs|map|png|jpg|jpeg|gif|svg|webp|avif|ico|woff|woff2|ttf|otf|eot|mp4|webm|pdf'

/** What fastcgi.conf of the package says, and no `Proxy` header, which PHP programs mistake for their own settings (httpoxy). */
const FASTCGI: readonly (readonly [name: string, value: string])[] = [
  ['SCRIPT_FILENAME', '$document_root$fastcgi_script_name'],
  ['QUERY_STRING', '$query_string'],
  ['REQUEST_METHOD', '$request_method'],
  ['CONTENT_TYPE', '$content_type'],
  ['CONTENT_LENGTH', '$content_length'],
  ['SCRIPT_NAME', '$fastcgi_script_name'],
  ['REQUEST_URI', '$request_uri'],
  ['DOCUMENT_URI', '$document_uri'],
  ['DOCUMENT_ROOT', '$document_root'],
  ['SERVER_PROTOCOL', '$server_protocol'],
  ['REQUEST_SCHEME', '$scheme'],
  ['HTTPS', '$https if_not_empty'],
  ['GATEWAY_INTERFACE', 'CGI/1.1'],
  ['SERVER_SOFTWARE', 'nginx'],
  ['REMOTE_ADDR', '$remote_addr'],
  ['REMOTE_PORT', '$remote_port'],
  ['SERVER_ADDR', '$server_addr'],
  ['SERVER_PORT', '$server_port'],
  ['SERVER_NAME', '$host'],
  ['REDIRECT_STATUS', '200'],
  ['HTTP_PROXY', '""'],
]

/** A variable of its own for each website: variables are the whole server's. */
const upgradeOf = ({ name }: Website): string => `$suar_${name.replaceAll('-', '_')}_upgrade`

/**
 * One site, one file: HTTP only leads on to HTTPS and answers challenges; HTTPS serves as the runtime wants. A suspended one says so with 503.
 * Nothing is included; every line is one of those the broker knows. HSTS is left to the website: once said it cannot be taken back.
 */
export function nginxHost(website: Website, listen: Listen): string {
  const map =
    website.runtime.kind === 'app' && website.state === 'live'
      ? block(`map $http_upgrade ${upgradeOf(website)}`, ['default upgrade;', "'' close;"])
      : []
  return file([heading('nginx', website.name), ...parts(map, plain(website, listen), secure(website, listen))])
}

const names = ({ domains }: Website): Lines => domains.map(domain => `server_name ${domain};`)
const logs = ({ name }: Website): Lines => [`access_log ${folderOf(name)}/log/access.log;`, `error_log ${folderOf(name)}/log/error.log;`]
const challenge: Lines = block('location ^~ /.well-known/acme-challenge/', [`alias ${CHALLENGES};`, 'default_type text/plain;'])

function plain(website: Website, listen: Listen): Lines {
  const port = listen.https === 443 ? '' : `:${listen.https}`
  return block(
    'server',
    parts(
      [
        ...addressesOf(listen).map(address => `listen ${address}:${listen.http};`),
        ...names(website),
        'server_tokens off;',
        'disable_symlinks if_not_owner from=$document_root;',
        ...logs(website),
      ],
      challenge,
      block('location /', [`return 301 https://$host${port}$request_uri;`]),
    ),
  )
}

function secure(website: Website, listen: Listen): Lines {
  const { chain, key } = certificateOf(website.name)
  const upload = website.runtime.kind === 'php' ? website.runtime.upload : 32
  return block(
    'server',
    parts(
      [
        ...addressesOf(listen).map(address => `listen ${address}:${listen.https} ssl http2;`),
        ...names(website),
        `root ${folderOf(website.name)}/public;`,
        'server_tokens off;',
        'disable_symlinks if_not_owner from=$document_root;',
        `client_max_body_size ${upload}m;`,
        ...logs(website),
      ],
      [
        `ssl_certificate ${chain};`,
        `ssl_certificate_key ${key};`,
        'ssl_protocols TLSv1.2 TLSv1.3;',
        `ssl_ciphers ${CIPHERS};`,
        'ssl_prefer_server_ciphers off;',
        'ssl_session_cache shared:suar:10m;',
        'ssl_session_timeout 1d;',
        'ssl_session_tickets off;',
      ],
      [
        'add_header X-Content-Type-Options nosniff always;',
        'add_header X-Frame-Options SAMEORIGIN always;',
        'add_header Referrer-Policy strict-origin-when-cross-origin always;',
        ...(website.staging === true ? ['add_header X-Robots-Tag noindex always;'] : []),
      ],
      challenge,
      ...(website.state === 'suspended' ? [suspended] : serving(website)),
    ),
  )
}

const suspended: Lines = [
  'error_page 503 @suspended;',
  ...block('location @suspended', ['default_type text/html;', 'charset utf-8;', `return 503 "${SUSPENDED_PAGE}";`]),
  ...block('location /', ['return 503;']),
]

/** Neither `.git` nor `.env` is ever served. */
const hidden: Lines = block('location ~ /\\.(?!well-known/)', ['return 404;'])

function serving(website: Website): Lines[] {
  const { runtime } = website
  const cached = (otherwise: string): Lines => block(`location ~* \\.(${STATIC})$`, ['expires 7d;', `try_files $uri ${otherwise};`])
  switch (runtime.kind) {
    case 'static':
      return [['index index.html index.htm;'], hidden, block('location /', ['try_files $uri $uri/ =404;']), cached('=404')]
    case 'php': {
      const first = '/index.php$is_args$args'
      return [
        ['index index.php index.html index.htm;'],
        hidden,
        block('location /', [`try_files $uri $uri/ ${first};`]),
        cached(first),
        block('location ~ \\.php$', [
          'try_files $uri =404;',
          ...FASTCGI.map(([name, value]) => `fastcgi_param ${name} ${value};`),
          'fastcgi_index index.php;',
          'fastcgi_buffers 16 16k;',
          'fastcgi_buffer_size 32k;',
          'fastcgi_read_timeout 300s;',
          `fastcgi_pass unix:${socketOf(website.name)};`,
        ]),
      ]
    }
    case 'app':
      return [
        block('location /', [
          'proxy_http_version 1.1;',
          'proxy_set_header Host $host;',
          'proxy_set_header X-Real-IP $remote_addr;',
          'proxy_set_header X-Forwarded-For $remote_addr;',
          'proxy_set_header X-Forwarded-Proto $scheme;',
          'proxy_set_header X-Forwarded-Host $host;',
          'proxy_set_header Proxy "";',
          'proxy_set_header Upgrade $http_upgrade;',
          `proxy_set_header Connection ${upgradeOf(website)};`,
          'proxy_read_timeout 300s;',
          `proxy_pass http://127.0.0.1:${runtime.port};`,
        ]),
      ]
  }
}
