// Journey 7: a plan draws calls, the machine names rule, sentence and time, what is of high risk goes to a person; the agent appeals with an excerpt, others decide, the score changes with its trace.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { as, shoot, type World } from './harness.ts'
import { city } from './roles.ts'
import { until } from './telephone.ts'

type Task = { id: string; reason: string | null; label: string; agentName: string; inspectorName: string | null; state: string; points: number | null; concludedAt: string | null }

export async function inspectionWithAppeal(world: World): Promise<void> {
  const leader = await as(world, (p) => p.role === 'shiftLeader' && city(p.tenantName))
  const name = `旅程七通话质检 ${randomInt(1000, 9999)}`
  await leader.page.goto(`${world.staff}/quality/plans`)
  await leader.page.getByRole('button', { name: '新建计划' }).click()
  const form = leader.page.getByRole('dialog')
  await form.getByLabel('计划名称').fill(name)
  await form.getByLabel('最近几天').fill('400')
  await form.getByLabel('抽取数').fill('100')
  await form.getByRole('button', { name: '预览数量' }).click()
  await form.getByText(/符合条件 \d+ 件/).waitFor()
  await shoot(leader.page, 'j07-1-新建计划')
  await form.getByRole('button', { name: /^保存/ }).click()
  await leader.page.getByText('计划已保存').first().waitFor()
  const section = leader.page.locator('section', { hasText: name }).first()
  await section.getByRole('button', { name: '立即抽取' }).click()
  await leader.page.getByText(/已抽取 \d+ 件/).first().waitFor()
  const plan = await until('the machine has checked all', async () => {
    const { items } = (await leader.api.get('/api/quality/plans')) as { items: { id: string; name: string; batches: { state: string }[] }[] }
    return items.find((one) => one.name === name && one.batches[0]?.state === 'done')
  })
  await leader.page.reload()
  await section.getByText('✓').waitFor()
  await shoot(leader.page, 'j07-2-抽取')

  // High-risk calls are with an inspector; he takes and refuses what the machine found, and submits.
  const { items } = (await leader.api.get(`/api/quality/tasks?planId=${plan.id}&highRisk=true&limit=50`)) as { items: Task[] }
  assert.ok(items.length > 0 && items.every((one) => one.state === 'first' && one.inspectorName), `high-risk calls reach persons: ${JSON.stringify(items.map((one) => one.state))}`)
  const task = items[0]
  assert.ok(task)
  const inspector = await as(world, (p) => p.name === task.inspectorName)
  await inspector.page.goto(`${world.staff}/quality/tasks?box=mine`)
  await inspector.page.getByText(task.label).first().waitFor()
  await inspector.page.goto(`${world.staff}/quality/inspect/${task.id}`)
  await inspector.page.getByText('这个不归我们管，你找别人。').waitFor()
  const hit = inspector.page.getByRole('group', { name: '推诿用语' })
  await hit.waitFor()
  await inspector.page.getByRole('img', { name: '波形' }).waitFor()
  await shoot(inspector.page, 'j07-3-质检台')
  await inspector.page.getByRole('button', { name: /^提交 Ctrl/ }).click()
  await inspector.page.getByText(/必评项未评分/).first().waitFor()
  for (const group of await inspector.page.getByRole('group').all()) {
    const accept = group.getByRole('button', { name: '采纳', exact: true })
    if (await accept.count()) await accept.click()
  }
  await inspector.page.getByRole('button', { name: /^其余满分/ }).click()
  await inspector.page.getByRole('button', { name: /^提交 Ctrl/ }).click()
  await inspector.page.getByText(/已提交：得分/).first().waitFor()
  await shoot(inspector.page, 'j07-4-已提交')

  // The agent sees rule, sentence and time, and appeals with the sentence.
  const agent = await as(world, (p) => p.name === task.agentName)
  await agent.page.goto(`${world.staff}/quality/mine`)
  await agent.page.getByText(task.label).first().waitFor()
  await shoot(agent.page, 'j07-5-我的质检')
  await agent.page.goto(`${world.staff}/quality/inspect/${task.id}`)
  await agent.page.getByRole('button', { name: '申诉', exact: true }).click()
  const appeal = agent.page.getByRole('dialog')
  await appeal.getByLabel('申诉理由').fill('该句前已说明市政部门电话，请复听。')
  await appeal.getByRole('checkbox', { name: /这个不归我们管/ }).check()
  await appeal.getByRole('button', { name: /^申诉/ }).click()
  await agent.page.getByText('质检主管审核').first().waitFor()
  await shoot(agent.page, 'j07-6-申诉')

  // The manager lets it through, then it is scored again: one finding is dropped with its reason.
  const { items: appeals } = (await leader.api.get('/api/quality/appeals?state=running')) as { items: { id: string; taskId: string }[] }
  const one = appeals.find((a) => a.taskId === task.id)
  assert.ok(one)
  await leader.page.goto(`${world.staff}/quality/appeals/${one.id}`)
  await leader.page.getByLabel('意见').fill('有必要复听')
  await leader.page.getByRole('button', { name: '同意' }).click()
  await leader.page.getByText('待您办理：复评打分').waitFor()
  const again = leader.page.getByRole('group', { name: '推诿用语' }).first()
  await again.getByRole('button').last().click()
  await again.getByLabel('驳回原因').fill('前文已指引')
  await again.getByLabel('驳回原因').press('Enter')
  await leader.page.getByLabel('意见').fill('该项不扣分')
  await shoot(leader.page, 'j07-7-复评')
  await leader.page.getByRole('button', { name: '同意' }).click()
  await leader.page.getByText('已改分').first().waitFor()
  await shoot(leader.page, 'j07-8-改分')

  await agent.page.goto(`${world.staff}/quality/inspect/${task.id}`)
  // The sound and its marks arrive late and move the page: a click that falls beside the tab is repeated.
  await until('the course is on the screen', async () => {
    await agent.page.getByRole('tab', { name: '评分经过' }).click()
    return (await agent.page.getByText('申诉改分').isVisible()) || undefined
  })
  await shoot(agent.page, 'j07-9-轨迹')
  await leader.page.goto(`${world.staff}/quality/stats`)
  await leader.page.getByText('推诿用语').first().waitFor()
  await shoot(leader.page, 'j07-10-统计')
  assert.deepEqual([...leader.errors, ...inspector.errors, ...agent.errors], [])
  for (const session of [leader, inspector, agent]) await session.close()
}
