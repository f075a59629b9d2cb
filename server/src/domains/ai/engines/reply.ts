// What tells whether a reply explains itself: how much it says besides courtesies, which parts it has, what of the question it takes up.
// Single words gave less than these (they learn the style of offices). Pure.
import type { Field } from './features.ts'

const signs: Record<string, RegExp> = {
  greets: /(?:您好|你好|网友)/, thanks: /(?:感谢|谢谢)/, basis: /(?:根据|依据|按照|《[^》]+》|第[一二三四五六七八九十百\d]+条)/, found: /(?:经(?:调查|核实|了解|查)|现场|实地|核查)/, done: /(?:已(?:经)?(?:完成|整改|修复|处理|办理|责令|安排|要求)|整改到位)/, plan: /(?:将(?:于|在|进一步|继续)|下一步|计划|预计|拟)/,
  contact: /(?:电话|联系|咨询)[^，。]{0,12}\d{5,}|\d{3,4}[-—]\d{6,}/, handedOn: /(?:已(?:转|交)|转交|转至|移交|请向|建议(?:您|你)(?:向|到))/, received: /(?:已收悉|已受理|收到)/, points: /(?:[一二三四]、|[1-4][.、])/,
}

/** A ladder of lengths: each step passed is a feature, so that a linear machine can bend. */
const steps = [20, 25, 30, 35, 40, 47, 55, 65, 75, 87, 100, 115, 130, 150, 170, 195, 220, 250, 280, 320, 360, 410, 460, 530, 600, 800, 1100, 1600]

/** The reply without opening, thanks and date. */
const core = (plain: string): string => plain.replace(/^.*?(?:收悉|现(?:将|就).{0,20}?(?:如下|回复)[:：]?)/, '').replace(/感谢您?.{0,30}$/, '').replace(/\d{4}年\d{1,2}月\d{1,2}日$/, '')

/** Facts for the classifier of replies; words of the question that the reply takes up count too. */
export function replyFields(question: string, reply: string): Field[] {
  const plain = reply.replace(/\s+/g, '')
  const asked = new Set(question.match(/[\p{Script=Han}]{2}/gu) ?? [])
  const taken = (plain.match(/[\p{Script=Han}]{2}/gu) ?? []).filter((pair) => asked.has(pair)).length
  const fact = (name: string, text: string): Field => ({ name, text, whole: true })
  return [
    ...steps.filter((step) => plain.length >= step).map((step) => fact('length', String(step))),
    ...steps.filter((step) => core(plain).length >= step).map((step) => fact('core', String(step))),
    ...[1, 3, 6, 12, 24, 48].filter((step) => taken >= step).map((step) => fact('taken', String(step))),
    ...Object.entries(signs).map(([name, pattern]) => fact(name, pattern.test(plain) ? 'yes' : 'no')),
  ]
}
