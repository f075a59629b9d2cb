import { afterAll, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest'
import { sql } from 'kysely'
import { testApp } from '../testing/index.ts'
import { runNested } from '../runtime.ts'

const table = 'kernel_idempotency'
const write = (key: string) => sql`insert into ${sql.table(table)} (key, actor_id, route, request_hash, status, response, at) values (${key}, 'a', 'r', 'h', 200, '{}', now())`

let app: Awaited<ReturnType<typeof testApp>>
beforeAll(async () => void (app = await testApp()))
afterAll(() => app.stop())
beforeEach(() => app.command(async (ctx) => void (await sql`delete from ${sql.table(table)}`.execute(ctx.acrossTenants('test')))))
const keys = (): Promise<string[]> => app.query(async (ctx) => (await sql<{ key: string }>`select key from ${sql.table(table)} order by key`.execute(ctx.acrossTenants('test'))).rows.map((r) => r.key))

it('a write left for the commit is there after it, and was not there before', async () => {
  await app.command(async (ctx) => {
    ctx.atCommit(write('one'))
    expect((await sql`select 1 from ${sql.table(table)}`.execute(ctx.acrossTenants('test'))).rows).toHaveLength(0)
  })
  expect(await keys()).toEqual(['one'])
})

it('a write that fails at the commit fails the command with its own reason, and nothing stays', async () => {
  await app.command(async (ctx) => ctx.atCommit(write('one')))
  await expect(
    app.command(async (ctx) => {
      await write('two').execute(ctx.acrossTenants('test'))
      ctx.atCommit(write('three'))
      ctx.atCommit(write('one'))
      ctx.atCommit(write('four'))
    }),
  ).rejects.toMatchObject({ code: '23505' })
  expect(await keys()).toEqual(['one'])
  // The connection is good for the next command.
  await app.command(async (ctx) => ctx.atCommit(write('five')))
  expect(await keys()).toEqual(['five', 'one'])
})

it('a command that fails leaves nothing of what it held back', async () => {
  await expect(app.command(async (ctx) => { ctx.atCommit(write('one')); await sql`select 1`.execute(ctx.acrossTenants('test')); throw new Error('no') })).rejects.toThrow('no')
  await expect(app.command(async (ctx) => { ctx.atCommit(write('one')); throw new Error('at once') })).rejects.toThrow('at once')
  expect(await keys()).toEqual([])
})

it('a nested run that fails takes its own writes, events and jobs with it, and no others', async () => {
  await app.command(async (ctx) => {
    ctx.atCommit(write('outer'))
    await runNested(ctx, async () => { ctx.atCommit(write('inner')); throw new Error('no') }).catch(() => undefined)
    await runNested(ctx, async () => ctx.atCommit(write('second')))
  })
  expect(await keys()).toEqual(['outer', 'second'])
})

it('a plain write is seen by the next question of its command, and by one with an answer of its own', async () => {
  await app.command(async (ctx) => {
    const db = ctx.acrossTenants('test')
    await write('one').execute(db)
    await write('two').execute(db)
    expect((await sql`select 1 from ${sql.table(table)}`.execute(db)).rows).toHaveLength(2)
    await sql`update ${sql.table(table)} set route = ${'changed'} where key = ${'one'}`.execute(db)
    expect((await sql<{ key: string }>`delete from ${sql.table(table)} where route = ${'changed'} returning key`.execute(db)).rows).toEqual([{ key: 'one' }])
  })
  expect(await keys()).toEqual(['two'])
})

it('a nested run whose plain write fails is undone, and what was written before it stays', async () => {
  await app.command(async (ctx) => ctx.atCommit(write('taken')))
  await app.command(async (ctx) => {
    const db = ctx.acrossTenants('test')
    await write('outer').execute(db)
    await expect(runNested(ctx, async () => { await write('inner').execute(db); await write('taken').execute(db) })).rejects.toMatchObject({ code: '23505' })
    await expect(runNested(ctx, async () => { await write('unsent').execute(db); throw new Error('no') })).rejects.toThrow('no')
    await write('last').execute(db)
  })
  expect(await keys()).toEqual(['last', 'outer', 'taken'])
})

it('a command that swallowed a failed statement is told that nothing was kept', async () => {
  await app.command(async (ctx) => write('taken').execute(ctx.acrossTenants('test')))
  const swallow = app.command(async (ctx) => {
    const db = ctx.acrossTenants('test')
    await write('lost').execute(db)
    await sql`select 1/0`.execute(db).catch(() => undefined)
  })
  await expect(swallow).rejects.toThrow('nothing was kept')
  expect(await keys()).toEqual(['taken'])
})

it('a statement asked by name answers the same rows when it is no longer described, and says so when its table was changed', async () => {
  // The names of a process are given away one by one: other files of this worker may have used them up.
  vi.resetModules()
  const { createPool } = await import('./connect.ts')
  const pool = createPool(inject('urls').appUrl, { max: 1, name: 'shapes' })
  const client = await pool.connect()
  try {
    await client.query('create temp table shape (n int, at timestamptz, note text)')
    await client.query("insert into shape values (1, '2026-01-02T03:04:05Z', null), (2, null, 'b')")
    const ask = (n: number) => client.query('/* kept */ select * from shape where n >= $1 order by n', [n])
    const answers = []
    for (let i = 0; i < 5; i++) answers.push((await ask(1)).rows)
    expect(new Set(answers.map((rows) => JSON.stringify(rows))).size).toBe(1)
    expect(answers[4]).toEqual([{ n: 1, at: Date.parse('2026-01-02T03:04:05Z'), note: null }, { n: 2, at: null, note: 'b' }])
    expect((await ask(3)).rows).toEqual([])
    const write = () => client.query('/* kept */ update shape set note = $1', ['c'])
    for (let i = 0; i < 5; i++) expect((await write()).rowCount).toBe(2)
    const fails = () => client.query('/* kept */ select 1 / (n - $1) from shape', [1])
    for (let i = 0; i < 5; i++) await expect(fails()).rejects.toMatchObject({ code: '22012' })
    await client.query('alter table shape add more text')
    await expect(ask(1)).rejects.toMatchObject({ code: '0A000' })
  } finally {
    client.release()
    await pool.end()
  }
})
