// What an expression is worth: types before publication, closures when it runs.
import { ExpressionError, parseExpression, type BinaryOp, type Tree } from './expression.ts'
import type { Variable, Variables, VariableType } from './graph.ts'

type Type = VariableType | 'null' | 'list'
export type Value = Variable | Variable[]
type Run = (variables: Variables) => Value

type Fn = { takes: (Type | 'any')[]; rest?: boolean; gives: Type | ((types: Type[]) => Type); run: (args: Value[]) => Value }
const numbers = (args: Value[]): number[] => args.filter((one) => typeof one === 'number')

/** All functions there are. */
const functions: Record<string, Fn> = {
  if: { takes: ['boolean', 'any', 'any'], gives: ([, yes, no]) => (yes === 'null' ? (no ?? 'null') : (yes ?? 'null')), run: ([test, yes, no]) => (test === true ? (yes ?? null) : (no ?? null)) },
  empty: { takes: ['any'], gives: 'boolean', run: ([one]) => one === null || one === undefined || one === '' || (Array.isArray(one) && one.length === 0) },
  len: { takes: ['text'], gives: 'number', run: ([one]) => (typeof one === 'string' ? [...one].length : 0) },
  contains: { takes: ['text', 'text'], gives: 'boolean', run: ([one, part]) => typeof one === 'string' && typeof part === 'string' && one.includes(part) },
  startsWith: { takes: ['text', 'text'], gives: 'boolean', run: ([one, part]) => typeof one === 'string' && typeof part === 'string' && one.startsWith(part) },
  min: { takes: ['number'], rest: true, gives: 'number', run: (args) => (numbers(args).length ? Math.min(...numbers(args)) : null) },
  max: { takes: ['number'], rest: true, gives: 'number', run: (args) => (numbers(args).length ? Math.max(...numbers(args)) : null) },
  round: { takes: ['number'], gives: 'number', run: ([one]) => (typeof one === 'number' ? Math.round(one) : null) },
  abs: { takes: ['number'], gives: 'number', run: ([one]) => (typeof one === 'number' ? Math.abs(one) : null) },
}
export const expressionFunctions = Object.keys(functions)

/** An expression ready to run. Anything unknown or not given is null; comparing with null never holds, except `x = null`. */
export type Expression = { tree: Tree; run: Run; names: string[] }

/** @throws ExpressionError */
export function compileExpression(text: string): Expression {
  const tree = parseExpression(text)
  const names = new Set<string>()
  return { tree, run: build(tree, names), names: [...names] }
}

/** The value for given variables. @throws ExpressionError */
export const evaluateExpression = (text: string, variables: Variables): Value => compileExpression(text).run(variables)

function build(tree: Tree, names: Set<string>): Run {
  switch (tree.kind) {
    case 'value':
      return () => tree.value
    case 'name':
      names.add(tree.name)
      return (variables) => (Object.hasOwn(variables, tree.name) ? (variables[tree.name] ?? null) : null)
    case 'list': {
      const items = tree.items.map((item) => build(item, names))
      return (variables) => items.map((item) => single(item(variables)))
    }
    case 'not': {
      const of = build(tree.of, names)
      return (variables) => of(variables) !== true
    }
    case 'minus': {
      const of = build(tree.of, names)
      return (variables) => negative(of(variables))
    }
    case 'call': {
      const args = tree.args.map((arg) => build(arg, names))
      const fn = Object.hasOwn(functions, tree.name) ? functions[tree.name] : undefined
      if (!fn) throw new ExpressionError(tree.at, `没有函数“${tree.name}”，可用：${expressionFunctions.join('、')}`)
      if (args.length < fn.takes.length || (!fn.rest && args.length > fn.takes.length)) throw new ExpressionError(tree.at, `函数“${tree.name}”需要 ${fn.takes.length} 个参数`)
      return (variables) => fn.run(args.map((arg) => arg(variables)))
    }
    case 'binary': {
      const [left, right] = [build(tree.left, names), build(tree.right, names)]
      const { op } = tree
      if (op === 'and') return (variables) => left(variables) === true && right(variables) === true
      if (op === 'or') return (variables) => left(variables) === true || right(variables) === true
      const againstNull = isNull(tree.left) || isNull(tree.right)
      return (variables) => apply(op, left(variables), right(variables), againstNull)
    }
  }
}

const isNull = (tree: Tree): boolean => tree.kind === 'value' && tree.value === null
const single = (value: Value): Variable => (Array.isArray(value) ? null : value)
const negative = (value: Value): Value => (typeof value === 'number' ? -value : null)
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

function apply(op: Exclude<BinaryOp, 'and' | 'or'>, a: Value, b: Value, againstNull: boolean): Value {
  if (op === 'in') return Array.isArray(b) && a !== null && !Array.isArray(a) && b.includes(a)
  if (op === '=' || op === '!=') return (againstNull || (a !== null && b !== null)) && (op === '=') === (a === b)
  if (op === '+' && typeof a === 'string' && typeof b === 'string') return (a + b).slice(0, 2000)
  if (op === '<' || op === '<=' || op === '>' || op === '>=') return ordered(op, a, b)
  if (typeof a !== 'number' || typeof b !== 'number') return null
  return finite(op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : op === '/' ? a / b : a % b)
}

const dateLike = /^\d{4}-\d{2}-\d{2}/
function ordered(op: '<' | '<=' | '>' | '>=', a: Value, b: Value): boolean {
  const comparable = (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string' && dateLike.test(a) && dateLike.test(b))
  if (!comparable || a === null || b === null) return false
  return op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b
}

/**
 * What is wrong with an expression over declared variables, in Chinese; empty when it is sound. `wanted` is the type its value must have.
 */
export function expressionProblems(text: string, declared: ReadonlyMap<string, VariableType>, wanted?: VariableType): string[] {
  try {
    const { tree } = compileExpression(text)
    const type = typeOf(tree, declared)
    return wanted && type !== 'null' && !fits(type, wanted) ? [`结果应为${typeNames[wanted]}，实为${typeNames[type]}`] : []
  } catch (error) {
    if (error instanceof ExpressionError) return [error.message]
    throw error
  }
}

const typeNames: Record<Type, string> = { text: '文字', number: '数值', boolean: '是否', date: '日期', null: '空', list: '列表' }
const fits = (type: Type, wanted: Type | 'any'): boolean => wanted === 'any' || type === 'null' || type === wanted || (wanted === 'text' && type === 'date') || (wanted === 'date' && type === 'text')

function typeOf(tree: Tree, declared: ReadonlyMap<string, VariableType>): Type {
  const must = (of: Tree, ...wanted: Type[]): Type => {
    const type = typeOf(of, declared)
    if (!wanted.some((one) => fits(type, one))) throw new ExpressionError(of.at, `此处应为${wanted.map((one) => typeNames[one]).join('或')}，实为${typeNames[type]}`)
    return type
  }
  switch (tree.kind) {
    case 'value':
      return tree.value === null ? 'null' : typeof tree.value === 'string' ? 'text' : typeof tree.value === 'number' ? 'number' : 'boolean'
    case 'name': {
      const type = declared.get(tree.name)
      if (!type) throw new ExpressionError(tree.at, `没有声明变量“${tree.name}”`)
      return type
    }
    case 'list':
      for (const item of tree.items) must(item, 'text', 'number', 'boolean')
      return 'list'
    case 'not':
      must(tree.of, 'boolean')
      return 'boolean'
    case 'minus':
      return must(tree.of, 'number')
    case 'call': {
      const fn = functions[tree.name] as Fn // build() refused unknown names before
      const types = tree.args.map((arg, at) => {
        const wanted = fn.takes[Math.min(at, fn.takes.length - 1)] ?? 'any'
        return wanted === 'any' ? typeOf(arg, declared) : must(arg, wanted)
      })
      return typeof fn.gives === 'function' ? fn.gives(types) : fn.gives
    }
    case 'binary':
      return binaryType(tree.op, must, tree, declared)
  }
}

function binaryType(op: BinaryOp, must: (of: Tree, ...wanted: Type[]) => Type, tree: Extract<Tree, { kind: 'binary' }>, declared: ReadonlyMap<string, VariableType>): Type {
  if (op === 'and' || op === 'or') {
    must(tree.left, 'boolean')
    must(tree.right, 'boolean')
    return 'boolean'
  }
  if (op === 'in') {
    must(tree.left, 'text', 'number', 'boolean')
    must(tree.right, 'list')
    return 'boolean'
  }
  if (op === '=' || op === '!=') {
    const left = typeOf(tree.left, declared)
    if (!fits(typeOf(tree.right, declared), left)) must(tree.right, left)
    return 'boolean'
  }
  if (op === '<' || op === '<=' || op === '>' || op === '>=') {
    const left = must(tree.left, 'number', 'date')
    must(tree.right, left === 'null' ? 'number' : left)
    return 'boolean'
  }
  if (op === '+' && typeOf(tree.left, declared) === 'text') {
    must(tree.right, 'text')
    return 'text'
  }
  must(tree.left, 'number')
  must(tree.right, 'number')
  return 'number'
}
