// What a desk says when it cannot telephone: no microphone, none allowed, no HTTPS, a browser without calls, a second desk of the same agent.
import { strict as assert } from 'node:assert'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { as, citizen, launch, shoot, type World } from './harness.ts'
import { city } from './roles.ts'
import { callHotline, hears, signInAtDesk, speaking, until } from './telephone.ts'

const NAME = 'hotline.example'

export async function faultsAreTold(world: World): Promise<void> {
  const agent = (p: { role: string; tenantName: string }): boolean => p.role === 'agent' && city(p.tenantName)
  const plain = { ...world, browser: await launch() }
  const trySignIn = async (page: Page, says: RegExp, picture?: string): Promise<void> => {
    const bar = page.getByLabel('软电话')
    await bar.getByRole('button', { name: '签入' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '测试麦克风' }).click()
    await dialog.getByText(says).first().waitFor({ timeout: 45_000 }) // a busy browser takes its time to find no microphone
    if (picture) await shoot(page, picture)
    await dialog.getByRole('button', { name: '签入' }).click()
    // Whoever has no microphone is not signed in, and reads why where he looked for the state.
    await bar.getByText('未签入').waitFor()
    await bar.getByText(says).waitFor()
  }

  // Nobody has plugged one in, or allowed it.
  const none = await as(plain, agent)
  await none.page.goto(`${world.staff}/desk/call`)
  await trySignIn(none.page, /没有找到麦克风|没有麦克风权限/, 'tel-4-没有麦克风')
  await none.close()

  // A browser that knows no calls.
  const old = await as(plain, agent)
  await old.page.addInitScript(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'))
  await old.page.goto(`${world.staff}/desk/call`)
  await trySignIn(old.page, /不支持网页通话/)
  await old.close()

  // By a name of the network without HTTPS.
  const named = { ...world, staff: world.staff.replace('127.0.0.1', NAME), browser: await launch([`--host-resolver-rules=MAP ${NAME} 127.0.0.1`]) }
  const far = await named.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const signed = await as(plain, agent)
  await far.addCookies((await signed.page.context().cookies()).map(({ name, value }) => ({ name, value, url: named.staff })))
  await signed.close()
  const page = await far.newPage()
  await page.goto(`${named.staff}/desk/call`)
  await trySignIn(page, /需要 HTTPS/, 'tel-5-需要HTTPS')

  // The same agent at a second desk: the first goes on, the second reads why not.
  const voice = await speaking(world, 700)
  const first = await as(voice, agent)
  await first.page.goto(`${world.staff}/desk/call`)
  await signInAtDesk(first.page)
  await recordingsFolderBroken(world, first)
  const second = await as(voice, agent)
  await second.page.goto(`${world.staff}/desk/call`)
  const bar = second.page.getByLabel('软电话')
  await bar.getByRole('button', { name: '签入' }).click()
  await second.page.getByRole('dialog').getByRole('button', { name: '签入' }).click()
  await bar.getByRole('alert').getByText(/另一处|别处/).waitFor()
  await shoot(second.page, 'tel-6-别处已签入')
  await first.page.getByLabel('软电话').getByRole('button', { name: /示闲 \d/ }).waitFor()
  assert.deepEqual([...none.errors, ...old.errors, ...first.errors, ...second.errors], [])
}

/** Nothing can be written where recordings are made: the call goes on, the agent reads that it is not recorded, who looks after lines is told; afterwards it is recorded again. */
async function recordingsFolderBroken(world: World, agent: Awaited<ReturnType<typeof as>>): Promise<void> {
  if (!world.dataDir) return
  const spool = join(world.dataDir, 'exchange/spool')
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  const street = await speaking(world, 440)
  const caller = await citizen(street)
  const bar = agent.page.getByLabel('软电话')
  const ring = async (mobile: string): Promise<void> => {
    await callHotline(world, caller.page, mobile, '1')
    await bar.getByRole('button', { name: /接听/ }).waitFor()
    await agent.page.keyboard.press('F2')
    await caller.page.getByText('通话中', { exact: true }).waitFor()
  }
  renameSync(spool, `${spool}.away`)
  writeFileSync(spool, '')
  await ring('13600001111')
  await bar.getByText('本通没有录音').waitFor()
  await hears('the citizen of a call without recording', caller.page, [700])
  await shoot(agent.page, 'tel-7-本通没有录音')
  await until('the fault', async () => ((await admin.api.get('/api/telephony/line-faults?limit=5')) as { items: { text: string }[] }).items.some((one) => one.text.startsWith('录音写不进磁盘')) || undefined)
  await admin.page.goto(`${world.staff}/telephony/lines?tab=faults`)
  await admin.page.getByText('录音写不进磁盘').first().waitFor()
  await shoot(admin.page, 'tel-8-线路故障')
  await caller.page.getByRole('button', { name: '挂断' }).click()
  await caller.page.getByText('通话已结束').waitFor()
  rmSync(spool)
  renameSync(`${spool}.away`, spool)
  await bar.getByRole('button', { name: '结束整理' }).click({ timeout: 3000 }).catch(() => undefined)
  await bar.getByRole('button', { name: /示闲 \d/ }).waitFor()
  await ring('13600002222')
  await hears('the citizen of the next call', caller.page, [700])
  assert.equal(await bar.getByText('本通没有录音').count(), 0, 'the next call is recorded')
  await caller.page.getByRole('button', { name: '挂断' }).click()
  await caller.page.getByText('通话已结束').waitFor()
  await until('the fault is over', async () => ((await admin.api.get('/api/telephony/line-faults?limit=5')) as { items: { text: string }[] }).items.some((one) => one.text === '录音已恢复') || undefined)
  await bar.getByRole('button', { name: '结束整理' }).click({ timeout: 3000 }).catch(() => undefined)
  await caller.close()
  await admin.close()
}
