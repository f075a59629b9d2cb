// The expression language of conditions, assignments and computed values: values and operators, no loops, no names but the declared
// ones. Text becomes a tree, the tree is checked for types and turned into closures; nothing is ever evaluated as code.
//
//   days > 5 and kind in ["help", "complaint"]      if(empty(reason), 0, round(days * 1.5))

export type Tree =
  | { kind: 'value'; at: number; value: string | number | boolean | null }
  | { kind: 'name'; at: number; name: string }
  | { kind: 'list'; at: number; items: Tree[] }
  | { kind: 'not' | 'minus'; at: number; of: Tree }
  | { kind: 'binary'; at: number; op: BinaryOp; left: Tree; right: Tree }
  | { kind: 'call'; at: number; name: string; args: Tree[] }

export type BinaryOp = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%'

/** `at` is the position in the text, from 0; the message is Chinese. */
export class ExpressionError extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const MAX_TEXT = 1000
const MAX_DEPTH = 40

type Token = { at: number; kind: 'number' | 'string' | 'name' | 'sign' | 'end'; text: string }

const signs = ['!=', '<>', '>=', '<=', '==', '&&', '||', '=', '>', '<', '(', ')', '[', ']', ',', '+', '-', '*', '/', '%', '!']
const words = new Map([['||', 'or'], ['&&', 'and'], ['或', 'or'], ['且', 'and'], ['==', '='], ['<>', '!='], ['!', 'not'], ['非', 'not'], ['属于', 'in']])
const namePattern = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*/uy
const numberPattern = /\d+(?:\.\d+)?/y

function tokens(text: string): Token[] {
  const out: Token[] = []
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at)
    if (/\s/.test(char)) {
      at++
      continue
    }
    if (char === '"' || char === "'") {
      const end = closing(text, at)
      out.push({ at, kind: 'string', text: text.slice(at + 1, end).replace(/\\(.)/g, '$1') })
      at = end + 1
      continue
    }
    const [kind, found] = match(text, at)
    out.push({ at, kind, text: words.get(found) ?? found })
    at += found.length
  }
  return [...out, { at: text.length, kind: 'end', text: '' }]
}

function match(text: string, at: number): [Token['kind'], string] {
  numberPattern.lastIndex = at
  const number = numberPattern.exec(text)?.[0]
  if (number) return ['number', number]
  const sign = signs.find((one) => text.startsWith(one, at))
  if (sign) return ['sign', sign]
  namePattern.lastIndex = at
  const name = namePattern.exec(text)?.[0]
  if (!name) throw new ExpressionError(at, `第 ${at + 1} 个字符“${text.charAt(at)}”不能识别`)
  return ['name', name]
}

function closing(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === text[from]) return at
  }
  throw new ExpressionError(from, '文字缺少结束引号')
}

const levels: BinaryOp[][] = [['or'], ['and'], ['=', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/', '%']]

/** @throws ExpressionError with the position where reading failed */
export function parseExpression(text: string): Tree {
  if (text.length > MAX_TEXT) throw new ExpressionError(MAX_TEXT, `表达式不能超过 ${MAX_TEXT} 字`)
  const all = tokens(text)
  let next = 0
  let depth = 0
  const peek = (): Token => all[next] as Token
  const take = (): Token => all[next++] as Token
  const is = (word: string): boolean => peek().text === word && peek().kind !== 'string'
  const want = (word: string): void => {
    if (!is(word)) throw new ExpressionError(peek().at, `此处应为“${word}”`)
    next++
  }
  const nested = <T>(fn: () => T): T => {
    if (++depth > MAX_DEPTH) throw new ExpressionError(peek().at, '嵌套过深')
    const value = fn()
    depth--
    return value
  }
  const list = (end: string): Tree[] => {
    const items: Tree[] = []
    while (!is(end)) {
      items.push(level(0))
      if (!is(end)) want(',')
    }
    next++
    return items
  }
  function level(at: number): Tree {
    return nested(() => {
      const ops = levels[at]
      if (!ops) return unary()
      let left = level(at + 1)
      for (let op = ops.find(is); op; op = ops.find(is)) {
        const { at: place } = take()
        left = { kind: 'binary', at: place, op, left, right: level(at + 1) }
        if (at === 2) break // comparisons do not chain
      }
      return left
    })
  }
  function unary(): Tree {
    const { at } = peek()
    if (is('not')) return nested(() => (take(), { kind: 'not', at, of: level(2) }))
    if (is('-')) return nested(() => (take(), { kind: 'minus', at, of: unary() }))
    return primary()
  }
  function primary(): Tree {
    const token = take()
    const { at } = token
    if (token.kind === 'number') return { kind: 'value', at, value: Number(token.text) }
    if (token.kind === 'string') return { kind: 'value', at, value: token.text }
    if (token.kind === 'name') {
      const literal = literals.get(token.text)
      if (literal !== undefined) return { kind: 'value', at, value: literal }
      return is('(') ? (next++, { kind: 'call', at, name: token.text, args: list(')') }) : { kind: 'name', at, name: token.text }
    }
    if (token.text === '[') return { kind: 'list', at, items: list(']') }
    if (token.text === '(') {
      const inner = level(0)
      want(')')
      return inner
    }
    throw new ExpressionError(at, token.kind === 'end' ? '表达式不完整' : `此处不应出现“${token.text}”`)
  }
  const tree = level(0)
  if (peek().kind !== 'end') throw new ExpressionError(peek().at, `此处不应出现“${peek().text}”`)
  return tree
}

const literals = new Map<string, boolean | null>([['true', true], ['false', false], ['null', null], ['真', true], ['假', false], ['空', null]])
