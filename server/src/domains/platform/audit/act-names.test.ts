import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modules } from '../../../modules.ts'
import { actName, registerActs } from './act-names.ts'

const chinese = /[\u4e00-\u9fff]/
for (const module of modules) registerActs(module)

test('每个接口在审计中都有中文名', () => {
  const bare = modules.flatMap((module) => module.routes ?? []).map((route) => actName(route.spec.id)).filter((name) => !chinese.test(name))
  expect(bare).toEqual([])
})

test('代码里写入审计的每个动作都有中文名', () => {
  const root = `${import.meta.dirname}/../../..`
  const acts = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.includes('testing'))
    .flatMap((file) => [...readFileSync(`${root}/${file}`, 'utf8').matchAll(/audit\(\{[^}]{0,80}?\bact: '([A-Za-z]+)'/g)].map((match) => match[1] ?? ''))
  expect(acts.length).toBeGreaterThan(30)
  expect([...new Set(acts)].filter((act) => !chinese.test(actName(act)))).toEqual([])
  expect(actName('access:searchAudit')).toContain('被拒绝')
})
