import type { Ctx } from '../../../kernel/ctx.ts'
import { passwordRuleTexts } from '../../../kernel/crypto/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { passwordSetting } from './sign-in.settings.ts'

/** The tenant's policy in the words with which a refused password is explained. */
export async function getPasswordRules(ctx: Ctx): Promise<{ rules: string[] }> {
  const policy = await setting(ctx, passwordSetting)
  const text = (rule: keyof typeof passwordRuleTexts, limit: number): string => passwordRuleTexts[rule].replace('{limit}', String(limit))
  return {
    rules: [
      text('tooShort', policy.minLength), ...(policy.minClasses > 1 ? [text('tooFewClasses', policy.minClasses)] : []), '不能包含登录名、姓名和容易被猜到的词', ...(policy.history > 0 ? [text('reused', policy.history)] : []),
      ...(policy.expiryDays > 0 ? [`有效期 ${policy.expiryDays} 天`] : []),
    ],
  }
}
