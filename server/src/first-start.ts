// The first start: demo gets the fictional city, production gets one administrator with a one-time password.
import { sql } from 'kysely'
import type { App } from './app.ts'
import { addNewPermissions, createFirstTenantAndAdmin, demo, listTenantIds, NO_TENANT } from './domains/platform/index.ts'
import { systemActor } from './kernel/ctx.ts'
import { runCommand } from './kernel/runtime.ts'

/** Returns lines to print. Does nothing when the database already has a tenant. */
export async function prepareFirstStart(app: App): Promise<string[]> {
  // The kind belongs to the data: a production folder that is started without its flag must never open the one-click door.
  const known = (await listTenantIds(app.runtime.db)).length > 0
  demo.enabled = app.config.mode === 'demo' && (!known || (await isDemo(app)))
  const notes = demo.enabled ? ['示范模式：登录页可一键体验每个岗位，仅限本机访问；正式使用请加 --production'] : []
  if (demo.enabled) demo.clockLead = await clockLead(app)
  if (known) {
    await runCommand(app.runtime, { actor: systemActor(NO_TENANT), requestId: 'start' }, addNewPermissions)
    // A first start that was broken off leaves a city without its whole history; it works, but it should be said.
    if (demo.enabled && !(await demoReady(app))) notes.push('示范数据上次没有生成完整；如需完整数据，请停止后删除数据目录再启动')
    return notes
  }
  if (demo.enabled) {
    await runCommand(app.runtime, { actor: systemActor(NO_TENANT), requestId: 'first-start' }, (ctx) => sql`insert into kernel_state (key, value) values ('demo', 'true'::jsonb) on conflict do nothing`.execute(ctx.acrossTenants('a fact of the installation')))
    const { seedDemo } = await import('./seed/index.ts')
    await seedDemo(app)
    await runCommand(app.runtime, { actor: systemActor(NO_TENANT), requestId: 'first-start' }, (ctx) => sql`insert into kernel_state (key, value) values ('demo.ready', 'true'::jsonb) on conflict do nothing`.execute(ctx.acrossTenants('a fact of the installation')))
    return notes
  }
  const made = await runCommand(app.runtime, { actor: systemActor(NO_TENANT), requestId: 'first-start' }, createFirstTenantAndAdmin)
  return made ? ['', `首次启动：管理员 ${made.login}，一次性密码 ${made.oneTimePassword}`, '此密码只显示这一次，首次登录须修改。'] : notes
}

/** How far the demonstration's clock had been set forward before. */
async function clockLead(app: App): Promise<number> {
  const { rows } = await sql<{ value: number }>`select value from kernel_state where key = 'demo.clockLead'`.execute(app.runtime.db.withoutPlugins())
  return Number(rows[0]?.value ?? 0)
}

async function demoReady(app: App): Promise<boolean> {
  const { rows } = await sql`select 1 from kernel_state where key = 'demo.ready'`.execute(app.runtime.db.withoutPlugins())
  return rows.length > 0
}

/** Marked at the first start, before anything was seeded. */
async function isDemo(app: App): Promise<boolean> {
  const { rows } = await sql`select 1 from kernel_state where key in ('demo', 'demo.ready')`.execute(app.runtime.db.withoutPlugins())
  return rows.length > 0
}
