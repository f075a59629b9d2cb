import type { MaskAlgorithm } from './masks.ts'
import type { PasswordRule } from './passwords.ts'

/** Why a password is refused; `{limit}` is the violation's figure. */
export const passwordRuleTexts: Record<PasswordRule, string> = {
  tooShort: '密码至少 {limit} 位',
  tooLong: '密码最多 {limit} 位',
  tooFewClasses: '密码须包含大写字母、小写字母、数字、符号中的至少 {limit} 类',
  forbiddenWord: '密码包含容易被猜到的词',
  containsLogin: '密码不能包含登录名',
  containsName: '密码不能包含姓名',
  reused: '不能使用最近 {limit} 次用过的密码',
}

export const maskAlgorithmTexts: Record<MaskAlgorithm, string> = {
  replace: '替换',
  maskPart: '部分遮盖',
  truncate: '截断',
  round: '取整',
  hide: '隐藏',
}
