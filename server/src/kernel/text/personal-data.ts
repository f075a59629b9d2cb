// Personal data in a text that is to be published: found by rule, so that publishing is refused; taken out by rule, so that a person has less to look for. Pure.

type Rule = { name: string; pattern: RegExp; mask: (found: string) => string }

const middle = (found: string, start: number, end: number): string => `${found.slice(0, start)}${'*'.repeat(Math.max(1, found.length - start - end))}${end > 0 ? found.slice(-end) : ''}`

// Digits may be written in full width or with gaps between groups: 139 0000 0000, 139-0000-0000.
const rules: readonly Rule[] = [
  { name: '身份证号', pattern: /(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g, mask: (s) => middle(s, 4, 0) },
  { name: '手机号', pattern: /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g, mask: (s) => middle(s.replace(/[\s-]/g, ''), 3, 2) },
  { name: '固定电话', pattern: /(?<![\d-])0\d{2,3}[-\s]\d{7,8}(?!\d)/g, mask: (s) => middle(s, 4, 0) },
  { name: '银行卡号', pattern: /(?<!\d)[3-6]\d{15,18}(?!\d)/g, mask: (s) => middle(s, 4, 0) },
  { name: '车牌号', pattern: /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]/g, mask: (s) => middle(s, 2, 0) },
  { name: '电子邮箱', pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, mask: (s) => middle(s, 1, 0) },
  { name: '详细住址', pattern: /\d{1,4}\s*[号幢栋楼](?:楼)?\s*\d{0,2}\s*(?:单元)?\s*\d{2,4}\s*室/g, mask: () => '***' },
]

/** Full-width digits and letters as ordinary ones, so that ６ cannot hide a number. */
const plain = (text: string): string => text.replace(/[０-９Ａ-Ｚａ-ｚ＠]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0xfee0))

/** Kinds of personal data in the text, each once. */
export function personalData(text: string): string[] {
  const read = plain(text)
  return rules.filter((rule) => new RegExp(rule.pattern.source, rule.pattern.flags).test(read)).map((rule) => rule.name)
}

/** The text with what the rules find masked, and the names given (of the requester) as 某先生/女士. */
export function redact(text: string, names: readonly string[] = []): string {
  let out = plain(text)
  for (const rule of rules) out = out.replace(new RegExp(rule.pattern.source, rule.pattern.flags), (found) => rule.mask(found))
  for (const name of names) if ([...name].length >= 2) out = out.replaceAll(name, `${[...name][0] ?? ''}某`)
  return out
}
