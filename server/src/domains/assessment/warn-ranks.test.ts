// Warnings about running places: once a day while the goal is missed, ended when it is reached.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../kernel/time/index.ts'
import { refreshLive } from './live.ts'
import { scoresNow } from './running-scores.ts'
import { month, type Month } from './testing/month.ts'
import { warningsOf, warnRanks } from './warn-ranks.ts'

let m: Month
beforeAll(async () => {
  m = await month()
  await m.answered('T-URBAN', ['yes', 'no', 'no'])
  await m.answered('T-HEAT', ['yes', 'yes', 'yes'])
}, 60_000)
afterAll(() => m.app.stop())

test('目标第 5 名实际第 7 名要预警；比上期降三位也预警；没有名次不预警', () => {
  expect(warningsOf(7, 5, 6, 3)).toEqual([{ kind: 'goal', against: 5 }])
  expect(warningsOf(5, 5, 2, 3)).toEqual([{ kind: 'fall', against: 2 }])
  expect(warningsOf(null, 1, 1, 3)).toEqual([])
})

test('每天只预警一次，达到目标即结束；看得到全部成绩的人在考核期里看到', async () => {
  const period = await m.opened('2026-11-15')
  await m.app.command((ctx) => refreshLive(ctx))
  const goal = (rank: number) => m.rows(sql`update assessment_object set goal_rank = ${rank} where ref_id = ${m.units['T-URBAN']}`)
  const state = () => m.rows(sql`select kind, against, told_day, ended_at is not null as over from assessment_rank_warning`)
  await goal(1)
  const warn = () => m.app.command((ctx) => warnRanks(ctx))
  await warn()
  const [first] = await state() as { told_day: string }[]
  await warn()
  expect(await state()).toEqual([{ kind: 'goal', against: 1, told_day: first?.told_day, over: false }])
  m.app.clock.advance(DAY)
  await warn()
  const [next] = await state() as { told_day: string }[]
  expect(next?.told_day).not.toBe(first?.told_day)
  const shown = await m.ok(m.who('businessAdmin').get(`/api/assessment/periods/${period.id}`))
  expect(shown.warnings).toMatchObject([{ endedAt: null }])
  const [unit, heat] = [m.units['T-URBAN'] ?? '', m.units['T-HEAT'] ?? '']
  const now = await m.app.query((ctx) => scoresNow(ctx, [unit, heat, period.id]), 'businessAdmin')
  expect(now.get(heat)).toMatchObject({ rank: 1, periodId: period.id })
  expect(now.get(unit)).toMatchObject({ rank: 2 })
  expect(Number(now.get(unit)?.score)).toBeLessThan(Number(now.get(heat)?.score))
  expect((await m.app.query((ctx) => scoresNow(ctx, [unit]), 'dispatcher')).size).toBe(0)
  expect(shown.belowAverage.find((one: { name: string }) => one.name.includes('解决'))?.rows).toHaveLength(1)
  await goal(5)
  await warn()
  expect(await state()).toMatchObject([{ over: true }])
})
