// SIPp, the callers and lines of the exchange's tests (Debian package sip-tester); without it those tests are skipped and say so.
import { installWithApt } from './apt.mjs'
import { runQuietly } from './child.mjs'

/** @returns {Promise<string | undefined>} why it is missing */
export async function ensureSipp() {
  const has = async () => (await runQuietly('sh', ['-c', 'command -v sipp'])).ok
  if (await has()) return undefined
  const problem = await installWithApt(['sip-tester'])
  return (await has()) ? undefined : (problem ?? 'sip-tester')
}
