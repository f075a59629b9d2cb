// Debian packages that tests need, installed where that is allowed.
import { existsSync } from 'node:fs'

import { runQuietly } from './child.mjs'
import { steps } from './texts.mjs'

/** @returns {Promise<string | undefined>} why it did not succeed */
export async function installWithApt(packages) {
  if (process.getuid?.() !== 0) return steps.notRoot(packages.join(' '))
  if (!existsSync('/usr/bin/apt-get')) return steps.noApt
  console.log(steps.installingPackages(packages.join(', ')))
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  const patience = ['-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20', '-o', 'DPkg::Lock::Timeout=60']
  const updated = await runQuietly('apt-get', [...patience, 'update', '-q'], options)
  const installed = await runQuietly('apt-get', [...patience, 'install', '-y', '-q', '--no-install-recommends', ...packages], options)
  if (installed.ok) return undefined
  return steps.aptFailed((updated.ok ? installed : updated).output.split('\n').at(-1) ?? '')
}
