// Journey 8: nothing is found, the responsible unit is asked and answers; the answer and a law loaded from a file go through review,
// the next agent is shown them beside the form and quotes the law, the citizen opens it; a later version leaves the citation as it was.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { as, citizen, shoot, type World } from './harness.ts'
import { signInByClicks } from './portal-steps.ts'
import { city } from './roles.ts'
import { registerByClicks } from './steps.ts'

const mark = String(Math.floor(Math.random() * 9000) + 1000)
const mobile = `1880020${mark}`
const asking = `1880021${mark}`
const question = `楼道分集水器更换费用由谁承担（${mark}）`
const law = `澜川市住宅电梯管理办法第${mark}号`
const lawText = `${law}\n\n第一条 为了规范既有住宅电梯的使用和维护，制定本条例。\n\n第二条 电梯停用超过二十四小时的，使用单位应当在显著位置公示原因和恢复时间。\n\n第三条 使用单位接到困人报警后，维保人员应当在三十分钟内到达现场。`

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(new RegExp(`^\\s*\\*?\\s*${label}`)).last().fill(name)
  await page.locator('.ant-select-tree-title, .ant-select-item-option', { hasText: name }).last().click()
}

/** The first ticket of a box with this title, opened on the desk. */
async function openTicket(world: World, page: Page, box: string, title: string): Promise<void> {
  await page.goto(`${world.staff}/knowledge/tickets?box=${box}`)
  await page.locator('.ms-picklist button', { hasText: title }).first().click()
  await page.getByRole('heading', { name: title }).first().waitFor()
}

async function approve(world: World, page: Page, title: string, opinion: string): Promise<void> {
  await openTicket(world, page, 'review', title)
  await page.getByLabel('审核意见').fill(opinion)
  await page.getByRole('button', { name: '通过', exact: true }).click()
  await page.getByText('已通过').first().waitFor()
}

async function publish(world: World, page: Page, title: string, number: number): Promise<void> {
  await openTicket(world, page, 'publish', title)
  await page.getByRole('button', { name: '立即发布' }).click()
  await page.getByText(`已发布第 ${number} 版`).first().waitFor()
}

export async function knowledgeFromOrderToCitation(world: World): Promise<void> {
  const here = (role: string, more: (unit: string) => boolean = () => true) => as(world, (p) => p.role === role && city(p.tenantName) && more(p.unitName))
  const agent = await here('agent')
  const handler = await here('handler', (unit) => unit.includes('住房和城乡建设局'))
  const unit = handler.person.unitName

  // Nothing is found beside the order: the unit is asked from there.
  const first = await registerByClicks(world, agent, { phone: asking, name: '汤先生', type: '咨询', area: '北屏区', title: question, content: '楼道里的分集水器坏了，想问更换的费用由谁出。' })
  await agent.page.goto(`${world.staff}/orders/${first.number}`)
  await agent.page.getByRole('button', { name: '向责任单位提问' }).first().click()
  await choose(agent.page, '责任单位', unit)
  await shoot(agent.page, 'journey-08-1-提问')
  await agent.page.getByRole('button', { name: /^向责任单位提问 ?Ctrl/ }).click()
  await agent.page.getByText(`已向${unit}提问`).first().waitFor()

  // The unit answers; the answer is a draft, filed and sent to review.
  const page = handler.page
  await page.goto(`${world.staff}/knowledge/questions?box=unit`)
  await page.locator('.ms-picklist button', { hasText: question }).first().click()
  await page.getByRole('button', { name: '答复', exact: true }).click()
  await page.getByRole('textbox', { name: /答复/ }).last().fill('楼道分集水器属于共用设施，保修期内由建设单位承担，保修期满从专项维修资金列支。')
  await choose(page, '所属目录', '住房物业')
  await page.getByRole('button', { name: /^答复 ?Ctrl/ }).click()
  await page.getByText('已答复，并生成知识草稿').first().waitFor()
  await openTicket(world, page, 'mine', question)
  await page.getByRole('button', { name: '编辑', exact: true }).click()
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('已提交审核').first().waitFor()

  // A law comes in from its file.
  const editor = await here('matterManager')
  const desk = editor.page
  await desk.goto(`${world.staff}/knowledge/items/new?type=statute&title=${encodeURIComponent(law)}`)
  await desk.locator('input[type=file]').first().setInputFiles({ name: `${law}.txt`, mimeType: 'text/plain', buffer: Buffer.from(lawText) })
  await desk.getByText('已导入，请核对').first().waitFor()
  await choose(desk, '所属目录', '住房物业')
  await desk.getByText('公众（同时供座席、单位使用）').click()
  await desk.getByLabel('制定机关').fill('澜川市人民代表大会常务委员会')
  await desk.getByLabel('文号').fill('第十二号公告')
  await shoot(desk, 'journey-08-2-法规导入')
  await desk.getByRole('button', { name: '提交审核' }).click()
  await desk.getByText('已提交审核').first().waitFor()

  // Reviewed by others, published.
  const leader = await as(world, (p) => p.role === 'unitLeader' && p.unitName === unit && city(p.tenantName))
  await approve(world, leader.page, question, '符合维修资金管理规定')
  const centre = await here('shiftLeader')
  await approve(world, centre.page, question, '同意')
  await approve(world, centre.page, law, '与公布文本一致')
  await shoot(centre.page, 'journey-08-3-审核')
  const keeper = await here('tenantAdmin')
  await publish(world, keeper.page, question, 1)
  await publish(world, keeper.page, law, 1)

  // The next agent is shown it beside the form without searching, and quotes the law in a direct answer.
  const next = await as(world, (p) => p.role === 'agent' && city(p.tenantName) && p.id !== agent.person.id)
  await next.page.goto(`${world.staff}/desk`)
  await next.page.locator('[id$=-title]').fill('分集水器更换费用谁出')
  await next.page.locator('.ms-kno-card', { hasText: question }).first().waitFor()
  await next.page.locator('[id$=-title]').fill('电梯停用一直没有公示原因')
  const card = next.page.locator('.ms-kno-card', { hasText: law })
  await card.first().click()
  await next.page.getByRole('button', { name: '引用', exact: true }).first().click()
  await shoot(next.page, 'journey-08-4-座席推荐')
  const second = await registerByClicks(world, next, { phone: mobile, name: '何女士', type: '咨询', area: '北屏区', title: '电梯停用一直没有公示原因', content: '小区电梯停用三天，没有看到公示。' })
  await next.page.goto(`${world.staff}/orders/${second.number}`)
  await next.page.getByRole('button', { name: /^直接答复/ }).first().click()
  await next.page.getByText('第 1 版').first().waitFor()
  await next.page.getByLabel(/答复内容|答复诉求人/).first().fill('停用超过二十四小时的，使用单位应当公示原因和恢复时间；已要求物业今日张贴。')
  await shoot(next.page, 'journey-08-5-引用答复')
  await next.page.getByRole('button', { name: /^直接答复 ?Ctrl/ }).click()
  await next.page.getByText('已引用').first().waitFor()

  // The citizen sees the answer and opens the law it rests on.
  const visitor = await citizen(world)
  await visitor.page.goto(`${world.public}/orders/${second.number}`)
  await signInByClicks(world, visitor.page, mobile)
  await visitor.page.getByRole('link', { name: new RegExp(law) }).first().click()
  await visitor.page.getByText('公示原因和恢复时间').first().waitFor()
  await shoot(visitor.page, 'journey-08-6-市民查看')

  // A later version; the citation stays with the first.
  const { itemId } = (await next.api.get(`/api/orders/${second.id}/citations`)).items[0] as { itemId: string }
  const { ticketId } = await editor.api.post(`/api/knowledge/items/${itemId}/modify`)
  await desk.goto(`${world.staff}/knowledge/tickets/${ticketId}/edit`)
  await desk.getByLabel('摘要').fill('停用公示、困人救援的时限。')
  await desk.getByRole('button', { name: '提交审核' }).click()
  await desk.getByText('已提交审核').first().waitFor()
  await approve(world, centre.page, law, '同意')
  await publish(world, keeper.page, law, 2)
  await next.page.goto(`${world.staff}/orders/${second.number}`)
  await next.page.getByText('现已更新为第 2 版').first().waitFor()
  assert.deepEqual((await next.api.get(`/api/orders/${second.id}/citations`)).items.map((one: { version: number; current: number }) => [one.version, one.current]), [[1, 2]])
  await next.page.getByRole('link', { name: law }).first().click()
  await next.page.getByText('这是第 1 版，当前为第 2 版').waitFor()
  await shoot(next.page, 'journey-08-7-旧版引用')

  // A mistake is reported from the item and closed with a reply.
  await next.page.getByRole('button', { name: '报错' }).first().click()
  await next.page.getByLabel('问题说明').fill('第三条的到达时间应为二十分钟。')
  await next.page.getByRole('button', { name: /^查漏纠错 ?Ctrl/ }).click()
  await next.page.getByText('已提交，编号').first().waitFor()
  await keeper.page.goto(`${world.staff}/knowledge/gaps`)
  await keeper.page.getByRole('row', { name: new RegExp(law) }).first().getByRole('button').first().click()
  await keeper.page.getByRole('button', { name: '办结', exact: true }).click()
  await keeper.page.getByRole('button', { name: /^办结 ?Ctrl/ }).click()
  await keeper.page.getByRole('textbox', { name: /答复/ }).last().fill('经核对公布文本，三十分钟无误。')
  await keeper.page.getByText('无需修改', { exact: true }).last().click()
  await keeper.page.getByRole('button', { name: /^办结 ?Ctrl/ }).click()
  await keeper.page.getByText('已办理').first().waitFor()
  await shoot(keeper.page, 'journey-08-8-纠错办结')
  const messages = JSON.stringify((await next.api.get('/api/messages')).items)
  assert.ok(messages.includes(`纠错已办结：${law}`), 'the reporter is told')
  assert.deepEqual([agent, handler, editor, leader, centre, keeper, next, visitor].flatMap((one) => one.errors), [])
}
