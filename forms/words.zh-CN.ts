// Problems in words: short beside a field (the server's way), or naming the field (for lists of what is missing).
import type { FormProblem, ProblemCode } from './check.ts'

const short: Record<ProblemCode, string> = {
  required: '必填', choose: '必填', type: '类型不正确', number: '请填写数字', integer: '请填写整数', choice: '不在可选范围内', short: '至少 {n} 个字', long: '不能超过 {n} 个字', small: '不能小于 {n}', large: '不能大于 {n}',
  few: '至少 {n} 项', many: '不能超过 {n} 项', twice: '有重复项', date: '请填写正确的日期或时间', phone: '电话号码不正确', format: '格式不正确', unknown: '表单没有这一项', hidden: '按当前选择不应填写此项', point: '请在地图上选点', own: '',
}
const named: Record<ProblemCode, string> = {
  ...short, required: '请填写{label}', choose: '请选择{label}', type: '{label}类型不正确', number: '{label}应为数字', integer: '{label}应为整数', choice: '{label}不在可选范围内', short: '{label}至少 {n} 字', long: '{label}不能超过 {n} 字',
  small: '{label}不能小于 {n}', large: '{label}不能大于 {n}', few: '{label}至少 {n} 项', many: '{label}不能超过 {n} 项', twice: '{label}有重复项', date: '{label}应为正确的日期或时间', phone: '{label}应为手机号或带区号的固定电话', format: '{label}格式不正确', point: '请在地图上选择{label}',
}

const fill = (text: string, problem: FormProblem): string => text.replace('{label}', problem.title).replace('{n}', String(problem.limit ?? ''))

/** `必填`, `不能大于 40`. */
export const shortWords = (problem: FormProblem): string => problem.own ?? fill(short[problem.code], problem)
/** `请填写室温`, `室温不能大于 40`. */
export const namedWords = (problem: FormProblem): string => problem.own ?? fill(named[problem.code], problem)
