// Publishing: what changed becomes a numbered snapshot and goes to the exchange; sounds that it lacks follow first.
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { deployment, type Deployment } from '../../../../../switch/src/engine-port.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import { systemActor, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { runCommand, type Runtime } from '../../../kernel/runtime.ts'
import { TRUNK_SECRET } from '../lines/keep-trunks.ts'
import { notify } from '../../platform/index.ts'
import { lostPrompts } from '../lines/alarm-texts.zh-CN.ts'
import { lineFault } from '../lines/project-lines.ts'
import { readVoice } from '../prompts/voice-files.ts'
import { db } from '../telephony.queries.ts'
import { allTrunks, buildPolicy, type BuiltPolicy } from './build-policy.ts'
import type { Exchange } from './exchange.ts'

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** Asks for a new snapshot; called by the event handler, in any process. */
export async function markPolicy(ctx: Ctx): Promise<void> {
  await db(ctx).insertInto('telephony_policy').values({ tenant_id: ctx.tenantId }).onConflict((c) => c.column('tenant_id').doUpdateSet((eb) => ({ wanted: eb('telephony_policy.wanted', '+', 1) }))).execute()
}

/** Rights, holidays and settings change without an event of ours: looked at each minute, sent only where the content differs. */
export async function lookAtPolicy(ctx: Ctx): Promise<void> {
  const used = await db(ctx).selectFrom('telephony_number').select('id').where('tenant_id', '=', ctx.tenantId).limit(1).executeTakeFirst()
  if (used) await markPolicy(ctx)
}

export type Publisher = { welcomed(held: Record<string, number>, heldDeployment: number): void; run(): Promise<void> }

/** `run` is called each second by the process that holds the connection. */
export function publisher(runtime: Runtime, port: Pick<Exchange, 'command' | 'putFile'>): Publisher {
  let held = new Map<string, number>()
  let deployed = { number: 0, sha256: '' }
  let fresh = true
  return {
    welcomed(policies, heldDeployment) {
      held = new Map(Object.entries(policies))
      deployed = { number: heldDeployment, sha256: '' }
      fresh = true
    },
    async run() {
      const { rows } = await sql<{ tenant_id: string; number: number; stale: boolean }>`select tenant_id, number, wanted > built as stale from telephony_policy`.execute(runtime.db.withoutPlugins())
      const due = rows.filter((r) => r.stale || held.get(r.tenant_id) !== r.number)
      if (fresh || due.length > 0) deployed = await deploy(runtime, port, deployed)
      fresh = false
      for (const row of due) {
        // One tenant's trouble keeps nobody else from being published.
        const number = await publishTenant(runtime, port, row.tenant_id, held.get(row.tenant_id) ?? 0).catch((error: unknown) => void runtime.log.error({ tenant: row.tenant_id, error: String(error) }, 'a policy could not be published'))
        if (typeof number === 'number') held.set(row.tenant_id, number)
      }
    },
  }
}

async function publishTenant(runtime: Runtime, port: Pick<Exchange, 'command' | 'putFile'>, tenantId: string, held: number): Promise<number | null> {
  const { built, number } = await runCommand(runtime, { actor: systemActor(tenantId), requestId: 'policy' }, async (ctx) => {
    const row = await db(ctx).selectFrom('telephony_policy').selectAll().where('tenant_id', '=', tenantId).forUpdate().executeTakeFirstOrThrow()
    const made = await buildPolicy(ctx)
    const sha256 = digest(made.content)
    // A snapshot is never changed under its number; an exchange that held a newer one (restored database) gets one above it.
    const next = sha256 === row.sha256 && row.number >= held ? row.number : Math.max(row.number, held) + 1
    await db(ctx).updateTable('telephony_policy').set({ built: row.wanted, number: next, sha256, ...(next === row.number ? {} : { at: ts(ctx.clock.now()) }) }).where('tenant_id', '=', tenantId).execute()
    return { built: made, number: next }
  })
  if (number === held) return number
  return (await send(runtime, port, tenantId, built, number)) ? number : null
}

async function send(runtime: Runtime, port: Pick<Exchange, 'command' | 'putFile'>, tenantId: string, built: BuiltPolicy, number: number): Promise<boolean> {
  const lost = new Set<string>()
  for (let tries = 0; tries < 3; tries++) {
    const result = await port.command({ commandId: randomUUID(), tenant: tenantId, callId: null, act: { kind: 'publishPolicy', policy: { ...without(built.content, lost), number } } })
    if (result.status < 300) {
      if (lost.size > 0) await tellLost(runtime, tenantId, built, lost)
      return true
    }
    const missing = Array.isArray(result.data?.['missing']) ? result.data['missing'].filter((m): m is string => typeof m === 'string') : []
    const known = missing.filter((sha) => built.files.has(sha))
    if (known.length === 0) {
      runtime.log.error({ tenant: tenantId, policy: number, status: result.status, code: result.code, detail: result.detail, missing }, 'the exchange does not take the policy')
      return false
    }
    for (const sha of known) {
      const bytes = await readVoice(built.files.get(sha) ?? '').catch(() => null)
      if (bytes === null) lost.add(sha)
      else await port.putFile(sha, bytes)
    }
  }
  return false
}

/** A sound that its storage has lost must not keep lists, queues and seats from being published: its part of the prompt stays silent. */
const without = (content: BuiltPolicy['content'], lost: ReadonlySet<string>): BuiltPolicy['content'] =>
  lost.size === 0 ? content : { ...content, prompts: content.prompts.map((prompt) => ({ ...prompt, parts: prompt.parts.map((part) => ('file' in part && lost.has(part.file) ? { pauseMs: 500 } : part)) })) }

async function tellLost(runtime: Runtime, tenantId: string, built: BuiltPolicy, lost: ReadonlySet<string>): Promise<void> {
  const names = built.content.prompts.filter((prompt) => prompt.parts.some((part) => 'file' in part && lost.has(part.file))).map((prompt) => prompt.name)
  runtime.log.error({ tenant: tenantId, prompts: names }, 'voice files are gone from the storage; their prompts are silent')
  const said = lostPrompts(names)
  await runCommand(runtime, { actor: systemActor(tenantId), requestId: 'policy' }, async (ctx) => {
    await lineFault(ctx, ctx.clock.now(), { kind: 'promptLost', trunkId: null, ...said })
    await notify(ctx, { type: 'telephony.fault', to: { permission: 'telephony.lines' }, title: `话务告警：${said.subject}`, text: said.text, link: '/telephony/lines?tab=faults', objectType: 'alarm', level: 'P2' })
  })
}

/** Lines of the installation; sent where they differ from what was sent last. */
async function deploy(runtime: Runtime, port: Pick<Exchange, 'command'>, last: { number: number; sha256: string }): Promise<{ number: number; sha256: string }> {
  const trunks = await runCommand(runtime, { actor: systemActor('00000000-0000-0000-0000-000000000000'), requestId: 'deployment' }, async (ctx): Promise<Deployment['trunks']> =>
    (await allTrunks(ctx)).map((t) => ({
      id: t.id, name: t.name, transport: t.transport, host: t.host, port: t.port, user: t.username, password: t.secret_enc ? decrypt(ctx.keys, t.secret_enc, TRUNK_SECRET) : null, realm: null, register: t.username !== null && t.secret_enc !== null,
      accept: [], codecs: t.codecs, srtp: t.srtp, inbound: t.inbound, channels: t.channels, reserved: Math.min(t.reserved, t.channels), probeSeconds: 30, tenants: [t.tenant_id],
    })))
  const sha256 = digest(trunks)
  if (sha256 === last.sha256) return last
  const number = last.number + 1
  const result = await port.command({ commandId: randomUUID(), tenant: 'site', callId: null, act: { kind: 'deploy', deployment: deployment.parse({ number, trunks }) } })
  if (result.status < 300) return { number, sha256 }
  runtime.log.error({ code: result.code, detail: result.detail }, 'the exchange does not take the lines')
  return last
}
