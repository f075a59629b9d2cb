// One throw-away cluster for all test files: a template database with schema and test city, cloned by each file.
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { loadKeyRing } from '../crypto/index.ts'
import { startEmbedded } from '../db/embedded.ts'
import { provisionEmbedded, type Databases } from '../db/provision.ts'
import { buildTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    superuserUrl: string
    /** The template's; a clone has the same with its own name. */
    urls: Databases
    keyFile: string
    template: string
    dataDir: string
  }
}

const TEMPLATE = 'minsheng_template'

/** Each test file copies and drops some thousand small files: memory does it in a fraction of the time, where a machine has it to spare. */
async function roomFor(): Promise<string> {
  const memory = '/dev/shm'
  const room = await statfs(memory).catch(() => null)
  return room && room.bavail * room.bsize > 6 * 2 ** 30 && freemem() > 6 * 2 ** 30 ? memory : tmpdir()
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(await roomFor(), 'minsheng-test-'))
  await chmod(dataDir, 0o755)
  const quiet = (): void => undefined
  const cluster = await startEmbedded({ dataDir, logger: { info: quiet, warn: quiet, error: console.error }, fast: true, endWithProcess: true })
  try {
    const keyFile = join(dataDir, 'keys')
    const keys = loadKeyRing({ keyFile, create: true })
    const urls = await provisionEmbedded(cluster.superuserUrl, keys, TEMPLATE)
    await buildTemplate({ urls, keyFile, keys, dataDir })
    // A template may have no connections; ours are closed, stray ones are ended.
    const client = new pg.Client({ connectionString: cluster.superuserUrl })
    await client.connect()
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [TEMPLATE])
    await client.end()
    project.provide('superuserUrl', cluster.superuserUrl)
    project.provide('urls', urls)
    project.provide('keyFile', keyFile)
    project.provide('template', TEMPLATE)
    project.provide('dataDir', dataDir)
  } catch (error) {
    await cluster.stop()
    await rm(dataDir, { recursive: true, force: true })
    throw error
  }
  return async () => {
    await cluster.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
