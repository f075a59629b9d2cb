import { expect, test } from 'vitest'
import { document, plainText } from '../document.ts'
import { fitsRule, linksOf, readPage, robotsOf } from '../crawl/pages.ts'
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

test.each<[string, string, boolean]>([
  ['User-agent: *\nDisallow: /inner/', '/inner/a.html', false], ['User-agent: *\nDisallow: /inner/\nAllow: /inner/open/', '/inner/open/a.html', true], ['User-agent: *\nDisallow:', '/a', true], ['User-agent: Other\nDisallow: /', '/a', true],
  ['User-agent: MinshengKnowledge\nDisallow: /a\n\nUser-agent: *\nDisallow: /', '/b', true], ['User-agent: x\nUser-agent: *\nDisallow: /*.pdf$', '/f/a.pdf', false], ['User-agent: *\nDisallow: /*.pdf$', '/f/a.pdf?x=1', true],
])('robots.txt 允许什么：%s → %s', (robots, path, allowed) => expect(robotsOf(robots).allows(path)).toBe(allowed))

test('列表里只取本站、符合规则的链接，各取一次；正文从标记处取，文号认作依据', () => {
  const list = '<a href="/zc/2026/1.html">供热办法</a><a href=\'/zc/2026/1.html#top\'>再来一次</a><a href="https://else.example/zc/2026/2.html">外站</a><a href="/about.html">关于</a><a class="x" href="2.html"><b>退费</b>办法</a>'
  expect(linksOf(list, 'https://city.example/zc/2026/', '/zc/*.html')).toEqual([{ url: 'https://city.example/zc/2026/1.html', title: '供热办法' }, { url: 'https://city.example/zc/2026/2.html', title: '退费办法' }])
  expect([fitsRule('https://a/zc/1.html', 'zc*html'), fitsRule('https://a/1.html', 'zc*'), fitsRule('https://a/1', '')]).toEqual([true, false, true])
  const page = readPage('<title>退费办法 - 某市政府</title><body><div class="nav">首页</div><div id="zoom"><p>依据市政府令〔2026〕12号，五日内退费。</p></div><div class="foot">版权</div>', { bodyFrom: 'id="zoom"', bodyTo: '<div class="foot"' })
  expect(page).toMatchObject({ title: '退费办法', text: '依据市政府令〔2026〕12号，五日内退费。', from: true })
  expect(page.basis).toContain('〔2026〕12号')
  expect(readPage('<p>没有标记的页面</p>', { bodyFrom: 'id="zoom"', bodyTo: '' }).from).toBe(false)
})
