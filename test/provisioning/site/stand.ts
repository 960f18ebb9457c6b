// A website set up by hand on a host of the tests, from its templates alone: what the broker will do, without it.

import type { Website } from '../../../daemon/domain/website.ts'
import { apacheHost } from '../../../provisioning/site/apache.ts'
import { nginxHost } from '../../../provisioning/site/nginx.ts'
import { phpPool } from '../../../provisioning/site/pool.ts'
import { selfSigned } from '../../support/certificate.ts'
import type { TestHost } from '../../support/host/start.ts'
import { writing } from './private-root.ts'

const isPhp = (website: Website): website is Parameters<typeof phpPool>[0] => website.runtime.kind === 'php'

/** Its files, account and folders; gives the certificate that it shows. The server is told to read again. */
export async function standUp(host: TestHost, website: Website): Promise<string> {
  const { name, server, domains } = website
  const listen = { address: host.address, http: host.ports.http, https: host.ports.https }
  const { certificate, key } = selfSigned(domains[0]!)
  const [folder, tls] = [`/srv/suar/${name}`, `/etc/suar-host/tls/${name}`]
  await host.install(`set -e
getent group suar-sftp >/dev/null || groupadd suar-sftp
id ${name} >/dev/null 2>&1 || useradd --no-create-home --home-dir / --shell /usr/sbin/nologin --user-group --groups suar-sftp ${name}
install -d -m 755 /srv/suar ${folder} /etc/suar-host
install -d -m 2750 -o ${name} -g www-data ${folder}/public
install -d -m 700 -o ${name} -g ${name} ${folder}/private ${folder}/tmp
install -d -m 750 -o root -g ${name} ${folder}/log
install -d -m 755 /var/lib/suar-host/acme
${writing(`${tls}/fullchain.pem`, certificate)}${writing(`${tls}/key.pem`, key)}
${writing(`/etc/suar/${name}.conf`, server === 'nginx' ? nginxHost(website, listen) : apacheHost(website, listen))}
${isPhp(website) ? `${writing(`/etc/php/8.2/fpm/pool.d/suar-${name}.conf`, phpPool(website))}kill -USR2 $(cat /run/php/php8.2-fpm.pid); sleep 0.3` : ''}
${
  server === 'nginx'
    ? `echo 'server_names_hash_bucket_size 512;' >/etc/nginx/conf.d/suar.conf
ln -sf /etc/suar/${name}.conf /etc/nginx/conf.d/${name}.conf
nginx -t; nginx -s reload`
    : `a2enmod -q ssl rewrite headers expires proxy proxy_fcgi proxy_http proxy_wstunnel >/dev/null
ln -sf /etc/suar/${name}.conf /etc/apache2/sites-enabled/${name}.conf
apache2ctl -t; apache2ctl restart`
}
`)
  return certificate
}

/** A file of the website's own, as if it had come by SFTP. */
export const put = (host: TestHost, { name }: Website, path: string, text: string): Promise<string> =>
  host.install(`set -e
${writing(`/srv/suar/${name}/${path}`, text)}chown ${name}: /srv/suar/${name}/${path}
chmod 640 /srv/suar/${name}/${path}
chgrp www-data /srv/suar/${name}/${path}
`)
