// The PHP-FPM pool of a website: its own account, its own socket, its own folders.
import type { Website } from '../../daemon/domain/website.ts'
import { file, folderOf, heading, socketOf } from './file.ts'

/**
 * Errors of PHP go to the web server, which writes them to the website's own log: the pool's account can write none of the server's files. Settings
 * that keep websites apart are `php_admin_`, so that no program of theirs changes them.
 */
export function phpPool({ name, runtime }: Website & { readonly runtime: { readonly kind: 'php' } }): string {
  const folder = folderOf(name)
  return file([
    heading('pool', name, ';'),
    `[suar-${name}]`,
    `user = ${name}`,
    `group = ${name}`,
    `listen = ${socketOf(name)}`,
    'listen.owner = root',
    'listen.group = www-data',
    'listen.mode = 0660',
    'pm = ondemand',
    `pm.max_children = ${runtime.children}`,
    'pm.process_idle_timeout = 60s',
    'pm.max_requests = 500',
    'request_terminate_timeout = 300s',
    `chdir = ${folder}/public`,
    'clear_env = yes',
    'security.limit_extensions = .php',
    `env[TMPDIR] = ${folder}/tmp`,
    `php_admin_value[open_basedir] = ${folder}/:/usr/share/php/`,
    `php_admin_value[sys_temp_dir] = ${folder}/tmp`,
    `php_admin_value[upload_tmp_dir] = ${folder}/tmp`,
    `php_admin_value[session.save_path] = ${folder}/tmp`,
    `php_admin_value[memory_limit] = ${runtime.memory}M`,
    `php_admin_value[upload_max_filesize] = ${runtime.upload}M`,
    `php_admin_value[post_max_size] = ${runtime.upload}M`,
    'php_admin_flag[log_errors] = on',
    'php_admin_flag[expose_php] = off',
    'php_admin_flag[allow_url_include] = off',
    'php_admin_flag[opcache.validate_permission] = on',
    'php_flag[display_errors] = off',
    'php_flag[session.cookie_secure] = on',
    'php_flag[session.cookie_httponly] = on',
  ])
}
