// `--lan`: the product on the addresses of this machine, by TLS, because browsers give a microphone only on localhost or HTTPS.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

import { ownEnvironment, quiet } from './child.mjs'
import { lan as texts, Stop } from './texts.mjs'

/** Sets what server and exchange read from the environment; a certificate of the site's own is used where one is named. */
export function prepareLan(root, node, args) {
  if (!args.includes('--lan')) return
  const env = process.env
  if (!env.TLS_CERT || !env.TLS_KEY) {
    const data = args.find((word) => word.startsWith('--data='))?.slice('--data='.length) ?? env.MINSHENG_DATA ?? 'data'
    const made = spawnSync(node, [...quiet, path.join(root, 'server/src/own-certificate.ts'), path.resolve(root, data)], { cwd: root, env: ownEnvironment(node), encoding: 'utf8' })
    if (made.status !== 0) throw new Stop(texts.failed(made.stderr))
    const { cert, key, authority } = JSON.parse(made.stdout)
    Object.assign(env, { TLS_CERT: cert, TLS_KEY: key })
    console.log(texts.trust(authority))
  }
  env.EXCHANGE_HOST ??= '0.0.0.0'
  env.MEDIA_ADDRESS ??= '0.0.0.0'
}
