// Rules that compare the fields of an appeal with its content and its matter; what they find are proposals (ORD-09). Pure.

export type Fields = { title: string; content: string; address: string; areaCode: string | null; areaName: string | null; phone: string; matterName: string | null; matterCategory: string | null; categoryId: string | null; missing: { code: string; name: string }[] }
/** Areas that may be named: full and short names of those the centre covers, narrow ones first. */
export type Area = { code: string; name: string }
export type Finding = { field: string; rule: string; message: string; found: string; proposed: string | null; value: string | null; confidence: number }

const SHORT = /(?:特别行政区|自治[区州县旗]|地区|街道(?:办事处)?|镇|乡|省|市|区|县|旗|盟|社区|村)$/

/** 示例街道 is often said as 示例; two characters are the least that say something. */
const spoken = (name: string): string[] => {
  const last = name.split(/[\s/]/).at(-1) ?? name
  const short = last.replace(SHORT, '')
  return short.length >= 2 && short !== last ? [last, short] : [last]
}

/** Codes of the rules that ship, in the order in which they are shown. */
export const shippedRules = ['areaDiffers', 'areaMissing', 'titleApart', 'phoneLength', 'phoneDiffers', 'categoryDiffers', 'elementMissing', 'pointOutside'] as const

export function proofread(fields: Fields, areas: readonly Area[]): Finding[] {
  return [...areaFindings(fields, areas), ...titleFindings(fields), ...phoneFindings(fields), ...categoryFindings(fields), ...elementFindings(fields)]
}

/** The content names an area that is neither the chosen one, nor within it, nor around it. */
function areaFindings({ content, title, address, areaCode, areaName }: Fields, areas: readonly Area[]): Finding[] {
  const text = `${address} ${title} ${content}`
  const named = areas.filter((a) => text.includes(spoken(a.name)[0] ?? a.name)).toSorted((a, b) => b.code.length - a.code.length || b.name.length - a.name.length)
  const first = named[0]
  if (!first) return []
  const trim = (code: string): string => code.replace(/(00)+$/, '')
  if (areaCode !== null && named.some((a) => trim(a.code).startsWith(trim(areaCode)) || trim(areaCode).startsWith(trim(a.code)))) return []
  return [{ field: 'areaCode', rule: areaCode === null ? 'areaMissing' : 'areaDiffers', message: areaCode === null ? `内容提到“${first.name}”，区划未填` : `内容提到“${first.name}”，与所选区划不一致`, found: areaName ?? '', proposed: first.name, value: first.code, confidence: 0.9 }]
}

function titleFindings({ title, content }: Fields): Finding[] {
  const clean = (text: string): string => text.replace(/[\s\p{P}]/gu, '')
  const [short, long] = [clean(title), clean(content)]
  if (short.length < 4 || long.length < 10) return []
  const pairs = Array.from({ length: short.length - 1 }, (_, i) => short.slice(i, i + 2))
  const shared = pairs.filter((pair) => long.includes(pair)).length / pairs.length
  return shared > 0 ? [] : [{ field: 'title', rule: 'titleApart', message: '标题与内容没有相同的词，请核对', found: title, proposed: null, value: null, confidence: 0.6 }]
}

/** A number in the content is taken for a mistyped contact only where it is nearly the one of the form. */
function phoneFindings({ phone, content }: Fields): Finding[] {
  const typed = phone.replace(/[\s-]/g, '')
  const findings: Finding[] = []
  if (/^1\d*$/.test(typed) && typed.length > 3 && !/^1[3-9]\d{9}$/.test(typed)) findings.push({ field: 'phone', rule: 'phoneLength', message: `手机号应为 11 位，现为 ${typed.length} 位`, found: typed, proposed: null, value: null, confidence: 0.95 })
  const near = [...content.matchAll(/1[3-9]\d{9}/g)].map((m) => m[0]).find((number) => number !== typed && typed.length >= 10 && [...number].filter((digit, i) => digit !== typed[i]).length <= 2)
  if (near) findings.push({ field: 'phone', rule: 'phoneDiffers', message: '内容里的电话与联系电话相差不超过两位', found: typed, proposed: near, value: near, confidence: 0.7 })
  return findings
}

const categoryFindings = ({ matterCategory, matterName, categoryId }: Fields): Finding[] =>
  matterCategory !== null && categoryId !== null && matterCategory !== categoryId ? [{ field: 'categoryId', rule: 'categoryDiffers', message: `事项“${matterName ?? ''}”归在另一分类`, found: categoryId, proposed: matterName, value: matterCategory, confidence: 0.85 }] : []

const elementFindings = ({ missing }: Fields): Finding[] => missing.map(({ code, name }) => ({ field: `elements.${code}`, rule: 'elementMissing', message: `须核实“${name}”`, found: '', proposed: null, value: null, confidence: 0.8 }))
