// What the application learns about a domain: one declaration, read by app.ts; nothing registers itself.
import type { Route } from './http/route.ts'
import type { EventHandler, EventType } from './events/event.ts'
import type { AnyJob } from './jobs/job.ts'
import type { ErrorSpec } from './errors.ts'
import type { Setting } from './settings.ts'
import type { Implementation } from './port.ts'
import type { Ctx, ScopeKind } from './ctx.ts'
import type { Config } from './config/index.ts'
import type { Runtime } from './runtime.ts'

/** Codes of the shipped role templates. */
export const roleCodes = [
  'agent', 'shiftLeader', 'reviewer', 'dispatcher', 'callbackAgent', 'inspector', 'supervisor', 'handler', 'unitLeader', 'leader',
  'matterManager', 'businessAdmin', 'tenantAdmin', 'systemAdmin', 'auditor',
] as const
export type RoleCode = (typeof roleCodes)[number]

export type Cron = {
  name: string
  /** Seconds between two runs. Runs on one process at a time. */
  everySeconds: number
  /** Runs in its own transaction per tenant. */
  run: (ctx: Ctx) => Promise<void>
  /** Work on the installation as a whole: run once, in the first tenant, instead of once per tenant. */
  once?: true
}

/** What a module gets that runs something of its own beside requests (a connection to another process). `behind` has the connections of background work. */
export type Running = { config: Config; runtime: Runtime; behind: Runtime }

/** `key` is null where a topic concerns the whole tenant. */
export type RealtimeTopic = { may: string }

export type Module = {
  name: string
  /** Table prefix of the domain, e.g. `callback_`. */
  tables: string
  dependsOn: string[]
  /** Permission code → Chinese name. */
  permissions?: Record<string, string>
  /** What the shipped role templates hold of this domain: role code → permission → scope. */
  roles?: Partial<Record<RoleCode, Record<string, ScopeKind>>>
  routes?: Route[]
  events?: { publishes?: EventType[]; handles?: EventHandler[] }
  jobs?: AnyJob[]
  crons?: Cron[]
  realtime?: Record<string, RealtimeTopic>
  settings?: Setting[]
  errors?: { domain: string; specs: Record<string, ErrorSpec> }
  implements?: Implementation[]
  /** Begun with the application, stopped before its database. */
  start?: (running: Running) => Promise<{ stop(): Promise<void> }>
}

export const defineModule = (module: Module): Module => module
