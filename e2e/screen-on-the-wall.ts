// A screen is paired by its code, shows figures without anybody signed in, outlives a killed server with the age of its data, and goes calm when it is taken back.
import { as, citizen, shoot, type World } from './harness.ts'
import { city } from './roles.ts'

export async function screenOutlivesTheServer(world: World): Promise<void> {
  const { page: wall } = await citizen(world, { phone: false })
  await wall.setViewportSize({ width: 1920, height: 1080 })
  await wall.goto(`${world.staff}/screen`)
  const code = (await wall.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? ''
  const admin = await as(world, (p) => p.role === 'tenantAdmin' && city(p.tenantName))
  await admin.page.goto(`${world.staff}/analytics/screens`)
  await admin.page.getByRole('button', { name: '接入大屏' }).click()
  const form = admin.page.getByRole('dialog').last()
  await form.getByLabel('大屏上的接入码').fill(code)
  await form.getByLabel('名称').fill('一楼大厅')
  await form.getByRole('button', { name: /接入大屏/ }).last().click()
  await wall.getByRole('heading', { name: '诉求概况' }).waitFor()
  await wall.getByText('实时').first().waitFor()
  await shoot(wall, 'wall-1-诉求概况')
  await world.killServer()
  await wall.getByText('正在重连').waitFor({ timeout: 60_000 })
  await wall.getByRole('heading', { name: '受理与办结走势' }).waitFor()
  await shoot(wall, 'wall-2-断线')
  await world.startServer()
  await wall.getByText('正在重连').waitFor({ state: 'hidden', timeout: 60_000 })
  await admin.page.reload()
  await admin.page.getByRole('button', { name: '收回' }).first().click()
  await admin.page.getByRole('dialog').last().getByRole('button', { name: '收回' }).click()
  await wall.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).waitFor({ timeout: 90_000 })
}
