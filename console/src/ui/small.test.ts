import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseKeys } from './keys.ts'
import { cappedCount, fileSize, phone, rate, ratePoints } from './numbers.ts'
import { fits, loadInitials } from './pinyin.ts'
import { defineTexts } from './texts.ts'
import { tokenSheet } from './tokens.ts'
import { refusal } from './upload.ts'

test('文本带参数，缺的参数原样留下', () => {
  const t = defineTexts({ rows: '{n} 条，{unit}', plain: '保存' })
  expect(t('rows', { n: 3, unit: '城管局' })).toBe('3 条，城管局')
  expect(t('plain')).toBe('保存')
})

test('数字：没有基数写短横，不写 0%', () => {
  expect([rate(null), rate(0), rate(0.9812), ratePoints(-0.008), ratePoints(null)]).toEqual(['–', '0.0%', '98.1%', '↓0.8个百分点', '–'])
  expect([cappedCount({ value: 5000, capped: true }), cappedCount(null)]).toEqual(['5,000+', '–'])
  expect([phone('13812345678'), phone('138****5678'), phone('0371-12345678')]).toEqual(['138 1234 5678', '138 **** 5678', '0371-12345678'])
  expect(fileSize(10 * 1024 * 1024)).toBe('10.0 MB')
})

describe('快捷键写法', () => {
  test('组合键、符号键和先后两键', () => {
    expect(parseKeys('Ctrl K')).toEqual([{ code: 'KeyK', ctrl: true, alt: false, shift: false }])
    expect(parseKeys('Shift x')).toEqual([{ code: 'KeyX', ctrl: false, alt: false, shift: true }])
    expect(parseKeys('g h').map((one) => one.code)).toEqual(['KeyG', 'KeyH'])
    expect(parseKeys('[')[0]?.code).toBe('BracketLeft')
    expect(parseKeys('Alt Enter')[0]).toEqual({ code: 'Enter', ctrl: false, alt: true, shift: false })
  })
})

describe('附件的限制说明规则', () => {
  const rules = { max: 2, maxBytes: 100, accept: 'image/*,.pdf' }
  const file = (name: string, size: number, type: string) => ({ name, size, type })
  test('超出个数、大小、类型各有理由', () => {
    expect(refusal(file('a.jpg', 10, 'image/jpeg'), 2, rules)).toBe('tooMany')
    expect(refusal(file('a.jpg', 101, 'image/jpeg'), 0, rules)).toBe('tooLarge')
    expect(refusal(file('a.exe', 10, 'application/x-msdownload'), 0, rules)).toBe('wrongType')
    expect(refusal(file('图.PDF', 10, ''), 0, rules)).toBeNull()
  })
})

test('按拼音首字母找到选项', async () => {
  const initials = await loadInitials()
  expect(fits('grbr', '供热不热', initials('供热不热'))).toBe(true)
  expect(fits('不热', '供热不热', '')).toBe(true)
  expect(fits('ldwh', '供热不热', initials('供热不热'))).toBe(false)
})

test('令牌写成样式变量', () => expect(tokenSheet()).toMatch(/^:root\{.*--ms-primary:#1456A8;.*\}$/))

// All sheets that were ever loaded hold at once: a class described in two of them looks as the page before left it.
test('一个样式类只在一个样式文件里定义', () => {
  const root = `${import.meta.dirname}/..`
  const homes = new Map<string, Set<string>>()
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.css')))
    for (const [, name = ''] of readFileSync(`${root}/${file}`, 'utf8').matchAll(/^\.(ms-[a-z0-9-]+) \{/gm)) homes.set(name, (homes.get(name) ?? new Set()).add(file))
  expect(homes.size).toBeGreaterThan(300)
  expect([...homes].filter(([, files]) => files.size > 1).map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([])
})
