import { expect, test } from 'vitest'
import { document, plainText } from '../document.ts'
import { htmlToDoc } from './html-to-doc.ts'

test('标题、段落、列表、表格和链接保留，脚本和样式去掉', () => {
  const doc = htmlToDoc('<html><head><title>网页</title><style>p{}</style></head><body><h1>退费&nbsp;指南</h1><p>请看<a href="https://example.com/a">网站</a>，<b>不要</b>点<a href="javascript:alert(1)">这里</a></p><script>alert("x</p>")</script><ul><li>身份证<li><p>申请表</p></ul><table><tr><th>项目</th><td>费用<br>元</td></tr></table></body></html>')
  expect(document.safeParse(doc).success).toBe(true)
  expect(plainText(doc)).toBe('退费 指南\n请看网站，不要点这里\n· 身份证\n· 申请表\n项目 | 费用\n元')
  expect(JSON.stringify(doc)).not.toMatch(/javascript|alert/)
  expect(JSON.stringify(doc)).toContain('"href":"https://example.com/a"')
})

test.each(['<li>孤立的<td>单元格', '<table><p>不在格里</table>', '</p></ul></table>', '<ul>散字<li>一</ul>', '<'.repeat(5000), '<div>'.repeat(3000) + '深', '<blockquote>'.repeat(500) + '深'])('坏的 HTML 也得到可存的正文：%.30s', (html) => {
  expect(document.safeParse(htmlToDoc(html)).success).toBe(true)
})
