// Citizens with sessions of their own, for the tests of this domain.
import { sql } from 'kysely'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Answer, Client, TestApp } from '../../../kernel/testing/index.ts'

export const tenantOf = async (app: TestApp): Promise<string> => (await sql<{ id: string }>`select id from platform_tenant where code = 'test'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id ?? ''

/** The last code that was sent, as an administrator reads it in the outbox. */
export async function lastCode(app: TestApp): Promise<string> {
  const { rows } = await sql<{ text_enc: string }>`select text_enc from platform_sms where template = 'loginCode' order by created_at desc, id desc limit 1`.execute(app.app.runtime.db.withoutPlugins())
  return /\d{6}/.exec(decrypt(app.app.runtime.keys, rows[0]?.text_enc ?? '', 'sms.text'))?.[0] ?? ''
}

/** Signs in by SMS code. */
export async function citizen(app: TestApp, phone: string): Promise<Client & { accountId: string }> {
  const visitor = app.nobody('public')
  await visitor.post('/api/public/sign-in/code', { phone })
  const answer = await visitor.post('/api/public/sign-in', { phone, code: await lastCode(app) })
  if (answer.status !== 200) throw new Error(`citizen ${phone}: ${JSON.stringify(answer.body)}`)
  const { rows } = await sql<{ id: string }>`select id from intake_account order by signed_in_at desc, created_at desc, id desc limit 1`.execute(app.app.runtime.db.withoutPlugins())
  const accountId = rows[0]?.id ?? ''
  return Object.assign(await app.session('public', accountId, await tenantOf(app)), { accountId })
}

/** A browser of the public site: keeps its cookies and sends the token of its session. */
export function browser(app: TestApp) {
  const cookies = new Map<string, string>()
  let csrf = ''
  const send = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.app.public.inject({ method, url, headers: { ...(cookie ? { cookie } : {}), ...(csrf ? { 'x-csrf-token': csrf } : {}) }, ...(payload ? { payload } : {}) })
    for (const one of answer.cookies) {
      if (one.value === '') cookies.delete(one.name)
      else cookies.set(one.name, one.value)
    }
    const body: unknown = answer.headers['content-type']?.toString().includes('json') ? answer.json() : answer.body
    if (typeof body === 'object' && body !== null && 'csrf' in body && typeof body.csrf === 'string') csrf = body.csrf
    return { status: answer.statusCode, body, headers: answer.headers }
  }
  return { get: (url: string) => send('GET', url), post: (url: string, body: object = {}) => send('POST', url, body), delete: (url: string) => send('DELETE', url), cookies }
}
