// The first argument of every use-case: who acts, where, when, and the one transaction it happens in.
import type { Kysely, RawBuilder } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from './time/index.ts'
import type { KeyRing } from './crypto/index.ts'
import type { SharedViews } from './db/views.gen.ts'
import type { DomainEvent } from './events/event.ts'
import type { JobKind } from './jobs/job.ts'

/** How far a permission reaches. Several roles: the union. Order of the list is from narrow to wide. */
export const scopeKinds = ['own', 'group', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow'] as const
export type ScopeKind = (typeof scopeKinds)[number]

export type Actor = {
  kind: 'user' | 'citizen' | 'client' | 'system' | 'nobody'
  /** User, citizen account or API client; null for system and nobody. */
  id: string | null
  name: string
  tenantId: string
  sessionId: string | null
  /** Units of all current posts; the first is the main unit. */
  unitIds: string[]
  unitName: string | null
  /** Members of the actor's teams, himself included, for the `group` scope; absent without a team. */
  groupMates?: readonly string[]
  /** Area code of the main unit, for the `area` scope (codes are prefixes: GB/T 2260). */
  areaCode: string | null
  /** Own tenant and all tenants below it. */
  tenantIds: string[]
  grants: ReadonlyMap<string, ReadonlySet<ScopeKind>>
  /** Rights that the roles give and the tenant has switched off with their module; absent where there are none. */
  switchedOff?: ReadonlySet<string>
  /** Names of the roles held now, for the audit trail. */
  roleNames?: string
  /** Their codes, for what is shown to some roles only: a name may change. */
  roleCodes?: readonly string[]
  /** The verified mobile of a citizen, keyed hash; null otherwise. */
  phoneHash: string | null
}

export type AuditRecord = {
  module: string
  act: string
  objectType?: string
  objectId?: string
  /** Old and new values, already masked. */
  changes?: Record<string, { old: unknown; new: unknown }>
  text?: string
  result?: 'ok' | 'refused'
  /** Whose record it is, where that is not the context's tenant (upper administrators change lower tenants). */
  tenantId?: string
  /** Who acted, where the context does not know him yet (sign-in). */
  actor?: { id: string | null; name: string }
}

export type Ctx = {
  actor: Actor
  tenantId: string
  clock: Clock
  keys: KeyRing
  log: Logger
  requestId: string
  ip: string | null
  terminal: string | null
  /** The transaction of a command (a plain connection for queries), typed with the domain's own tables and the published views. */
  db<Tables>(): Kysely<Tables & SharedViews>
  /** Written to the outbox in this transaction, delivered at least once, in order per aggregate. */
  publish(event: DomainEvent): void
  /** A job that exists only if this transaction commits. */
  enqueue<P>(kind: JobKind<P>, payload: P, options?: { runAt?: number; key?: string }): void
  /** A write of this transaction whose result nobody in this command reads: sent with the commit, in one message with the other such writes. */
  atCommit(write: RawBuilder<unknown>): void
  audit(record: AuditRecord): void
  /** Tells open screens to ask again; sent after commit, may be lost. `tenantId` defaults to the context's. */
  signal(topic: string, id?: string, tenantId?: string): void
  /**
   * Another connection whose statements commit by themselves, seen by others at once and kept even if the command fails: for counters,
   * which must not make others wait for this command. They reach the disk no later than the command itself.
   */
  apart<Tables>(reason: string): Kysely<Tables & SharedViews>
  /** The same connection without the tenant guard; the reason is for the reader. */
  acrossTenants<Tables>(reason: string): Kysely<Tables & SharedViews>
}

/** The same transaction seen from another tenant: for mirror orders and sweeps, always by the system. */
export function inTenant(ctx: Ctx, tenantId: string): Ctx {
  return { ...ctx, tenantId, actor: systemActor(tenantId, ctx.actor.name) }
}

export function systemActor(tenantId: string, name = '系统'): Actor {
  return {
    kind: 'system', id: null, name, tenantId, sessionId: null, unitIds: [], unitName: null, areaCode: null,
    tenantIds: [tenantId], grants: new Map(), phoneHash: null,
  }
}

export function nobody(tenantId: string): Actor {
  return { ...systemActor(tenantId, '访客'), kind: 'nobody' }
}
