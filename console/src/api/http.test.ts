import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { call } from './call.ts'
import { fillPath, queryString, request, setGate } from './http.ts'
import { NETWORK, Problem, UNREADABLE } from './problem.ts'

type Sent = { url: string; method: string; headers: Headers; body: unknown }

/** The network: answers in turn, and what was sent to it. */
function network(...answers: (Response | Error)[]): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, method: init.method ?? 'GET', headers: new Headers(init.headers), body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('nothing more was expected')
    return answer
  })
  return sent
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const gate = { csrf: () => 'token' as string | undefined, refresh: async () => {}, signInAgain: async () => false }

beforeEach(() => setGate(gate))
afterEach(() => vi.unstubAllGlobals())

describe('an input is spread over path, query and body', () => {
  test('path parameters are taken out and escaped', () => {
    expect(fillPath('/api/orders/{id}/close', { id: 'a/b', text: 'x' })).toEqual({ path: '/api/orders/a%2Fb/close', rest: { text: 'x' } })
  })
  test('a missing path parameter is refused before anything is sent', () => {
    expect(() => fillPath('/api/orders/{id}', { id: '' })).toThrow('path parameter id')
  })
  test('lists are joined by commas, blanks left out', () => {
    expect(queryString({ state: ['a', 'b'], q: '暖气', unit: undefined, cursor: '' })).toBe(`?state=a%2Cb&q=${encodeURIComponent('暖气')}`)
    expect(queryString({ state: [] })).toBe('')
  })
  test('GET sends a query and neither token nor key', async () => {
    const sent = network(json(200, { items: [] }))
    await request('GET', '/api/orders', { limit: 50 })
    expect(sent[0]).toMatchObject({ url: '/api/orders?limit=50', body: undefined })
    expect(sent[0]?.headers.get('idempotency-key')).toBeNull()
  })
  test('a command sends the rest as body, with token and key', async () => {
    const sent = network(json(200, { next: 'done' }))
    expect(await call('signIn', { login: 'lijie', password: 'x' })).toEqual({ next: 'done' })
    expect(sent[0]).toMatchObject({ url: '/api/sign-in', method: 'POST', body: { login: 'lijie', password: 'x' } })
    expect(sent[0]?.headers.get('x-csrf-token')).toBe('token')
    expect(sent[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
  })
  test('DELETE without further input has no body', async () => {
    const sent = network(new Response(null, { status: 204 }))
    await request('DELETE', '/api/saved-queries/{id}', { id: '7' })
    expect(sent[0]).toMatchObject({ url: '/api/saved-queries/7', body: undefined })
  })
})

describe('failures are problems', () => {
  const caught = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => error)
  test('what the server says is kept', async () => {
    network(json(422, { code: 'orders.invalid', title: '内容有误', fields: [{ path: 'title', message: '必填' }], requestId: 'r1', rule: 'x' }))
    expect(await caught(request('POST', '/api/orders', {}))).toMatchObject({ status: 422, code: 'orders.invalid', title: '内容有误', fields: [{ path: 'title', message: '必填' }], requestId: 'r1', undecided: false })
  })
  test('a proxy page becomes plain words', async () => {
    network(new Response('<html>', { status: 502 }))
    expect(await caught(request('GET', '/api/x'))).toMatchObject({ code: UNREADABLE, status: 502, title: '服务暂时不可用，请稍后重试', undecided: true })
  })
  test('no network is a problem of its own and leaves the effect open', async () => {
    network(new TypeError('Failed to fetch'))
    const problem = await caught(request('POST', '/api/x'))
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ code: NETWORK, undecided: true })
  })
})

describe('a lapsed session', () => {
  test('waits for signing in and then sends the same command once more with the same key', async () => {
    let token = 'old'
    setGate({ ...gate, csrf: () => token, signInAgain: async () => { token = 'new'; return true } })
    const sent = network(json(401, { code: 'kernel.signInRequired', title: '请先登录' }), json(200, { ok: true }))
    await request('POST', '/api/orders/{id}/urge', { id: '1', text: '请尽快' })
    expect(sent.map((one) => one.headers.get('x-csrf-token'))).toEqual(['old', 'new'])
    expect(sent[1]?.headers.get('idempotency-key')).toBe(sent[0]?.headers.get('idempotency-key'))
    expect(sent[1]?.body).toEqual({ text: '请尽快' })
  })
  test('is an answer for the sign-in itself', async () => {
    setGate({ ...gate, signInAgain: async () => { throw new Error('must not be asked') } })
    network(json(401, { code: 'platform.wrongSignIn', title: '账号或密码错误' }))
    await expect(request('POST', '/api/sign-in', {}, { anonymous: true })).rejects.toMatchObject({ title: '账号或密码错误' })
  })
  test('a stale CSRF token is renewed once', async () => {
    let token = 'old'
    setGate({ ...gate, csrf: () => token, refresh: async () => { token = 'new' } })
    const sent = network(json(403, { code: 'kernel.csrf', title: '页面已过期' }), json(200, {}))
    await request('POST', '/api/x')
    expect(sent.map((one) => one.headers.get('x-csrf-token'))).toEqual(['old', 'new'])
    network(json(403, { code: 'kernel.csrf', title: '页面已过期' }), json(403, { code: 'kernel.csrf', title: '页面已过期' }))
    await expect(request('POST', '/api/x')).rejects.toMatchObject({ status: 403 })
  })
})
