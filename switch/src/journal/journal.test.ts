import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, readFile, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type JournalRecord, openJournal } from './journal.ts'

let folder = ''
const key = randomBytes(32)
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'journal-')) })
afterEach(() => rm(folder, { recursive: true }))
const durable = (journal: Awaited<ReturnType<typeof openJournal>>): Promise<void> => new Promise((resolve) => { journal.after(resolve) })
async function readBack(): Promise<JournalRecord[]> {
  const found: JournalRecord[] = []
  const journal = await openJournal(folder, key, (record) => found.push(record))
  await journal.close()
  return found
}

test('what was durable is read back in order after a kill', async () => {
  const journal = await openJournal(folder, key, () => {})
  for (let i = 1; i <= 500; i += 1) journal.append({ k: 'e', seq: i, text: '民声' })
  await durable(journal)
  // No close: the process is gone.
  expect((await readBack()).map((r) => r.seq)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1))
  expect(journal.figures().flushes).toBeLessThan(20)
  await journal.close()
})

test('a torn last frame is dropped, all before it is kept, and writing goes on in a new file', async () => {
  const journal = await openJournal(folder, key, () => {})
  journal.append({ k: 'e', seq: 1 })
  await durable(journal)
  journal.append({ k: 'e', seq: 2 })
  await journal.close()
  const [name = ''] = await readdir(folder)
  const file = path.join(folder, name)
  await truncate(file, (await readFile(file)).length - 3)
  expect(await readBack()).toEqual([{ k: 'e', seq: 1 }])
  const again = await openJournal(folder, key, () => {})
  again.append({ k: 'e', seq: 2 })
  await again.close()
  expect((await readBack()).map((r) => r.seq)).toEqual([1, 2])
})

test('no number can be read in the files, and a changed or foreign frame is refused', async () => {
  const journal = await openJournal(folder, key, () => {})
  journal.append({ k: 'e', seq: 1, number: '13900000000' })
  await journal.close()
  const [name = ''] = await readdir(folder)
  expect((await readFile(path.join(folder, name))).includes('13900000000')).toBe(false)
  await appendFile(path.join(folder, name), randomBytes(64))
  expect(await readBack()).toHaveLength(1)
})

test('a new segment begins with the snapshot and acknowledged segments go, others stay', async () => {
  const journal = await openJournal(folder, key, () => {})
  journal.append({ k: 'e', seq: 1 })
  await journal.rotate(() => [{ k: 'c', id: 'call' }], 0)
  expect(await readdir(folder)).toHaveLength(2)
  journal.append({ k: 'e', seq: 2 })
  await journal.rotate(() => [{ k: 'c', id: 'call' }], 2)
  expect(await readdir(folder)).toHaveLength(1)
  await journal.close()
  expect(await readBack()).toEqual([{ k: 'c', id: 'call' }])
})
