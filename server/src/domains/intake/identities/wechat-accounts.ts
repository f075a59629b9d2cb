// The centre's official account and mini program: keys, callback token, template, menu.
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { portalAddress } from '../settings.ts'
import type * as contract from './identity-contract.ts'
import { identityFail } from './identity.errors.ts'
import { menuEntries, providerNames, wechatTexts } from './identities.zh-CN.ts'
import { createMenu, type MenuEntry, type WechatApp, type WechatConfig } from './wechat-platform.ts'

type View = Output<typeof contract.saveWechat>
const SECRETS = 'intake.wechat'
const apps = ['officialAccount', 'miniProgram'] as const

const rowOf = (ctx: Ctx, app: WechatApp) => db(ctx).selectFrom('intake_wechat').selectAll().where('tenant_id', '=', ctx.tenantId).where('app', '=', app).executeTakeFirst()
type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>

type Secrets = { secret: string; token: string }
function secretsOf(ctx: Ctx, row: Row | undefined): Secrets {
  if (!row) return { secret: '', token: '' }
  const held: unknown = JSON.parse(decrypt(ctx.keys, row.secrets_enc, SECRETS))
  const of = (name: 'secret' | 'token'): string => (typeof held === 'object' && held !== null && typeof Reflect.get(held, name) === 'string' ? String(Reflect.get(held, name)) : '')
  return { secret: of('secret'), token: of('token') }
}

/** The account as it can be used now; null while it is off or not complete. */
export async function wechatConfig(ctx: Ctx, app: WechatApp): Promise<WechatConfig | null> {
  const row = await rowOf(ctx, app)
  if (!row?.enabled) return null
  const secrets = secretsOf(ctx, row)
  return secrets.secret === '' ? null : { app, appId: row.app_id, ...secrets, templateId: row.template_id, titleKey: row.title_key, textKey: row.text_key, timeKey: row.time_key, baseUrl: row.base_url }
}

/** Apps that citizens may come from now. */
export async function wechatApps(ctx: Ctx): Promise<WechatApp[]> {
  const address = await setting(ctx, portalAddress)
  const held = await Promise.all(apps.map(async (app) => ((await wechatConfig(ctx, app)) ? app : null)))
  return held.filter((app) => app !== null).filter((app) => app !== 'officialAccount' || address !== '')
}

export async function listWechat(ctx: Ctx): Promise<Output<typeof contract.listWechat>> {
  authorize(ctx, 'intake.channels')
  return { items: await Promise.all(apps.map(async (app) => viewOf(ctx, app, await rowOf(ctx, app)))) }
}

async function viewOf(ctx: Ctx, app: WechatApp, row: Row | undefined): Promise<View> {
  const address = (await setting(ctx, portalAddress)).replace(/\/$/, '')
  const secrets = secretsOf(ctx, row)
  const problems = [row && !row.enabled ? wechatTexts.off : '', secrets.secret === '' ? wechatTexts.noSecret : '', app === 'officialAccount' && address === '' ? wechatTexts.noAddress : '', app === 'officialAccount' && row && row.template_id === '' ? wechatTexts.noTemplate : ''].filter((p) => p !== '')
  const { bound } = await db(ctx).selectFrom('intake_identity').select((eb) => eb.fn.countAll<number>().as('bound')).where('tenant_id', '=', ctx.tenantId).where('provider', '=', app).executeTakeFirstOrThrow()
  const { failed } = app === 'officialAccount' ? await db(ctx).selectFrom('intake_push').select((eb) => eb.fn.countAll<number>().as('failed')).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'failed').executeTakeFirstOrThrow() : { failed: 0 }
  return {
    app, name: providerNames[app], appId: row?.app_id ?? '', secretSet: secrets.secret !== '', tokenSet: secrets.token !== '', templateId: row?.template_id ?? '', titleKey: row?.title_key ?? '', textKey: row?.text_key ?? '', timeKey: row?.time_key ?? '', baseUrl: row?.base_url ?? '',
    enabled: row?.enabled ?? false, version: row?.version ?? 0, problem: problems[0] ?? null, menuAt: row?.menu_at ?? null,
    menu: app === 'officialAccount' ? menuOf(address).map((one) => ({ name: one.name, urls: 'sub' in one ? one.sub : [{ name: one.name, url: one.url }] })) : [], callback: `${address}/api/public/wechat/callback`, bound, failed,
  }
}

/** Personal pages are entered through the identity, so that who is bound need not sign in. */
export function menuOf(address: string): MenuEntry[] {
  return menuEntries.map((one) => ('sub' in one ? { name: one.name, sub: one.sub.map((s) => ({ name: s.name, url: `${address}${s.to}` })) } : { name: one.name, url: `${address}/wechat?to=${encodeURIComponent(one.to)}` }))
}

export async function saveWechat(ctx: Ctx, input: Input<typeof contract.saveWechat>): Promise<View> {
  authorize(ctx, 'intake.channels')
  const before = await rowOf(ctx, input.app)
  if ((before?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: before?.version ?? 0, changedBy: before?.changed_by_name ?? null } })
  const held = secretsOf(ctx, before)
  const secrets = { secret: input.secret || held.secret, token: input.token || held.token }
  if (input.enabled && secrets.secret === '') throw kernelErrors('invalid', { fields: [{ path: 'secret', message: '启用前请填写 AppSecret' }] })
  const values = {
    app_id: input.appId, secrets_enc: encrypt(ctx.keys, JSON.stringify(secrets), SECRETS), template_id: input.templateId, title_key: input.titleKey, text_key: input.textKey, time_key: input.timeKey, base_url: input.baseUrl,
    enabled: input.enabled, version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }
  await db(ctx).insertInto('intake_wechat').values({ tenant_id: ctx.tenantId, app: input.app, ...values }).onConflict((c) => c.columns(['tenant_id', 'app']).doUpdateSet(values)).execute()
  ctx.audit({ module: 'intake', act: 'saveWechatAccount', objectType: 'key:wechat', objectId: input.app, changes: { appId: { old: before?.app_id ?? null, new: input.appId }, enabled: { old: before?.enabled ?? false, new: input.enabled } } })
  return viewOf(ctx, input.app, await rowOf(ctx, input.app))
}

export async function publishMenu(ctx: Ctx): Promise<View> {
  authorize(ctx, 'intake.channels')
  const config = await wechatConfig(ctx, 'officialAccount')
  const address = (await setting(ctx, portalAddress)).replace(/\/$/, '')
  if (!config || address === '') throw identityFail('wechatMenu', { params: { reason: address === '' ? wechatTexts.noAddress : wechatTexts.off } })
  const refused = await createMenu(config, menuOf(address))
  if (refused !== null) throw identityFail('wechatMenu', { params: { reason: refused } })
  await db(ctx).updateTable('intake_wechat').set({ menu_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('app', '=', 'officialAccount').execute()
  return viewOf(ctx, 'officialAccount', await rowOf(ctx, 'officialAccount'))
}
