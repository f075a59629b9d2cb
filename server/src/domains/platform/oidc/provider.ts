// The identity platform of the installation: its row, and the client made from it.
import * as oidc from 'openid-client'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { changesOf } from '../changes.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type * as contract from './contract.ts'
import { oidcErrors } from './oidc.errors.ts'

const SECRET = 'platform.identityProvider'
/** A page of the console: it hands code and state to the server. */
export const REDIRECT_PATH = '/sign-in/callback'

const rowOf = (ctx: Ctx) => ctx.db<PlatformTables>().selectFrom('platform_identity_provider').selectAll().where('id', '=', 1).executeTakeFirst()
export type Provider = NonNullable<Awaited<ReturnType<typeof rowOf>>>

export const enabledProvider = async (ctx: Ctx): Promise<Provider | null> => {
  const row = await rowOf(ctx)
  return row?.enabled ? row : null
}

const isLoopback = (url: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)

// Discovery is asked once per configuration; a changed row has another version.
const clients = new Map<string, Promise<oidc.Configuration>>()

/** How a client secret is kept beside its provider. */
export const oidcSecret = (ctx: Ctx, secret: string): string => encrypt(ctx.keys, secret, SECRET)

/** The client of a provider whose secret was kept by `oidcSecret`. @throws when the platform cannot be discovered */
export function clientOf(ctx: Ctx, provider: Pick<Provider, 'issuer' | 'client_id' | 'secret_enc' | 'version'>): Promise<oidc.Configuration> {
  const key = `${provider.issuer} ${provider.client_id} ${provider.version}`
  const held = clients.get(key)
  if (held) return held
  const issuer = new URL(provider.issuer)
  const secret = provider.secret_enc === null ? undefined : decrypt(ctx.keys, provider.secret_enc, SECRET)
  const client = oidc.discovery(issuer, provider.client_id, secret, secret === undefined ? oidc.None() : undefined, { timeout: 10, ...(isLoopback(issuer) ? { execute: [oidc.allowInsecureRequests] } : {}) })
  clients.set(key, client)
  client.catch(() => clients.delete(key))
  return client
}

async function forRoot(ctx: Ctx): Promise<void> {
  authorize(ctx, 'platform.manageIdentityProvider')
  if ((await tenantById(ctx, ctx.tenantId)).parentId !== null) throw oidcErrors('oidcRoot')
}

export async function getIdentityProvider(ctx: Ctx): Promise<Output<typeof contract.getIdentityProvider>> {
  await forRoot(ctx)
  const row = await rowOf(ctx)
  return {
    redirectPath: REDIRECT_PATH,
    provider: row ? { name: row.name, issuer: row.issuer, clientId: row.client_id, secretSet: row.secret_enc !== null, scopes: row.scopes, claim: row.claim, matchedBy: row.matched_by as 'login' | 'staffNo' | 'mobile', enabled: row.enabled, version: row.version, changedAt: row.changed_at, changedBy: row.changed_by, redirectPath: REDIRECT_PATH } : null, // held by a check constraint
  }
}

export async function saveIdentityProvider(ctx: Ctx, input: Input<typeof contract.saveIdentityProvider>): Promise<{ version: number }> {
  await forRoot(ctx)
  const issuer = new URL(input.issuer)
  if (issuer.protocol !== 'https:' && !isLoopback(issuer)) throw oidcErrors('oidcInsecure', { fields: [{ path: 'issuer', message: '须以 https:// 开头' }] })
  const before = await rowOf(ctx)
  if ((before?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: before?.version ?? 0, changedBy: before?.changed_by ?? null } })
  const secret_enc = input.secret ? oidcSecret(ctx, input.secret) : (before?.secret_enc ?? null)
  const values = {
    name: input.name, issuer: input.issuer, client_id: input.clientId, secret_enc, scopes: input.scopes, claim: input.claim, matched_by: input.matchedBy, enabled: input.enabled, version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name,
  }
  await ctx.db<PlatformTables>().insertInto('platform_identity_provider').values({ id: 1, ...values }).onConflict((c) => c.column('id').doUpdateSet(values)).execute()
  ctx.audit({ module: 'platform', act: 'saveIdentityProvider', objectType: 'key:identityProvider', objectId: '1', changes: changesOf({ issuer: before?.issuer, client_id: before?.client_id, claim: before?.claim, enabled: before?.enabled }, { issuer: input.issuer, client_id: input.clientId, claim: input.claim, enabled: input.enabled }) })
  return { version: input.version + 1 }
}
