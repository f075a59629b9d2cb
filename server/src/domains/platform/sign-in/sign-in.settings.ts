// Parameters of the login policy (OPS-02, PLA-09).
import { z } from 'zod'
import { defaultPasswordPolicy, type PasswordPolicy } from '../../../kernel/crypto/index.ts'
import { defineSetting } from '../../../kernel/settings.ts'

export const lockSetting = defineSetting({
  key: 'login.lock',
  label: '登录失败锁定',
  help: '连续输错若干次后锁定的分钟数；不论账号是否存在都同样计数',
  schema: z.object({ failures: z.int().min(3).max(20), minutes: z.int().min(1).max(1440) }),
  fallback: { failures: 5, minutes: 60 },
  scope: 'platform',
})

export const passwordSetting = defineSetting<PasswordPolicy>({
  key: 'login.password',
  label: '密码规则',
  help: '长度、字符种类、不得重复的历史密码数、有效天数（0 为不过期）、到期前提醒天数、禁用词',
  schema: z.object({
    minLength: z.int().min(8).max(64),
    minClasses: z.int().min(1).max(4),
    history: z.int().min(0).max(24),
    expiryDays: z.int().min(0).max(730),
    reminderDays: z.int().min(0).max(60),
    forbiddenWords: z.array(z.string().min(3).max(40)).max(500),
  }),
  fallback: defaultPasswordPolicy,
  scope: 'tenant',
})

export const idleSetting = defineSetting({
  key: 'session.idle', label: '无操作退出（分钟）', help: '0 为不因无操作退出', schema: z.int().min(0).max(720), fallback: 30, scope: 'tenant',
})

export const absoluteSetting = defineSetting({
  key: 'session.absolute', label: '登录最长保持（小时）', schema: z.int().min(1).max(24), fallback: 12, scope: 'tenant',
})

export const concurrentSetting = defineSetting({
  key: 'login.concurrent',
  label: '同时登录',
  help: 'onePerTerminal：同类终端（电脑、手机）只保留最近一次登录；any：不限',
  schema: z.enum(['onePerTerminal', 'any']),
  fallback: 'onePerTerminal' as const,
  scope: 'tenant',
})

export const secondFactorSetting = defineSetting({
  key: 'login.secondFactor',
  label: '第二因素',
  help: '持有这些角色的人须使用动态口令；strict 为真时，未设置者登录时必须先设置，否则只提示',
  schema: z.object({ roles: z.array(z.string()).max(50), strict: z.boolean() }),
  fallback: { roles: ['tenantAdmin', 'systemAdmin', 'auditor'], strict: false },
  scope: 'tenant',
})

export const methodsSetting = defineSetting<('password' | 'sms')[]>({
  key: 'signIn.methods', label: '登录方式', schema: z.array(z.enum(['password', 'sms'])).min(1), fallback: ['password', 'sms'], scope: 'platform',
})

export const signInSettings = [lockSetting, passwordSetting, idleSetting, absoluteSetting, concurrentSetting, secondFactorSetting, methodsSetting]
