// Money in cents, the signed text of a payment notice, and what an insufficient balance means. Pure.
import { createHmac } from 'node:crypto'
import { sameSecret } from '../../../kernel/crypto/index.ts'

/** 1234567 → "12,345.67" */
export function yuan(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100).toString().replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '-' : ''}${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
}

/** "120.5" → 12050. Two decimals at most; the contract holds the form. */
export const centsOf = (amount: string): number => Math.round(Number(amount) * 100)

export const algorithms = ['hmac-sm3', 'hmac-sha256'] as const
export type Algorithm = (typeof algorithms)[number]
export type Notice = { noticeId: string; creditCode: string; amount: string; way: string; paidAt: string }

/** The values as they were sent, one a line, in this order: the payment platform signs the same. */
const signedText = (notice: Notice): string => [notice.noticeId, notice.creditCode, notice.amount, notice.way, notice.paidAt].join('\n')

/** 64 lower-case hex digits. */
export const signatureOf = (algorithm: Algorithm, secret: string, notice: Notice): string => createHmac(algorithm.slice('hmac-'.length), secret).update(signedText(notice)).digest('hex')

export const isSigned = (algorithm: Algorithm, secret: string, notice: Notice & { signature: string }): boolean => sameSecret(signatureOf(algorithm, secret, notice), notice.signature.toLowerCase())

export type OnEmpty = 'warn' | 'block'

/** May a charge be made: blocked only where the rule says so. */
export const mayCharge = (rule: OnEmpty, balance: number, price: number): boolean => rule === 'warn' || balance >= price

export const kindNames = { topUp: '充值', appeal: '诉求受理' } as const
export const wayNames = { transfer: '转账', online: '在线支付' } as const
