// Texts of SMS: variables, length, words that must not go out. Pure.

const VARIABLE = /\{([^{}\s]{1,20})\}/g

/** Names of the variables of a text, in order, each once. */
export const variablesOf = (text: string): string[] => [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))]

/** Fills the variables; `missing` names those without a value, `unknown` the values that the text has no place for. */
export function fillText(text: string, params: Readonly<Record<string, string>>): { text: string; missing: string[]; unknown: string[] } {
  const names = variablesOf(text)
  const missing = names.filter((name) => (params[name] ?? '').trim() === '')
  return { text: text.replace(VARIABLE, (whole, name: string) => params[name] ?? whole), missing, unknown: Object.keys(params).filter((name) => !names.includes(name)) }
}

/** 【signature】 before the text, once. */
export const signed = (text: string, signature: string): string => (signature === '' || text.startsWith('【') ? text : `【${signature}】${text}`)

/** Charged parts: 70 characters alone, 67 each when longer (GSM 03.40 with UCS-2 and a six-byte header). */
export function partsOf(text: string): number {
  const length = [...text].length
  return length <= 70 ? 1 : Math.ceil(length / 67)
}
