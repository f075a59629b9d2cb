// Personal data is taken out before a text leaves, and put back into what returns. Pure.
import { elementsIn, surnames } from '../engines/elements.ts'

const names: Record<string, string> = { person: '姓名', phone: '电话', idNumber: '证件', card: '卡号', mail: '邮箱', plate: '车牌' }
/** What the elements do not read; digits may be written in full width. */
const patterns: { kind: string; pattern: RegExp }[] = [
  { kind: 'idNumber', pattern: /(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)/g }, { kind: 'card', pattern: /(?<!\d)[3-6]\d{15,18}(?!\d)/g }, { kind: 'phone', pattern: /(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[-\s]?\d{7,8}|400[-\s]?\d{3}[-\s]?\d{4})(?!\d)/g },
  { kind: 'mail', pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g }, { kind: 'plate', pattern: /[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}/g },
  { kind: 'person', pattern: /(?<=(?:姓名|联系人|投诉人|诉求人|来电人|本人|户主|业主|员工|工作人员|司机|老板)[是叫为:：]?\s?)[\p{Script=Han}]{1,3}(?:先生|女士|小姐|师傅|老师|医生)/gu },
  { kind: 'person', pattern: new RegExp(`(?<=(?:诉求人|来电人|投诉人|举报人|当事人|联系人|经办人|负责人|户主|业主|法人|丈夫|妻子|父亲|母亲|儿子|女儿)[是为叫:：]?\\s?)[${surnames}][\\p{Script=Han}]{1,2}?(?=来电|反映|称|说|表示|投诉|举报|要求|[，,。；;、的（(\\s]|$)`, 'gu') },
]
const plain = (text: string): string => text.replace(/[０-９Ａ-Ｚａ-ｚ＠]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0xfee0))

export type Masked = { text: string; count: number; restore: (answer: string) => string }

/** `known`: names that the caller knows to be in the text (of the requester). Every value gets one place holder, wherever it stands. */
export function maskText(text: string, known: readonly string[] = []): Masked {
  let out = plain(text)
  const places = new Map<string, string>()
  const counts = new Map<string, number>()
  const hide = (kind: string, value: string): void => {
    if (value.trim() === '' || !out.includes(value)) return
    const n = (counts.get(kind) ?? 0) + 1
    counts.set(kind, n)
    const place = `〔${names[kind] ?? '信息'}${n}〕`
    places.set(place, value)
    out = out.replaceAll(value, place)
  }
  for (const name of known) if ([...name].length >= 2) hide('person', name)
  for (const one of elementsIn(out, []).filter((e) => e.kind === 'idNumber' || e.kind === 'phone' || e.kind === 'person')) hide(one.kind, one.raw)
  for (const { kind, pattern } of patterns) for (const [found] of out.matchAll(pattern)) hide(kind, found)
  return { text: out, count: places.size, restore: (answer) => [...places].reduce((rest, [place, value]) => rest.replaceAll(place, value), answer) }
}

/** Numbers, dates and quoted titles of an answer that do not stand in what it was made from: they were made up. */
export function unfounded(answer: string, source: string): string[] {
  const [said, given] = [plain(answer), plain(source).replace(/[\s,，]/g, '')]
  const facts = [...said.matchAll(/\d[\d,.]*\d|\d{2,}|《[^》]{2,40}》|〔[^〕]{1,8}〕/g)].map((m) => m[0].replace(/,/g, ''))
  return [...new Set(facts)].filter((fact) => !given.includes(fact))
}
