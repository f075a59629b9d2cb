import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cut, manuals, searchManuals } from './manual.ts'
import { topics } from './topics.ts'

const root = `${import.meta.dirname}/../..`

test('每个页面的问号都能打开手册中的一节', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  const used = new Set(files.flatMap((file) => [...readFileSync(`${root}/${file}`, 'utf8').matchAll(/\bhelp="([\w-]+)"/g)].map((match) => match[1] ?? '')))
  const headings = manuals.find((one) => one.code === 'pages')?.parts.map((part) => part.heading) ?? []
  expect(used.size).toBeGreaterThan(20)
  expect([...used].filter((name) => !headings.includes(topics[name] ?? ''))).toEqual([])
})

test('搜索先给标题相符的一节，再给内容相符的行', () => {
  const list = [cut('a', '# 甲\n\n## 导入\n先检查再导入。\n\n## 导出\n格式有三种。'), cut('b', '# 乙\n\n## 其他\n- 批量**导入**见说明。')]
  expect(searchManuals(list, '导入').map((hit) => `${hit.code} ${hit.heading} ${hit.line}`)).toEqual(['a 导入 先检查再导入。', 'b 其他 批量导入见说明。'])
  expect(searchManuals(list, '导入 批量')).toHaveLength(1)
  expect(searchManuals(list, ' ')).toEqual([])
})
