// Expressions of computed fields: numbers, fields, + - * /, and a few functions. Parsed, never evaluated as code. Pure.
import { isBlank, type FormValue } from './schema.ts'

type Node =
  | { kind: 'number'; value: number }
  | { kind: 'field'; path: string[] }
  | { kind: 'negative'; of: Node }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/'; left: Node; right: Node }
  | { kind: 'call'; name: FunctionName; args: Node[] }

const functions = { sum: [1, 1], avg: [1, 1], count: [1, 1], min: [1, 10], max: [1, 10], round: [1, 2], days: [2, 2] } as const
type FunctionName = keyof typeof functions
export const functionNames = Object.keys(functions)

/** A mistake in an expression, and where it stands (from 0). */
export class ExpressionError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)?)|([-+*/(),]))/y
type Token = { text: string; kind: 'number' | 'name' | 'sign'; at: number }

function tokensOf(text: string): Token[] {
  if (text.length > 300) throw new ExpressionError('算式过长', 300)
  const tokens: Token[] = []
  tokenPattern.lastIndex = 0
  while (text.slice(tokenPattern.lastIndex).trim() !== '') {
    const start = tokenPattern.lastIndex
    const found = tokenPattern.exec(text)
    if (!found) throw new ExpressionError(`第 ${start + 1} 个字符处不能识别`, start)
    const [whole, number, name, sign] = found
    tokens.push({ text: number ?? name ?? sign ?? '', kind: number ? 'number' : name ? 'name' : 'sign', at: start + whole.length - (number ?? name ?? sign ?? '').length })
  }
  return tokens
}

const parsed = new Map<string, Node>()

function parse(text: string): Node {
  const held = parsed.get(text)
  if (held) return held
  const tokens = tokensOf(text)
  let next = 0
  let depth = 0
  const peek = (): Token | undefined => tokens[next]
  const fail = (message: string): never => { throw new ExpressionError(message, peek()?.at ?? text.length) }
  const take = (sign: string): void => {
    if (peek()?.text !== sign) fail(`此处应为“${sign}”`)
    next += 1
  }
  function sum(): Node {
    if ((depth += 1) > 20) fail('算式嵌套过深')
    let left = product()
    for (let token = peek(); token?.text === '+' || token?.text === '-'; token = peek()) {
      next += 1
      left = { kind: 'binary', operator: token.text, left, right: product() }
    }
    depth -= 1
    return left
  }
  function product(): Node {
    let left = single()
    for (let token = peek(); token?.text === '*' || token?.text === '/'; token = peek()) {
      next += 1
      left = { kind: 'binary', operator: token.text, left, right: single() }
    }
    return left
  }
  function single(): Node {
    const token = peek()
    if (!token) return fail('算式不完整')
    next += 1
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.text === '-') {
      if ((depth += 1) > 20) fail('算式嵌套过深')
      const of = single()
      depth -= 1
      return { kind: 'negative', of }
    }
    if (token.text === '(') {
      const inner = sum()
      take(')')
      return inner
    }
    if (token.kind !== 'name') {
      next -= 1
      return fail(`不应出现“${token.text}”`)
    }
    if (peek()?.text !== '(') return { kind: 'field', path: token.text.split('.') }
    return call(token)
  }
  function call(token: Token): Node {
    const name = functionNames.find((one): one is FunctionName => one === token.text)
    if (!name) throw new ExpressionError(`没有函数“${token.text}”`, token.at)
    take('(')
    const args: Node[] = [sum()]
    while (peek()?.text === ',') {
      next += 1
      args.push(sum())
    }
    take(')')
    const [least, most] = functions[name]
    if (args.length < least || args.length > most) throw new ExpressionError(`函数“${name}”的参数个数不对`, token.at)
    if (['sum', 'avg', 'count'].includes(name) && args[0]?.kind !== 'field') throw new ExpressionError(`函数“${name}”的参数应为字段`, token.at)
    return { kind: 'call', name, args }
  }
  const node = sum()
  if (next < tokens.length) fail('算式多出内容')
  if (parsed.size > 500) parsed.clear()
  parsed.set(text, node)
  return node
}

/** Fields an expression reads, tables with the column (`rows.amount`). @throws ExpressionError */
export function fieldsOfExpression(text: string): string[] {
  const found: string[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'field') found.push(node.path.join('.'))
    else if (node.kind === 'negative') visit(node.of)
    else if (node.kind === 'binary') [node.left, node.right].forEach(visit)
    else if (node.kind === 'call') node.args.forEach(visit)
  }
  visit(parse(text))
  return [...new Set(found)]
}

/** The value, or null while something it needs is missing, or it is no number (division by zero). */
export function computed(text: string, value: FormValue): number | null {
  let made: number | null
  try {
    made = valueOf(parse(text), value)
  } catch {
    return null
  }
  // Money and measures: more than six places are noise of binary fractions.
  return made === null || !Number.isFinite(made) ? null : Math.round(made * 1e6) / 1e6
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : value === true ? 1 : value === false ? 0 : null)

function column(path: readonly string[], value: FormValue): unknown[] {
  const held = value[path[0] ?? '']
  if (!Array.isArray(held)) return isBlank(held) ? [] : [held]
  const inner = path[1]
  return inner === undefined ? held : held.map((row: unknown) => (typeof row === 'object' && row !== null ? Object.entries(row).find(([key]) => key === inner)?.[1] : undefined))
}

function valueOf(node: Node, value: FormValue): number | null {
  switch (node.kind) {
    case 'number':
      return node.value
    case 'field':
      return numberOf(column(node.path, value)[0])
    case 'negative': {
      const of = valueOf(node.of, value)
      return of === null ? null : -of
    }
    case 'binary': {
      const [left, right] = [valueOf(node.left, value), valueOf(node.right, value)]
      if (left === null || right === null) return null
      return node.operator === '+' ? left + right : node.operator === '-' ? left - right : node.operator === '*' ? left * right : left / right
    }
    case 'call':
      return valueOfCall(node.name, node.args, value)
  }
}

function valueOfCall(name: FunctionName, args: readonly Node[], value: FormValue): number | null {
  const [first, second] = args
  if (name === 'count' || name === 'sum' || name === 'avg') {
    const held = first?.kind === 'field' ? column(first.path, value).filter((one) => !isBlank(one)) : []
    if (name === 'count') return held.length
    const numbers = held.flatMap((one) => numberOf(one) ?? [])
    const total = numbers.reduce((sum, one) => sum + one, 0)
    return name === 'sum' ? total : numbers.length ? total / numbers.length : null
  }
  if (name === 'days') return first?.kind === 'field' && second?.kind === 'field' ? daysBetween(column(first.path, value)[0], column(second.path, value)[0]) : null
  const numbers = args.map((one) => valueOf(one, value))
  if (name === 'round') return numbers[0] === null || numbers[0] === undefined ? null : Math.round(numbers[0] * 10 ** (numbers[1] ?? 0)) / 10 ** (numbers[1] ?? 0)
  const present = numbers.filter((one) => one !== null)
  return present.length === 0 ? null : name === 'min' ? Math.min(...present) : Math.max(...present)
}

/** Days from the first to the second day; texts begin with `2026-11-22`. */
function daysBetween(from: unknown, to: unknown): number | null {
  const [a, b] = [dayNumber(from), dayNumber(to)]
  return a === null || b === null ? null : b - a
}

/** Days since 0000-03-01 in the Gregorian calendar. */
function dayNumber(value: unknown): number | null {
  const parts = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})/.exec(value) : null
  if (!parts) return null
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const y = month > 2 ? year : year - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day
}
