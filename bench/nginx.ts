// nginx as operators are told to set it up (deploy/nginx.conf), with other addresses and without HTTPS.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { until } from '../test/support/until.ts'

const sample = join(import.meta.dirname, '..', 'deploy', 'nginx.conf')

// Ends with us, also when we are killed: then nobody holds its standard input open any more.
const leash = `nginx -p "$1" -c nginx.conf -e errors.log </dev/null &
cat >/dev/null; kill -QUIT $!; wait $!`

export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v']).status === 0
}

/** @param ports of the processes among which it shares the requests */
export async function startNginx(
  parent: string,
  port: number,
  ports: number[],
): Promise<{ stop(): Promise<void> }> {
  const folder = join(parent, 'nginx')
  mkdirSync(folder)
  writeFileSync(join(folder, 'nginx.conf'), around(siteFile(port, ports)))
  const child = spawn('/bin/sh', ['-c', leash, 'nginx', folder], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const isThere = async () =>
    (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok
  await until('nginx and the site answer', isThere)
  return {
    async stop() {
      const ended = once(child, 'exit')
      child.stdin?.end()
      await ended
    },
  }
}

/** The sample's upstream and its server for HTTPS. */
function siteFile(port: number, ports: number[]): string {
  const [upstream = '', , server = ''] = readFileSync(sample, 'utf8')
    .split(/^(?=upstream|server)/m)
    .slice(1)
  const [first = ''] = /^\tserver .*\n/m.exec(upstream) ?? []
  const places = ports.map((each) => first.replace(/\S+:\d+/, `127.0.0.1:${each}`)).join('')
  return (
    upstream.replace(/(^\tserver .*\n)+/m, places) +
    server
      .replace(/listen .*;/, `listen 127.0.0.1:${port};`)
      .replaceAll(/^\t(ssl_|error_log).*\n/gm, '')
  )
}

function around(site: string): string {
  return `daemon off;
pid nginx.pid;
worker_processes 1;
events { worker_connections 4096; }
http {
client_body_temp_path body; proxy_temp_path proxy;
fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
${site}
}
`
}

/** Ports that nobody listens on. */
export async function freePorts(howMany: number): Promise<number[]> {
  const servers = Array.from({ length: howMany }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  servers.forEach((server) => server.close())
  return ports
}
