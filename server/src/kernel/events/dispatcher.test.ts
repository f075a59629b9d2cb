import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { testApp, type TestApp } from '../testing/index.ts'
import { createDispatcher, type Dispatcher } from './dispatcher.ts'
import { defineEvent, on, onMany } from './event.ts'

const happened = defineEvent('test.happened', z.object({ about: z.string(), number: z.int() }), 'about')

const ended = defineEvent('test.ended', z.object({ about: z.string() }), 'about')

let app: TestApp
let dispatcher: Dispatcher
let heard: Map<string, number[]>
let calls: string[][]
const many = onMany<{ about: string }>([happened, ended], 'test.many', async (_ctx, payloads) => {
  if (payloads.some(({ about }) => about === 'poison') && payloads.length > 1) throw new Error('not with others')
  calls.push(payloads.map(({ about }) => about))
})
beforeAll(async () => {
  app = await testApp()
  dispatcher = createDispatcher(app.app.runtime, [on(happened, 'test', async (_ctx, { about, number }) => void heard.set(about, [...(heard.get(about) ?? []), number])), ...many])
  await deliver(dispatcher)
})
beforeEach(() => {
  heard = new Map()
  calls = []
})
afterAll(() => app.stop())

const publish = (about: string, numbers: number[]) => app.command(async (ctx) => numbers.forEach((number) => ctx.publish(happened({ about, number }))))
const behind = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from kernel_outbox_cursor c where exists (select 1 from kernel_outbox o where (o.xid, o.id) > (c.xid, c.id))`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.n

/** Files share a cluster: what another one has open hides the newest events for a moment. */
async function deliver(by: Dispatcher): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    await by.drain()
    if ((await behind()) === 0) return
    await setTimeout(10)
  }
  throw new Error('a cursor stays behind')
}

test('every event of many objects is delivered once and in order, and no cursor stays behind', async () => {
  const numbers = Array.from({ length: 30 }, (_, i) => i)
  const objects = Array.from({ length: 12 }, (_, i) => `object ${i}`)
  for (const about of objects) await publish(about, numbers)
  await deliver(dispatcher)
  expect(heard).toEqual(new Map(objects.map((about) => [about, numbers])))
})

test('one event behind many of another object is found: lanes without news are moved along', async () => {
  const many = Array.from({ length: 250 }, (_, i) => i)
  await publish('loud', many)
  await publish('quiet', [1])
  await deliver(dispatcher)
  expect(heard).toEqual(new Map([['loud', many], ['quiet', [1]]]))
})

test('what another process has delivered is not delivered again', async () => {
  await publish('theirs', [1])
  await deliver(createDispatcher(app.app.runtime, []))
  await publish('ours', [1])
  await deliver(dispatcher)
  expect(heard).toEqual(new Map([['ours', [1]]]))
})

test('a consumer that takes many hears the events of a batch in one call, of all its types, in order', async () => {
  await app.command(async (ctx) => {
    for (const number of [1, 2, 3]) ctx.publish(happened({ about: 'one object', number }))
    ctx.publish(ended({ about: 'one object' }))
  })
  await deliver(dispatcher)
  expect(calls).toEqual([Array(4).fill('one object')])
})

test('a call for many that fails is repeated event by event, and nothing is lost', async () => {
  await app.command(async (ctx) => {
    for (const number of [1, 2]) ctx.publish(happened({ about: 'poison', number }))
  })
  await deliver(dispatcher)
  expect(calls).toEqual([['poison'], ['poison']])
  expect(heard.get('poison')?.slice(-2)).toEqual([1, 2])
})
