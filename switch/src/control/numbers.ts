// Telephone numbers: kept as E.164 digits without `+`; short numbers and extensions stay as they are.
import type { AgentPolicy, Policy } from '../engine-port.ts'

type Plan = Pick<Policy, 'country' | 'areaCode' | 'outsidePrefix'>

/** Makes a number as a line gave it comparable: `+86…`, `0086…`, `0755…`, local digits. Hostile input gives an empty string at worst. */
export function normaliseNumber(raw: string, plan: Plan): string {
  const plus = raw.trim().startsWith('+')
  const digits = raw.replace(/[^0-9]/g, '').slice(0, 20)
  if (plus) return digits
  if (digits.startsWith('00')) return digits.slice(2)
  if (digits.length <= 6) return digits
  if (digits.startsWith('0')) return plan.country + digits.slice(1)
  if (plan.country === '86' && /^1[3-9]\d{9}$/.test(digits)) return `86${digits}`
  if (digits.startsWith(plan.country) && digits.length >= plan.country.length + 10) return digits
  return digits.length <= 8 && plan.areaCode ? plan.country + plan.areaCode + digits : digits
}

/** Nationally dialled form of an E.164 number, with the line's prefix: what goes to a trunk. */
export function nationalNumber(number: string, plan: Plan): string {
  if (number.length <= 6 || !number.startsWith(plan.country)) return number.length <= 6 ? number : `${plan.outsidePrefix}00${number}`
  const national = number.slice(plan.country.length)
  if (plan.country === '86' && /^1[3-9]\d{9}$/.test(national)) return plan.outsidePrefix + national
  if (plan.areaCode && national.startsWith(plan.areaCode) && national.length <= plan.areaCode.length + 8) return plan.outsidePrefix + national.slice(plan.areaCode.length)
  return `${plan.outsidePrefix}0${national}`
}

/** Emergency numbers are never barred; others by the rules for all and for the extension. */
export function barred(policy: Policy, agent: AgentPolicy | null, number: string): boolean {
  if (policy.emergencyNumbers.includes(number)) return false
  const forms = [number, nationalNumber(number, { ...policy, outsidePrefix: '' })]
  return policy.barred.some((rule) => (rule.extensions === null || (agent?.extension !== null && agent !== null && rule.extensions.includes(agent.extension))) && forms.some((form) => rule.segment ? form.startsWith(rule.number) : form === rule.number))
}
