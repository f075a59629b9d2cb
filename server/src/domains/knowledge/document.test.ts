import { expect, test } from 'vitest'
import { blocksOf, docOf, document, plainText } from './document.ts'

const p = (text: string, marks?: unknown) => ({ type: 'paragraph', content: [{ type: 'text', text, ...(marks ? { marks } : {}) }] })

test('正文只收认识的节点，脚本、图片地址和危险链接不进库', () => {
  expect(document.safeParse({ type: 'doc', content: [p('好')] }).success).toBe(true)
  expect(document.safeParse({ type: 'doc', content: [{ type: 'script', content: [] }] }).success).toBe(false)
  expect(document.safeParse({ type: 'doc', content: [p('点我', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }])] }).success).toBe(false)
  expect(document.safeParse({ type: 'doc', content: [p('点我', [{ type: 'link', attrs: { href: '//evil.example' } }])] }).success).toBe(false)
  expect(document.parse({ type: 'doc', content: [{ ...p('文字'), attrs: { style: 'x', onclick: 'y' } }] })).toEqual({ type: 'doc', content: [{ ...p('文字'), attrs: {} }] })
})

test('过长、过深的正文被拒绝，而不是拖垮检查', () => {
  expect(document.safeParse({ type: 'doc', content: [p('长'.repeat(200_001))] }).success).toBe(false)
  let deep: unknown = p('底')
  for (let i = 0; i < 5000; i++) deep = { type: 'blockquote', content: [deep] }
  expect(document.safeParse({ type: 'doc', content: [deep] }).success).toBe(false)
})

test('列表带序号，表格一行一段', () => {
  const doc = document.parse({ type: 'doc', content: [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '材料' }] },
    { type: 'orderedList', content: [{ type: 'listItem', content: [p('身份证')] }, { type: 'listItem', content: [p('申请表')] }] },
    { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [p('项目')] }, { type: 'tableHeader', content: [p('费用')] }] }] },
  ] })
  expect(blocksOf(doc)).toEqual([{ heading: true, text: '材料' }, { heading: false, text: '1. 身份证' }, { heading: false, text: '2. 申请表' }, { heading: false, text: '项目 | 费用' }])
  expect(plainText(docOf('一\n二\n\n三'))).toBe('一\n二\n三')
})
